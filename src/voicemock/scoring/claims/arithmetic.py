"""Sums said aloud that do not hold: "100,000 divided by 30, that's about 5,000"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from voicemock.scoring.claims.claim import gap_between
from voicemock.scoring.model import Inconsistency
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.numbers.hedges import is_hedged
from voicemock.scoring.numbers.quantities import Quantity, find_quantities

TOLERANCE = 0.06  # spoken sums are rounded: 16,753 is "17,000"
HEDGED_TOLERANCE = 0.15
# "(37M / 4) + (133M x 0.05)" is written, not said: walking it from left to right would reckon something else.
BRACKETED = re.compile(r"\)\s*[-+−x×*/]\s*\(")
OPERATIONS = ("times", "divided", "plus", "minus", "share")


def find_wrong_sums(sentences: Sequence[str]) -> Iterator[Inconsistency]:
    """Each stated result that is off by more than rounding; sentences without operators are skipped
    quickly.
    """
    carried: float | None = None
    for number, text in enumerate(sentences):
        quantities = find_quantities(text)
        if quantities and not BRACKETED.search(text):
            yield from _wrong_in(number, text, quantities, carried)
            carried = _plain(quantities[-1])


def _wrong_in(
    number: int, text: str, quantities: Sequence[Quantity], carried: float | None
) -> Iterator[Inconsistency]:
    """Walk a sentence with a running value; check it wherever a result is stated."""
    running: tuple[float, ...] = ()  # what the numbers so far can come to
    last = carried
    pending = False
    previous_end = 0
    for i, quantity in enumerate(quantities):
        gap = gap_between(text, previous_end, quantity.start)
        operation = _operation(gap)
        left = (running if i else (carried,)) if last is not None else ()
        if operation and left and (i or _opens(gap)):
            running, pending = _reached(operation, left, last, quantity), True
        elif pending and running and (_states_result(gap) or not gap):
            hedged = is_hedged(text, quantity.start, quantity.end)
            tolerance = HEDGED_TOLERANCE if hedged else TOLERANCE
            if not any(agrees(one, _plain(quantity), tolerance) for one in running):
                yield Inconsistency(number, text[quantity.start : quantity.end], spoken(running[0]))
            running, pending = (_plain(quantity),), False
        else:
            running, pending = (_plain(quantity),), False
        last, previous_end = _plain(quantity), quantity.end


def _reached(
    operation: str, left: Sequence[float | None], last: float | None, quantity: Quantity
) -> tuple[float, ...]:
    """What an operation can come to: "14.4 million, plus 1.5 million times 12, 18 million" multiplies the last number
    alone, "2 plus 3, times 4" the sum.
    """
    of = [*left, last] if operation in ("times", "divided", "share") else left
    found = (_apply(operation, one, quantity) for one in of if one is not None)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def agrees(computed: float, said: float, tolerance: float) -> bool:
    """Whether a stated number is the computed one, rounding and a left-out "thousand" allowed."""
    scales = (1.0, 1e3, 1e6, 1e-3, 1e-6)
    return any(abs(said - computed * scale) <= tolerance * abs(computed * scale) + 1e-9 for scale in scales)


def spoken(value: float) -> str:
    """A number as a person writes it: "3,333", "0.25"."""
    return (
        f"{value:,.0f}" if abs(value) >= 10 else f"{value:g}" if value == round(value, 2) else f"{value:.2f}"
    )


def _plain(quantity: Quantity) -> float:
    return quantity.value / 100 if quantity.unit == "%" else quantity.value


@cache
def _ending(key: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|.* )(?:" + "|".join(lexicon("inconsistencies")[key]) + r")$")


def _operation(gap: str) -> str | None:
    if len(gap.split()) > 7:
        return None
    return next((name for name in OPERATIONS if _ending(name).match(gap)), None)


def _opens(gap: str) -> bool:
    """Whether the sentence starts with the operator, so that it works on the number before: "Divide by
    30".
    """
    return len(gap.split()) <= 4 and not _ending("share").match(gap)


def _states_result(gap: str) -> bool:
    return len(gap.split()) <= 6 and bool(_ending("equals").match(gap))


def _apply(operation: str, left: float, quantity: Quantity) -> float | None:
    right = _plain(quantity)
    if operation in ("times", "share"):
        return left * right
    if operation == "divided":
        return left / right if right else None
    change = left * right if quantity.unit == "%" else right
    return left + change if operation == "plus" else left - change
