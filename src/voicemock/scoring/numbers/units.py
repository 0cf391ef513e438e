"""What a number counts: its unit after it, a currency before it, a duration with no number of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import lexicon, words
from voicemock.scoring.numbers.numerals import Number, number_at
from voicemock.scoring.numbers.tokens import Token, glued, low

WIDEST = 3  # words in the spelling of a unit
FEWEST_WON = 1000  # "50,000 won" is money, "40 won" have won
# "4 hours 50" goes on in the next smaller unit: which, and how many of it make one.
NEXT_SMALLER = {
    "wk": ("d", 7),
    "d": ("h", 24),
    "h": ("min", 60),
    "min": ("s", 60),
    "$": ("c", 100),
    "£": ("p", 100),
    "€": ("c", 100),
}
CENTS = ("c", "p")


@cache
def units() -> dict[str, tuple[str, Kind]]:
    return {spelling: (unit, kind) for spelling, (unit, kind) in lexicon("numbers")["units"].items()}


@cache
def signs() -> dict[str, str]:
    """Currency signs and codes that stand before a number, in lower case."""
    return dict(lexicon("numbers")["signs"])


def sign_at(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    """The currency that is written before a number ("$", "EUR", "Rs."), and the token after it; "" for none."""
    sign = signs().get(low(tokens, index), "")
    after = index + 1 + (sign == "₹" and low(tokens, index + 1) == ".")
    if not sign or after >= len(tokens):
        return "", index
    if sign and low(tokens, index).isalpha() and not tokens[after].is_digits:
        return "", index
    return sign, after


def unit_at(tokens: Sequence[Token], index: int, sign: str = "", value: float = 0.0) -> tuple[str, Kind, int]:
    """The unit at `index`: (unit, kind, token after it); a bare number is a count of nothing."""
    here = index + (low(tokens, index) == "-")
    for width in range(WIDEST, 0, -1):
        spelling = " ".join(low(tokens, here + i) for i in range(width))
        if spelling not in units() or (sign and units()[spelling][1] != "money"):
            continue
        if not _means_unit(tokens, here, spelling, value):
            continue
        unit, kind = units()[spelling]
        return (sign or unit) if unit != "$k" else unit, kind, here + width
    if sign:
        return sign, "money", index
    if low(tokens, here) in words("numbers", "before_duration"):
        unit, kind = units().get(low(tokens, here + 1), ("", "count"))
        if kind == "time":
            return unit, kind, here + 2
    return "", "count", index


def _means_unit(tokens: Sequence[Token], here: int, spelling: str, value: float) -> bool:
    if spelling == "x":
        return number_at(tokens, here + 1) is None and low(tokens, here - 2) not in words(
            "numbers", "before_verb"
        )
    if len(spelling) == 1 and spelling.isalpha():  # "5 s" is five seconds only where the letter touches
        return glued(tokens, here)
    if spelling == "won":
        return value >= FEWEST_WON
    if spelling == "times":
        return _is_ratio(tokens, here)
    if spelling in ("points", "point"):
        return low(tokens, here + 1) not in ("where", "that")
    return True


def _is_ratio(tokens: Sequence[Token], here: int) -> bool:
    """ "thirty times a day" and "16 times 0.2" are no ratios; "grew one and a half times" is."""
    following = low(tokens, here + 1)
    if following in words("numbers", "after_times"):
        return True
    behind = {low(tokens, here - back) for back in range(2, 8)}
    ends = not following[:1].isalnum() or following in ("since", "after", "over", "in", "within")
    return ends and bool(behind & words("numbers", "multiplied"))


def add_smaller(tokens: Sequence[Token], value: float, unit: str, last: int) -> tuple[float, int]:
    """ "4 hours and 50 minutes", "4 hours 50", "1h40", "two dollars ten", "a day and a half"."""
    if [low(tokens, last + i) for i in range(2)] == ["and", "a"] and unit in lexicon("numbers")["seconds"]:
        share = {"half": 0.5, "quarter": 0.25}.get(low(tokens, last + 2))
        return (value + share, last + 3) if share else (value, last)
    if [low(tokens, last + i) for i in range(3)] == ["and", "three", "quarters"]:
        return value + 0.75, last + 3
    smaller = NEXT_SMALLER.get(unit)
    if smaller is None:
        return value, last
    name, many = smaller
    here = last + (low(tokens, last) == "and")
    rest = number_at(tokens, here) if here < len(tokens) else None
    if rest is None or not 0 < rest.value < many or rest.value != int(rest.value):
        return value, last
    unit_after, kind, end = unit_at(tokens, rest.last)
    bare = (
        here == last
        and unit not in ("wk", "d")
        and kind == "count"
        and rest.value >= 5
        and not _counts(tokens, rest)
    )
    return (value + rest.value / many, end) if unit_after == name or bare else (value, last)


def _counts(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a plural follows, so that the number is one of its own."""
    noun = low(tokens, number.last)
    return len(noun) > 3 and noun.endswith("s") and noun not in ("less", "across")
