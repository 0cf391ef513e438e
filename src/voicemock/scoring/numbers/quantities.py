"""Quantities in speech and writing, with their place, value, unit and kind (rubric section 2).

Years, dates, ordinals, times of day, versions, names ("Terminal 5") and idioms ("24/7") are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import lexicon, pattern, words
from voicemock.scoring.numbers.names import is_name, is_weak
from voicemock.scoring.numbers.numerals import Number, number_at
from voicemock.scoring.numbers.shares import Share, share_at
from voicemock.scoring.numbers.tokens import Token, glued, low, tokens_of
from voicemock.scoring.numbers.units import add_smaller, sign_at, signs, unit_at

CACHED_SENTENCES = 512  # several rules read the same sentences
WIDEST_LIST = 2.5  # "six, nine months" is a range, "5, 40" are two numbers


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start`:`end` of the text.

    `value` is in `unit` ("%", "s", "$", "x", "points"; "" for a count); a range has its upper end in `high`;
    "9 out of 10" has its whole in `whole`. `noun` is the word that follows, in lower case. `small_word`
    marks a plain word such as "two"; `weak` what claims nothing alone ("one", "a week"); `loose` a size ("the low
    sixties"); `scale` is the magnitude that was said with it.
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
    weak: bool = False
    loose: bool = False
    scale: float = 1.0

    @property
    def seconds(self) -> float | None:
        """The duration in seconds, None for other kinds."""
        return self.value * float(lexicon("numbers")["seconds"][self.unit]) if self.kind == "time" else None


@lru_cache(maxsize=CACHED_SENTENCES)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of `text` from left to right, never overlapping, without those that were corrected."""
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
    found = [_with_unit_of_corrected(text, q, found[i - 1 : i]) if i else q for i, q in enumerate(found)]
    return tuple(
        q
        for i, q in enumerate(found)
        if not _is_corrected(text, q, found[i + 1 : i + 2]) and not _is_taken_back(text, found[:i], q)
    )


def _may_start(token: Token) -> bool:
    return token.low in _starters() or token.is_digits or token.low.endswith("fold")


@cache
def _starters() -> frozenset[str]:
    """Every word that a quantity may begin with; the rest is passed over quickly."""
    tables = lexicon("numbers")
    return frozenset(
        (*tables["cardinals"], *tables["ratio_words"], *tables["plural_sizes"], *tables["starters"], *signs())
    )


def _quantity_at(tokens: Sequence[Token], index: int) -> tuple[Quantity | None, int]:
    """The quantity that starts at `index`, if any, and the token to go on with."""
    share = share_at(tokens, index)
    if share:
        return _from_share(tokens, index, share), share.last
    sign, first = sign_at(tokens, index)
    number = number_at(tokens, first) if first < len(tokens) else None
    if number is None:
        return None, index + 1
    if not sign and is_name(tokens, number):
        return None, number.last
    quantity, last = _with_unit(tokens, index, number, sign)
    if quantity.kind == "count" and _is_verb(tokens, number):
        return None, last + 1
    return replace(quantity, weak=not sign and is_weak(tokens, number, last, quantity.kind)), last


def _is_verb(tokens: Sequence[Token], number: Number) -> bool:
    """ "could we 10x this": an ambition, no number."""
    multiple = low(tokens, number.last) == "x" and glued(tokens, number.last)
    return multiple and low(tokens, number.first - 1) in words("numbers", "before_verb")


def _from_share(tokens: Sequence[Token], index: int, share: Share) -> Quantity:
    start, end = tokens[index].start, tokens[share.last - 1].end
    return Quantity(
        start,
        end,
        share.value,
        share.unit,
        share.kind,
        high=share.high,
        whole=share.whole,
        weak=share.weak,
        loose=share.loose,
    )


def _with_unit(tokens: Sequence[Token], index: int, number: Number, sign: str) -> tuple[Quantity, int]:
    """Read the upper end of a range and the unit that follow a number."""
    upper = _range_end(tokens, number)
    last = upper.last if upper else number.last
    value, high = _same_scale(number, upper) if upper else (number.value, number.high)
    of_money = number.loose and low(tokens, last) == "of" and unit_at(tokens, last + 1)[1] == "money"
    unit, kind, last = unit_at(tokens, last + of_money, sign, value)
    factor = 1000.0 if unit == "$k" else 1.0
    unit = "$" if unit == "$k" else unit
    value, last = add_smaller(tokens, value, unit, last)
    if [low(tokens, last), low(tokens, last + 1)] == ["below", "zero"]:
        value, last = -value, last + 2
    found = Quantity(
        tokens[index].start,
        tokens[last - 1].end,
        value * factor,
        unit,
        kind,
        high=None if high is None else high * factor,
        small_word=number.small_word,
        loose=number.loose,
        scale=max(number.scale, upper.scale if upper else 1.0) * factor,
    )
    return found, last


