"""Which numbers name a thing or a moment and count nothing: years, dates, "week 11", "Terminal 5", "at 7"."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.models.lexicon import lexicon, words
from voicemock.scoring.numbers.words import Number, Token, low

CLOCK_PREPOSITIONS = frozenset(("at", "before", "until", "till", "past"))
HEDGES = frozenset(("about", "around", "like"))
FIRST_YEAR, LAST_YEAR = 1800, 2049


def is_name(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the number, in digits or words, is part of a name, a date, a year, a version or a time of
    day.
    """
    before, after = low(tokens, number.first - 1), low(tokens, number.last)
    if _has_unit(tokens, number.last):
        return False
    return (
        _glued(tokens, number)
        or _is_date(before, after, number)
        or _is_year(tokens, number)
        or _is_numbered(tokens, number)
        or _is_clock(tokens, number)
        or _is_compound(tokens, number)
        or _is_plain_one(tokens, number)
    )


def _has_unit(tokens: Sequence[Token], index: int) -> bool:
    units = lexicon("numbers")["units"]
    here = index + (low(tokens, index) == "-")
    return low(tokens, here) in units or f"{low(tokens, here)} {low(tokens, here + 1)}" in units


def _glued(tokens: Sequence[Token], number: Number) -> bool:
    """ "P99", "GPT-4", "S3", "4x4", "5G"."""
    if not tokens[number.first].text[0].isdecimal():
        return False
    if number.last < len(tokens) and tokens[number.last].start == tokens[number.last - 1].end:
        following = tokens[number.last]
        if following.text[0].isalpha() and following.low != "s":
            return True
    if number.first == 0:
        return False
    before = tokens[number.first - 1]
    if before.end != tokens[number.first].start:
        return False
    if before.text == "-" and number.first > 1:
        earlier = tokens[number.first - 2]
        return earlier.end == before.start and earlier.text.isalpha()
    return before.text[-1].isalpha() or before.text in "/#_"


def _is_date(before: str, after: str, number: Number) -> bool:
    months = words("numbers", "months")
    if not 1 <= number.value <= 31:
        return False
    return (
        (before in months and before != "may") or (before == "may" and number.value < 32) or after in months
    )


def _is_year(tokens: Sequence[Token], number: Number) -> bool:
    text = tokens[number.first].text
    if number.last - number.first != 1 or not (len(text) == 4 and text.isdecimal()):
        return False
    if not FIRST_YEAR <= number.value <= LAST_YEAR:
        return False
    following = low(tokens, number.last)
    counted = len(following) > 4 and following.endswith("s") and not following.endswith(("ss", "us", "'s"))
    return not counted


def _is_numbered(tokens: Sequence[Token], number: Number) -> bool:
    """ "version 2.0", "week eleven", "Team 4": the word before, and no counted noun after it."""
    if number.first == 0:
        return False
    before = tokens[number.first - 1]
    following = low(tokens, number.last)
    if len(following) > 3 and following.endswith("s") and number.value > 60:
        return False
    if before.low in words("numbers", "numbered"):
        return number.value < 10000
    if before.low in ("or", "and", ",", "to") and number.first >= 2:
        previous = tokens[number.first - 2]
        if before.text == "," and previous.low in words("numbers", "numbered"):
            return True
        if previous.text[0].isdecimal() and low(tokens, number.first - 3) in words("numbers", "numbered"):
            return True
    named = before.text[0].isupper() and len(before.text) > 1 and number.first > 1
    starts = low(tokens, number.first - 2) in (".", "?", "!", '"')
    return named and not starts and number.value < 1000 and not low(tokens, number.last).endswith("s")


def _is_clock(tokens: Sequence[Token], number: Number) -> bool:
    """ "before 8", "at eleven": an hour and no counted noun after it."""
    before, after = low(tokens, number.first - 1), low(tokens, number.last)
    if before in HEDGES and number.first > 1:
        before = low(tokens, number.first - 2)
    if number.value not in range(1, 13) or (
        after[:1].isalpha() and after not in words("numbers", "after_clock")
    ):
        return False
    opens = low(tokens, number.first - 2) in ("", ",", ".") and after[:1].isalpha()
    return before in CLOCK_PREPOSITIONS or (before in ("by", "after") and opens)


def _is_compound(tokens: Sequence[Token], number: Number) -> bool:
    """ "two-way", "one tap", "2-factor"."""
    here = number.last + (low(tokens, number.last) == "-")
    return 0 < number.value < 10 and low(tokens, here) in words("numbers", "compound")


def _is_plain_one(tokens: Sequence[Token], number: Number) -> bool:
    """ "one" counts only before a unit or a magnitude ("one quarter", "one million")."""
    if number.last - number.first != 1:
        return False
    word, before = low(tokens, number.first), low(tokens, number.first - 1)
    return word == "one" or (word in ("zero", "0") and before not in ZERO_REACHED)


ZERO_REACHED = frozenset(("to", "is", "was", "at", "that's", "from", "exactly", "had", "literally"))
