"""What each sentence model learns: its labels, which answers, and what a labelled line counts as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from corpus import Corpus
from fit import Extra, Recipe
from numpy.typing import NDArray
from parse import ANALYTICAL_PARTS, PARTS, PRINCIPLES, STORY_ROUNDS, Line, TrainingAnswer, load_sentences

from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.models.features import Features, features


@dataclass(frozen=True)
class Task:
    """A model by the name of its weight file."""

    name: str
    recipe: Recipe
    keep: Callable[[TrainingAnswer], bool]
    labels_of: Callable[[TrainingAnswer, Line], set[str]]

    def targets(self, corpus: Corpus) -> NDArray[np.int64]:
        """Shape (sentences, labels), 0 and 1."""
        return np.array(
            [
                [int(label in self.labels_of(answer, line)) for label in self.recipe.labels]
                for answer in corpus.answers
                for line in answer.lines
            ]
        )


# The vectors of a sentence's neighbours pay for STAR letters only, and so does its place: what a sentence is evidence
# for, it is wherever it stands.
OWN = ("vector", "words")
TWINS = "twins-"  # files of answers retold from what real people said
WITH_CUES = ("vector", "cues", "words")


def is_story(answer: TrainingAnswer) -> bool:
    return answer.round in STORY_ROUNDS


def labelled_in_full(answer: TrainingAnswer) -> bool:
    """Not a twin: of those only the letters, the customer, the principles and the overall were read blind."""
    return not answer.group.startswith(TWINS)


def tags_of(_answer: TrainingAnswer, line: Line) -> set[str]:
    return set(line.tags)


def emptiness_of(answer: TrainingAnswer, _line: Line) -> set[str]:
    """Every sentence of an answer without a world counts as empty."""
    return {"empty"} if "no-substance" in answer.words("checks") else set()


def may_tell_of_emptiness(answer: TrainingAnswer) -> bool:
    """The oldest answers are not labelled for checks: the weakest of them may be empty, and say nothing."""
    return labelled_in_full(answer) and ("checks" in answer.header or float(answer.header["overall"]) > 1.5)


def extra(name: str, labels: tuple[str, ...], framework: str = "") -> Extra:
    """The sentences of `sentences/NAME.txt` whose heading is for these labels (and, where given, this
    framework).
    """
    pairs = [
        (text, tags - {framework})
        for text, tags in load_sentences(name)
        if not framework or framework in tags
    ]
    rows = [features([text], default_encoder(), told=False) for text, _ in pairs]
    targets = np.array([[int(label in tags) for label in labels] for _, tags in pairs])
    stacked = Features(
        np.vstack([r.vectors for r in rows]),
        np.vstack([r.before for r in rows]),
        np.vstack([r.after for r in rows]),
        np.vstack([r.place for r in rows]),
        np.vstack([r.cues for r in rows]),
        tuple(r.grams[0] for r in rows),
    )
    return Extra(stacked, targets)


def single(labels: tuple[str, ...], more: Extra | None, blocks: tuple[str, ...], **settings: Any) -> Recipe:
    """The recipe of a model whose labels can stand together."""
    return Recipe(labels, False, blocks, extra=more, **settings)


@cache
def tasks() -> tuple[Task, ...]:
    """Every sentence model, in the order in which they are trained."""
    slugs = tuple(sorted(PRINCIPLES))
    signals = ("direct", "indirect")
    return (
        Task(
            "star", Recipe(tuple("STARLO"), True, brief=True, c=0.1), is_story, lambda _a, line: {line.letter}
        ),
        Task(
            "evidence",
            single(slugs, extra("principles", slugs), OWN, c=0.3),
            lambda answer: is_story(answer) and labelled_in_full(answer),
            tags_of,
        ),
        Task("customer", single(signals, None, WITH_CUES, c=0.3), lambda _answer: True, tags_of),
        Task(
            "substance",
            single(("empty",), extra("substance", ("empty",)), OWN, c=0.3),
            may_tell_of_emptiness,
            emptiness_of,
        ),
        *(_framework(n, n, "", tuple(parts), lambda a, n=n: a.round == n) for n, parts in PARTS.items()),
        *(
            _framework(n, "analytical", n, tuple(parts), lambda a, n=n: a.header.get("type") == n)
            for n, parts in ANALYTICAL_PARTS.items()
        ),
    )


def _framework(
    name: str, file: str, heading: str, parts: tuple[str, ...], keep: Callable[[TrainingAnswer], bool]
) -> Task:
    more = extra(file, parts, heading)
    return Task(f"framework-{name}", single(parts, more, WITH_CUES, min_sentences=4), keep, tags_of)
