"""Fit the few weights of the overall: least squares within bounds, from dimensions to labelled overall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from corpus import FOLDS, Corpus
from numpy.typing import NDArray
from parse import TrainingAnswer
from scipy.optimize import lsq_linear

from voicemock.rounds import DIMENSIONS, HIGHEST, LOWEST
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.rubric import judge as rubric
from voicemock.scoring.rubric.delivery import delivery_of

ADJUSTMENTS = ("vague", "inconsistent", "thin", "gap")
# A dimension counts for something and not for everything, whatever the sample says; an adjustment only
# takes off.
WEIGHT_BOUNDS = (0.05, 0.6)
# Length goes with quality in answers that people made up; how long someone spoke should not decide what it
# was worth.
MOST_FOR_DELIVERY = 0.12
ADJUSTMENT_BOUNDS = (-1.0, 0.0)
ANCHORS = 8  # made-up answers, perfect and worst in everything, that come to 4 and 1
# A missing framework part is a clear gap (rubric section 6): parts missing, and the overall of an answer with nothing
# else to chase. Each of them costs the dimensions about half a point. The training labels alone are kinder to it.
BANDS = {1: 3.0, 2: 2.5, 3: 2.0}
A_PART_COSTS = 0.5
# Most stories told like real people's get a 2 or 2.5: were each counted alike, no story could come to a 4 any more. A
# grade counts by the square root of how often it was given.
BALANCE = 0.5
RIDGE = 1.0  # pulls weights to each other: the dimensions of an answer rise and fall together


def row_of(answer: TrainingAnswer, annotation: Annotation) -> tuple[list[float | None], list[float]]:
    texts = [line.text for line in answer.lines]
    spoken = delivery_of(texts, float(answer.header["duration"]), None, answer.round)
    dims = rubric.all_dimensions(annotation, spoken)
    adjusted = rubric.adjustments(annotation)
    return [dims[name].value for name in DIMENSIONS], [adjusted[name] for name in ADJUSTMENTS]


def anchors(story: bool) -> tuple[NDArray[Any], NDArray[Any]]:
    """Rows that no answer was written for, and the overall that the rubric gives them."""
    rows = [_row(HIGHEST), _row(LOWEST, gap=not story)] * ANCHORS
    values = [HIGHEST, LOWEST] * ANCHORS
    if not story:
        rows += [_row(HIGHEST - missing * A_PART_COSTS, gap=True) for missing in BANDS] * ANCHORS
        values += list(BANDS.values()) * ANCHORS
    return np.array(rows), np.array(values)


def _row(value: float, gap: bool = False) -> list[float]:
    """Every dimension at `value`; delivery has nothing to do with what is missing."""
    dims = [HIGHEST if gap and value > LOWEST and name == "delivery" else value for name in DIMENSIONS]
    return dims + [float(gap and name == "gap") for name in ADJUSTMENTS]


def grade_weights(y: NDArray[Any]) -> NDArray[np.float64]:
    """How much each answer counts: one where all grades were given equally often, less for those given more often."""
    grades, of, counts = np.unique(y, return_inverse=True, return_counts=True)
    return np.asarray((len(y) / len(grades) / counts[of]) ** BALANCE, dtype=np.float64)


def solve(x: NDArray[Any], y: NDArray[Any], story: bool) -> NDArray[np.float64]:
    """Bias, then a weight for each dimension, then for each adjustment, within their bounds."""
    count = x.shape[1]
    more_x, more_y = anchors(story)
    weight = np.sqrt(np.concatenate([grade_weights(y) if story else np.ones(len(y)), np.ones(len(more_y))]))
    x, y = np.vstack([x, more_x]), np.concatenate([y, more_y]) * weight
    columns = np.hstack([np.ones((len(x), 1)), x]) * weight[:, None]
    pull = np.hstack([np.zeros((count, 1)), np.eye(count)]) * RIDGE
    target = np.concatenate([np.full(len(DIMENSIONS), 0.2), np.zeros(len(ADJUSTMENTS))]) * RIDGE
    low = [-5.0, *[WEIGHT_BOUNDS[0]] * len(DIMENSIONS), *[ADJUSTMENT_BOUNDS[0]] * len(ADJUSTMENTS)]
    high = [5.0, *[WEIGHT_BOUNDS[1]] * len(DIMENSIONS), *[ADJUSTMENT_BOUNDS[1]] * len(ADJUSTMENTS)]
    high[1 + DIMENSIONS.index("delivery")] = MOST_FOR_DELIVERY
    solution = lsq_linear(np.vstack([columns, pull]), np.concatenate([y, target]), bounds=(low, high))
    return np.asarray(solution.x)


def fit_overall(corpus: Corpus, annotations: Sequence[Annotation]) -> dict[str, Any]:
    """Weights for the stories and for the rounds with a framework, with cross-validated errors."""
    rows_of = {a.id: row_of(a, one) for a, one in zip(corpus.answers, annotations, strict=True)}
    out: dict[str, Any] = {}
    for name, story in (("story", True), ("framework", False)):
        part = corpus.only(lambda a, story=story: (a.round in ("behavioral", "portfolio")) == story)
        rows = [rows_of[answer.id] for answer in part.answers]
        x = np.array([[*dims, *adjusted] for dims, adjusted in rows], dtype=float)
        y = np.array([float(a.header["overall"]) for a in part.answers])
        fold = part.fold_of_answer()
        guess = np.zeros(len(y))
        for k in range(FOLDS):
            weights = solve(x[fold != k], y[fold != k], story)
            guess[fold == k] = weights[0] + x[fold == k] @ weights[1:]
        error = float(np.abs(np.clip(guess, 1, 4) - y).mean())
        out[name] = written(solve(x, y, story), x, {"answers": len(y), "mean_error": round(error, 3)})
    return out


def written(weights: NDArray[Any], x: NDArray[Any], trained: dict[str, Any]) -> dict[str, Any]:
    values = np.round(weights, 3).tolist()
    count = len(DIMENSIONS)
    return {
        "trained": trained,
        "bias": values[0],
        "dimensions": dict(zip(DIMENSIONS, values[1 : 1 + count], strict=True)),
        "usual": dict(zip(DIMENSIONS, np.round(x[:, :count].mean(axis=0), 1).tolist(), strict=True)),
        "adjustments": dict(zip(ADJUSTMENTS, values[1 + count :], strict=True)),
    }
