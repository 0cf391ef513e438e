"""Quantities that are no plain numbers: "a third", "half", "one in five", "9 out of 10", "doubled", "a week"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import lexicon, words
from voicemock.scoring.numbers.numerals import Number, cardinals, magnitudes, number_at
from voicemock.scoring.numbers.tokens import Token, glued, low
from voicemock.scoring.numbers.units import add_smaller, units

SCALES = (5.0, 7.0)  # "4.1 out of 5" is a mark; "9 out of 10" is a share unless something was rated
RATED_SCALES = (6.0, 10.0, 20.0, 100.0)
TIMES = {"twice": 2.0, "thrice": 3.0}
UNDIVIDED = ("single", "whole", "full", "entire")  # "a whole week"
SHORTER = ("earlier", "sooner", "faster", "quicker", "less", "shorter", "later")
JOINERS = ("and", "but", "so", "while", "since", "after", "within", "because")
DETERMINERS = ("the", "these", "those", "our", "my", "all", "every", "their", "its", "his", "her")
ROUND_WHOLES = (5.0, 10.0, 20.0, 100.0)  # "eight patients in ten"
TENS = {"low": 2.0, "mid": 5.0, "high": 8.0, "upper": 8.0}  # "the low sixties" are some 62


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole (in per cent), a mark out of a whole, a ratio or a duration, up to token `last` (exclusive).

    `weak` says that it is no claim by itself, `loose` that it only says about how much.
    """

    value: float
    unit: str
    kind: Kind
    last: int
    whole: float | None = None
    high: float | None = None
    weak: bool = False
    loose: bool = False


def share_at(tokens: Sequence[Token], index: int) -> Share | None:
    for rule in RULES:
        found = rule(tokens, index)
        if found:
            return found
    return None


def _spoken_small(tokens: Sequence[Token], index: int) -> Share | None:
    """ "twice a month", "half a percent"."""
    word, article, unit = (low(tokens, index + i) for i in range(3))
    known = units().get(unit, ("", ""))
    if word == "twice" and article in ("a", "per", "each", "every") and known[1] == "time":
        return Share(2.0, "", "count", index + 1)
    if word == "half" and article == "a" and known == ("%", "rate"):
        return Share(0.5, "%", "rate", index + 3)
    return None


def _digits_only(tokens: Sequence[Token], index: int) -> Share | None:
    """ "into single digits" (under 10), "in the low 60s", "the mid eighties", "six figures"."""
    word, following = low(tokens, index), low(tokens, index + 1)
    if word in ("single", "double", "triple") and following in ("digit", "digits"):
        value = {"single": 9.0, "double": 10.0, "triple": 100.0}[word]
        return Share(value, "", "count", index + 2, loose=True)
    if word in TENS:
        here = index + 1 + (following == "-")
        decades = lexicon("numbers")["decades"]
        if low(tokens, here) in decades:
            return Share(decades[low(tokens, here)] + TENS[word], "", "count", here + 1, loose=True)
        if low(tokens, here + 1) == "s" and low(tokens, here).isdecimal():
            return Share(float(low(tokens, here)) + TENS[word], "", "count", here + 2, loose=True)
    return _figures(tokens, index)


def _figures(tokens: Sequence[Token], index: int) -> Share | None:
    """ "six figures": from 100,000 on."""
    number = cardinals().get(low(tokens, index), 0.0)
    here = index + 1 + (low(tokens, index + 1) == "-")
    if 4 <= number <= 9 and low(tokens, here) in ("figures", "figure"):
        least = 10 ** (number - 1)
        return Share(least, "", "money", here + 1, high=10 * least - 1, loose=True)
    return None


