"""Whether the figures of a text come from the answer, and its sums hold."""

from __future__ import annotations

import re
from itertools import permutations

from voicemock.scoring.feedback.estimates import needed
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.numbers.quantities import find_quantities

_FROM_TO = re.compile(
    r"(?i)[$£€]?([\d.,]*\d)\s?%?(?: [a-z]+)? to [$£€]?([\d.,]*\d)\s?%?(?: (?:million|billion|[a-z]+s))?"
    r"(?:,| is|:)(?: that's| down| up)* ([\d.]*\d)\s?%"
)
OWN = frozenset({1.0, 2.0, 3.0, 95.0, 110.0, 170.0, 100.0})  # figures that are ours, not the candidate's
NEAR = 0.011
POINTS = 1.01


def unfounded(text: str, reading: Material) -> bool:
    """Whether a figure in it was neither said nor follows from two that were, or a sum in it is wrong."""
    return _wrong_sum(text) or any(not _founded(value, reading) for value in values(text))


_BLANK = re.compile(r"[$£€]?___%?(?: (?:million|billion|thousand))?")
_COUNTED = (
    r"'(?:we|i)' \d+ times|about \d+ words|\d+ words a minute|\d+ sentences go by|the like \d+ times"  # by us
)
_LOOSE = re.compile(
    rf"(?i){_COUNTED}|\b(?:half|double|twice|once|(?:a|per) second|second|third|one)\b"
)  # no figures in our texts


def values(text: str) -> list[float]:
    """The figures of a text, its blanks left aside."""
    return [abs(quantity.value) for quantity in find_quantities(_LOOSE.sub("some", _BLANK.sub("some", text)))]


def _founded(value: float, reading: Material) -> bool:
    heard = reading.figures
    if value in OWN or any(_same(value, one) for one in heard):
        return True
    asked = values(reading.question)
    return any(_same(value, one) for one in (*asked, *_derived(heard)))


def _derived(heard: frozenset[float]) -> set[float]:
    out: set[float] = set()
    for a, b in permutations(sorted(heard)[:60], 2):
        if a:
            out.update((abs(b - a), round(100 * abs(b - a) / a), b / a, a * b))
            out.update((round(b / a, 1), float(f"{b / a:.2g}")))
            if 0 < a < 100 and 0 < b < 20:
                out.add(float(f"{needed(a, b):.2g}"))  # of a test with this base and this effect
    return out


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(abs(one), abs(other))


def _wrong_sum(text: str) -> bool:
    for found in _FROM_TO.finditer(text):
        before, after, stated = (float(found[i].replace(",", "").rstrip(".")) for i in (1, 2, 3))
        if (
            before
            and min(abs(100 * abs(after - before) / before - stated), abs(abs(after - before) - stated))
            > POINTS
        ):
            return True
    return False
