"""Quantities that are no plain numbers: "a third", "half", "one in five", "9 out of 10", "doubled", "twice
the".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import lexicon, words
from voicemock.scoring.numbers.words import Token, cardinals, low, number_at

DETERMINERS = frozenset(("the", "our", "my", "that", "it", "their", "its"))
ROUND_WHOLES = (5.0, 10.0, 20.0, 50.0, 100.0, 1000.0, 10_000.0)  # "seven in ten"
SCALES = (5.0, 7.0)  # "4.1 out of 5" is a mark; "9 out of 10" is a share unless it has a decimal


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole (in per cent), a mark out of a whole, or a ratio, up to token `last` (exclusive)."""

    value: float
    unit: str
    kind: Kind
    last: int
    whole: float | None = None


def share_at(tokens: Sequence[Token], index: int) -> Share | None:
    return (
        _spoken_small(tokens, index)
        or _ratio_word(tokens, index)
        or _fraction(tokens, index)
        or _part_of(tokens, index)
        or _unit_and_half(tokens, index)
        or _digits_only(tokens, index)
    )


def _spoken_small(tokens: Sequence[Token], index: int) -> Share | None:
    """ "twice a month", "half a percent"."""
    word, article, unit = (low(tokens, index + i) for i in range(3))
    known = lexicon("numbers")["units"].get(unit, ("", ""))
    if word == "twice" and article in ("a", "per", "each", "every") and known[1] == "time":
        return Share(2.0, "", "count", index + 1)
    if word == "half" and article == "a" and known == ["%", "rate"]:
        return Share(0.5, "%", "rate", index + 3)
    return None


def _digits_only(tokens: Sequence[Token], index: int) -> Share | None:
    """ "into single digits" (under 10), "in the low 60s"."""
    word, following = low(tokens, index), low(tokens, index + 1)
    if word in ("single", "double", "triple") and following in ("digit", "digits"):
        return Share({"single": 9.0, "double": 10.0, "triple": 100.0}[word], "", "count", index + 2)
    if word in ("low", "mid", "high", "upper") and low(tokens, index + 2) == "s" and following.isdecimal():
        return Share(float(following), "", "count", index + 3)
    return None


def _unit_and_half(tokens: Sequence[Token], index: int) -> Share | None:
    """ "a day and a half"."""
    if [low(tokens, index + i) for i in (0, 2, 3, 4)] not in (
        ["a", "and", "a", "half"],
        ["an", "and", "a", "half"],
    ):
        return None
    unit, kind = lexicon("numbers")["units"].get(low(tokens, index + 1), ("", ""))
    return Share(1.5, unit, "time", index + 5) if kind == "time" else None


def _ratio_word(tokens: Sequence[Token], index: int) -> Share | None:
    word, following = low(tokens, index), low(tokens, index + 1)
    ratios = lexicon("numbers")["ratio_words"]
    if word == "halve" or (
        word in ("double", "triple") and low(tokens, index - 1) == "to" and following in DETERMINERS
    ):
        return Share(0.5 if word == "halve" else 2.0 if word == "double" else 3.0, "x", "ratio", index + 1)
    if word in ratios and following not in ("down", "as", "sided"):
        return Share(float(ratios[word]), "x", "ratio", index + 1)
    if word in ("twice", "double", "triple") and following in words("numbers", "after_times"):
        return Share(3.0 if word == "triple" else 2.0, "x", "ratio", index + 1)
    if word == "double" and low(tokens, index - 1) in (
        "to",
        "about",
        "nearly",
        "almost",
        "probably",
        "roughly",
    ):
        return Share(2.0, "x", "ratio", index + 1)
    if word in ("in", "by") and following == "half":
        return Share(0.5, "x", "ratio", index + 2)
    return None


def _fraction(tokens: Sequence[Token], index: int) -> Share | None:
    """ "half the trips", "a third", "two thirds", "nine-tenths"."""
    fractions = lexicon("numbers")["fractions"]
    word = low(tokens, index)
    if word == "half":
        return (
            Share(50.0, "%", "rate", index + 1)
            if low(tokens, index + 1) in words("numbers", "after_half")
            else None
        )
    count = 1.0 if word in ("a", "one") else cardinals().get(word)
    here = index + 1 + (low(tokens, index + 1) == "-")
    name = low(tokens, here)
    if not count or name not in fractions or name.endswith("s") != (count > 1):
        return None
    if low(tokens, here + 1) == "of" and low(tokens, here + 3) in ("million", "billion", "thousand"):
        return None
    if not _is_share(tokens, index, here + 1, name):
        return None
    return Share(round(100 * count * float(fractions[name]), 1), "%", "rate", here + 1)


def _is_share(tokens: Sequence[Token], index: int, after: int, name: str) -> bool:
    """Whether "a quarter", "two quarters" or "a third" is a part of something, no time or ordinal."""
    if name.endswith("s"):
        certain = name != "quarters"
        return (
            certain
            or low(tokens, after) in words("numbers", "after_share")
            or low(tokens, index - 1) in words("numbers", "before_shares")
        )
    beside = low(tokens, after) in words("numbers", "after_share") or low(tokens, index - 1) in words(
        "numbers", "before_share"
    )
    return beside or _ends_clause(tokens, after, name)


def _ends_clause(tokens: Sequence[Token], index: int, name: str) -> bool:
    return name in ("third", "fifth", "tenth") and not low(tokens, index)[:1].isalpha()


def _part_of(tokens: Sequence[Token], index: int) -> Share | None:
    """ "one in five", "1 in 20", "9 out of 10", "4.1 out of 5", "three of our top ten"."""
    part = number_at(tokens, index)
    if part is None:
        return None
    here = part.last
    if low(tokens, here) == "out" and low(tokens, here + 1) == "of":
        joint, here = "out of", here + 2
    elif low(tokens, here) in ("in", "of", "/"):
        joint, here = low(tokens, here), here + 1
    else:
        return None
    if joint in ("of", "out of"):
        here += low(tokens, here) in ("the", "these", "those", "our", "my", "all", "every")
        here += low(tokens, here) in ("top", "last", "first")
    whole = number_at(tokens, here) if here < len(tokens) else None
    if whole is None or not 0 < part.value <= whole.value:
        return None
    return _share_of(tokens, joint, part.value, whole.value, whole.last)


def _share_of(tokens: Sequence[Token], joint: str, part: float, whole: float, last: int) -> Share | None:
    decimal = part != int(part)
    if joint in ("out of", "/") and (whole in SCALES or (whole == 10 and decimal)):
        return Share(part, "points", "score", last, whole)
    if joint == "of":
        return Share(part, "", "count", last, whole)
    plain = part == 1 or whole in ROUND_WHOLES or (part <= 3 and whole <= 20)
    if decimal or not plain or joint == "/" or part >= whole:
        return None
    if low(tokens, last) in lexicon("numbers")["units"] and joint == "in":
        return None  # "two in 10 minutes" counts two
    return Share(100 * part / whole, "%", "rate", last, whole)
