"""Quantities of one sentence to claims: a before/after pair with its change and period is one claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from voicemock.scoring.claim_filter import claims_something, points_back
from voicemock.scoring.lexicon import lexicon, pattern, words
from voicemock.scoring.numbers import Quantity, find_quantities

GAP_WORDS = 9  # more words than this between two numbers, and they belong to two claims
BARE_GAP_WORDS = 12  # a bare number ("it was 3.1 when we stopped") reaches further back for its unit


@dataclass(slots=True)
class Claim:
    """One quantified claim of a sentence. `main` carries kind and unit; the rest is what was joined to it."""

    main: Quantity
    before: Quantity | None = None
    after: Quantity | None = None
    change: Quantity | None = None
    period: Quantity | None = None
    parts: list[Quantity] = field(default_factory=list)

    @property
    def quantities(self) -> list[Quantity]:
        joined = [self.main, self.before, self.after, self.change, self.period, *self.parts]
        return sorted({q for q in joined if q}, key=lambda q: q.start)

    @property
    def last(self) -> Quantity:
        return self.quantities[-1]

    @property
    def is_pair(self) -> bool:
        return self.before is not None and self.after is not None


def find_claims(text: str) -> list[Claim]:
    """The claims of one sentence, from left to right."""
    claims: list[Claim] = []
    quantities = [q for q in _without_operands(text, find_quantities(text)) if not points_back(text, q)]
    for quantity in quantities:
        if not (claims and _join(text, claims[-1], quantity)):
            claims.append(Claim(quantity))
    return [c for i, c in enumerate(claims) if _stands(text, c, claims[i + 1 :])]


WINDOW = re.compile(r"\b(?:within|inside(?: of)?|in the first|in the following|in the next|in the last)\s*$")
OPENING_PERIOD = re.compile(r"^\W*(?:(?:so|and|but|then|um|uh),? )*(?:after|in|within|over|during|inside)(?: the)?(?: \w+)?\s*$")


def _stands(text: str, claim: Claim, later: Sequence[Claim]) -> bool:
    """Whether a claim is one by itself; a window or an opening period belongs to the claim that follows it."""
    if len(claim.quantities) > 1:
        return True
    lead = text[: claim.main.start].lower()
    if claim.main.kind == "time" and later and (WINDOW.search(lead) or OPENING_PERIOD.match(lead)):
        return False
    return claims_something(text, claim.main)


def gap_between(text: str, start: int, end: int) -> str:
    """The words between two places, in lower case, without hedges, fillers and commas."""
    gap = re.sub(r"[^\w'’%.]+", " ", text[start:end].lower().replace("’", "'"))
    return " ".join(pattern("hedges", "skipped").sub(" ", gap).split())


def _without_operands(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out numbers that are only worked with: "16 times 0.2 over 0.01", "divide by 30"."""
    kept: list[Quantity] = []
    operand = False
    for i, quantity in enumerate(quantities):
        ahead = text[quantity.end : quantities[i + 1].start] if i + 1 < len(quantities) else ""
        behind = text[quantities[i - 1].end if i else 0 : quantity.start]
        joins = _is_operator(ahead, text[quantities[i + 1].end :] if ahead else "")
        was, operand = operand, joins
        worked_with = re.search(r"\b(?:divided?|multipl(?:y|ied)) (?:\w+ )?by\s*$|\btimes\s*(?:a\s*)?$", behind.lower())
        if joins or was or worked_with or re.match(r"\s*times [b-z]\b|\s*times the usual", text[quantity.end :]):
            continue
        if re.search(r"\bper\s*$", behind.lower()):
            continue
        kept.append(quantity)
    return kept


def _is_operator(gap: str, rest: str) -> bool:
    """ "5,000 over 25 is 200": "over" divides only where a result follows."""
    spoken = gap_between(gap, 0, len(gap))
    return bool(_entry("operator").fullmatch(spoken)) or (
        spoken in ("over", "by") and bool(re.match(r"\s*,?\s*(?:is|that's|gives|makes)\b", rest))
    )


@cache
def _entry(key: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry})" for entry in lexicon("claims")[key]))


def _join(text: str, claim: Claim, quantity: Quantity) -> bool:
    """Add `quantity` to the claim before it where the words between say that it belongs there."""
    gap = gap_between(text, claim.last.end, quantity.start)
    if quantity.kind == "time" and claim.period is None and _is_period(text, claim, quantity, gap):
        claim.period = quantity
        return True
    if _joins_pair(text, claim, quantity, gap) or _joins_change(text, claim, quantity, gap):
        return True
    if _restates(text, claim, quantity, gap):
        claim.parts.append(quantity)
        return True
    return False