def _same_scale(number: Number, upper: Number) -> tuple[float, float]:
    """ "10 to 11 million", "three or four hundred": the magnitude said once holds for both."""
    said = upper.value / upper.scale
    shared = number.scale == 1 and upper.scale > 1 and number.value < said
    hundreds = 100.0 if shared and number.value < 10 and said >= 100 and said % 100 == 0 else 1.0
    return number.value * hundreds * (upper.scale if shared else 1.0), upper.value


def _range_end(tokens: Sequence[Token], number: Number) -> Number | None:
    """ "three to five", "8 or 10", "10-12", "between 5 and 7", "six, nine months"; but "from 12 to 5" and "12 seconds
    to 5" are two quantities.
    """
    joint, before = low(tokens, number.last), low(tokens, number.first - 1)
    between = joint == "and" and "between" in (before, low(tokens, number.first - 2))
    if joint not in ("to", "or", "-", "–", ",") and not between:
        return None
    if (
        before == "from"
        and joint not in ("-", ",")
        and low(tokens, number.first - 2) not in words("numbers", "before_range")
    ):
        return None
    after, upper_at = number.last + 1, sign_at(tokens, number.last + 1)[1]
    upper_at += low(tokens, after) in ("maybe", "like") and joint in ("or", "to", ",")
    upper = number_at(tokens, upper_at) if upper_at < len(tokens) else None
    if upper is None or upper.value < 0:
        return None
    value, high = _same_scale(number, upper)
    far = high > 4 * max(value, 1) and (high < 1000 or before == "by")
    if high <= value or (joint == "to" and far):
        return None
    return upper if joint != "," or _is_spoken_range(tokens, number, upper) else None


def _is_spoken_range(tokens: Sequence[Token], number: Number, upper: Number) -> bool:
    """ "fifteen, twenty cooks": near each other, the second counts something, and no list goes on."""
    value, high = _same_scale(number, upper)
    alike = tokens[number.first].is_digits == tokens[upper.first].is_digits and not glued(
        tokens, number.last + 1
    )
    listed = low(tokens, number.first - 1) in (",", "and") and number_at(tokens, number.first - 2) is not None
    goes_on = low(tokens, upper.last) in (",", "and") and number_at(tokens, upper.last + 1) is not None
    counts = low(tokens, upper.last)[:1].isalpha() or low(tokens, upper.last) in ("%", "-")
    counts = counts or (low(tokens, number.first - 1) == "to" and upper.last >= len(tokens) - 1)
    if low(tokens, number.first - 1) == "from" and unit_at(tokens, upper.last)[1] == "count":
        return False  # "from 19, 23 in the whole zoo"
    return alike and counts and not listed and not goes_on and high <= WIDEST_LIST * value


_NOT = re.compile(r"^(?:\w+ ){0,3}not $")
_JOINT = r"(?:(?:from|to|by|at|it was|it's|that's|about|more like|a|an|of) )*"
_GAP_TIDY = re.compile(r"[\s,.…—–-]+")


def _with_unit_of_corrected(text: str, quantity: Quantity, earlier: Sequence[Quantity]) -> Quantity:
    """ "15 euros, or rather 13": what puts a number right is of its unit."""
    first = earlier[0]
    bare = quantity.kind == "count" and not quantity.noun and quantity.whole is None
    if bare and first.kind in ("money", "time", "rate") and _is_corrected(text, first, [quantity]):
        return replace(quantity, unit=first.unit, kind=first.kind)
    return quantity


def _is_taken_back(text: str, earlier: Sequence[Quantity], quantity: Quantity) -> bool:
    """The second 500 of "500, well, not 500, 450"."""
    again = bool(earlier) and earlier[-1].value == quantity.value
    return again and bool(
        _NOT.search(_GAP_TIDY.sub(" ", text[earlier[-1].end : quantity.start].lower()).lstrip())
    )


@cache
def _correcting() -> re.Pattern[str]:
    taken_back = "|".join(lexicon("numbers")["correcting"])
    return re.compile(rf"(?:percent |% )?(?:(?:an?|per|each|every) \w+ )?(?:{taken_back}) {_JOINT}".strip())


def _is_corrected(text: str, quantity: Quantity, following: Sequence[Quantity]) -> bool:
    """ "80, sorry, 18 percent", "16%, 16.2% to be precise": the first number was taken back."""
    if not following:
        return False
    gap = _GAP_TIDY.sub(" ", text[quantity.end : following[0].start].lower()).lstrip()
    if following[0].value == quantity.value and _NOT.search(gap):
        return True  # "500, well, not 500, 450"
    if _correcting().fullmatch(gap):
        return True
    exact = pattern("numbers", "exactly").match(text[following[0].end :].lstrip(" ,"))
    return bool(exact) and len(gap.split()) <= 3 and quantity.kind in (following[0].kind, "count")
