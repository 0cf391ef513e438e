"""Numbers said or written, as values: "2.4", "two point four million", "a couple hundred", "1,200", "10k"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voicemock.scoring.models.lexicon import lexicon

TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in digits or a sign, with its place in the text; `low` is its lower case."""

    text: str
    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True)
class Number:
    """A value that tokens `first` to `last` (exclusive) spell. `small_word`: one plain word such as "two"."""

    value: float
    first: int
    last: int
    small_word: bool = False


def tokens_of(text: str) -> list[Token]:
    return [
        Token(match.group(), match.start(), match.end(), match.group().lower().replace("’", "'"))
        for match in TOKEN.finditer(text)
    ]


@cache
def cardinals() -> dict[str, float]:
    return {word: float(value) for word, value in lexicon("numbers")["cardinals"].items()}


@cache
def magnitudes() -> dict[str, float]:
    return {word: float(value) for word, value in lexicon("numbers")["magnitudes"].items()}


def low(tokens: Sequence[Token], index: int) -> str:
    """The token at `index` in lower case, or "" outside of the text."""
    return tokens[index].low if 0 <= index < len(tokens) else ""


def number_at(tokens: Sequence[Token], index: int) -> Number | None:
    """The longest number that starts at `index`, or None. A leading "minus" belongs to it."""
    if index >= len(tokens):
        return None
    if low(tokens, index) in ("minus", "negative"):
        inner = number_at(tokens, index + 1)
        return inner and Number(-inner.value, index, inner.last)
    if tokens[index].text[0].isdecimal():
        return _with_half(tokens, _digits(tokens, index))
    for rule in (_couple, _half_of_magnitude, _words):
        found = rule(tokens, index)
        if found:
            return _with_half(tokens, found)
    return None


def _digits(tokens: Sequence[Token], index: int) -> Number:
    value = float(tokens[index].text.replace(",", ""))
    return _with_magnitudes(tokens, Number(value, index, index + 1))


def _with_magnitudes(tokens: Sequence[Token], number: Number) -> Number:
    value, last = number.value, number.last
    while (word := low(tokens, last)) in magnitudes():
        # "m", "k" and "b" are magnitudes only where they touch their number, or as capitals ("800 K",
        # "$2.4 M").
        glued = tokens[last].start == tokens[last - 1].end
        if len(word) == 1 and not glued and tokens[last].text not in "KMB":
            break
        value, last = value * magnitudes()[word], last + 1
    return Number(value, number.first, last, number.small_word and last == number.last)


def _couple(tokens: Sequence[Token], index: int) -> Number | None:
    """ "a couple hundred", "a couple of thousand", "a dozen", "a few thousand" (taken as three); "a
    couple" alone is no number.
    """
    here = index + (low(tokens, index) == "a")
    word = low(tokens, here)
    if word == "dozen" and here > index:
        return Number(12.0, index, here + 1)
    if (
        word in ("few", "several")
        and low(tokens, here + 1) in magnitudes()
        and len(low(tokens, here + 1)) > 2
    ):
        return _with_magnitudes(tokens, Number(3.0, index, here + 1))
    if word == "couple":
        after = here + 1 + (low(tokens, here + 1) == "of")
        if low(tokens, after) in magnitudes() and len(low(tokens, after)) > 2:
            return _with_magnitudes(tokens, Number(2.0, index, after))
    return None


def _half_of_magnitude(tokens: Sequence[Token], index: int) -> Number | None:
    """ "half a million", "a quarter of a million"."""
    here = index + (low(tokens, index) == "a")
    share = {"half": 0.5, "quarter": 0.25}.get(low(tokens, here))
    if share is None:
        return None
    here += 1 + (low(tokens, here + 1) == "of")
    if (
        low(tokens, here) in ("a", "one")
        and len(low(tokens, here + 1)) > 2
        and low(tokens, here + 1) in magnitudes()
    ):
        return _with_magnitudes(tokens, Number(share, index, here + 1))
    return None


def _words(tokens: Sequence[Token], index: int) -> Number | None:
    here = index
    if low(tokens, here) in ("a", "an"):
        if low(tokens, here + 1) not in ("hundred", "thousand", "million", "billion"):
            return None
        total, current, here = 0.0, 1.0, here + 1
    else:
        total, current = 0.0, 0.0
    begun = here
    while here < len(tokens):
        word = tokens[here].low
        step = _join(tokens, here, begun, current)
        if step is not None:
            current, here = step
        elif word in magnitudes() and len(word) > 1 and (here > begun or current):
            value = magnitudes()[word]
            if value == 100.0:
                current *= value
            else:
                total, current = total + current * value, 0.0
            here += 1
        elif word in ("and", "-") and _continues(tokens, here, begun):
            here += 1
        else:
            break
    if here == begun:
        return None
    small = here == index + 1
    return _with_magnitudes(tokens, _with_point(tokens, Number(total + current, index, here, small)))


def _join(tokens: Sequence[Token], here: int, begun: int, current: float) -> tuple[float, int] | None:
    """Add the cardinal at `here` where it continues the number: "eighty" + "five", "hundred" + "twenty"."""
    value = cardinals().get(tokens[here].low)
    if value is None:
        return None
    before = tokens[here - 1].low if here > begun else ""
    room = current % 100
    if before in cardinals() or before == "-":
        if not (room >= 20 and room % 10 == 0 and 0 < value < 10):
            return None
    elif room and here > begun:
        return None
    return current + value, here + 1


def _continues(tokens: Sequence[Token], here: int, begun: int) -> bool:
    """Whether "and" or a hyphen sits inside a number: "two hundred and five", "eighty-five"."""
    if here == begun:
        return False
    before, after = tokens[here - 1].low, low(tokens, here + 1)
    if tokens[here].low == "-":
        tens = cardinals().get(before, 0) >= 20
        return (tens and 0 < cardinals().get(after, 0) < 10) or (
            before in cardinals() and after in ("hundred",)
        )
    return before in ("hundred", "thousand") and after in cardinals()


def _with_point(tokens: Sequence[Token], number: Number) -> Number:
    """ "two point four", "zero point zero two"."""
    if low(tokens, number.last) != "point":
        return number
    digits, here = "", number.last + 1
    while low(tokens, here) in cardinals() and cardinals()[low(tokens, here)] < 10:
        digits, here = digits + str(int(cardinals()[low(tokens, here)])), here + 1
    if not digits:
        return number
    return Number(number.value + float(f"0.{digits}"), number.first, here)


def _with_half(tokens: Sequence[Token], number: Number) -> Number:
    """ "two and a half", "one and a quarter million"."""
    here = number.last
    if [low(tokens, here), low(tokens, here + 1)] != ["and", "a"] or abs(number.value) >= 1000:
        return number
    share = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}.get(low(tokens, here + 2))
    if share is None:
        return number
    return _with_magnitudes(tokens, Number(number.value + share, number.first, here + 3))
