"""Sums said aloud that do not hold: "100,000 divided by 30, that's about 5,000"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from voicemock.scoring.claims.claim import gap_between
from voicemock.scoring.model import Inconsistency
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.numbers.hedges import is_hedged
from voicemock.scoring.numbers.quantities import Quantity, find_quantities
from voicemock.scoring.numbers.units import CENTS

TOLERANCE = 0.06  # spoken sums are rounded: 16,753 is "17,000"
HEDGED_TOLERANCE = 0.15
SQUARED = re.compile(r" squared\b")
# "(37M / 4) + (133M x 0.05)", "1/6 x 90" are written, not said: walking them from left to right would reckon
# something else.
WRITTEN = re.compile(r"\)\s*[-+−x×*/]\s*\(|\d\s*/\s*\d")
# "A bit over 3 percent", "just over 12": more than that; "thirty days, over and over": again.
MORE_THAN = re.compile(r"\b(?:and|bit|just|well|little|way|all|slightly|somewhat|left) over$")
_AT_ONCE = re.compile(r"(?i)[\s,]*(?:and|um|uh|no|sorry|well|call it|say|i mean|or)?[\s,]*")
PERCENT = re.compile(r"(?i)%|\bper ?cent")
OPERATIONS = ("times", "divided", "plus", "minus", "share")


def find_wrong_sums(sentences: Sequence[str]) -> Iterator[Inconsistency]:
    """Each stated result that is off by more than rounding; sentences without operators are skipped
    quickly.
    """
    carried: Quantity | None = None
    for number, text in enumerate(sentences):
        quantities = [_squared(text, one) for one in find_quantities(text)]
        if quantities and not WRITTEN.search(text):
            yield from _wrong_in(number, text, quantities, carried)
            carried = quantities[-1]


def _squared(text: str, quantity: Quantity) -> Quantity:
    """ "0.3 squared" is 0.09."""
    power = SQUARED.match(text, quantity.end)
    if not power:
        return quantity
    plain = _plain(quantity)  # 2% is 0.02, and its square 0.04%
    scale = quantity.value / plain if plain else 1.0
    return replace(quantity, value=plain**2 * scale, end=power.end())


def _wrong_in(
    number: int, text: str, quantities: Sequence[Quantity], carried: Quantity | None
) -> Iterator[Inconsistency]:
    """Walk a sentence with a running value; check it wherever a result is stated."""
    running: tuple[float, ...] = (_plain(carried),) if carried else ()  # what the numbers so far can come to
    last = carried
    pending = False
    previous_end = 0
    shares = bool(PERCENT.search(text))
    for i, quantity in enumerate(quantities):
        gap = gap_between(text, previous_end, quantity.start)
        operation = _operation(gap, last, quantity)
        states = pending and not quantity.weak and (_states_result(gap) or not gap)
        if operation == "times" and last and (last.kind == "time") != (quantity.kind == "time"):
            running, pending = (), False  # "2 weeks times 500": 500 a day, or a week
        elif operation and last and running and (i or _opens(gap)):
            running, pending = _reached(operation, running, _plain(last), quantity, shares), True
            if not i and gap == "add":  # "Add: 3 plus 4" begins a sum, "Add 3" goes on with one
                running = (*running, _plain(quantity))
        elif (
            states
            and last
            and "squared" in text[previous_end - 8 : previous_end]
            and quantity.value == last.value
        ):
            continue  # "over 0.3 squared, 0.09, makes": the square, and not yet the result
        elif states:
            hedged = is_hedged(text, quantity.start, quantity.end)
            tolerance = HEDGED_TOLERANCE if hedged else TOLERANCE
            known = [quantity, *_said_again(text, quantities[i:])]
            if not any(agrees(one, _plain(each), tolerance) for one in running for each in known):
                yield Inconsistency(number, text[quantity.start : quantity.end], spoken(running[0]))
            running, pending = (_plain(quantity),), False
        else:
            running, pending = (_plain(quantity),), False
        last, previous_end = quantity, quantity.end


def _said_again(text: str, quantities: Sequence[Quantity]) -> Iterator[Quantity]:
    """What follows at once on the first of them: "two thousand and, two thousand one sixty, call it two thousand"."""
    for before, after in pairwise(quantities):
        if not _AT_ONCE.fullmatch(text[before.end : after.start]):
            return
        yield after


def _reached(
    operation: str, left: Sequence[float], last: float, quantity: Quantity, shares: bool
) -> tuple[float, ...]:
    """What an operation can come to: "14.4 million, plus 1.5 million times 12, 18 million" multiplies the last number
    alone, "2 plus 3, times 4" the sum. `shares`: the sentence speaks of per cent.
    """
    of = [*left, last] if operation in ("times", "divided", "share") else left
    found = [_apply(operation, one, quantity) for one in of]
    if operation == "times" and shares and 1 < quantity.value <= 100:
        # "40 times 5 is 2": points of a share
        found += [one * quantity.value / 100 for one in of if one <= 100]
    if operation in ("plus", "minus") and quantity.unit != "%" and quantity.scale == 1:
        # "2.6 million, plus 0.4": the magnitude is said once
        found += [
            _apply(operation, one / size, quantity) for one in left for size in (1e3, 1e6) if abs(one) >= size
        ]
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
    """A per cent as a share, cents as parts of a dollar."""
    return quantity.value / 100 if quantity.unit == "%" or quantity.unit in CENTS else quantity.value


@cache
def _ending(key: str) -> re.Pattern[str]:
    return re.compile(r"(?:^|.* )(?:" + "|".join(lexicon("inconsistencies")[key]) + r")$")


def _operation(gap: str, left: Quantity | None, right: Quantity) -> str | None:
    """What is done with two numbers by the words between them.

    Only a share is taken "of" something ("a margin of 40 cents" is none), and "over 12 months" or "over 5 percent"
    divides nothing.
    """
    if len(gap.split()) > 7 or left is None:
        return None
    name = next((name for name in OPERATIONS if _ending(name).match(gap)), None)
    if name == "share" and not any(
        one.unit == "%" or one.kind == "ratio" or abs(one.value) < 1 for one in (left, right)
    ):
        return None
    if name == "divided" and gap.endswith("over"):
        spread = right.kind == "time" and left.kind != "time"
        if spread or right.unit == "%" or MORE_THAN.search(gap):
            return None
    return name


def _opens(gap: str) -> bool:
    """Whether the sentence starts with the operator, so that it works on the number before: "Divide by
    30".
    """
    return len(gap.split()) <= 4 and not _ending("share").match(gap)


def _states_result(gap: str) -> bool:
    return len(gap.split()) <= 6 and bool(_ending("equals").match(gap))


def _apply(operation: str, left: float, quantity: Quantity) -> float | None:
    right = _plain(quantity)
    if operation == "share":
        return abs(left * right)  # "minus 60% of 4,100" is read as a share below nothing
    if operation == "times":
        return left * right
    if operation == "divided":
        return left / right if right else None
    change = left * right if quantity.unit == "%" else right
    return left + change if operation == "plus" else left - change
