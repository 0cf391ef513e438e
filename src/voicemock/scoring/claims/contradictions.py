"""Stated numbers that contradict each other (rubric section 2): "12 s to 1.8 s is 85 %, you said 75 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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


def _two_values(sentences: Sequence[str], located: Sequence[LocatedClaim]) -> Iterator[Inconsistency]:
    """The starting value of a result against an earlier mention of the same quantity; both are reported."""
    for later in located:
        before = later.claim.before
        if before is None:
            continue
        for earlier in located:
            if earlier.sentence >= later.sentence:
                break
            mention = earlier.claim.after if earlier.claim.is_pair else earlier.claim.main
            if mention and _contradict(sentences, earlier, mention, later, before):
                said = sentences[later.sentence][before.start : before.end]
                other = sentences[earlier.sentence][mention.start : mention.end]
                yield Inconsistency(earlier.sentence, other, said)
                yield Inconsistency(later.sentence, said, other)
                return


def _contradict(
    sentences: Sequence[str], earlier: LocatedClaim, mention: Quantity, later: LocatedClaim, before: Quantity
) -> bool:
    if earlier.kind != later.kind or mention.value <= 0:
        return False
    hedged = is_hedged(sentences[earlier.sentence], mention.start, mention.end)
    first = mention.seconds if mention.seconds is not None else mention.value
    second = in_unit(before, later.claim.main)
    if before.seconds is not None or later.claim.main.seconds is not None:
        unit = later.claim.main
        second = second * (unit.seconds or 0.0) / unit.value if unit.value else 0.0
    if second <= 0 or hedged:
        return False
    factor = max(first, second) / min(first, second)
    if factor <= 1 + SAME_VALUE or factor > NEAR_VALUE:
        return False
    return _same_subject(sentences, earlier, later)


def _same_subject(sentences: Sequence[str], earlier: LocatedClaim, later: LocatedClaim) -> bool:
    """Whether the two quotes share a telling word, and count by the same period."""
    quotes = [sentences[one.sentence][one.start : one.end].lower() for one in (earlier, later)]
    subjects = [
        {
            w.removesuffix("s")
            for w in re.findall(r"[a-z][\w-]+", quote)
            if w not in words("inconsistencies", "common") and len(w) > 2
        }
        for quote in quotes
    ]
    groups = [group_of(sentences[one.sentence], one.claim) for one in (earlier, later)]
    if pattern("inconsistencies", "scoped").search(quotes[1]) or groups[0] != groups[1]:
        return False
    periods = [re.findall(r"\b(?:a|per|each) (day|week|month|quarter|year)\b", quote) for quote in quotes]
    shared = subjects[0] & subjects[1]
    return bool(shared) and (not periods[0] or not periods[1] or periods[0] == periods[1])
