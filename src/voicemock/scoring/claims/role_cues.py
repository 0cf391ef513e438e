"""The role of a claim from the words around it: named cues, and a weighted vote over them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import get_args

from voicemock.rounds import STORY_ROUNDS
from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.model import Kind, Role
from voicemock.scoring.models.lexicon import compile_entries, lexicon

# Cues that mean something else in each part of the answer.
COMBINED = (
    "kind_rate",
    "kind_time",
    "kind_count",
    "kind_money",
    "change",
    "goal",
    "goal_near",
    "problem",
    "contact",
    "scale",
    "is_pair",
    "today",
)
LEAD_CHARACTERS = 70  # about a dozen words before the claim
TAIL_CHARACTERS = 40  # about seven words after it
NEAR_CHARACTERS = 25  # a goal word this close speaks for this very number
EARLY, LATE = 0.35, 0.7  # where situation ends and result begins in a story told in order


def role_cues(
    text: str, claim: Claim, kind: Kind, star: str | None, place: float, round_: str
) -> dict[str, float]:
    """Named features of a claim, each 0 or 1. `place` is 0 for the first sentence of the answer, 1 for the
    last.
    """
    start, end = claim.quantities[0].start, claim.last.end
    window = text[max(0, start - LEAD_CHARACTERS) : end + TAIL_CHARACTERS].lower()
    near = text[max(0, start - NEAR_CHARACTERS) : start].lower()
    found = {name: float(bool(cue.search(window))) for name, cue in _cues().items()}
    found["goal_near"] = float(bool(_cues()["goal"].search(near)))
    found["is_pair"] = float(claim.is_pair)
    found["has_change"] = float(claim.change is not None)
    found["has_period"] = float(claim.period is not None)
    found[f"kind_{kind}"] = 1.0
    found["spent_time"] = float(kind == "time" and bool(_cues()["spent"].search(near)))
    where = _place_cues(star, place, round_)
    found.update(where)
    for name in where:
        for other in COMBINED:
            found[f"{name}+{other}"] = where[name] * found.get(other, 0.0)
    return {name: value for name, value in found.items() if value}


def _place_cues(star: str | None, place: float, round_: str) -> dict[str, float]:
    if round_ not in STORY_ROUNDS:
        return {"other_round": 1.0}
    if star:
        return {f"star_{star}": 1.0}
    return {
        "early": float(place < EARLY),
        "late": float(place > LATE),
        "middle": float(EARLY <= place <= LATE),
    }


def role_scores(cues: Mapping[str, float]) -> dict[Role, float]:
    """The weighted vote for each role; higher is likelier. Weights were fitted by training/fit_roles.py."""
    weights = lexicon("role_weights")
    return {
        role: float(weights[role]["bias"])
        + sum(weights[role].get(name, 0.0) * value for name, value in cues.items())
        for role in get_args(Role)
    }


def likeliest_role(cues: Mapping[str, float]) -> Role:
    scores = role_scores(cues)
    return max(scores, key=lambda role: scores[role])


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {name: compile_entries(tuple(entries)) for name, entries in lexicon("roles")["cues"].items()}
