"""Which numbers name a thing or a moment and count nothing: years, dates, "week 11", "Terminal 5", "at 7"."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.models.lexicon import lexicon, words
from voicemock.scoring.numbers.numerals import Number
from voicemock.scoring.numbers.tokens import Token, glued, low

CLOCK_PREPOSITIONS = frozenset(("at", "before", "until", "till", "past"))
HEDGES = frozenset(("about", "around", "like"))
FIRST_YEAR, LAST_YEAR = 1800, 2049
LEAST_CODE = 1000  # behind capitals; smaller ones are names by the rules below, and "NPS 51" is none
PERCENTILES = (50, 75, 90, 95, 99)  # "p ninety nine"
LEAST_LABEL, MOST_NUMBERED = 100, 100_000  # "a 429"; "room 12", "standard 27001"


def is_name(tokens: Sequence[Token], number: Number) -> bool:
    """Whether the number, in digits or words, is part of a name, a date, a year, a version or a time of
    day.
    """
    before, after = low(tokens, number.first - 1), low(tokens, number.last)
    if _names_measure(tokens, number):
        return True
    if _has_unit(tokens, number.last):
        return False
    return (
        _glued(tokens, number)
        or _is_lettered(tokens, number)
        or _is_label(tokens, number)
        or (before == "p" and number.value in PERCENTILES)
        or _is_date(before, after, number)
        or _is_year(tokens, number)
        or _is_numbered(tokens, number)
        or _is_clock(tokens, number)
        or _is_compound(tokens, number)
        or _is_plain_zero(tokens, number)
    )


def _has_unit(tokens: Sequence[Token], index: int) -> bool:
    units = lexicon("numbers")["units"]
    here = index + (low(tokens, index) == "-")
    return low(tokens, here) in units or f"{low(tokens, here)} {low(tokens, here + 1)}" in units


def is_weak(tokens: Sequence[Token], number: Number, last: int, kind: str) -> bool:
    """Whether the number claims nothing alone: "one", and "14-step" before its noun. `last` is behind its unit."""
    alone = number.last - number.first == 1 and low(tokens, number.first) in ("one", "1")
    if kind == "time":  # "one day she rang" is no duration, "in one day" is
        loose = low(tokens, number.first - 1) not in words("numbers", "before_bare_duration")
        return alone and loose and low(tokens, number.last) in words("numbers", "some_time")
    if kind != "count" or last != number.last:
        return False
    compound = low(tokens, last) == "-" and glued(tokens, last) and low(tokens, last + 1)[:1].isalpha()
    return alone or (compound and not low(tokens, last + 1).endswith("s"))


def _names_measure(tokens: Sequence[Token], number: Number) -> bool:
    """ "30-day retention", "a two-week sprint": the duration says which one is meant."""
    here = number.last + (low(tokens, number.last) == "-")
    time = lexicon("numbers")["units"].get(low(tokens, here), ("", ""))[1] == "time"
    return time and low(tokens, here + 1) in words("numbers", "named_by_duration")


def _glued(tokens: Sequence[Token], number: Number) -> bool:
    """ "P99", "GPT-4", "S3", "4x4", "5G", "H.264"."""
    first, last = number.first, number.last
    if not tokens[first].is_digits:
        return False
    if glued(tokens, last) and tokens[last].text[0].isalpha() and tokens[last].low != "s":
        return True
    if not glued(tokens, first):
        return False
    before = tokens[first - 1]
    if before.text in "-." and glued(tokens, first - 1):
        return tokens[first - 2].text[-1].isalnum() and not tokens[first - 2].is_digits
    return before.text[-1].isalpha() or before.text in "/#_"


def _is_lettered(tokens: Sequence[Token], number: Number) -> bool:
    """ "221B", "4K", "room 4M": a letter that is no magnitude, for nothing is counted."""
    letter = tokens[number.last - 1].text
    if number.last - number.first != 2 or letter not in ("K", "M", "B") or not glued(tokens, number.last - 1):
        return False
    if low(tokens, number.first - 1) in words("numbers", "numbered"):
        return True
    following = low(tokens, number.last)
    counts = (following.endswith("s") and following not in ("was", "is", "has")) or low(
        tokens, number.last
    ) in ("people", "a", "per")
    return not counts and (letter == "B" or (letter == "K" and number.value <= 8000))


def _is_label(tokens: Sequence[Token], number: Number) -> bool:
    """ "gave a 429 back", "the ticket number was 48213"."""
    first = number.first
    plain = number.last - first == 1 and tokens[first].text.isdecimal()
    if plain and low(tokens, first - 1) in ("a", "an") and number.value >= LEAST_LABEL:
        return not low(tokens, number.last).endswith("s")
    here = first - 1 - (low(tokens, first - 1) in ("is", "was", ":", "#"))
    return plain and low(tokens, here) in ("number", "extension", "zip", "code", "id") and here < first - 1


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
    return not counted or low(tokens, number.first - 1) in (
        "the",
        "in",
        "since",
        "of",
        "our",
        "before",
        "after",
    )


def _is_numbered(tokens: Sequence[Token], number: Number) -> bool:
    """ "version 2.0", "week eleven", "Team 4": the word before, and no counted noun after it."""
    if number.first == 0:
        return False
    before = tokens[number.first - 1]
    following = low(tokens, number.last)
    if len(following) > 3 and following.endswith("s") and number.value > 60:
        return False
    if before.low in words("numbers", "numbered"):
        counted = before.low == "top" and len(following) > 3 and following.endswith("s")
        return number.value < MOST_NUMBERED and not (counted and number.value > 60)
    if before.low in ("or", "and", ",", "to") and number.first >= 2:
        previous = tokens[number.first - 2]
        if before.text == "," and previous.low in words("numbers", "numbered"):
            return True
        if previous.is_digits and low(tokens, number.first - 3) in words("numbers", "numbered"):
            return True
    named = any(letter.isupper() for letter in before.text) and len(before.text) > 1 and number.first > 1
    code = before.text.isupper() and len(before.text) > 1 and tokens[number.first].text.isdecimal()
    if code and LEAST_CODE <= number.value < MOST_NUMBERED:  # "UN 1263"
        return not low(tokens, number.last).endswith("s")
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
    if before == "at" and low(tokens, number.first - 2) in words("numbers", "before_level_at"):
        return False
    opens = low(tokens, number.first - 2) in ("", ",", ".") and after[:1].isalpha()
    return before in CLOCK_PREPOSITIONS or (before in ("by", "after") and opens)


def _is_compound(tokens: Sequence[Token], number: Number) -> bool:
    """ "two-way", "one tap", "2-factor"."""
    here = number.last + (low(tokens, number.last) == "-")
    return 0 < number.value < 10 and low(tokens, here) in words("numbers", "compound")


def _is_plain_zero(tokens: Sequence[Token], number: Number) -> bool:
    """ "zero" counts only where something came to it ("from zero to", "is zero", "…, and later zero.") or several
    things are counted ("zero lost bags"), not in "zero experience".
    """
    if number.last - number.first > 1 or low(tokens, number.first) not in ("zero", "0"):
        return False
    counted = (low(tokens, number.last + i) for i in range(2))
    ends = not low(tokens, number.last)[:1].isalnum() and low(tokens, number.first - 1) in ZERO_THEN
    several = any(
        word.endswith("s") and len(word) > LONG_PLURAL and not word.endswith("ss") for word in counted
    )
    return not (several or ends or low(tokens, number.first - 1) in ZERO_REACHED)


ZERO_REACHED = frozenset(("to", "is", "was", "at", "that's", "from", "exactly", "had", "literally"))
ZERO_THEN = frozenset((",", ";", ":", "now", "later", "then", "after", "afterwards", "and", "finally"))
LONG_PLURAL = 3  # letters; "its", "was" and "has" are no plurals
