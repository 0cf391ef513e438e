"""Fit one sentence model: logistic regression over blocks of features, with out-of-fold probabilities."""

from __future__ import annotations

import collections
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from corpus import FOLDS, Corpus
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from voicemock.scoring.models.features import PLACES, Features
from voicemock.scoring.models.linear import from_json

# Blocks are scaled before fitting, so that one strength of regularisation suits them all.
SCALES = {"vector": 3.0, "before": 1.5, "after": 1.5, "place": 2.0, "words": 0.5}
SMALLEST_WEIGHT = 0.05  # of a word run; below, it moves no decision
GRAM_MIN_SENTENCES = 6  # rarer word runs fit single answers


@dataclass(frozen=True)
class Extra:
    """Sentences without an answer: their rows, and (sentences, labels) of 0 and 1."""

    rows: Features
    targets: NDArray[np.int64]


@dataclass(frozen=True)
class Recipe:
    """How one model is fitted: `blocks` of features and the inverse regularisation strength `c`."""

    labels: tuple[str, ...]
    exclusive: bool
    blocks: tuple[str, ...] = tuple(SCALES)
    c: float = 1.0
    min_sentences: int = GRAM_MIN_SENTENCES
    extra: Extra | None = None  # single sentences that are trained on and never measured on
    brief: bool = False  # train on the stories told briefly as well

    def without(self, block: str) -> Recipe:
        return replace(self, blocks=tuple(b for b in self.blocks if b != block))


def vocabulary(rows: Sequence[Features], recipe: Recipe) -> list[str]:
    if "words" not in recipe.blocks:
        return []
    seen = collections.Counter(gram for features in rows for grams in features.grams for gram in grams)
    return sorted(gram for gram, count in seen.items() if count >= recipe.min_sentences)


def matrix(rows: Sequence[Features], recipe: Recipe, vocab: list[str]) -> NDArray[np.float32]:
    """Shape (sentences, columns): the blocks in the order of SCALES, then the words."""
    parts = []
    for block, seen in (("vector", "vectors"), ("before", "before"), ("after", "after"), ("place", "place")):
        if block in recipe.blocks:
            parts.append(np.vstack([getattr(f, seen) for f in rows]) * SCALES[block])
    if vocab:
        column = {gram: i for i, gram in enumerate(vocab)}
        grams = [g for features in rows for g in features.grams]
        words = np.zeros((len(grams), len(vocab)), dtype=np.float32)
        for row, found in enumerate(grams):
            words[row, [column[gram] for gram in found if gram in column]] = SCALES["words"]
        parts.append(words)
    return np.hstack(parts).astype(np.float32)


def coefficients(x: NDArray[Any], targets: NDArray[Any], recipe: Recipe) -> tuple[NDArray[Any], NDArray[Any]]:
    """(columns, labels) and (labels,) of the fitted model. `targets` is (sentences, labels) of 0 and 1."""
    if recipe.exclusive:
        model = LogisticRegression(C=recipe.c, max_iter=400).fit(x, targets.argmax(axis=1))
        weights = np.zeros((x.shape[1], len(recipe.labels)))
        bias = np.full(len(recipe.labels), -10.0)
        weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
        return weights, bias
    columns, biases = [], []
    for target in targets.T:
        if target.sum() < 2:  # too rare to learn in this fold
            columns.append(np.zeros(x.shape[1]))
            biases.append(-5.0)
            continue
        model = LogisticRegression(C=recipe.c, max_iter=400).fit(x, target)
        columns.append(model.coef_[0])
        biases.append(model.intercept_[0])
    return np.stack(columns, axis=1), np.array(biases)


