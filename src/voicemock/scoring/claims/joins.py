"""Whether a number belongs to the claim before it: as before or after, as the change, the period, or said
again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from voicemock.scoring.claims.claim import Claim, comparable, gap_between, is_bare
from voicemock.scoring.models.lexicon import lexicon, pattern
from voicemock.scoring.numbers.quantities import Quantity

PERIOD_WORDS, WINDOW_WORDS = 5, 8  # a period stands nearer to its number than "within 60 days" may
GAP_WORDS = 9  # more words than this between two numbers, and they belong to two claims
BARE_GAP_WORDS = 12  # a bare number ("it was 3.1 when we stopped") reaches further back for its unit
COMMA_FROM = re.compile(r",\s*from\s*$", re.IGNORECASE)  # "57% were same-day, from zero"
NO_PLURAL = frozenset(("across", "as", "was", "is", "this", "overseas", "plus"))


@cache
def linking(key: str) -> re.Pattern[str]:
    """One pattern for a list of lexicons/claims.toml."""
    return re.compile("|".join(f"(?:{entry})" for entry in lexicon("claims")[key]))


def join(text: str, claim: Claim, quantity: Quantity) -> bool:
    """Add `quantity` to the claim before it where the words between say that it belongs there."""
    gap = gap_between(text, claim.last.end, quantity.start)
    if quantity.kind == "time" and claim.period is None and _is_period(claim, gap):
        claim.period = quantity
        return True
    if _joins_pair(text, claim, quantity, gap) or _joins_change(text, claim, quantity, gap):
        return True
    if _restates(text, claim, quantity, gap):
        claim.parts.append(quantity)
        return True
    return False


def _is_period(claim: Claim, gap: str) -> bool:
    window = gap.endswith(("within", "inside", "inside of"))
    short = len(gap.split()) <= (WINDOW_WORDS if window else PERIOD_WORDS)
    return (claim.main.kind != "time" or claim.is_pair) and short and bool(linking("period").fullmatch(gap))


def _joins_pair(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    if claim.is_pair or not comparable(claim.main, quantity) or claim.period:
        return False
    if claim.main.kind == "ratio" or (
        is_bare(quantity) and claim.main.kind != "count" and _counts_noun(quantity)
    ):
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
    said = re.search(r"thousand|million|[kKmM]\b", text[large.start : large.end])
    if not is_bare(small) or not (said or large.value % size == 0):
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
    return quantity.noun.endswith("s") and quantity.noun not in NO_PLURAL


def _direction(text: str, claim: Claim, quantity: Quantity, gap: str) -> str:
    """Which number came first in time: "forward", "backward", or "" for no pair."""
    lead = text[max(0, claim.main.start - 40) : claim.main.start].lower()
    spoken = gap.split()
    if len(spoken) > BARE_GAP_WORDS:
        return ""
    older_first = bool(re.search(r"\bfrom\W+(?:\w+\W+){0,2}$|used to", lead))
    tails = [" ".join(spoken[-size:]) for size in range(min(len(spoken), GAP_WORDS), 0, -1)]
    for tail in tails:
        if not older_first and linking("backward").fullmatch(tail):
            onwards = tail.endswith("from") and re.match(r"\s*(?:down |up )?to\b", text[quantity.end :])
            # Recognisers lose the comma; "from zero" is a before all the same.
            set_off = COMMA_FROM.search(text[: quantity.start]) or not quantity.value
            return "" if onwards or (tail == "from" and len(spoken) > 3 and not set_off) else "backward"
        if linking("forward").fullmatch(tail):
            lone = tail in ("to", "under", "below") and len(spoken) > 1
            return "" if lone and not (older_first or (tail == "to" and "of" in spoken)) else "forward"
    was_first = bool(re.search(r"\b(?:was|were|been|had)\W+(?:\w+\W+){0,2}$", lead))
    weak = next((tail for tail in tails[-4:] if linking("backward_weak").fullmatch(tail)), "")
    if weak and (len(spoken) < 4 or (is_bare(quantity) and " " in weak)):
        return "forward" if older_first or was_first else "backward"
    return ""


def _joins_change(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    """The change stated after the pair, or the pair after the change."""
    if claim.change is not None:
        return False
    if claim.is_pair:
        says_change = not gap or any(linking(key).fullmatch(gap) for key in ("change", "change_tail"))
        if not says_change or not _can_be_change(text, claim, quantity):
            return False
        claim.change = quantity
        return True
    comes_first = claim.main.kind in ("rate", "ratio") and quantity.kind != "ratio"
    if comes_first and linking("change_first").fullmatch(gap):
        claim.change, claim.main = claim.main, quantity
        return True
    return False


def _can_be_change(text: str, claim: Claim, quantity: Quantity) -> bool:
    """A share, a ratio or points; or the plain difference where it is called one ("a saving of 20
    thousand").
    """
    if quantity.kind in ("rate", "ratio") or (quantity.unit == "points" and quantity.whole is None):
        return True
    around = text[max(0, quantity.start - 25) : quantity.end + 15]
    return comparable(claim.main, quantity) and bool(pattern("inconsistencies", "difference").search(around))


def _restates(text: str, claim: Claim, quantity: Quantity, gap: str) -> bool:
    """ "double, so 400", "plus 10 %, 440", "80 %, or maybe it was 75"."""
    lead = text[max(0, claim.main.start - 6) : claim.main.start].lower()
    leads_to = not gap or bool(linking("restated").fullmatch(gap))
    if claim.main.kind == "ratio" and quantity.kind in ("money", "count"):
        if not leads_to and not re.fullmatch(r"the \w+", gap):
            return False
        if gap != "it was handling":
            claim.main, claim.parts = quantity, [*claim.parts, claim.main]
        return True
    if claim.main.unit == "%" and lead.endswith("plus ") and leads_to and is_bare(quantity):
        claim.main, claim.parts = quantity, [*claim.parts, claim.main]
        return True
    alternative = gap.startswith(("or", "no", "sorry", "i mean"))
    return leads_to and alternative and comparable(claim.main, quantity) and not claim.is_pair
