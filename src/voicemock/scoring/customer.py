"""Customer signal (rubric section 4): did the candidate talk to customers, read about them, or neither."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicemock.scoring.features import Features
from voicemock.scoring.linear import Floats, gate, log_odds, model
from voicemock.scoring.model import Customer

NAME = "customer"
GATES = "customer_gates"


@dataclass(frozen=True)
class CustomerSignal:
    """The strongest signal, and the sentence that shows it best (None where there is none)."""

    signal: Customer
    sentence: int | None


def signal_probabilities(rows: Features) -> Floats:
    """Shape (sentences, 2): direct, indirect."""
    return model(NAME).probabilities(rows)


def cues(chances: Floats, story: bool) -> dict[str, float]:
    """What decides the signal of an answer from those of its sentences."""
    direct, indirect = np.sort(chances, axis=0)[::-1].T if len(chances) else (np.zeros(1), np.zeros(1))
    return {
        "direct": log_odds(direct[0]),
        "direct_second": log_odds(direct[1]) if len(direct) > 1 else log_odds(0),
        "indirect": log_odds(indirect[0]),
        "indirect_second": log_odds(indirect[1]) if len(indirect) > 1 else log_odds(0),
        "story": float(story),
    }


def find_customer(chances: Floats, story: bool) -> CustomerSignal:
    """`chances` as of `signal_probabilities`; `story`: a behavioral or portfolio answer."""
    seen = cues(chances, story)
    if not len(chances):
        return CustomerSignal("none", None)
    if gate(GATES, "direct").opens(seen):
        return CustomerSignal("direct", int(chances[:, 0].argmax()))
    if gate(GATES, "any").opens(seen):
        return CustomerSignal("indirect", int(chances[:, 1].argmax()))
    return CustomerSignal("none", None)