def _bare_duration(tokens: Sequence[Token], index: int) -> Share | None:
    """A duration without a number: "a week", "half an hour", "a day and a half", "a week or two", "same-day"."""
    part, here = _part_of_unit(tokens, index)
    if low(tokens, here) in ("a", "an") and low(tokens, here + 1) in UNDIVIDED:
        here += 1  # "a single minute"
    article = low(tokens, here) in ("a", "an") or (here > index and low(tokens, here) in UNDIVIDED)
    if not article:
        return _same_day(tokens, index)
    unit, kind = units().get(low(tokens, here + 1), ("", "count"))
    if kind == "money" and part is None:
        value, last = add_smaller(tokens, 1.0, unit, here + 2)
        return Share(value, unit, "money", last) if last > here + 2 else None
    if kind != "time" or low(tokens, here + 2) in magnitudes():
        return None
    value, last = add_smaller(tokens, 1.0, unit, here + 2) if part is None else (part, here + 2)
    high = 2.0 if [low(tokens, last), low(tokens, last + 1)] == ["or", "two"] else None
    told = (
        (value != 1.0 and part is None)
        or high is not None
        or (part is not None and low(tokens, last) in SHORTER)
    )
    if not told and low(tokens, index - 1) not in words("numbers", "before_bare_duration"):
        return None
    return Share(value, unit, "time", last + 2 * (high is not None), high=high, weak=not told)


def _part_of_unit(tokens: Sequence[Token], index: int) -> tuple[float | None, int]:
    """ "half", "a quarter of", "three quarters of" before "an hour"."""
    word = low(tokens, index)
    if word == "half":
        return 0.5, index + 1
    count = 1.0 if word in ("a", "one") else cardinals().get(word, 0.0)
    here = index + 1 + (low(tokens, index + 1) in ("-", "good", "full"))
    if count and low(tokens, here) in ("quarter", "quarters") and low(tokens, here + 1) == "of":
        return count / 4, here + 2
    return None, index


def _same_day(tokens: Sequence[Token], index: int) -> Share | None:
    """ "same-day payouts"."""
    word, before = low(tokens, index), low(tokens, index - 1)
    hyphen = low(tokens, index + 1) == "-"
    if word == "same" and before == "to" and low(tokens, index + 1 + hyphen) == "day":
        return Share(0.0, "d", "time", index + 2 + hyphen, weak=True)
    return None


def _nothing(tokens: Sequence[Token], index: int) -> Share | None:
    """ "to none", "from nothing", "from no bookings", "today it is none", "none at all": nothing, which only a pair can
    mean; "down to nil".
    """
    word, before = low(tokens, index), low(tokens, index - 1)
    goes = before in ("to", "from")
    if word == "nil":
        return Share(0.0, "", "count", index + 1) if goes else None
    at_all = [word, low(tokens, index + 1), low(tokens, index + 2)] == ["none", "at", "all"]
    there = before in ("were", "was", "had") and low(tokens, index - 2) in ("there", "we", "i")
    is_none = word == "none" and (there or before in ("is", "it's", "are", "now", "today"))
    if at_all or is_none or (goes and word in ("none", "nothing", "no")):
        return Share(0.0, "", "count", index + 1 + 2 * at_all, weak=True)
    return None


def _ratio_word(tokens: Sequence[Token], index: int) -> Share | None:
    word, before, following = (low(tokens, index + i) for i in (0, -1, 1))
    ratios = lexicon("numbers")["ratio_words"]
    if word in ("halve", "double", "triple", "quadruple"):
        wanted = before in words("numbers", "before_ratio_verb")
        value = {"halve": 0.5, "double": 2.0, "triple": 3.0, "quadruple": 4.0}[word]
        if word == "halve" or wanted or following in (*words("numbers", "after_times"), ",", "."):
            return Share(value, "x", "ratio", index + 1)
    if word in ratios and following not in ("down", "as", "sided", "over", "back", "checked"):
        return Share(float(ratios[word]), "x", "ratio", index + 1)
    if word in TIMES and following in words("numbers", "after_times"):
        return Share(TIMES[word], "x", "ratio", index + 1)
    tenth = lexicon("numbers")["fractions"].get(low(tokens, index + 1))
    if (
        word == "a"
        and tenth
        and [low(tokens, index + 2), low(tokens, index + 3)] in (["as", "many"], ["as", "much"])
    ):
        return Share(float(tenth), "x", "ratio", index + 2)
    if [low(tokens, index + i) for i in range(4)] in (
        ["half", "as", "much", "again"],
        ["half", "as", "many", "again"],
    ):
        return Share(1.5, "x", "ratio", index + 4)
    if word in ("in", "by") and following == "half" and low(tokens, index + 2) not in ("of", "a", "an"):
        return Share(0.5, "x", "ratio", index + 2)
    return _fold(tokens, index)


