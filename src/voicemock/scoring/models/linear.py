"""Small linear models over sentences, read from `weights/*.json`; `training/train.py` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models.features import PLACES, Features, around_names

Floats = NDArray[np.float64]
# Probabilities are rounded, so that the last bits of another machine's BLAS do not reach a decision's output.
PROBABILITY_DIGITS = 6


@dataclass(frozen=True)
class LinearModel:
    """Scores of `labels` for each sentence: softmax over labels that exclude each other, else one sigmoid
    each.

    A block of weights that is None was found not to pay in cross-validation and is not computed.
    """

    labels: tuple[str, ...]
    exclusive: bool
    bias: Floats  # (labels,)
    vector: Floats | None  # (512, labels), and so the next two
    before: Floats | None
    after: Floats | None
    place: Floats | None  # (len(PLACES), labels)
    cues: Floats | None  # (len(around_names()), labels)
    words: Mapping[str, Floats]  # gram: (labels,)

    def logits(self, rows: Features) -> Floats:
        """Shape (sentences, labels)."""
        out = np.tile(self.bias, (len(rows), 1))
        for seen, weights in (
            (rows.vectors, self.vector),
            (rows.before, self.before),
            (rows.after, self.after),
        ):
            if weights is not None:
                out += seen.astype(np.float64) @ weights
        if self.place is not None:
            out += rows.place @ self.place
        if self.cues is not None:
            out += rows.cues @ self.cues
        for row, grams in enumerate(rows.grams):
            for gram in sorted(grams & self.words.keys()):  # sorted: float sums depend on their order
                out[row] += self.words[gram]
        return out

    def probabilities(self, rows: Features) -> Floats:
        """Shape (sentences, labels)."""
        logits = self.logits(rows)
        out = softmax(logits) if self.exclusive else sigmoid(logits)
        return np.round(out, PROBABILITY_DIGITS)


def softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    out: Floats = raised / raised.sum(axis=1, keepdims=True)
    return out


def sigmoid(logits: Floats) -> Floats:
    out: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return out


@cache
def weights(name: str) -> dict[str, Any]:
    """The content of `weights/NAME.json`."""
    source = resources.files("voicemock.scoring.models").joinpath("weights", f"{name}.json")
    content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return content


@cache
def model(name: str) -> LinearModel:
    """The sentence model in `weights/NAME.json`."""
    return from_json(weights(name))


def from_json(content: Mapping[str, Any]) -> LinearModel:
    def block(key: str) -> Floats | None:
        return np.array(content[key], dtype=np.float64) if content.get(key) else None

    place = content.get("place")
    return LinearModel(
        labels=tuple(content["labels"]),
        exclusive=bool(content["exclusive"]),
        bias=np.array(content["bias"], dtype=np.float64),
        vector=block("vector"),
        before=block("before"),
        after=block("after"),
        place=np.array([place[name] for name in PLACES], dtype=np.float64) if place else None,
        cues=_named_rows(content["cues"], len(content["labels"])) if content.get("cues") else None,
        words={gram: _dense(row, len(content["labels"])) for gram, row in content.get("words", {}).items()},
    )


def _named_rows(by_name: Mapping[str, Mapping[str, float]], labels: int) -> Floats:
    """The weights of the cues in the order of their columns; those not kept weigh nothing."""
    return np.array([_dense(by_name.get(name, {}), labels) for name in around_names()])


def _dense(row: Mapping[str, float], labels: int) -> Floats:
    """A word run's weights, kept by label number where they matter, as one row."""
    out = np.zeros(labels)
    for label, weight in row.items():
        out[int(label)] = weight
    return out


@dataclass(frozen=True)
class Gate:
    """A decision about a whole answer: a weight for each named cue, and the probability from which it is
    yes.
    """

    bias: float
    cues: Mapping[str, float]
    threshold: float = 0.5

    def probability(self, seen: Mapping[str, float]) -> float:
        """Cues that the gate has no weight for count nothing."""
        total = self.bias + sum(self.cues.get(name, 0.0) * value for name, value in seen.items())
        return round(float(sigmoid(np.array([total]))[0]), PROBABILITY_DIGITS)

    def opens(self, seen: Mapping[str, float]) -> bool:
        return self.probability(seen) >= self.threshold


def gate(name: str, label: str) -> Gate:
    """The gate for `label` in `weights/NAME.json`."""
    content = weights(name)
    row = content["gates"][label]
    return Gate(row["bias"], row["cues"], content.get("threshold", 0.5))


def log_odds(probability: float) -> float:
    """Log odds, kept finite."""
    p = min(max(float(probability), 0.001), 0.999)
    return float(np.log(p / (1 - p)))
