"""Fit the role model: named cues and the vector of the quoted words."""

from __future__ import annotations

from dataclasses import dataclass
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
from voicemock.scoring.claims.role_cues import role_cues
from voicemock.scoring.claims.roles import ROLES, SPAN_SCALE, allowed_roles
from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.models.star import best_path

STRENGTH = 0.1  # inverse regularisation; best in cross-validation
WITHOUT_LETTERS = 0.6  # what a story counts that is told again without its letters
# Who labelled the answers told like real ones left out the small numbers that only set the scene ("we were three in a
# room"). Found and not labelled, they are context, and count this much.
UNLABELLED = 0.2
LIKE_REAL = "real-"  # files of answers told like real people's
SHARED = 0.3  # of the shorter quote, from which a found claim is the labelled one


@dataclass(frozen=True)
class Row:
    """A labelled claim, and the roles that the rules leave to the model."""

    cues: dict[str, float]
    span: NDArray[np.float64]
    role: str
    weight: float
    allowed: tuple[str, ...]


def fit_roles(corpus: Corpus) -> dict[str, Any]:
    """The weights, with the accuracy of what is then decided (rules included) in cross-validation by answer."""
    letters = predicted_letters(corpus.only(is_story))
    rows, fold = [], []
    for answer, k in zip(corpus.answers, corpus.fold_of_answer(), strict=True):
        star = letters.get(answer.id)
        found = rows_of(answer, star) + (rows_of(answer, None, WITHOUT_LETTERS) if star else [])
        rows += found
        fold += [int(k)] * len(found)
    names = sorted({name for row in rows for name in row.cues})
    x = np.array([[*(row.cues.get(n, 0.0) for n in names), *(row.span * SPAN_SCALE)] for row in rows])
    wanted, folds = np.array([ROLES.index(row.role) for row in rows]), np.array(fold)
    share = np.array([row.weight for row in rows])
    allowed = np.array([[role in row.allowed for role in ROLES] for row in rows])
    guess = np.zeros(len(wanted))
    for k in range(FOLDS):
        seen, held = folds != k, folds == k
        chances = fitted(x[seen], wanted[seen], share[seen]).predict_proba(x[held])
        guess[held] = np.where(allowed[held], chances, -1.0).argmax(axis=1)
    model = fitted(x, wanted, share)
    matrix = np.round(model.coef_.T, 3)
    with_letters = share == 1.0
    right = (guess == wanted)[with_letters]
    return {
        "trained": {"metrics": int(with_letters.sum()), "accuracy": round(float(right.mean()), 3)},
        "bias": np.round(model.intercept_, 3).tolist(),
        "cues": {name: row.tolist() for name, row in zip(names, matrix, strict=False)},
        "span": matrix[len(names) :].tolist(),
    }


def fitted(x: NDArray[Any], y: NDArray[Any], share: NDArray[Any]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(x, y, sample_weight=share)


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


def rows_of(answer: TrainingAnswer, star: list[str] | None, weight: float = 1.0) -> list[Row]:
    """Cues, vector and role of each claim that is found and labelled, or that is context though nobody says so."""
    gold = answer.as_gold()
    sentences: list[str] = gold["sentences"]
    left = list(gold["labels"]["metrics"])
    located = locate_claims(sentences, answer.round)
    rows: list[Row] = []
    for claim, cues in zip(located, role_cues(sentences, located, star, answer.round), strict=True):
        label = next((one for one in left if same(claim, one, sentences)), None)
        if label is not None:
            left.remove(label)
        elif not (answer.group.startswith(LIKE_REAL) and star):
            continue
        role, share = (label["role"], weight) if label else ("context", UNLABELLED)
        span = default_encoder().encode([sentences[claim.sentence][claim.start : claim.end]])[0]
        allowed = allowed_roles(claim, sentences, star, answer.round)
        rows.append(Row(cues, span.astype(np.float64), role, share, allowed))
    return rows


def same(claim: LocatedClaim, label: dict[str, Any], sentences: list[str]) -> bool:
    """Whether a claim and a label quote the same words, as shared/tools/evaluate-scorer counts it."""
    if claim.sentence != label["sentence"]:
        return False
    start = sentences[claim.sentence].find(label["text"])
    shared = min(claim.end, start + len(label["text"])) - max(claim.start, start)
    return shared >= SHARED * min(claim.end - claim.start, len(label["text"]))