def _fold(tokens: Sequence[Token], index: int) -> Share | None:
    """ "threefold", "a factor of three", "an order of magnitude", "3 to 1"."""
    word = low(tokens, index)
    if word.endswith("fold") and cardinals().get(word.removesuffix("fold"), 0) >= 2:
        return Share(cardinals()[word.removesuffix("fold")], "x", "ratio", index + 1)
    if word == "factor" and low(tokens, index + 1) == "of":
        number = number_at(tokens, index + 2)
        return Share(number.value, "x", "ratio", number.last) if number else None
    if [low(tokens, index + i) for i in range(-1, 3)] == ["an", "order", "of", "magnitude"]:
        return Share(10.0, "x", "ratio", index + 3)
    odds = number_at(tokens, index) if low(tokens, index - 1) in words("numbers", "before_odds") else None
    if odds and odds.value > 1 and low(tokens, odds.last) in ("to", ":"):
        one = low(tokens, odds.last + 1) in ("1", "one") and low(tokens, odds.last + 2) not in units()
        return Share(odds.value, "x", "ratio", odds.last + 2) if one else None
    return None


def _fraction(tokens: Sequence[Token], index: int) -> Share | None:
    """ "half the trips", "a third", "two thirds", "nine-tenths", "1/3 of"."""
    fractions = lexicon("numbers")["fractions"]
    word = low(tokens, index)
    if word == "half":
        return Share(50.0, "%", "rate", index + 1) if _is_half(tokens, index) else None
    article = word in ("a", "one")
    count = 1.0 if article else cardinals().get(word)
    if count is None and word.isdecimal():
        count = float(word)  # a recogniser prints "9 tenths"
    here = index + 1
    here += article and low(tokens, here) in ("good", "full", "whole", "solid")
    hyphen = low(tokens, here) == "-"
    name = low(tokens, here + hyphen)
    here += hyphen
    if not count or name not in fractions or name.endswith("s") != (count > 1):
        return None
    if low(tokens, here + 1) == "of":
        small = _of_a_percent(tokens, here + 2, count * float(fractions[name]))
        whole = low(tokens, here + 2) in ("a", "an", "one")
        if small or (whole and (low(tokens, here + 3) in magnitudes() or low(tokens, here + 3) in units())):
            return small
    if name == "half":
        known = low(tokens, index - 1) in ("to", "by", "from") and low(tokens, here + 1) not in units()
        return Share(50.0, "%", "rate", here + 1) if known and word == "a" else None
    if not _is_share(tokens, index, here + 1, name, hyphen):
        return None
    return Share(round(100 * count * float(fractions[name]), 1), "%", "rate", here + 1)


def _of_a_percent(tokens: Sequence[Token], index: int, part: float) -> Share | None:
    """ "nine tenths of a percent"; "a quarter of a million" and "a quarter of an hour" are no shares."""
    if low(tokens, index) not in ("a", "one"):
        return None
    for width in (2, 1):
        unit, kind = units().get(" ".join(low(tokens, index + 1 + i) for i in range(width)), ("", "count"))
        if kind == "rate":
            return Share(round(part, 4), unit, kind, index + 1 + width)
    return None


def _is_half(tokens: Sequence[Token], index: int) -> bool:
    """ "half the trips", "half of them"; "by almost half" where nothing comes after."""
    before, following = low(tokens, index - 1), low(tokens, index + 1)
    ends = not following[:1].isalnum() or following in ("and", "in", "within", "after", "over", "since")
    return following in words("numbers", "after_half") or (
        ends and before in words("numbers", "before_share")
    )


# "dropped a fifth over the summer", but "lost a third customer"
BEHIND_A_CHANGE = ("over", "during", "once", "when", "off")


