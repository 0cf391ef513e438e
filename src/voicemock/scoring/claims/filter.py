"""Which quantities claim something: "three things" and "two years ago" do not."""

from __future__ import annotations

import re

from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.quantities import Quantity

# "Three months in, we were answering 88 percent": when that was, not how long.
INTO_IT = re.compile(r"\s+in(?:to (?:it|that|this|the \w+))?\s*,[^.;]{0,60}\d")
SMALL_COUNT = 4  # a handful of plain nouns ("three things") is no scale


def claims_something(text: str, quantity: Quantity) -> bool:
    """Whether a lone quantity of `text` is a quantified claim (rubric section 2)."""
    before, after = words_before(text, quantity.start), words_after(text, quantity.end)
    if quantity.kind == "time":
        return not INTO_IT.match(text[quantity.end :]) and _duration_claims(quantity, before, after)
    if quantity.kind == "score" and quantity.unit == "stars":
        return not (after and after[0].startswith(("review", "hotel", "rating", "restaurant")))
    if quantity.kind == "count":
        return _count_claims(text, quantity, before, after)
    return True


def points_back(text: str, quantity: Quantity) -> bool:
    """ "these 2 halls", "the two clerks", "these two": a small number that points at things already named."""
    if quantity.kind != "count" or abs(quantity.value) > SMALL_COUNT or quantity.whole is not None:
        return False
    before = words_before(text, quantity.start, 1)
    return (
        bool(before)
        and before[-1] in words("claim_filter", "pointing")
        and bool(quantity.noun)
        and not AFTER_LEVEL.match(text[quantity.end :])
    )


# "under 3 of the people" aside, a pointing number before one of these is a level after all: "of 4 or less".
AFTER_LEVEL = re.compile(r"\s*(?:%|percent|or (?:less|fewer|more|under)|out of|in (?:ten|10))\b")


def words_before(text: str, position: int, limit: int = 6) -> list[str]:
    """Up to `limit` words before a position, nearest last, in lower case."""
    return re.findall(r"[\w'’-]+", text[:position].lower())[-limit:]


def words_after(text: str, position: int, limit: int = 6) -> list[str]:
    return re.findall(r"[\w'’-]+", text[position:].lower())[:limit]


def _duration_claims(quantity: Quantity, before: list[str], after: list[str]) -> bool:
    if (
        after
        and (after[0] in SOONER or after[:2] == ["ahead", "of"])
        and before
        and after[1:2] != ["i"]
        and after[1:2] != ["we"]
    ):
        return True
    ahead = " ".join(after[:2])
    if any(
        ahead.split()[: len(entry.split())] == entry.split()
        for entry in words("claim_filter", "after_duration")
    ):
        return False
    # "a drop every 15 minutes", but "Every 15 minutes it drops"
    repeated = before[-1:] == ["every"] and len(before) > 1 and quantity.value >= 2
    return repeated or not (before and before[-1] in words("claim_filter", "before_duration"))


PERIODS = (
    "monsoons",
    "summers",
    "winters",
    "springs",
    "autumns",
    "harvests",
    "terms",
    "seasons",
    "semesters",
    "sprints",
    "shifts",
    "releases",
    "iterations",
    "rounds",
)
SOONER = ("earlier", "sooner", "early")  # "they got paid 24 hours earlier"; never at the beginning


def _count_claims(text: str, quantity: Quantity, before: list[str], after: list[str]) -> bool:
    if quantity.whole is not None:
        return True
    if quantity.value == 0:
        return True
    small = (
        abs(quantity.value) <= SMALL_COUNT and quantity.high is None and float(quantity.value).is_integer()
    )
    if _is_age(text, quantity, before):
        return False
    if small and before and after and before[-1] in ("over", "in", "within") and after[0] in PERIODS:
        return False
    if after[:1] == ["people"] and before[-1:] in (["were"], ["we're"], ["team"]):
        return True
    if before and before[-1] in words("claim_filter", "level") and not _is_trivial(after):
        return True
    if after[:1] in (["person"], ["man"]) or (
        after[:2] == ["of", "us"] and before[-1:] in (["just"], ["only"])
    ):
        return True
    if not after and before[-1:] and before[-1] in ("it's", "is", "we're", "they're", "at"):
        return bool(pattern("pairs", "now").search(text[: quantity.start]))  # "These days it's two."
    if not small:
        return not (abs(quantity.value) <= 12 and _handful(after))
    if FREQUENCY.match(text[quantity.end :]) or _counts_in_digits(text, quantity, before, after):
        return True
    noun_near = any(word in words("claim_filter", "scale") for word in after[:2])
    if noun_near and "all" not in before[-1:]:
        return not (before and before[-1] in words("claim_filter", "pointing"))
    return "all" in before[-1:] or (
        "only" in before[-1:] and bool(after) and after[0] not in words("claim_filter", "trivial")
    )


# "twice a month", "2 a week", "4 times a year".
FREQUENCY = re.compile(
    r"(?:\s+times)?\s+(?:in a|a|per|each|every)\s+(?:day|week|month|quarter|year|night|shift)\b",
    re.IGNORECASE,
)


def _counts_in_digits(text: str, quantity: Quantity, before: list[str], after: list[str]) -> bool:
    """ "2 freight brokers": a recogniser prints digits where a count is meant, words where it is an article."""
    if not text[quantity.start].isdecimal() or _is_trivial(after):
        return False
    return not (before and before[-1] in words("claim_filter", "pointing")) and any(
        word.endswith("s") and len(word) > 3 and word not in words("claim_filter", "trivial")
        for word in after[:2]
    )


def _is_age(text: str, quantity: Quantity, before: list[str]) -> bool:
    """ "kids under 6", "people over 65"."""
    if not before or before[-1] not in ("over", "under", "aged"):
        return False
    whose = bool(AGE_NOUN.search(" ".join(before[-2:-1])))
    return (quantity.value in AGES and bool(AGE_NOUN.search(text))) or (whose and quantity.value < 100)


AGES = (12, 13, 16, 18, 21, 25, 30, 40, 50, 55, 60, 65, 70, 75, 80)
AGE_NOUN = re.compile(
    r"\b(?:kids|children|players|people|aged?|women|men|donors|patients|users)\b", re.IGNORECASE
)


def _is_trivial(after: list[str]) -> bool:
    return bool(after) and after[0] in words("claim_filter", "trivial")


def _handful(after: list[str]) -> bool:
    return bool(after) and after[0] in (
        "things",
        "ideas",
        "ways",
        "options",
        "reasons",
        "questions",
        "parts",
        "points",
        "steps",
    )
