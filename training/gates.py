"""Fit the decisions about whole answers, on out-of-fold sentence probabilities, so that no answer votes for
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from agreement import readings
from corpus import FOLDS, Corpus
from fit import Recipe, out_of_fold
from numpy.typing import NDArray
from parse import STORY_ROUNDS
from sklearn.linear_model import LogisticRegression
from tasks import Task, tasks

from voicemock.scoring.findings import customer, faults, frameworks, principles, substance
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.findings.checks import SURE
from voicemock.scoring.findings.question import best_nearness, nearness
from voicemock.scoring.findings.reading import reading_of
from voicemock.scoring.model import CheckKind
from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.models.star import best_path

Cues = dict[str, float]
STRENGTH = 0.3  # inverse regularisation of a gate, on cues of unit spread
FRAMEWORK_STRENGTH = 0.1  # of the gate that parts of all frameworks share
PRINCIPLE_STRENGTH = 0.05  # of the gate with the most cues
NEXT_TO_NOTHING = 0.005  # of F1
# Seven answers of ten show the principle that they are asked for. Beside them the model sees each story once more as
# the answer to another question, which takes its chance down by half.
ASKED_THRESHOLD = 0.2
ORDER_WEIGHT = (
    0.5  # what the usual order of letters counts against the look of the sentences; best in cross-validation
)
THRESHOLDS = np.arange(0.2, 0.66, 0.05)
FAULT_STRENGTH = 0.3
# What a check says, in the words of the reader (`readings/faults.jsonl`).
FAULTS: dict[CheckKind, Callable[[dict[str, Any]], bool]] = {
    "hypothetical": lambda read: read["time"] == "none",
    "not-yours": lambda read: read["whose"] == "others",
    "no-action": lambda read: not read["acted"],
    "no-substance": lambda read: not read["world"],
}


def task(name: str) -> Task:
    return next(t for t in tasks() if t.name == name)


def fit_gate(cues: Sequence[Cues], wanted: NDArray[Any], strength: float = STRENGTH) -> dict[str, Any]:
    """{"bias", "cues"} of a logistic regression over named cues."""
    names = sorted({name for seen in cues for name in seen})
    x = np.array([[seen.get(name, 0.0) for name in names] for seen in cues])
    spread = np.maximum(x.std(axis=0), 0.1)
    fitted = LogisticRegression(C=strength, max_iter=1000).fit(x / spread, wanted)
    weights = fitted.coef_[0] / spread
    return {
        "bias": round(float(fitted.intercept_[0]), 3),
        "cues": dict(zip(names, np.round(weights, 3).tolist(), strict=True)),
    }


def chance(gate: dict[str, Any], seen: Cues) -> float:
    total = gate["bias"] + sum(gate["cues"].get(name, 0.0) * value for name, value in seen.items())
    return float(1 / (1 + np.exp(-total)))


def cross_validated(
    cues: Sequence[Cues], wanted: NDArray[Any], fold: NDArray[Any], strength: float = STRENGTH
) -> NDArray[np.float64]:
    out = np.zeros(len(cues))
    for k in range(FOLDS):
        seen = [c for c, f in zip(cues, fold, strict=True) if f != k]
        gate = fit_gate(seen, wanted[fold != k], strength)
        for i in np.flatnonzero(fold == k):
            out[i] = chance(gate, cues[i])
    return out


def f1(guess: NDArray[Any], wanted: NDArray[Any]) -> float:
    return float(2 * (guess & wanted).sum() / max(1, guess.sum() + wanted.sum()))


def order_of_letters(corpus: Corpus) -> dict[str, Any]:
    """Log probabilities of which letter starts, follows and ends, times ORDER_WEIGHT."""
    letters = task("star").recipe.labels
    counts = np.full((len(letters) + 1, len(letters) + 1), 0.5)  # the last row starts, the last column ends
    for answer in corpus.answers:
        path = [letters.index(line.letter) for line in answer.lines]
        for a, b in zip([len(letters), *path], [*path, len(letters)], strict=True):
            counts[a, b] += 1
    logs = ORDER_WEIGHT * np.log(counts / counts.sum(axis=1, keepdims=True))
    rounded = np.round(logs, 2)
    return {
        "start": rounded[-1, :-1].tolist(),
        "follow": rounded[:-1, :-1].tolist(),
        "end": rounded[:-1, -1].tolist(),
    }


def order_figures(corpus: Corpus, order: dict[str, Any]) -> dict[str, float]:
    star = task("star")
    targets = star.targets(corpus)
    paths = [
        best_path(
            np.log(p + 1e-6), np.array(order["start"]), np.array(order["follow"]), np.array(order["end"])
        )
        for p in out_of_fold(corpus, targets, star.recipe)
    ]
    return {"accuracy_with_order": round(float((np.concatenate(paths) == targets.argmax(axis=1)).mean()), 3)}


def substance_gates(everything: Corpus) -> dict[str, Any]:
    substance_task = task("substance")
    corpus = everything.only(substance_task.keep)
    chances = out_of_fold(corpus, substance_task.targets(corpus), substance_task.recipe)
    cues = []
    for answer, p in zip(corpus.answers, chances, strict=True):
        texts = [line.text for line in answer.lines]
        cues.append(substance.cues(p[:, 0], reading_of(texts, answer.header["question"])))
    wanted = np.array(["no-substance" in a.words("checks") for a in corpus.answers])
    guess = cross_validated(cues, wanted, corpus.fold_of_answer()) >= 0.5
    return {
        "trained": {"answers": len(wanted), "f1": round(f1(guess, wanted), 3)},
        "gates": {"empty": fit_gate(cues, wanted)},
    }


def fault_gates(corpus: Corpus, annotations: Sequence[Annotation]) -> dict[str, Any]:
    """What a reader said of each story, from what the annotation reads in it."""
    said = readings("faults")
    rows = [
        (said[answer.id], annotation, fold)
        for answer, annotation, fold in zip(corpus.answers, annotations, corpus.fold_of_answer(), strict=True)
        if answer.id in said and len(answer.lines) >= faults.FEWEST
    ]
    cues = [faults.cues(annotation.reading, annotation.emptiness) for _, annotation, _ in rows]
    folds = np.array([fold for _, _, fold in rows])
    trained: dict[str, Any] = {"answers": len(rows)}
    gates = {}
    for kind, holds in FAULTS.items():
        wanted = np.array([holds(read) for read, _, _ in rows])
        guess = cross_validated(cues, wanted, folds, FAULT_STRENGTH) >= SURE
        trained[kind] = round(f1(guess, wanted), 3)
        gates[kind] = fit_gate(cues, wanted, FAULT_STRENGTH)
    return {"trained": trained, "gates": gates}


def principle_gates(corpus: Corpus, annotations: Sequence[Annotation]) -> dict[str, Any]:
    """The threshold of those not asked for is the highest that costs next to nothing: what is not there misleads."""
    slugs = principles.slugs()
    cues = [principles.cues(one.told, slug) for one in annotations for slug in slugs]
    wanted = np.array([slug in a.words("demonstrated") for a in corpus.answers for slug in slugs])
    fold = np.repeat(corpus.fold_of_answer(), len(slugs))
    swapped = [principles.cues(one, slug) for one in asked_otherwise(corpus, annotations) for slug in slugs]
    guess = cross_validated([*cues, *swapped], np.tile(wanted, 2), np.tile(fold, 2), PRINCIPLE_STRENGTH)[
        : len(cues)
    ]
    asked = np.array([one.told.principle == slug for one in annotations for slug in slugs])
    asked &= rank_in_answer(guess, len(slugs)) < principles.ASKED_AMONG
    chosen = {t: guess >= np.where(asked, ASKED_THRESHOLD, t) for t in THRESHOLDS}
    reached = {t: f1(three_at_most(one, guess, len(slugs)), wanted) for t, one in chosen.items()}
    threshold = max(t for t in THRESHOLDS if reached[t] >= max(reached.values()) - NEXT_TO_NOTHING)
    return {
        "trained": {"answers": len(corpus.answers), "f1": round(reached[threshold], 3)},
        "threshold": round(float(threshold), 2),
        "asked_threshold": ASKED_THRESHOLD,
        "gates": {"demonstrated": fit_gate([*cues, *swapped], np.tile(wanted, 2), PRINCIPLE_STRENGTH)},
    }


def asked_otherwise(corpus: Corpus, annotations: Sequence[Annotation]) -> list[principles.Told]:
    """Each story as an answer to the question of another one, about a principle that it does not show.

    Without them the principle that was asked for counts as shown whatever was said: nearly everybody who answers in
    training shows it.
    """
    asked = [answer.header["question"] for answer in corpus.answers]
    about = [answer.header.get("principle", "") for answer in corpus.answers]
    out = []
    for i, (answer, one) in enumerate(zip(corpus.answers, annotations, strict=True)):
        shown = {"", *answer.words("demonstrated")}
        others = [k for k in range(len(asked)) if about[k] not in shown]
        other = others[(7 * i) % len(others)]
        near = nearness(default_encoder().encode(one.sentences), asked[other], default_encoder())
        out.append(replace(one.told, principle=about[other], near=best_nearness(near)))
    return out


def three_at_most(chosen: NDArray[Any], guess: NDArray[Any], slugs: int) -> NDArray[Any]:
    """As the scorer does: of those chosen in an answer, the most probable."""
    rank = rank_in_answer(np.where(chosen, guess, -1.0), slugs)
    kept: NDArray[Any] = chosen & (rank < principles.MOST_DEMONSTRATED)
    return kept


def rank_in_answer(guess: NDArray[Any], slugs: int) -> NDArray[np.int64]:
    """How many principles of the same answer are likelier."""
    ranks: NDArray[np.int64] = np.argsort(-guess.reshape(-1, slugs), axis=1, kind="stable").argsort(axis=1)
    return ranks.ravel()


def customer_gates(corpus: Corpus) -> dict[str, Any]:
    signal = task("customer")
    chances = out_of_fold(corpus, signal.targets(corpus), signal.recipe)
    cues = [
        customer.cues(p, [line.text for line in answer.lines], answer.round in STORY_ROUNDS)
        for answer, p in zip(corpus.answers, chances, strict=True)
    ]
    truth = np.array([a.header["customer"] for a in corpus.answers])
    fold = corpus.fold_of_answer()
    direct = cross_validated(cues, truth == "direct", fold) >= 0.5
    anything = cross_validated(cues, truth != "none", fold) >= 0.5
    guess = np.where(direct, "direct", np.where(anything, "indirect", "none"))
    return {
        "trained": {"answers": len(truth), "accuracy": round(float((guess == truth).mean()), 3)},
        "gates": {"direct": fit_gate(cues, truth == "direct"), "any": fit_gate(cues, truth != "none")},
    }


def framework_gates(everything: Corpus) -> dict[str, Any]:
    cues: list[Cues] = []
    wanted: list[bool] = []
    fold: list[int] = []
    for part_task in (t for t in tasks() if t.name.startswith("framework-")):
        corpus = everything.only(part_task.keep)
        name = part_task.name.removeprefix("framework-")
        recipe: Recipe = part_task.recipe
        chances = out_of_fold(corpus, part_task.targets(corpus), recipe)
        for answer, p, f in zip(corpus.answers, chances, corpus.fold_of_answer(), strict=True):
            texts = [line.text for line in answer.lines]
            for i, part in enumerate(recipe.labels):
                cues.append(frameworks.cues(p[:, i], texts, name, part))
                wanted.append(part in answer.words("framework"))
                fold.append(int(f))
    truth = np.array(wanted)
    guess = cross_validated(cues, truth, np.array(fold), FRAMEWORK_STRENGTH) >= 0.5
    return {
        "trained": {"parts": len(truth), "accuracy": round(float((guess == truth).mean()), 3)},
        "gates": {"covered": fit_gate(cues, truth, FRAMEWORK_STRENGTH)},
    }
