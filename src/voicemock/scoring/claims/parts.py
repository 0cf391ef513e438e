"""What the network that reads numbers says of those of one sentence, and of two of them together."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.number_parts import NumberPart, number_parts
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES, Quantity, find_quantities


def part_of(text: str, quantity: Quantity) -> NumberPart | None:
    """What it says of one number; None where the sentence is too long for it to be read."""
    return parts_of(text).get(quantity.start)


@lru_cache(maxsize=CACHED_SENTENCES)
def parts_of(text: str) -> dict[int, NumberPart | None]:
    """What it says of each number, by where that begins. Shared: do not change it."""
    found = find_quantities(text)
    return {one.start: part for one, part in zip(found, number_parts(text, found), strict=True)}


def told_as(text: str, quantity: Quantity, part: str) -> float:
    """How likely the number is that part."""
    read = part_of(text, quantity)
    return 0.0 if read is None else read.part(part)


def order_of(text: str, first: Quantity, second: Quantity) -> tuple[Literal["forward", "backward"], float]:
    """Which of two numbers, if they are before and after, was so first; and how likely they are that."""
    forward = min(told_as(text, first, "b"), told_as(text, second, "a"))
    backward = min(told_as(text, first, "a"), told_as(text, second, "b"))
    return ("forward", forward) if forward >= backward else ("backward", backward)


def chances(text: str, claim: Claim) -> tuple[float, ...] | None:
    """How likely a claim is each of `number_parts.ROLES`, of its numbers together; None where none was read."""
    own = [q for q in claim.quantities if q is not claim.period]
    read = [part for part in (part_of(text, quantity) for quantity in own) if part is not None]
    if not read:
        return None
    return tuple(sum(part.roles[n] for part in read) / len(read) for n in range(len(read[0].roles)))
