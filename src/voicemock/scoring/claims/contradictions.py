"""Stated numbers that contradict each other (rubric section 2): "12 s to 1.8 s is 85 %, you said 75 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from voicemock.scoring.claims.arithmetic import find_wrong_sums, spoken
from voicemock.scoring.claims.claim import Claim, in_unit
from voicemock.scoring.claims.clauses import clause_start
from voicemock.scoring.claims.direction import wrong_ways
from voicemock.scoring.claims.implied_sums import find_implied_sums
from voicemock.scoring.claims.located import LocatedClaim, locate_claims
from voicemock.scoring.claims.measured import group_of
from voicemock.scoring.language.dictionary import is_plural
from voicemock.scoring.language.phrases import noun_phrases
from voicemock.scoring.model import Inconsistency, Metric
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.hedges import is_hedged
from voicemock.scoring.numbers.quantities import Quantity

POINTS = 3.0  # a stated percentage may be this many points off by rounding
HEDGED_POINTS = 6.0
RATIO_TOLERANCE = 0.12  # "halved" and "doubled" may be off by this share
SAME_VALUE = 0.03  # two mentions this close are the same figure
FEW_WORDS = 3  # between "that's a" and the change that it states
NEAR_VALUE = 2.2  # mentions further apart than this factor are two quantities
OF_WHOM = re.compile(r"\b(?:of|among|amongst|across)\s+(?:all\s+)?$")
ALL_OF = re.compile(r"\ball\s+$")
NARROWED = re.compile(r"\s+(?:who|that|with|without|whose|over|under|aged)\s+\w+")
WHOLE = frozenset(("all", "every", "the", "our", "my", "those", "these", "their", "of"))


def find_inconsistencies(
    sentences: Sequence[str], metrics: Sequence[Metric], round_: str = "behavioral"
) -> tuple[Inconsistency, ...]:
    """All contradictions by sentence: a change against its pair, sums, and two mentions of one quantity.

    `metrics` are those of `find_metrics` on the same sentences and round; their roles tell a goal from a state.
    """
    located = locate_claims(sentences, round_)
    states = {(m.sentence, m.text) for m in metrics if m.role in ("baseline", "result")}
    known = [one for one in located if (one.sentence, sentences[one.sentence][one.start : one.end]) in states]
    found = [
        *_wrong_changes(sentences, located),
        *wrong_ways(sentences, located),
        *find_wrong_sums(sentences),
        *find_implied_sums(sentences),
        *_two_values(sentences, known),
    ]
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
            if _of_another(text, claim, change):
                continue
        else:
            following = located[index + 1] if index + 1 < len(located) else None
            leading = located[index - 1] if index else None
            if following is not None and _restates_change(sentences, one, following):
                other = following
            elif leading is not None and _goes_ahead(sentences, leading, one):
                other = leading
            else:
                continue
            change, where, text = other.claim.main, other.sentence, sentences[other.sentence]
        computed = _contradicted(text, claim, change)
        if computed:
            yield Inconsistency(where, text[change.start : change.end], computed)


_NEXT_THING = re.compile(
    r"[,;]\s+(?:and|but|while|whereas|then)\s+"
    r"(?!it\b|that\b|this\b|they\b|went\b|fell\b|got\b|came\b|from\b|moved\b|dropped\b|rose\b|so\b)\w"
)


def _of_another(text: str, claim: Claim, change: Quantity) -> bool:
    """Whether the change stands before the pair and apart: "falls by half, and purchases go from 6% to 2%"."""
    starts = min(q.start for q in (claim.before, claim.after) if q is not None)
    if change.end > starts:  # "from 900 to 250 a month, 40% of the duplicates": a share
        return bool(re.match(r"\s+of (?:the|our|all|those|these)\b", text[change.end :]))
    condition = re.search(r"(?i)\bif\s[^,]*$", text[: change.start])
    return bool(condition or _NEXT_THING.search(text[change.end : starts]))


_IT_WAS = re.compile(
    r"\W*(?:it|they|that) (?:was|were|went|fell|dropped|rose|grew|had been|used to)\b", re.IGNORECASE
)


def _goes_ahead(sentences: Sequence[str], change: LocatedClaim, pair: LocatedClaim) -> bool:
    """ "It dropped by 80 percent. It was 50 minutes before, and it is 25 now." """
    if (
        pair.sentence != change.sentence + 1
        or not change.claim.is_lone
        or change.claim.main.unit not in ("%", "x")
    ):
        return False
    return bool(_IT_WAS.match(sentences[pair.sentence]) and _reductions().search(sentences[change.sentence]))


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
    if not opens or len(text[opens.end() : following.claim.main.start].split()) > FEW_WORDS:
        return False  # "An order out there takes twice as long" speaks of another thing
    return following.claim.main.start < 45 and bool(_reductions().search(text))


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
        real, said = abs(after - before), in_unit(change, claim.main)  # "from $1.71 to $1.33, 38 cents less"
        in_its_own = real * change.value / said if said else real
        return None if abs(said - real) <= 0.1 * real else spoken(round(in_its_own, 2))
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


@dataclass(frozen=True, slots=True)
class Among:
    """Those of whom a share is told: "of all night nurses with children"."""

    head: str
    every: bool
    narrowed: str  # by which words they are some of them


def _among(text: str) -> Iterator[Among]:
    phrases = noun_phrases(text)
    for phrase in phrases:
        lead, rest = text[: phrase.tokens[0].start].lower(), text[phrase.tokens[-1].end :]
        every = bool(re.search(r"\b(?:all|every)\b", phrase.text.lower()))
        if not is_plural(phrase.head.low) or not OF_WHOM.search(lead):
            continue
        who = NARROWED.match(rest)
        before = [t.low for t in phrase.tokens[:-1] if t.low not in WHOLE]
        yield Among(
            phrase.head.low,
            every or bool(ALL_OF.search(lead)),
            " ".join([*before, who[0] if who else ""]).strip(),
        )


def _part_and_whole(one: Among, other: Among) -> bool:
    """ "27% of all nurses" and "38% of night nurses": a part of them is another group."""
    if one.head != other.head or one.narrowed == other.narrowed:
        return False
    return bool(one.narrowed and other.narrowed) or one.every or other.every


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
    def heard_from(self) -> bool:
        """Whether the figure is told as what somebody or something said or took it for."""
        lead = self.text[clause_start(self.text, self.one.start) : self.one.claim.main.start]
        return bool(pattern("inconsistencies", "heard_from").search(lead))

    @cached_property
    def group(self) -> str | None:
        return group_of(self.text, self.one.claim)

    @cached_property
    def among(self) -> tuple[Among, ...]:
        return tuple(_among(self.text))

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
            if (
                mention
                and _contradict(earlier, mention, later, before)
                and not _put_right(earlier, later, told)
            ):
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


def _put_right(earlier: _Told, later: _Told, told: Sequence[_Told]) -> bool:
    """Whether the first figure is what somebody or something said, and the candidate gives the other one beside it
    before it changes: "the dashboard said 3%, and it was really 5.1%".
    """
    if not earlier.heard_from:
        return False
    begins = later.one.claim.before
    between = told[told.index(earlier) + 1 : told.index(later)]
    return begins is not None and any(
        one.one.kind == later.one.kind
        and not one.one.claim.is_pair
        and one.one.claim.main.value == begins.value
        for one in between
    )


def _same_subject(earlier: _Told, later: _Told) -> bool:
    """Whether the two quotes share a telling word, and count by the same period."""
    if later.scoped or earlier.group != later.group or not earlier.subjects & later.subjects:
        return False
    if any(_part_and_whole(one, other) for one in earlier.among for other in later.among):
        return False
    return not earlier.periods or not later.periods or earlier.periods == later.periods
