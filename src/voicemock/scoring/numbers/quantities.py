"""Quantities in speech and writing, with their place, value, unit and kind (rubric section 2).

Years, dates, ordinals, times of day, versions, names ("Terminal 5") and idioms ("24/7") are no quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import lexicon, pattern, words
from voicemock.scoring.numbers.names import is_name
from voicemock.scoring.numbers.shares import Share, share_at
from voicemock.scoring.numbers.words import Number, Token, low, number_at, tokens_of

CURRENCIES = "$£€¥₹"
CACHED_SENTENCES = 512  # several rules read the same sentences
# "4 hours 50" goes on in the next smaller unit.
NEXT_SMALLER = {"h": "min", "min": "s"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start`:`end` of the text.

    `value` is in `unit` ("%", "s", "$", "x", "points"; "" for a count); a range has its upper end in `high`;
    "9 out of 10" has its whole in `whole`. `noun` is the word that follows, in lower case. `small_word`
    marks a plain word such as "two".
    """

    start: int
    end: int
    value: float
    unit: str
    kind: Kind
    high: float | None = None
    whole: float | None = None
    noun: str = ""
    small_word: bool = False

    @property
    def seconds(self) -> float | None:
        """The duration in seconds, None for other kinds."""
        return self.value * float(lexicon("numbers")["seconds"][self.unit]) if self.kind == "time" else None


@lru_cache(maxsize=CACHED_SENTENCES)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of `text` from left to right, never overlapping."""
    tokens = tokens_of(text)
    barred = [match.span() for match in pattern("numbers", "idioms").finditer(text)]
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        here = tokens[index]
        if not _may_start(here) or any(start <= here.start < end for start, end in barred):
            index += 1
            continue
        quantity, index = _quantity_at(tokens, index)
        if quantity and not any(start < quantity.end and quantity.start < end for start, end in barred):
            noun = low(tokens, index + (low(tokens, index) == "-"))
            found.append(replace(quantity, noun=noun if noun[:1].isalpha() else ""))
    return tuple(found)


def _may_start(token: Token) -> bool:
    return token.low in _starters() or token.text[0].isdecimal()


@cache
def _starters() -> frozenset[str]:
    """Every word that a quantity may begin with; the rest is passed over quickly."""
    tables = lexicon("numbers")
    return frozenset((*tables["cardinals"], *tables["ratio_words"], *tables["starters"], *CURRENCIES))


def _quantity_at(tokens: Sequence[Token], index: int) -> tuple[Quantity | None, int]:
    """The quantity that starts at `index`, if any, and the token to go on with."""
    share = share_at(tokens, index)
    if share:
        return _from_share(tokens, index, share), share.last
    sign = tokens[index].text if tokens[index].text in CURRENCIES else ""
    first = index + bool(sign)
    number = number_at(tokens, first) if first < len(tokens) else None
    if number is None:
        return None, index + 1
    if not sign and is_name(tokens, number):
        return None, number.last
    return _with_unit(tokens, index, number, sign)


def _from_share(tokens: Sequence[Token], index: int, share: Share) -> Quantity:
    start, end = tokens[index].start, tokens[share.last - 1].end
    return Quantity(start, end, share.value, share.unit, share.kind, whole=share.whole)


def _with_unit(tokens: Sequence[Token], index: int, number: Number, sign: str) -> tuple[Quantity | None, int]:
    """Read the upper end of a range and the unit that follow a number."""
    high, last = _range_end(tokens, number)
    unit, kind, last = _unit(tokens, last, sign)
    scale = 1000.0 if unit == "$k" else 1.0
    unit = "$" if unit == "$k" else unit
    value = number.value
    if high is not None and high >= 1000 * max(abs(value), 1) and number.last - number.first == 1:
        value *= _magnitude(high)  # "10 to 11 million"
    value, last = _add_smaller(tokens, value, unit, last)
    found = Quantity(
        tokens[index].start,
        tokens[last - 1].end,
        value * scale,
        unit,
        kind,
        high=None if high is None else high * scale,
        small_word=number.small_word,
    )
    return found, last


def _magnitude(high: float) -> float:
    return next(size for size in (1e9, 1e6, 1e3) if high >= size)


def _range_end(tokens: Sequence[Token], number: Number) -> tuple[float | None, int]:
    """ "three to five", "8 or 10", "10-12"; but "from 12 to 5" and "12 seconds to 5" are two quantities."""
    joint = low(tokens, number.last)
    before = low(tokens, number.first - 1)
    if joint not in ("to", "or", "-", "–") or before == "from" or number.last + 1 >= len(tokens):
        return None, number.last
    upper_at = number.last + 1 + (tokens[number.last + 1].text in CURRENCIES)
    upper = number_at(tokens, upper_at) if upper_at < len(tokens) else None
    if upper is None or upper.value <= number.value or upper.value < 0:
        return None, number.last
    if joint == "to" and upper.value > 4 * max(number.value, 1) and upper.value < 1000:
        return None, number.last
    return upper.value, upper.last


def _unit(tokens: Sequence[Token], index: int, sign: str) -> tuple[str, Kind, int]:
    """The unit at `index`: (unit, kind, token after it)."""
    units = lexicon("numbers")["units"]
    here = index + (low(tokens, index) == "-")
    for width in (2, 1):
        spelling = " ".join(low(tokens, here + i) for i in range(width))
        if spelling not in units or (sign and units[spelling][1] != "money"):
            continue
        if _single_letter_apart(tokens, here, spelling) or _occasions(tokens, here, spelling):
            continue
        unit, kind = units[spelling]
        return unit, kind, here + width
    if sign:
        return sign, "money", index
    if low(tokens, here) in words("numbers", "before_duration"):
        unit, kind = units.get(low(tokens, here + 1), ("", "count"))
        if kind == "time":
            return unit, kind, here + 2
    return "", "count", index


def _single_letter_apart(tokens: Sequence[Token], here: int, spelling: str) -> bool:
    """ "5 s" is read as seconds only where the letter touches the number."""
    return len(spelling) == 1 and spelling.isalpha() and tokens[here].start != tokens[here - 1].end


def _occasions(tokens: Sequence[Token], here: int, spelling: str) -> bool:
    """ "thirty times a day" and "16 times 0.2" are no ratios."""
    return spelling == "times" and low(tokens, here + 1) not in words("numbers", "after_times")


def _add_smaller(tokens: Sequence[Token], value: float, unit: str, last: int) -> tuple[float, int]:
    """ "4 hours and 50 minutes", "4 hours 50", "2 minutes 15", "a day and a half"."""
    smaller = NEXT_SMALLER.get(unit)
    if smaller is None:
        return value, last
    here = last + (low(tokens, last) == "and")
    rest = number_at(tokens, here) if here < len(tokens) else None
    if rest is None or rest.last - rest.first > 3 or not 0 < rest.value < 60:
        return value, last
    unit_after, kind, end = _unit(tokens, rest.last, "")
    if (kind == "time" and unit_after == smaller) or (here == last and kind == "count" and rest.value >= 5):
        return value + rest.value / 60, end
    return value, last
