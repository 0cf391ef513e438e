"""Fit the role model: named cues and the vector of the quoted words."""

from __future__ import annotations

from typing import Any

import numpy as np
from corpus import FOLDS, Corpus
from fit import out_of_fold
from gates import order_of_letters, task
from numpy.typing import NDArray
from parse import TrainingAnswer
from sklearn.linear_model import LogisticRegression
from tasks import is_story

from voicemock.scoring.claims.located import LocatedClaim, locate_claims
from voicemock.scoring.claims.metrics import all_cues
from voicemock.scoring.claims.role_model import ROLES, SPAN_SCALE
from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.models.star import best_path

STRENGTH = 0.1  # inverse regularisation; best in cross-validation
Row = tuple[dict[str, float], NDArray[np.float64], str]
SHARED = 0.3  # of the shorter quote, from which a found claim is the labelled one


def fit_roles(corpus: Corpus) -> dict[str, Any]:
    letters = predicted_letters(corpus.only(is_story))
    rows: list[Row] = []
    fold: list[int] = []
    for answer, k in zip(corpus.answers, corpus.fold_of_answer(), strict=True):
        found = rows_of(answer, letters.get(answer.id))
        rows += found
        fold += [int(k)] * len(found)
    names = sorted({name for cues, _, _ in rows for name in cues})
    x = np.array([[*(cues.get(n, 0.0) for n in names), *(span * SPAN_SCALE)] for cues, span, _ in rows])
    wanted, folds = np.array([ROLES.index(role) for _, _, role in rows]), np.array(fold)
    guess = np.zeros(len(wanted))
    for k in range(FOLDS):
        guess[folds == k] = fitted(x[folds != k], wanted[folds != k]).predict(x[folds == k])
    model = fitted(x, wanted)
    matrix = np.round(model.coef_.T, 3)
    return {
        "trained": {"metrics": len(wanted), "accuracy": round(float((guess == wanted).mean()), 3)},
        "bias": np.round(model.intercept_, 3).tolist(),
        "cues": {name: row.tolist() for name, row in zip(names, matrix, strict=False)},
        "span": matrix[len(names) :].tolist(),
    }


def fitted(x: NDArray[Any], y: NDArray[Any]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(x, y)


def predicted_letters(stories: Corpus) -> dict[str, list[str]]:
    """Letters by models that have not seen the answer: what the roles will meet is guessed letters."""
    star = task("star")
    order = order_of_letters(stories)
    start, follow, end = (np.array(order[key]) for key in ("start", "follow", "end"))
    chances = out_of_fold(stories, star.targets(stories), star.recipe)
    paths = [best_path(np.log(p + 1e-6), start, follow, end) for p in chances]
    return {
        answer.id: [star.recipe.labels[k] for k in path]
        for answer, path in zip(stories.answers, paths, strict=True)
    }


def rows_of(answer: TrainingAnswer, star: list[str] | None) -> list[Row]:
    """Cues, vector and labelled role of each claim that is found and labelled."""
    gold = answer.as_gold()
    sentences: list[str] = gold["sentences"]
    left = list(gold["labels"]["metrics"])
    located = locate_claims(sentences)
    rows: list[Row] = []
    for claim, cues in zip(located, all_cues(sentences, located, star, answer.round), strict=True):
        label = next((one for one in left if same(claim, one, sentences)), None)
        if label is not None:
            left.remove(label)
            span = default_encoder().encode([sentences[claim.sentence][claim.start : claim.end]])[0]
            rows.append((cues, span.astype(np.float64), label["role"]))
    return rows


def same(claim: LocatedClaim, label: dict[str, Any], sentences: list[str]) -> bool:
    """Whether a claim and a label quote the same words, as shared/tools/evaluate-scorer counts it."""
    if claim.sentence != label["sentence"]:
        return False
    start = sentences[claim.sentence].find(label["text"])
    shared = min(claim.end, start + len(label["text"])) - max(claim.start, start)
    return shared >= SHARED * min(claim.end - claim.start, len(label["text"]))
