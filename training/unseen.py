"""Annotations of the training answers by models that have not seen them: what the decisions about whole answers are
fitted on, since on answers that a model was trained on it is hardly ever wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from corpus import FOLDS, Corpus
from fit import fit_all
from gates import order_of_letters
from parse import TrainingAnswer
from tasks import tasks

from voicemock.scoring.findings import annotate as annotating
from voicemock.scoring.findings.annotate import Annotation, annotate
from voicemock.scoring.models import linear, star


def annotations(corpus: Corpus) -> list[Annotation]:
    """One for each answer of `corpus`, in order. Number roles and vague claims, mostly rules, are as shipped."""
    fold = corpus.fold_of_answer()
    out: dict[int, Annotation] = {}
    for k in range(FOLDS):
        with models(fitted_without(corpus, k)):
            out |= {int(i): annotated(corpus.answers[i]) for i in np.flatnonzero(fold == k)}
    return [out[i] for i in range(len(corpus.answers))]


def annotated(answer: TrainingAnswer) -> Annotation:
    return annotate(
        [line.text for line in answer.lines],
        answer.round,
        answer.header.get("type"),
        question=answer.header["question"],
        principle=answer.header.get("principle") or None,
        told=True,
    )


def fitted_without(corpus: Corpus, k: int) -> dict[str, dict[str, Any]]:
    """The content of every sentence model's weight file, fitted on the other folds."""
    others = corpus.at(np.flatnonzero(corpus.fold_of_answer() != k))
    out = {}
    for task in tasks():
        part = others.only(task.keep)
        out[task.name] = fit_all(part, task.targets(part), task.recipe)
        if task.name == "star":
            out[task.name]["order"] = order_of_letters(part)
    return out


@contextmanager
def models(contents: Mapping[str, dict[str, Any]]) -> Iterator[None]:
    """The scorer reads these weights instead of its files while this lasts, and does without the network, which has
    seen all answers.
    """
    shipped, whole = linear.weights, annotating.WHOLE
    annotating.WHOLE = sys.maxsize
    linear.weights = star.weights = lambda name: contents[name] if name in contents else shipped(name)
    linear.model.cache_clear()
    try:
        yield
    finally:
        linear.weights = star.weights = shipped
        annotating.WHOLE = whole
        linear.model.cache_clear()
