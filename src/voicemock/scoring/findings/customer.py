"""Customer signal (rubric section 4): did the candidate talk to customers, read about them, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicemock.scoring.findings.customer_cues import (
    counts_them,
    customer_cue,
    has_customer,
    met_them,
    names_colleague,
)
from voicemock.scoring.findings.people import quotes_someone
from voicemock.scoring.model import Customer
from voicemock.scoring.models.features import Features
from voicemock.scoring.models.linear import Floats, gate, log_odds, model

NAME = "customer"
GATES = "customer_gates"
DIRECT, INDIRECT = 0, 1  # columns of `signal_probabilities`


@dataclass(frozen=True)
class CustomerSignal:
    """The strongest signal, and the sentence that shows it best (None where there is none)."""

    signal: Customer
    sentence: int | None


def signal_probabilities(rows: Features) -> Floats:
    """Shape (sentences, 2): direct, indirect."""
    return model(NAME).probabilities(rows)


def cues(chances: Floats, sentences: Sequence[str], story: bool) -> dict[str, float]:
    """What decides the signal of an answer: how its sentences look, and the words by which customers are
    met.
    """
    direct, indirect = np.sort(chances, axis=0)[::-1].T if len(chances) else (np.zeros(1), np.zeros(1))
    told = [customer_cue(text) for text in sentences]
    served = sum(has_customer(text) for text in sentences)
    return {
        "direct": log_odds(direct[0]),
        "direct_second": log_odds(direct[1]) if len(direct) > 1 else log_odds(0),
        "direct_words": float(min(told.count("direct"), 2)),
        "direct_both": _best(chances[:, DIRECT], told, "direct"),
        "indirect": log_odds(indirect[0]),
        "indirect_second": log_odds(indirect[1]) if len(indirect) > 1 else log_odds(0),
        "indirect_words": float(min(told.count("indirect"), 2)),
        "indirect_both": _best(chances[:, INDIRECT], told, "indirect"),
        "served": min(served, 4) / 4,
        "story": float(story),
    }


def _best(column: Floats, told: Sequence[Customer | None], signal: Customer) -> float:
    """The log odds of the likeliest sentence that also says it in words."""
    return log_odds(max((c for c, t in zip(column, told, strict=True) if t == signal), default=0.0))


def find_customer(chances: Floats, sentences: Sequence[str], story: bool) -> CustomerSignal:
    """`chances` as of `signal_probabilities`; `story`: a behavioral or portfolio answer."""
    if not len(chances):
        return CustomerSignal("none", None)
    seen = cues(chances, sentences, story)
    # Words that say it outright need no model: nine in ten labelled answers that have them are direct.
    if gate(GATES, "direct").opens(seen) or (
        story
        and (
            any(met_them(text) and not names_colleague(text) for text in sentences)
            or quotes_someone(sentences)
        )
    ):
        return CustomerSignal("direct", _shown_by(chances[:, DIRECT], sentences, "direct"))
    if gate(GATES, "any").opens(seen) or (story and any(counts_them(text) for text in sentences)):
        return CustomerSignal("indirect", _shown_by(chances[:, INDIRECT], sentences, "indirect"))
    return CustomerSignal("none", None)


def _shown_by(column: Floats, sentences: Sequence[str], signal: Customer) -> int:
    """The likeliest of the sentences that also say it in words, else the likeliest."""
    worded = [i for i, text in enumerate(sentences) if customer_cue(text) == signal]
    return max(worded or range(len(sentences)), key=lambda i: (column[i], -i))
