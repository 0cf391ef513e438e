"""People known by what the answer says of them: those who are served whatever their trade, and whoever is quoted.

No list has every trade. "Wearers", "climbers" and "welders" are people by the look of the word, and they are served
where they want, pay, wait or complain, or are asked, watched and met. Whoever tells the candidate something is
somebody from outside, unless the words nearest before name a colleague.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from voicemock.scoring.language.dictionary import is_plural, kinds_of, singular_of
from voicemock.scoring.models.encoder import CACHE_SENTENCES
from voicemock.scoring.models.lexicon import pattern, words

AGENTS = r"[a-z]{2,}(?:er|or|ist|ee)s"
LOOK_BACK = 5  # sentences before a pronoun in which its person is looked for
QUOTE = re.compile(r"\s*[,:]\s*[\"'“‘]")
CLAUSE = re.compile(
    r"[;:.!?]\s|,? (?:and|but|so|because|then) (?=(?:i|we|he|she|they|the|an?|my|our)\b)", re.IGNORECASE
)
ONE = re.compile(r"\b(?:an?|another|one)\b", re.IGNORECASE)
PLACE = re.compile(
    r"\b(?:in|from|at|of|near|on|behind|with|for) (?:the|an?|my|our|this|that)\b", re.IGNORECASE
)
FURTHER = re.compile(
    r"\b(?:i|we|it|the|this|that|an?|my|our|and|what|how|to|was|were|is|had)\b|&", re.IGNORECASE
)
OWN = re.compile(r"\b(?:our|my)(?: own)?(?: \w+)?$", re.IGNORECASE)
BUYS_OR_USES = re.compile(
    r"(?:customer|user|client|member|subscriber|guest|patient|passenger|rider|driver|buyer|seller|merchant|reader|player"
    r"|student|parent|tenant|shopper|resident|traveller|visitor)s?",
    re.IGNORECASE,
)


def are_people(noun: str) -> bool:
    """ "gardeners", "cyclists": those who do something, by the look of the word."""
    low = noun.lower()
    if not is_plural(low) or not low.endswith(("ers", "ors", "ists", "ees")):
        return False
    one = singular_of(low)
    return "VERB" not in kinds_of(one) and one not in words("people", "things")  # "orders", "numbers"


@lru_cache(maxsize=CACHE_SENTENCES)
def serves_people(text: str) -> bool:
    """Whether people by the look of the word want, pay, wait or complain in it, or are asked, watched or served."""
    plain = text.replace("’", "'")
    return any(is_outsiders(match["who"]) for told in _served() for match in told.finditer(plain))


def is_outsiders(noun: str) -> bool:
    """Whether the noun is people by its look, and no colleagues."""
    return are_people(noun) and not _of_the_house(noun)


def _of_the_house(text: str) -> bool:
    return bool(pattern("customer", "colleague").search(text) or pattern("people", "house").search(text))


@cache
def _served() -> tuple[re.Pattern[str], re.Pattern[str]]:
    wants, asked = pattern("people", "wants").pattern, pattern("people", "asked").pattern
    return (
        re.compile(
            rf"\b(?P<who>{AGENTS}) (?:who |that )?(?:(?!(?:i|we|you|he|she|it|they)\b)\w+ )??{wants}",
            re.IGNORECASE,
        ),
        re.compile(rf"{asked} (?:\S+ ){{0,3}}?(?P<who>{AGENTS})\b", re.IGNORECASE),
    )


def quotes_someone(sentences: Sequence[str]) -> bool:
    """Whether somebody from outside the house told the candidate something: "A vet in Brno told me, '…'"."""
    plain = [text.replace("’", "'") for text in sentences]
    return any(
        _is_outsider(plain, number, told)
        for number, text in enumerate(plain)
        for told in pattern("people", "told").finditer(text)
    )


def _is_outsider(sentences: Sequence[str], number: int, told: re.Match[str]) -> bool:
    """Whether the speaker is from outside: by their own words, or, for a pronoun, by the last person named before."""
    text = sentences[number]
    speaker = CLAUSE.split(text[: told.start()])[-1]
    if _of_the_house(speaker):
        return False
    named = _last_named(speaker, beside=True)
    if named is not None:
        return named
    if ONE.match(speaker.lstrip()) and QUOTE.match(text, told.end()):
        return True  # things tell nothing in quotes
    if not pattern("people", "pronoun").search(speaker):
        return False
    before = (text[: told.start()], *reversed(sentences[max(0, number - LOOK_BACK) : number]))
    return next((known for one in before if (known := _last_named(one)) is not None), False)


def _last_named(text: str, beside: bool = False) -> bool | None:
    """Whether the last person that the words name is from outside; None where they name none.

    With `beside`, one who is the subject of what comes next: "a dyer in the village, Mrs Nowak," but not "what makes a
    dyer leave, and the manual".
    """
    found: list[tuple[int, bool]] = []
    for entries in (pattern("customer", "served"), _anybody()):
        for match in entries.finditer(text):
            who = match.group()
            if entries is _anybody() and singular_of(who.split()[-1].lower()) in words("people", "things"):
                continue
            if beside and FURTHER.search(PLACE.sub(" ", text[match.end() :])):
                continue
            own = OWN.search(text[: match.start()].rstrip()) and not BUYS_OR_USES.fullmatch(who)
            found.append((match.end(), not own))
    for key in (("customer", "colleague"), ("people", "house")):
        found += [(match.end(), False) for match in pattern(*key).finditer(text)]
    return min(found, key=lambda one: (-one[0], one[1]))[1] if found else None


@cache
def _anybody() -> re.Pattern[str]:
    """ "a sorter", "an alto called": somebody of whom nobody has heard yet."""
    person = pattern("people", "person").pattern
    return re.compile(
        rf"\b(?:an?|another|one|\d+|two|three|four|five|six) (?:\w+ ){{0,2}}?{person}", re.IGNORECASE
    )
