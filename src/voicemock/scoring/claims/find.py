"""Quantities of one sentence to claims: a before/after pair with its change and period is one claim."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from voicemock.scoring.claims.claim import Claim, gap_between
from voicemock.scoring.claims.clauses import clause_start
from voicemock.scoring.claims.filter import claims_something, points_back
from voicemock.scoring.claims.joins import join, join_read, unit_lent
from voicemock.scoring.claims.parts import order_of
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES, Quantity, find_quantities

BESIDE = 0.45  # the chance of a pair with the number just before, above which none is looked for further back
# Numbers that are only worked with, or that a rate is counted per.
WORKED_WITH = re.compile(r"\b(?:divided?|multipl(?:y|ied)) (?:\w+ )?by\s*$|\btimes\s*(?:a\s*)?$|\bper\s*$")
OPERATOR = re.compile(r"times|multiplied by|divided? by|divided into|plus|minus")
SMALLEST_OUTCOME, NEARLY = 10, 0.02  # results are told rounded
FACTOR = re.compile(r"\s*times (?:[b-z]\b|the usual)")
# A window ("within 24 hours") or an opening period ("After two quarters, ...") belongs to the claim after it.
WINDOW = re.compile(
    r"\b(?:within|inside(?: of)?|(?:in|over|during|after)(?: just| only)?(?: the)?"
    r"(?: (?:first|following|next|last))?)\s*$"
)
OPENING = re.compile(r"(?:^|[.!?]\s)\W*(?:in|over|within|during|after)\b[^,;:]*$", re.IGNORECASE)
# "Orders over 100 euros grew by 16 percent": which orders is no claim.
OF_A_SIZE = re.compile(r"\w+s (?:over|under|above|below|worth|of)\s*$", re.IGNORECASE)
MOVED = re.compile(
    r"\s*(?:grew|rose|fell|dropped|climbed|went|increased|doubled|tripled|halved|came)\b", re.IGNORECASE
)
SAVED = re.compile(r"\b(?:sav(?:ed|es|e|ing)|gained|gains?|lost)\b(?:\W+\w+){0,4}\W*$", re.IGNORECASE)


@lru_cache(maxsize=CACHED_SENTENCES)
def find_claims(text: str, *, story: bool = True) -> tuple[Claim, ...]:
    """The claims of one sentence, from left to right. They are shared: do not change them."""
    claims: list[Claim] = []
    quantities = [q for q in _without_operands(text, find_quantities(text)) if not points_back(text, q)]
    for quantity in quantities:
        if story and _joined_across(text, claims, quantity):
            continue
        if not _joined(text, claims, quantity, story):
            lent = unit_lent(text, claims[-1], quantity, story=story) if claims else quantity
            claims.append(Claim(lent))
    _give_periods(text, claims)
    return tuple(c for c in claims if _stands(text, c))


def _joined(text: str, claims: list[Claim], quantity: Quantity, story: bool) -> bool:
    """Whether the quantity became a part of the last claim, or of the one before where the last is but a period."""
    if claims and join(text, claims[-1], quantity, story=story):
        return True
    if len(claims) < 2 or not (claims[-1].main.weak or _may_be_period(text, claims[-1])):
        return False
    if not join(text, claims[-2], quantity, story=story):
        return False
    if claims[-2].period is None and claims[-1].main.kind == "time":
        claims[-2].period = claims[-1].main
    claims.pop()
    return True


def _joined_across(text: str, claims: list[Claim], quantity: Quantity) -> bool:
    """Whether the quantity goes with a claim before the last rather than with that, and stands last with it then:
    "9 days, with 3 people in the shop, and now it's 2".
    """
    if len(claims) < 2 or order_of(text, claims[-1].main, quantity)[1] > BESIDE:
        return False
    for claim in claims[-2::-1]:
        if join_read(text, claim, quantity):
            claims.remove(claim)
            claims.append(claim)
            return True
    return False


def _may_be_period(text: str, claim: Claim) -> bool:
    """ "in two months": no claim by itself where another is near."""
    alone = claim.is_lone and claim.period is None and claim.main.kind == "time"
    return alone and bool(WINDOW.search(text[: claim.main.start].lower()))


def _give_periods(text: str, claims: list[Claim]) -> None:
    """A period that stands before its claim: "Within two weeks complaints fell to 20"."""
    for period, claim in reversed(list(itertools.pairwise(claims))):
        first = claim.quantities[0].start
        opens = OPENING.search(text[: period.main.start])
        near = (opens or clause_start(text, first) <= period.main.start) and not _STOP.search(
            text[period.main.end : first]
        )
        if _may_be_period(text, period) and (claim.main.kind != "time" or claim.is_pair) and near:
            if claim.period is None:
                claim.period = period.main
            claims.remove(period)


_STOP = re.compile(r"[.;:!?]\s|,\s*(?:and|but|so)\b")


def _stands(text: str, claim: Claim) -> bool:
    """Whether a claim is one by itself."""
    if claim.is_pair or claim.change or claim.parts:
        return True
    if OF_A_SIZE.search(text[: claim.main.start]) and MOVED.match(text[claim.main.end :]):
        return False
    if claim.main.weak:
        return claim.main.kind == "time" and bool(SAVED.search(text[: claim.main.start]))
    timed = claim.period is not None and not claim.period.weak
    return timed or claims_something(text, claim.main)


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
    if any(one.weak for one in earlier[-2:]):
        return False
    a, b = earlier[-2].value, earlier[-1].value
    outcomes = [a * b, a / b if b else 0.0]
    return any(abs(quantity.value - one) <= NEARLY * abs(quantity.value) for one in outcomes)


def _is_operator(gap: str, rest: str) -> bool:
    """ "5,000 over 25 is 200": "over" divides only where a result follows."""
    spoken = gap_between(gap, 0, len(gap))
    return bool(OPERATOR.fullmatch(spoken)) or (
        spoken in ("over", "by") and bool(re.match(r"\s*,?\s*(?:is|that's|gives|makes)\b", rest))
    )
