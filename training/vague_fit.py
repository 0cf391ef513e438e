"""Fit the model of vague claims: the cues of each clause (`scoring/vague_cues.py`) and its vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from corpus import FOLDS, Corpus
from numpy.typing import NDArray
from parse import Line, TrainingAnswer, load_sentences, marked
from role_fit import predicted_letters
from sklearn.linear_model import LogisticRegression
from tasks import is_story

from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.findings.vague import answer_clauses
from voicemock.scoring.findings.vague_cues import clause_cues, may_be_vague
from voicemock.scoring.findings.vague_model import VECTOR_SCALE
from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.models.features import features
from voicemock.scoring.models.star import letters

STRENGTH = 1.0  # inverse regularisation
THRESHOLD = 0.4  # the best of cross-validation is flat from 0.3 to 0.5
SHARED = 0.5  # of the shorter of clause and quote, from which the clause is the vague one
LETTERS = {"result": "R", "action": "A", "situation": "S", "task": "T", "learning": "L"}
Rows = list[tuple[dict[str, float], NDArray[np.float64], bool]]


def fit_vague(corpus: Corpus) -> dict[str, Any]:
    guessed = predicted_letters(corpus.only(is_story))
    rows: Rows = []
    fold: list[int] = []
    for answer, k in zip(corpus.answers, corpus.fold_of_answer(), strict=True):
        found = rows_of(answer.lines, guessed.get(answer.id), answer.round)
        rows += found
        fold += [int(k)] * len(found)
    singles = [row for answer in single_sentences() for row in rows_of(answer[0], answer[1], answer[2])]
    stands_in = [-1] * len(singles)  # the fold of the answer that a row is taken from; -1 for none
    for answer, k in zip(corpus.answers, corpus.fold_of_answer(), strict=True):
        short = short_story_rows(answer) if is_story(answer) else []
        singles += short
        stands_in += [int(k)] * len(short)
    names = sorted({name for cues, _, _ in rows + singles for name in cues})
    x, y = matrix(rows, names), np.array([vague for _, _, vague in rows])
    more, wanted = matrix(singles, names), np.array([vague for _, _, vague in singles])
    folds, guess = np.array(fold), np.zeros(len(y))
    for k in range(FOLDS):
        apart = np.array(stands_in) != k
        model = fitted(
            np.vstack([x[folds != k], more[apart]]), np.concatenate([y[folds != k], wanted[apart]])
        )
        guess[folds == k] = model.predict_proba(x[folds == k])[:, 1]
    final = fitted(np.vstack([x, more]), np.concatenate([y, wanted]))
    weights = final.coef_[0]
    return {
        "trained": {
            "clauses": len(y) + len(wanted),
            **{f"f1_at_{t}": round(f1(guess >= t, y), 3) for t in (0.3, THRESHOLD, 0.5)},
        },
        "threshold": THRESHOLD,
        "bias": round(float(final.intercept_[0]), 3),
        "cues": {name: round(float(w), 3) for name, w in zip(names, weights, strict=False)},
        "vector": np.round(weights[len(names) :] * VECTOR_SCALE, 3).tolist(),
    }


def rows_of(lines: Sequence[Line], star: list[str] | None, round_: str) -> Rows:
    """Cues, vector and label of every clause that the scorer would look at."""
    sentences = [line.text for line in lines]
    rows: Rows = []
    for clause in answer_clauses(sentences, find_metrics(sentences, star, round_), star):
        cues = clause_cues(clause, sentences[clause.sentence])
        if may_be_vague(clause):
            vector = default_encoder().encode([clause.text])[0].astype(np.float64)
            line = lines[clause.sentence]
            vague = any(quoted(line.text, quote, clause.start, clause.end) for quote in line.vague)
            rows.append((cues, vector, vague))
    return rows


def quoted(text: str, quote: str, start: int, end: int) -> bool:
    at = text.find(quote)
    shared = min(end, at + len(quote)) - max(start, at)
    return shared >= SHARED * min(end - start, len(quote))


def short_story_rows(answer: TrainingAnswer) -> Rows:
    """The first situation, the first action and the last result as a story of their own: letters go wrong there."""
    first = {line.letter: line for line in reversed(answer.lines)}
    results = [line for line in answer.lines if line.letter == "R"]
    if not results or "S" not in first or "A" not in first:
        return []
    lines = [first["S"], first["A"], next((r for r in results if r.vague), results[-1])]
    rows = features([line.text for line in lines], default_encoder())
    return rows_of(lines, list(letters(rows, [line.text for line in lines])), answer.round)


def single_sentences() -> list[tuple[list[Line], list[str] | None, str]]:
    """`sentences/vague.txt`: each sentence as an answer of its own, with the letter of its heading."""
    found: list[tuple[list[Line], list[str] | None, str]] = []
    for raw, tags in load_sentences("vague"):
        plain, metrics, vague = marked(raw)
        heading = next(iter(tags))
        letter = LETTERS.get(heading)
        line = Line(plain, letter or "-", [], metrics, vague, [])
        found.append(([line], [letter] if letter else None, "behavioral" if letter else "product-sense"))
    return found


def matrix(rows: Rows, names: list[str]) -> NDArray[np.float64]:
    """Shape (clauses, cues + 512)."""
    return np.array(
        [[*(cues.get(n, 0.0) for n in names), *(vector * VECTOR_SCALE)] for cues, vector, _ in rows]
    )


def fitted(x: NDArray[Any], y: NDArray[Any]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(x, y)


def f1(guess: NDArray[Any], wanted: NDArray[Any]) -> float:
    return float(2 * (guess & wanted).sum() / max(1, guess.sum() + wanted.sum()))
