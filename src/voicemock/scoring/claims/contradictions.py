"""Stated numbers that contradict each other (rubric section 2): "12 s to 1.8 s is 85 %, you said 75 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from voicemock.scoring.claims.arithmetic import find_wrong_sums
from voicemock.scoring.claims.claim import Claim, in_unit
from voicemock.scoring.claims.located import LocatedClaim, locate_claims
from voicemock.scoring.claims.measured import group_of
from voicemock.scoring.model import Inconsistency, Metric
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.hedges import is_hedged
from voicemock.scoring.numbers.quantities import Quantity

POINTS = 3.0  # a stated percentage may be this many points off by rounding
HEDGED_POINTS = 6.0
RATIO_TOLERANCE = 0.12  # "halved" and "doubled" may be off by this share
SAME_VALUE = 0.03  # two mentions this close are the same figure
NEAR_VALUE = 2.2  # mentions further apart than this factor are two quantities


def find_inconsistencies(sentences: Sequence[str], metrics: Sequence[Metric]) -> tuple[Inconsistency, ...]:
    """All contradictions by sentence: a change against its pair, sums, and two mentions of one quantity.

    `metrics` are those of `find_metrics` on the same sentences; their roles tell a goal from a state.
    """
    located = locate_claims(sentences)
    states = {(m.sentence, m.text) for m in metrics if m.role in ("baseline", "result")}
    known = [one for one in located if (one.sentence, sentences[one.sentence][one.start : one.end]) in states]
    found = [*_wrong_changes(sentences, located), *find_wrong_sums(sentences), *_two_values(sentences, known)]
    first: dict[int, Inconsistency] = {}
    for one in sorted(found, key=lambda i: i.sentence):
        first.setdefault(one.sentence, one)
    return tuple(first.values())


def _wrong_changes(sentences: Sequence[str], located: Sequence[LocatedClaim]) -> Iterator[Inconsistency]:
    for index, one in enumerate(located):
        claim, text = one.claim, sentences[one.sentence]
        if not claim.is_pair:
            continue
        if claim.change:
            change, where = claim.change, one.sentence
        else:
            following = located[index + 1] if index + 1 < len(located) else None
            if following is None or not _restates_change(sentences, one, following):
                continue
            change, where, text = following.claim.main, following.sentence, sentences[following.sentence]
        computed = _contradicted(text, claim, change)
        if computed:
            yield Inconsistency(where, text[change.start : change.end], computed)


def _restates_change(sentences: Sequence[str], pair: LocatedClaim, following: LocatedClaim) -> bool:
    """ "… from 12 to 1.8. So that's an 85 % improvement." """
    if following.sentence != pair.sentence + 1 or following.claim.is_pair:
        return False
    if following.claim.main.unit not in ("%", "x"):
        return False
    text = sentences[following.sentence]
    opens = re.match(
        r"(?:so,? |and |which (?:is|was) |um,? )*(?:that's|that is|that was|this is|which is|a|an) ",
        text,
        re.I,
    )
    return bool(opens) and following.claim.main.start < 45 and bool(_reductions().search(text))


def _reductions() -> re.Pattern[str]:
    return pattern("inconsistencies", "reduction")


def _contradicted(text: str, claim: Claim, change: Quantity) -> str | None:
    """What the change really is, where the stated one is wrong."""
    if claim.before is None or claim.after is None:
        return None
    before, after = in_unit(claim.before, claim.main), in_unit(claim.after, claim.main)
    if not before:
        return None
    hedged = is_hedged(text, change.start, change.end)
    if change.unit == "x":
        real = after / before
        slack = RATIO_TOLERANCE * (2 if hedged else 1) * change.value
        good = any(
            abs(stated - real) <= slack * stated / change.value for stated in (change.value, 1 / change.value)
        )
        return None if good else f"{round(100 * abs(real - 1))}%"
    if change.kind in ("money", "time", "count"):
        real = abs(after - before)
        return None if abs(change.value - real) <= 0.1 * real else f"{real:,.0f}"
    relative, points = 100 * abs(after - before) / abs(before), abs(after - before)
    stated, slack = abs(change.value), HEDGED_POINTS if hedged else POINTS
    if change.unit in ("pp", "points"):
        return None if abs(stated - points) <= 1 else f"{points:g} points"
    fine = [relative] + ([points] if claim.main.unit == "%" and stated == change.value and points > 0 else [])
    if not _reductions().search(text[claim.quantities[0].start :]):
        fine.append(100 * after / before)
    if claim.main.unit != "%" and after > before:
        fine.append(100 * after / before)
    return None if any(abs(stated - f) <= slack for f in fine) else f"{round(relative)}%"


class _Told:
    """A claim as it is compared with the others. There may be thousands: each is read once, where it is asked for."""

    def __init__(self, sentences: Sequence[str], one: LocatedClaim) -> None:
        self.text = sentences[one.sentence]
        self.one = one
        self.quote = self.text[one.start : one.end].lower()
        self.mention = one.claim.after if one.claim.is_pair else one.claim.main

    @cached_property
    def mention_hedged(self) -> bool:
        return self.mention is not None and is_hedged(self.text, self.mention.start, self.mention.end)

    @cached_property
    def group(self) -> str | None:
        return group_of(self.text, self.one.claim)

    @cached_property
    def scoped(self) -> bool:
        return bool(pattern("inconsistencies", "scoped").search(self.quote))

    @cached_property
    def subjects(self) -> set[str]:
        """The telling words of the quote."""
        found = re.findall(r"[a-z][\w-]+", self.quote)
        return {
            w.removesuffix("s") for w in found if w not in words("inconsistencies", "common") and len(w) > 2
        }

    @cached_property
    def periods(self) -> list[str]:
        return re.findall(r"\b(?:a|per|each) (day|week|month|quarter|year)\b", self.quote)


def _two_values(sentences: Sequence[str], located: Sequence[LocatedClaim]) -> Iterator[Inconsistency]:
    """The starting value of a result against an earlier mention of the same quantity; both are reported."""
    told = [_Told(sentences, one) for one in located]
    for later in told:
        before = later.one.claim.before
        if before is None:
            continue
        for earlier in told:
            if earlier.one.sentence >= later.one.sentence:
                break
            mention = earlier.mention
            if mention and _contradict(earlier, mention, later, before):
                said, other = later.text[before.start : before.end], earlier.text[mention.start : mention.end]
                yield Inconsistency(earlier.one.sentence, other, said)
                yield Inconsistency(later.one.sentence, said, other)
                return


def _contradict(earlier: _Told, mention: Quantity, later: _Told, before: Quantity) -> bool:
    if earlier.one.kind != later.one.kind or mention.value <= 0:
        return False
    unit = later.one.claim.main
    first = mention.seconds if mention.seconds is not None else mention.value
    second = in_unit(before, unit)
    if before.seconds is not None or unit.seconds is not None:
        second = second * (unit.seconds or 0.0) / unit.value if unit.value else 0.0
    if second <= 0 or earlier.mention_hedged:
        return False
    factor = max(first, second) / min(first, second)
    return 1 + SAME_VALUE < factor <= NEAR_VALUE and _same_subject(earlier, later)


def _same_subject(earlier: _Told, later: _Told) -> bool:
    """Whether the two quotes share a telling word, and count by the same period."""
    if later.scoped or earlier.group != later.group or not earlier.subjects & later.subjects:
        return False
    return not earlier.periods or not later.periods or earlier.periods == later.periods