def content(rows: Sequence[Features], targets: NDArray[Any], recipe: Recipe) -> dict[str, Any]:
    """The JSON form of a model fitted on these rows."""
    vocab = vocabulary(rows, recipe)
    weights, bias = coefficients(matrix(rows, recipe, vocab), targets, recipe)
    out: dict[str, Any] = {
        "labels": list(recipe.labels),
        "exclusive": recipe.exclusive,
        "bias": rounded(bias),
    }
    start = 0
    for block in ("vector", "before", "after", "place"):
        if block in recipe.blocks:
            size = len(PLACES) if block == "place" else rows[0].vectors.shape[1]
            part = rounded(weights[start : start + size] * SCALES[block])
            out[block] = dict(zip(PLACES, part, strict=True)) if block == "place" else part
            start += size
    words = rounded(weights[start:] * SCALES["words"])
    out["words"] = {gram: kept for gram, row in zip(vocab, words, strict=True) if (kept := telling(row))}
    return out


def telling(row: Sequence[float]) -> dict[str, float]:
    """The weights of a gram that are worth keeping, by the number of their label."""
    return {str(label): weight for label, weight in enumerate(row) if abs(weight) >= SMALLEST_WEIGHT}


def rounded(values: NDArray[Any]) -> Any:
    return np.round(values, 2).tolist()


def out_of_fold(
    corpus: Corpus, targets: NDArray[Any], recipe: Recipe, heard: bool = True
) -> list[NDArray[np.float64]]:
    """Probabilities for each answer from models that have not seen it. `heard`: train on beginnings too."""
    fold = corpus.fold_of_answer()
    ends = np.cumsum([len(f) for f in corpus.told])
    spans = [slice(end - len(f), end) for f, end in zip(corpus.told, ends, strict=True)]
    out: list[NDArray[np.float64]] = [np.zeros(0)] * len(corpus.answers)
    for k in range(FOLDS):
        seen = [i for i in range(len(fold)) if fold[i] != k]
        model = from_json(fitted(corpus, targets, recipe, seen, spans, heard))
        for i in np.flatnonzero(fold == k):
            out[i] = model.probabilities(corpus.told[i])
    return out


def fitted(
    corpus: Corpus,
    targets: NDArray[Any],
    recipe: Recipe,
    answers: Sequence[int],
    spans: Sequence[slice],
    heard: bool = True,
) -> dict[str, Any]:
    rows = [corpus.told[i] for i in answers]
    wanted = np.vstack([targets[spans[i]] for i in answers])
    if heard and "place" in recipe.blocks:
        rows += [corpus.heard[i] for i in answers]
        wanted = np.vstack([wanted, wanted])
    if recipe.brief:
        kept = [(spans[i].start, lines, brief) for i in answers for lines, brief in corpus.brief[i]]
        rows += [brief for _, _, brief in kept]
        wanted = np.vstack([wanted, *(targets[[start + n for n in lines]] for start, lines, _ in kept)])
    if recipe.extra is not None:
        rows.append(placed(recipe.extra, rows, wanted))
        wanted = np.vstack([wanted, recipe.extra.targets])
    return content(rows, wanted, recipe)


def placed(extra: Extra, rows: Sequence[Features], wanted: NDArray[Any]) -> Features:
    """Sentences without an answer stand where those of their label usually stand, so that place says
    nothing.
    """
    place = np.vstack([f.place for f in rows])
    usual = np.tile(place.mean(axis=0), (len(extra.targets), 1))
    for label in range(wanted.shape[1]):
        if wanted[:, label].any():
            usual[extra.targets[:, label] == 1] = place[wanted[:, label] == 1].mean(axis=0)
    return replace(extra.rows, place=usual)


def fit_all(corpus: Corpus, targets: NDArray[Any], recipe: Recipe, heard: bool = True) -> dict[str, Any]:
    """The model to ship: fitted on every answer of the corpus."""
    ends = np.cumsum([len(f) for f in corpus.told])
    spans = [slice(end - len(f), end) for f, end in zip(corpus.told, ends, strict=True)]
    return fitted(corpus, targets, recipe, range(len(corpus.answers)), spans, heard)