def _is_share(tokens: Sequence[Token], index: int, after: int, name: str, hyphen: bool) -> bool:
    """Whether "a quarter", "two quarters" or "a third" is a part of something, no time or ordinal."""
    before, following = low(tokens, index - 1), low(tokens, after)
    beside = following in words("numbers", "after_share")
    if name.endswith("s"):
        known = before in words("numbers", "before_shares") or before in words("numbers", "grows")
        return name != "quarters" or beside or hyphen or known
    if before == "from" or before in words("numbers", "grows"):
        beside = beside or (following == "to" and low(tokens, after + 1) in ("a", "half", *cardinals()))
    ends = name in ("third", "fifth", "tenth") and not following[:1].isalpha()
    moved = before in words("numbers", "grows") and (
        following in JOINERS or following in BEHIND_A_CHANGE or not following[:1].isalpha()
    )
    return beside or moved or before in words("numbers", "before_share") or ends


def _part_of(tokens: Sequence[Token], index: int) -> Share | None:
    """ "one in five", "1 in 20", "9 out of 10", "4.1 out of 5", "three of our top ten", "4 out of every 100"."""
    part = number_at(tokens, index)
    if part is None:
        return None
    named = _one_of_its_kind(tokens, part)
    here = part.last + named
    if low(tokens, here) == "out" and low(tokens, here + 1) == "of":
        joint, here = "out of", here + 2
    elif low(tokens, here) in ("in", "of", "/"):
        joint, here = low(tokens, here), here + 1
    else:
        return None
    each = low(tokens, here) in ("every", "each")
    if joint in ("of", "out of") or each:
        here += low(tokens, here) in DETERMINERS or each
        here += low(tokens, here) in ("top", "last", "first")
    whole = number_at(tokens, here) if here < len(tokens) else None
    if whole is None or not 0 < part.value <= whole.value:
        return None
    if named or (each and low(tokens, whole.last) not in units()):
        return Share(round(100 * part.value / whole.value, 2), "%", "rate", whole.last, whole.value)
    return _share_of(tokens, index, joint, part.value, whole.value, whole.last)


def _one_of_its_kind(tokens: Sequence[Token], part: Number) -> bool:
    """ "one crate in eight": what is counted stands between; "one shop in two towns" counts the shop."""
    noun, joint = low(tokens, part.last), low(tokens, part.last + 1)
    of = (joint, low(tokens, part.last + 2)) == ("out", "of")
    whole = number_at(tokens, part.last + 2 + of) if noun.isalpha() and (joint == "in" or of) else None
    if whole is None or whole.value <= part.value or low(tokens, whole.last) in units():
        return False
    if part.value != 1 and whole.value not in ROUND_WHOLES:
        return False
    counts = low(tokens, whole.last).endswith("s") and low(tokens, whole.last + 1) not in DETERMINERS
    return not counts


def _share_of(
    tokens: Sequence[Token], index: int, joint: str, part: float, whole: float, last: int
) -> Share | None:
    decimal = part != int(part)
    rated = any(low(tokens, index - back) in words("numbers", "rated") for back in range(1, 6))
    if joint in ("out of", "/") and (whole in SCALES or (whole in RATED_SCALES and (decimal or rated))):
        return Share(part, "points", "score", last, whole)
    if joint == "of":
        return Share(part, "", "count", last, whole)
    if decimal or part >= whole or (joint == "/" and not (glued(tokens, index + 1) and whole in (3, 4))):
        return None
    if low(tokens, last) in units() and joint == "in":
        return None  # "two in 10 minutes" counts two
    if joint == "in" and not (
        part == 1 or whole in (5, 10, 20, 50, 100, 1000, 10_000) or (part <= 3 and whole <= 20)
    ):
        return None
    return Share(round(100 * part / whole, 2), "%", "rate", last, whole)


def _every_nth(tokens: Sequence[Token], index: int) -> Share | None:
    """ "every third review"; "every third week" is a time."""
    nth = lexicon("numbers")["ordinals"].get(low(tokens, index + 1))
    following = low(tokens, index + 2)
    if low(tokens, index) != "every" or not nth:
        return None
    counted = following not in units() and following not in words("numbers", "moments")
    return Share(round(100 / nth, 2), "%", "rate", index + 2) if counted else None


RULES = (
    _spoken_small,
    _ratio_word,
    _every_nth,
    _fraction,
    _bare_duration,
    _nothing,
    _part_of,
    _digits_only,
)
