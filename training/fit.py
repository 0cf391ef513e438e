"""Fit one sentence model: logistic regression over blocks of features, with out-of-fold probabilities."""

from __future__ import annotations

import collections
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from corpus import FOLDS, Corpus
from logistic import logistic
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from voicemock.scoring.models.features import PLACES, Features, around_names
from voicemock.scoring.models.linear import from_json

# Blocks are scaled before fitting, so that one strength of regularisation suits them all.
SCALES = {"vector": 3.0, "before": 1.5, "after": 1.5, "place": 2.0, "cues": 0.7, "words": 0.5}
SMALLEST_WEIGHT = 0.05  # of a word run; below, it moves no decision
SMALLEST_CUE = 0.02
GRAM_MIN_SENTENCES = 8  # rarer word runs fit single answers


SEEN = {"vector": "vectors", "before": "before", "after": "after", "place": "place", "cues": "cues"}


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


def matrix(
    rows: Sequence[Features], recipe: Recipe, vocab: list[str]
) -> tuple[NDArray[np.float32], csr_matrix]:
    """The blocks in the order of SCALES, dense and of shape (sentences, columns), and the words, sparse."""
    parts = [
        np.vstack([getattr(f, seen) for f in rows]) * SCALES[block]
        for block, seen in SEEN.items()
        if block in recipe.blocks
    ]
    column = {gram: i for i, gram in enumerate(vocab)}
    grams = [g for features in rows for g in features.grams]
    said = [sorted(column[gram] for gram in found if gram in column) for found in grams]
    ends = np.cumsum([0, *map(len, said)])
    values = np.full(int(ends[-1]), SCALES["words"], dtype=np.float32)
    where = np.fromiter((at for row in said for at in row), dtype=np.int64, count=int(ends[-1]))
    words = csr_matrix((values, where, ends), shape=(len(grams), len(vocab)))
    return np.hstack(parts).astype(np.float32), words


def content(rows: Sequence[Features], targets: NDArray[Any], recipe: Recipe) -> dict[str, Any]:
    """The JSON form of a model fitted on these rows."""
    vocab = vocabulary(rows, recipe)
    dense, words_in = matrix(rows, recipe, vocab)
    weights, bias = logistic(dense, words_in, targets, recipe.exclusive, recipe.c)
    out: dict[str, Any] = {
        "labels": list(recipe.labels),
        "exclusive": recipe.exclusive,
        "bias": rounded(bias),
    }
    start = 0
    for block, seen in SEEN.items():
        if block in recipe.blocks:
            size = getattr(rows[0], seen).shape[1]
            out[block] = named(block, rounded(weights[start : start + size] * SCALES[block]))
            start += size
    words = rounded(weights[start:] * SCALES["words"])
    out["words"] = {gram: kept for gram, row in zip(vocab, words, strict=True) if (kept := telling(row))}
    return out


def named(block: str, rows: Any) -> Any:
    """The rows of a block as its file keeps them: by name where they have one."""
    if block == "place":
        return dict(zip(PLACES, rows, strict=True))
    if block == "cues":
        kept = {name: telling(row, SMALLEST_CUE) for name, row in zip(around_names(), rows, strict=True)}
        return {name: row for name, row in kept.items() if row}
    return rows


def telling(row: Sequence[float], smallest: float = SMALLEST_WEIGHT) -> dict[str, float]:
    """The weights of a gram or cue that are worth keeping, by the number of their label."""
    return {str(label): weight for label, weight in enumerate(row) if abs(weight) >= smallest}


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
