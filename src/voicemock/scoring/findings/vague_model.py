"""How likely each clause is to tell an outcome vaguely: a linear model over its cues and its vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from voicemock.scoring.findings.vague_cues import Clause, clause_cues, may_be_vague
from voicemock.scoring.models.encoder import Encoder
from voicemock.scoring.models.linear import PROBABILITY_DIGITS, Floats, sigmoid, weights

NAME = "vague"
VECTOR_SCALE = 3.0  # brings a unit vector's components to the size of the cues


def vague_clauses(clauses: Sequence[Clause], sentences: Sequence[str], encoder: Encoder) -> list[Clause]:
    """Those that the model takes for vague. Only clauses with a telling word are embedded."""
    seen = [(clause, clause_cues(clause, sentences[clause.sentence])) for clause in clauses]
    looked_at = [(clause, cues) for clause, cues in seen if may_be_vague(cues)]
    threshold = float(weights(NAME)["threshold"])
    vectors = encoder.encode([clause.text for clause, _ in looked_at])
    return [
        clause
        for (clause, cues), vector in zip(looked_at, vectors, strict=True)
        if probability(cues, vector.astype(np.float64)) >= threshold
    ]


def probability(cues: Mapping[str, float], vector: Floats) -> float:
    bias, by_cue, by_dimension = _weights()
    total = bias + sum(by_cue.get(name, 0.0) * cues[name] for name in sorted(cues)) + vector @ by_dimension
    return round(float(sigmoid(np.array([total]))[0]), PROBABILITY_DIGITS)


@cache
def _weights() -> tuple[float, dict[str, float], Floats]:
    content = weights(NAME)
    return float(content["bias"]), content["cues"], np.array(content["vector"], dtype=np.float64)
