"""What kind of number a claim is; a bare number takes its unit from its sentence or from the claims before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from voicemock.scoring.claims.claim import Claim, gap_between, is_bare
from voicemock.scoring.claims.clauses import clause_start
from voicemock.scoring.claims.filter import FREQUENCY
from voicemock.scoring.language.dictionary import is_plural, kinds_of, verb_forms
from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.units import units

LENDERS = 6  # how many earlier claims may lend a bare number their unit
LENDING = ("rate", "time", "money")
LIKE_SIZE = 3.0  # and how far apart the two sizes may be
NEXT_TO = 1  # a number of another size lends its unit within its sentence and to the next
BEFORE, BEHIND = 60, 30  # characters in which a word may lend a bare number its unit
COMMON = 10  # figures up to here are said of many things
LEAST_MONEY, MOST_SCORE = 1000, 100


class Known(Protocol):
    """An earlier claim with its kind."""

    @property
    def sentence(self) -> int: ...
    @property
    def claim(self) -> Claim: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def of(self) -> str | None: ...


def kind_of(
    number: int, text: str, claim: Claim, of: str | None, earlier: Sequence[Known]
) -> tuple[Kind, str | None]:
    """The claim's kind and unit.

    `number` and `text` are its sentence, `of` is what it measures, `earlier` are the claims before it in the answer.
    """
    main = claim.main
    near = text[max(0, main.start - BEFORE) : claim.last.end + BEHIND]
    if main.unit == "points":
        return _kind_of_points(text, near, claim, earlier)
    if not is_bare(main):
        return main.kind, main.unit or None
    if not _uncounted(claim):
        return "count", noun_of(claim)
    if claim.is_pair and any(q and FREQUENCY.match(text[q.end :]) for q in (claim.before, claim.after)):
        return "count", None  # "48 a month to 12 a month"
    lenders = [one for one in earlier if _may_lend(text, claim, of, one)]
    return _lent_kind(number, near, claim, lenders) or ("count", noun_of(claim))


def _may_lend(text: str, claim: Claim, of: str | None, lender: Known) -> bool:
    """What comes so often, and what is counted in the plural, is a count, whatever the number before measured."""
    if FREQUENCY.match(text[claim.quantities[0].end :]) or _counts_things(text, claim):
        return False
    if OF_THEM.match(text[claim.main.end :]):
        return False
    plural = of is not None and of.endswith("s") and not of.endswith("ss")
    return not plural or lender.of is None or of == lender.of


def _counts_things(text: str, claim: Claim) -> bool:
    """Whether a verb makes a bare number a count: "falls stayed at 11", "we lost 3"."""
    first = claim.quantities[0].start
    lead = gap_between(text, clause_start(text, first), first)
    if COUNTING.search(lead):
        return True
    verbs = [m for key in ("intransitive", "state") for m in pattern("clauses", key).finditer(lead)]
    subject = lead[: max(verbs, key=lambda m: m.start()).start()].split() if verbs else []
    many = bool(subject) and subject[-1] not in units() and subject[-1] not in words("clauses", "broken")
    return many and is_plural(subject[-1])


# "I called 80 of them": so many; a share would be told with its sign.
OF_THEM = re.compile(r"\s+of (?:them|those|these|us|the|our|my|their)\b", re.IGNORECASE)
# "we got 3" may be three of what was measured before, "we lost 3" is not.
COUNTING = re.compile(r"\b(?:lost|sold|found|missed|broke|won|caught|hired|signed|counted|returned)$")


def _kind_of_points(text: str, near: str, claim: Claim, earlier: Sequence[Known]) -> tuple[Kind, str | None]:
    """Points of a percentage, or of a mark."""
    by_rate = pattern("metrics", "rate").search(near) or "%" in near or (earlier and earlier[-1].unit == "%")
    if by_rate and not pattern("metrics", "score").search(text) and claim.main.whole is None:
        return "rate", "pp"
    return "score", "points"


def _lent_kind(
    number: int, near: str, claim: Claim, earlier: Sequence[Known]
) -> tuple[Kind, str | None] | None:
    """The kind that a bare number takes from the words near it or from an earlier claim.

    A figure that was said with its unit has it again. Another takes that of a number of like size close before it.
    """
    size = abs(claim.main.value)
    if pattern("metrics", "score").search(near) and size <= MOST_SCORE:
        return "score", "points"
    if size >= LEAST_MONEY and pattern("metrics", "money").search(near):
        return "money", None
    if claim.change and claim.change.kind == "rate" and claim.change.unit == "pp":
        return "rate", "%"
    rate_near = bool(pattern("metrics", "rate").search(near))
    lending = [
        one for one in reversed(earlier) if one.kind in LENDING and not (rate_near and one.kind != "rate")
    ]
    for one in lending:
        if not claim.main.small_word and _values(claim) & _values(one.claim):
            return one.kind, one.unit
    for one in lending[:LENDERS]:
        other = abs(one.claim.main.value)
        alike = other * size and 1 / LIKE_SIZE <= size / other <= LIKE_SIZE
        if alike and (one.kind == "rate" or number - one.sentence <= NEXT_TO):
            return one.kind, one.unit
    share_like = size % 1 or claim.is_pair or rate_near
    among_shares = rate_near or any(one.unit == "%" for one in earlier[-LENDERS:])
    if size < MOST_SCORE and not claim.main.small_word and share_like and among_shares:
        return "rate", "%"
    return None


def _values(claim: Claim) -> set[float]:
    """Its figures, those left aside that are too common to know again."""
    said = (abs(q.value) for q in (claim.main, claim.before, claim.after) if q)
    return {value for value in said if value > COMMON}


def _uncounted(claim: Claim) -> bool:
    """Whether the claim's own numbers count no noun."""
    own = [q for q in (claim.main, claim.before, claim.after) if q]
    return all(not q.noun or not _may_be_counted(q.noun) for q in own)


def noun_of(claim: Claim) -> str | None:
    """The first noun that one of the claim's numbers counts: "in three weeks open tickets" counts no opens."""
    counted = (q.noun for q in claim.quantities if q is not claim.period)
    return next((noun for noun in counted if noun and _may_be_counted(noun)), None)


def _may_be_counted(noun: str) -> bool:
    """Whether a word behind a number can be what it counts; "4 had it" and "3 were lost" count what was said before."""
    if noun in words("metrics", "no_noun"):
        return False
    verb = "past" in verb_forms(noun) and "NOUN" not in kinds_of(noun)
    return not verb and noun not in words("acts", "state")