def _is_period(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    short = len(gap.split()) <= 5
    return (claim.main.kind != "time" or claim.is_pair) and short and bool(_entry("period").fullmatch(gap))


def comparable(first: Quantity, second: Quantity) -> bool:
    """Whether two numbers can be before and after of the same thing."""
    if first.kind == second.kind:
        return first.kind in ("time", "count") or first.unit == second.unit or "" in (first.unit, second.unit)
    return is_bare(first) or is_bare(second)


def is_bare(quantity: Quantity) -> bool:
    return quantity.kind == "count" and quantity.unit == "" and quantity.whole is None


def _joins_pair(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    if claim.is_pair or not comparable(claim.main, quantity) or claim.period:
        return False
    if claim.main.kind == "ratio" or (is_bare(quantity) and claim.main.kind != "count" and _counts_noun(quantity)):
        return False
    direction = _direction(text, claim, quantity, gap)
    if not direction:
        return False
    first, second = claim.main, quantity
    claim.before, claim.after = (first, second) if direction == "forward" else (second, first)
    claim.main = second if is_bare(first) and not is_bare(second) else first
    _share_magnitude(text, claim)
    return True


def _share_magnitude(text: str, claim: Claim) -> None:
    """ "from 84 to 52 thousand", "90,000 a month to 52": the magnitude said once holds for both."""
    if claim.before is None or claim.after is None:
        return
    large, small = sorted((claim.before, claim.after), key=lambda q: -abs(q.value))
    if not 1 <= abs(small.value) < 1000 or abs(large.value) < 100 * abs(small.value):
        return
    size = 1e6 if abs(large.value) >= 1e6 else 1e3
    if not (is_bare(small) and (large.value % size == 0 or re.search(r"thousand|million|[kKmM]\b", text[large.start : large.end]))):
        return
    scaled = replace(small, value=small.value * size)
    was_main = claim.main is small
    if claim.before is small:
        claim.before = scaled
    else:
        claim.after = scaled
    claim.main = scaled if was_main else claim.main


def _counts_noun(quantity: Quantity) -> bool:
    """Whether a plural noun follows a number, so that it cannot lend its unit from the number before."""
    return quantity.noun.endswith("s") and quantity.noun not in ("across", "as", "was", "is", "this", "overseas", "plus")


def _direction(text: str, claim: Claim, quantity: Quantity, gap: str) -> str:
    """Which number came first in time: "forward", "backward", or "" for no pair."""
    lead = text[max(0, claim.main.start - 40) : claim.main.start].lower()
    spoken = gap.split()
    if len(spoken) > BARE_GAP_WORDS:
        return ""
    older_first = bool(re.search(r"\bfrom\W+(?:\w+\W+){0,2}$|used to", lead))
    tails = [" ".join(spoken[-size:]) for size in range(min(len(spoken), GAP_WORDS), 0, -1)]
    for tail in tails:
        if not older_first and _entry("backward").fullmatch(tail):
            onwards = tail.endswith("from") and re.match(r"\s*(?:down |up )?to\b", text[quantity.end :])
            return "" if onwards or (tail == "from" and len(spoken) > 3) else "backward"
        if _entry("forward").fullmatch(tail):
            lone = tail in ("to", "under", "below") and len(spoken) > 1
            return "" if lone and not (older_first or (tail == "to" and "of" in spoken)) else "forward"
    was_first = bool(re.search(r"\b(?:was|were|been|had)\W+(?:\w+\W+){0,2}$", lead))
    weak = next((tail for tail in tails[-4:] if _entry("backward_weak").fullmatch(tail)), "")
    if weak and (len(spoken) < 4 or (is_bare(quantity) and " " in weak)):
        return "forward" if older_first or was_first else "backward"
    return ""


def _joins_change(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    """The change stated after the pair, or the pair after the change."""
    if claim.is_pair and claim.change is None and _can_be_change(text, claim, quantity):
        if _entry("change").fullmatch(gap) or gap == "" or _entry("change_tail").fullmatch(gap):
            claim.change = quantity
            return True
    if claim.change is None and not claim.is_pair and claim.main.kind in ("rate", "ratio"):
        if _entry("change_first").fullmatch(gap) and quantity.kind != "ratio":
            claim.change, claim.main = claim.main, quantity
            claim.parts.append(claim.change)
            return True
    return False


def _can_be_change(text: str, claim: Claim, quantity: Quantity) -> bool:
    """A share, a ratio or points; or the plain difference where it is called one ("a saving of 20 thousand")."""
    if quantity.kind in ("rate", "ratio") or (quantity.unit == "points" and quantity.whole is None):
        return True
    around = text[max(0, quantity.start - 25) : quantity.end + 15]
    return comparable(claim.main, quantity) and bool(pattern("inconsistencies", "difference").search(around))


def _restates(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    """ "double, so 400", "plus 10 %, 440", "80 %, or maybe it was 75"."""
    lead = text[max(0, claim.main.start - 6) : claim.main.start].lower()
    leads_to = not gap or bool(_entry("restated").fullmatch(gap))
    if claim.main.kind == "ratio" and quantity.kind in ("money", "count"):
        if leads_to or re.fullmatch(r"the \w+", gap):
            if gap != "it was handling":
                claim.main, claim.parts = quantity, [*claim.parts, claim.main]
            return True
        return False
    if claim.main.unit == "%" and lead.endswith("plus ") and leads_to and is_bare(quantity):
        claim.main, claim.parts = quantity, [*claim.parts, claim.main]
        return True
    alternative = gap.startswith(("or", "no", "sorry", "i mean"))
    return leads_to and alternative and comparable(claim.main, quantity) and not claim.is_pair
