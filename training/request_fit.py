"""Fit the model of requests: what a candidate says to the interviewer, and not as part of the answer.

PYTHONPATH=src python training/request_fit.py       fit, write the weights and print what cross-validation says
"""

from __future__ import annotations

import itertools
import pathlib
import random
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from parse import load
from sklearn.linear_model import LogisticRegression
from train import write

from voicemock.scoring.models.encoder import default_encoder
from voicemock.speech.requests import ANSWER, SURE, decided, grams, plain, request_features

HERE = pathlib.Path(__file__).parent
MOST_A_LINE = 12  # wordings taken of one line of choices
LINES_WITH = 4  # a word in fewer lines is not weighed
LIGHTEST = 0.05  # a weight below it moves nothing
STRENGTH = 1.0  # inverse regularisation
FOLDS = 3
# The wordings that it is tested with: what a line of choices makes of them is left out.
TESTED = (
    HERE.parent / "tests/speech/said/requests.txt",
    HERE.parent / "tests/speech/said/requests-second.txt",
)
# Said to the interviewer, although it stands in an answer of the corpus.
TALK = re.compile(
    r"let me think|give me a|take a second|come back to this|hear me|(?:good|great) question|thank you|thanks"
    r"|that answer|my answer|that's (?:it|all|pretty much|more or less)|that'd be it|sorry$|go deeper"
    r"|pass on that|a moment for|give me one|ten seconds|come back to that|back to the question|check on the time"
    r"|just checking|take a minute|want me to go|unless you want",
    re.IGNORECASE,
)
CHOICE = re.compile(r"\{([^{}]*)\}")


def wordings(line: str, chance: random.Random) -> list[str]:
    """The line's choices, multiplied out; some of them where they are many."""
    parts = CHOICE.split(line)
    options = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    every = ["".join(chosen) for chosen in itertools.product(*options)]
    return every if len(every) <= MOST_A_LINE else chance.sample(every, MOST_A_LINE)


def lines(path: pathlib.Path, label: str = "") -> Iterator[tuple[str, str]]:
    """(label, line) of a file; `[label]` begins a section."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            label = line.strip("[]")
        elif line and not line.startswith("#"):
            yield label, line


def examples() -> list[tuple[str, str, int]]:
    """(text, label, group), each once: what is multiplied out of one line is one group."""
    chance = random.Random(1)
    found = []
    sources = (*lines(HERE / "requests/requests.txt"), *lines(HERE / "requests/answers.txt", ANSWER))
    for group, (label, line) in enumerate(sources):
        some = wordings(line, chance)
        # the recogniser may leave the question mark out
        found += [
            (text, label, group) for text in (*some, *(each[:-1] for each in some if each.endswith("?")))
        ]
    spoken = dict.fromkeys(
        line.text for answer in load() for line in answer.lines if not TALK.search(line.text)
    )
    found += [(text, ANSWER, 10_000 + i % 50) for i, text in enumerate(spoken)]
    tested = {plain(line) for path in TESTED for _, line in lines(path)}
    once = {
        (plain(text), label): group for text, label, group in reversed(found) if plain(text) not in tested
    }
    return [(text, label, group) for (text, label), group in reversed(once.items())]


def main() -> None:
    found = examples()
    texts, labels, groups = zip(*found, strict=True)
    vectors = default_encoder().encode(texts)
    dense = np.array([request_features(text, vector) for text, vector in zip(texts, vectors, strict=True)])
    kept = vocabulary(texts, groups)
    x = np.hstack([dense, [[float(gram in found) for gram in kept] for found in map(grams, texts)]])
    y, folds = np.array(labels), np.array(groups) % FOLDS
    guess = np.empty(len(y), dtype=object)
    for k in range(FOLDS):
        model = fitted(x[folds != k], y[folds != k])
        chances = (dict(zip(model.classes_, row, strict=True)) for row in model.predict_proba(x[folds == k]))
        guess[folds == k] = [decided(each, SURE) or ANSWER for each in chances]
    asked = y != ANSWER
    print("requests found", round(float((guess == y)[asked].mean()), 3))
    print("answers taken for requests", int((guess != y)[~asked].sum()), "of", int((~asked).sum()))
    for text, is_, was in zip(texts, y, guess, strict=True):
        if is_ != was and is_ == ANSWER:
            print("  ", was, text)
    final = fitted(x, y)
    content = {
        "trained": {"wordings": int(asked.sum()), "answers": int((~asked).sum())},
        "labels": list(final.classes_),
        "bias": np.round(final.intercept_, 3).tolist(),
        "vector": np.round(final.coef_[:, : dense.shape[1]], 3).tolist(),
        "words": {
            gram: row
            for gram, row in zip(kept, np.round(final.coef_[:, dense.shape[1] :], 3).T.tolist(), strict=True)
            if max(map(abs, row)) >= LIGHTEST
        },
    }
    write("requests", content)


def vocabulary(texts: Sequence[str], groups: Sequence[int]) -> list[str]:
    """The words and pairs that occur in several lines: what one line has alone tells nothing of another."""
    seen: dict[str, set[int]] = {}
    for text, group in zip(texts, groups, strict=True):
        for gram in grams(text):
            seen.setdefault(gram, set()).add(group)
    return sorted(gram for gram, lines_with in seen.items() if len(lines_with) >= LINES_WITH)


def fitted(x: NDArray[np.float64], y: NDArray[np.str_]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3, class_weight="balanced").fit(
        x.astype(np.float32), y
    )


if __name__ == "__main__":
    main()
