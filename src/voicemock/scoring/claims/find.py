"""Quantities of one sentence to claims: a before/after pair with its change and period is one claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from voicemock.scoring.claims.claim import Claim, gap_between
from voicemock.scoring.claims.filter import claims_something, points_back
from voicemock.scoring.claims.joins import join, linking
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES, Quantity, find_quantities

# A window ("within 24 hours") or an opening period ("After two quarters, ...") belongs to the claim after it.
WINDOW = re.compile(r"\b(?:within|inside(?: of)?|in the first|in the following|in the next|in the last)\s*$")
OPENING_PERIOD = re.compile(
    r"^\W*(?:(?:so|and|but|then|um|uh),? )*(?:after|in|within|over|during|inside)(?: the)?(?: \w+)?\s*$"
)
# Numbers that are only worked with, or that a rate is counted per.
WORKED_WITH = re.compile(r"\b(?:divided?|multipl(?:y|ied)) (?:\w+ )?by\s*$|\btimes\s*(?:a\s*)?$|\bper\s*$")
SMALLEST_OUTCOME, NEARLY = 10, 0.02  # results are told rounded
FACTOR = re.compile(r"\s*times (?:[b-z]\b|the usual)")


@lru_cache(maxsize=CACHED_SENTENCES)
def find_claims(text: str) -> tuple[Claim, ...]:
    """The claims of one sentence, from left to right. They are shared: do not change them."""
    claims: list[Claim] = []
    quantities = [q for q in _without_operands(text, find_quantities(text)) if not points_back(text, q)]
    for quantity in quantities:
        if not (claims and join(text, claims[-1], quantity)):
            claims.append(Claim(quantity))
    return tuple(c for i, c in enumerate(claims) if _stands(text, c, claims[i + 1 :]))


def _stands(text: str, claim: Claim, later: Sequence[Claim]) -> bool:
    """Whether a claim is one by itself; a window or an opening period belongs to the claim that follows
    it.
    """
    if len(claim.quantities) > 1:
        return True
    lead = text[: claim.main.start].lower()
    if claim.main.kind == "time" and later and (WINDOW.search(lead) or OPENING_PERIOD.match(lead)):
        return False
    return claims_something(text, claim.main)


def _without_operands(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out numbers that are only worked with: "16 times 0.2 over 0.01", "divide by 30"."""
    kept: list[Quantity] = []
    operand = False
    for i, quantity in enumerate(quantities):
        ahead = text[quantity.end : quantities[i + 1].start] if i + 1 < len(quantities) else ""
        behind = text[quantities[i - 1].end if i else 0 : quantity.start]
        joins = _is_operator(ahead, text[quantities[i + 1].end :] if ahead else "")
        was, operand = operand, joins
        worked_with = joins or was or WORKED_WITH.search(behind.lower()) or FACTOR.match(text[quantity.end :])
        if not worked_with or _is_outcome(quantities[:i], quantity):
            kept.append(quantity)
    return kept


def _is_outcome(earlier: Sequence[Quantity], quantity: Quantity) -> bool:
    """ "600,000 times 24, 14.4 million, plus ...": the result of the two numbers before it is stated."""
    if len(earlier) < 2 or quantity.kind != "count" or abs(quantity.value) < SMALLEST_OUTCOME:
        return False
    a, b = earlier[-2].value, earlier[-1].value
    outcomes = [a * b, a / b if b else 0.0]
    return any(abs(quantity.value - one) <= NEARLY * abs(quantity.value) for one in outcomes)


def _is_operator(gap: str, rest: str) -> bool:
    """ "5,000 over 25 is 200": "over" divides only where a result follows."""
    spoken = gap_between(gap, 0, len(gap))
    return bool(linking("operator").fullmatch(spoken)) or (
        spoken in ("over", "by") and bool(re.match(r"\s*,?\s*(?:is|that's|gives|makes)\b", rest))
    )
