"""How likely it is that an answer is words without a world (rubric section 9)."""

from __future__ import annotations

import numpy as np

from voicemock.scoring.findings.reading import Reading
from voicemock.scoring.models.features import Features
from voicemock.scoring.models.linear import Floats, gate, log_odds, model

NAME = "substance"
GATES = "substance_gates"


def empty_chances(rows: Features) -> Floats:
    """Shape (sentences,): how likely each sentence could stand in any answer whatever it is about."""
    chances: Floats = model(NAME).probabilities(rows)[:, 0]
    return chances


def cues(chances: Floats, reading: Reading) -> dict[str, float]:
    """What decides: how its sentences look, and the things that it names."""
    odds = np.array([log_odds(chance) for chance in chances]) if len(chances) else np.zeros(1)
    return {
        "looks": float(odds.mean()),
        "many": float((odds > 0).mean()),
        "density": min(reading.density, 20.0) / 20,
        "things": min(reading.things, 20) / 20,
        "framework_words": min(reading.framework_words, 0.25) * 4,
        "dry": float(reading.density < 4),
    }


def emptiness(chances: Floats, reading: Reading) -> float:
    """The chance that nothing in the answer could be named by a listener."""
    return gate(GATES, "empty").probability(cues(chances, reading))
