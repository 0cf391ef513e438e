"""Joins a number to the claim before it: as before or after, as the change, the period, or said again."""

from __future__ import annotations

from dataclasses import replace

from voicemock.scoring.claims.claim import Claim, is_bare
from voicemock.scoring.claims.pairs import may_be_pair, verdict_of
from voicemock.scoring.claims.parts import order_of
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import Quantity

ACROSS = 0.95  # the chance of a pair from which on other numbers may stand inside it
FAR_APART = 50.0  # a pair further apart than this has a magnitude said once: "from 1.2 to 0.8 million"


def join(text: str, claim: Claim, quantity: Quantity, *, story: bool = True) -> bool:
    """Add `quantity` to the claim before it where the words around them say that it belongs there."""
    verdict = verdict_of(text, claim, quantity, story=story)
    if verdict in ("forward", "backward"):
        _pair(claim, quantity, verdict == "forward")
    elif verdict == "change":
        claim.change = quantity
    elif verdict in ("level", "change first"):
        claim.change, claim.main = claim.main, quantity
        _level_as_pair(claim)
    elif verdict == "start":
        _from_start(text, claim, quantity)
    elif verdict == "period":
        claim.period = quantity
    elif verdict in ("restated", "exact"):
        claim.main, claim.parts = quantity, [*claim.parts, claim.main]
    elif verdict == "either":
        claim.parts.append(quantity)
    else:
        return False
    return True


def join_read(text: str, claim: Claim, quantity: Quantity) -> bool:
    """Join two numbers that others stand between, where the network that reads them takes them for a pair."""
    order, likely = order_of(text, claim.main, quantity)
    if likely < ACROSS or not claim.is_lone or not may_be_pair(claim, quantity):
        return False
    _pair(claim, quantity, order == "forward")
    return True


def _level_as_pair(claim: Claim) -> None:
    """ "up seven points, 54 to 61 percent": ends that are as far apart as it went are no range."""
    level, change = claim.main, claim.change
    if level.high is None or change is None or abs(level.high - level.value - abs(change.value)) > 0.1:
        return
    low, high = replace(level, high=None), replace(level, value=level.high, high=None)
    claim.before, claim.after = (low, high) if change.value > 0 else (high, low)
    claim.main = claim.after


def _from_start(text: str, claim: Claim, start: Quantity) -> None:
    """ "fell by 140,000 from 390,000": where it began and how far it went say where it came to."""
    went = abs(claim.main.value)
    fell = pattern("direction", "down").search(text[: claim.main.start])
    claim.change, claim.main, claim.before = claim.main, start, start
    claim.after = replace(start, value=start.value - went if fell else start.value + went)


def unit_lent(text: str, claim: Claim, quantity: Quantity, *, story: bool = True) -> Quantity:
    """ "I expected 20 percent, and it was 12": set against each other, both are of the unit that is said once."""
    lends = not is_bare(claim.main) and is_bare(quantity) and not quantity.noun
    if lends and claim.is_lone and verdict_of(text, claim, quantity, story=story) == "apart":
        return replace(quantity, unit=claim.main.unit, kind=claim.main.kind)
    return quantity


def _pair(claim: Claim, quantity: Quantity, forward: bool) -> None:
    first, second = _same_magnitude(claim.main, quantity)
    claim.before, claim.after = (first, second) if forward else (second, first)
    lent = is_bare(first) and not is_bare(second)
    claim.main = second if lent or (first.weak and first.kind == "time") else first


def _same_magnitude(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """ "from 1.2 to 0.8 million", "90,000 a month to 52": the magnitude said once holds for both."""
    large, small = (first, second) if abs(first.value) >= abs(second.value) else (second, first)
    size = large.scale if large.scale > 1 else 1000.0 if large.value % 1000 == 0 else 1.0
    bare = is_bare(small) and small.scale == 1 and not small.weak and 0 < abs(small.value) < 1000
    if not bare or size == 1 or abs(large.value) < FAR_APART * abs(small.value):
        return first, second
    if small.value * size > FAR_APART * abs(large.value) or (large.scale == 1 and small.noun):
        return first, second
    scaled = replace(small, value=small.value * size)
    return (scaled, second) if small is first else (first, scaled)
