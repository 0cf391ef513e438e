"""How likely each clause is to tell an outcome vaguely: a linear model over its cues and its vector."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from voicemock.scoring.findings.vague_cues import Clause, clause_cues, may_be_vague
from voicemock.scoring.models.context import InContext
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.models.linear import PROBABILITY_DIGITS, Floats, sigmoid, weights

NAME = "vague"
VECTOR_SCALE = 3.0  # brings a unit vector's components to the size of the cues
SAY = 0.5  # how much the network's log-odds count beside the model's
USUAL = -1.0  # log-odds from which on the network speaks for a vague claim: few sentences hold one
LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause that is vague `by_words`, by what it says; `in_context`, by how it reads in the whole answer besides; or
    both.
    """

    clause: Clause
    by_words: bool
    in_context: bool


def vague_clauses(
    clauses: Sequence[Clause], sentences: Sequence[str], encoder: Encoder, whole: InContext | None = None
) -> list[Weighed]:
    """Those that are vague. Only clauses with a telling word are embedded."""
    looked_at = [
        (clause, clause_cues(clause, sentences[clause.sentence]))
        for clause in clauses
        if may_be_vague(clause)
    ]
    threshold = float(weights(NAME)["threshold"])
    vectors = encoder.encode([clause.text for clause, _ in looked_at])
    found = []
    for (clause, cues), vector in zip(looked_at, vectors, strict=True):
        chance = probability(cues, vector.astype(np.float64))
        by_words = in_context = chance >= threshold
        if whole is not None:
            read = whole.vague(clause.sentence, clause.start, clause.end)
            in_context = log_odds(chance) + SAY * (log_odds(read) - USUAL) >= 0
        if by_words or in_context:
            found.append(Weighed(clause, by_words, in_context))
    return found


def log_odds(p: float) -> float:
    return math.log((p + LEAST) / (1 - p + LEAST))


def probability(cues: Mapping[str, float], vector: Floats) -> float:
    bias, by_cue, by_dimension = _weights()
    total = bias + sum(by_cue.get(name, 0.0) * cues[name] for name in sorted(cues)) + vector @ by_dimension
    return round(float(sigmoid(np.array([total]))[0]), PROBABILITY_DIGITS)


@cache
def _weights() -> tuple[float, dict[str, float], Floats]:
    content = weights(NAME)
    return float(content["bias"]), content["cues"], np.array(content["vector"], dtype=np.float64)
