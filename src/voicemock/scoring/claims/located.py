"""The claims of a whole answer: which sentence each stands in, what it measures, and pairs over two sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicemock.rounds import STORY_ROUNDS
from voicemock.scoring.claims.claim import Claim, comparable, in_unit, is_bare
from voicemock.scoring.claims.find import find_claims
from voicemock.scoring.claims.kinds import kind_of
from voicemock.scoring.claims.measured import measured
from voicemock.scoring.claims.pairs import counts_noun
from voicemock.scoring.claims.spans import claim_spans
from voicemock.scoring.model import Kind
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import Quantity

APART = 2  # sentences between which a before and its after may stand
THAT_FAR = 40  # characters behind a number in which "now" may follow it


@dataclass(frozen=True, slots=True)
class LocatedClaim:
    """A claim in sentence number `sentence`, quoted by `start`:`end`, with the kind that its context gives.

    `of` is what it measures. `earlier` is the number before the change where another sentence told it.
    """

    sentence: int
    start: int
    end: int
    claim: Claim
    kind: Kind
    unit: str | None
    of: str | None
    earlier: Quantity | None = None

    @property
    def is_pair(self) -> bool:
        return self.claim.is_pair or self.earlier is not None

    @property
    def before(self) -> float | None:
        """What it was, in the unit of the claim."""
        told = self.claim.before or self.earlier
        return None if told is None else in_unit(told, self.claim.main)

    @property
    def after(self) -> float:
        """What it came to, or the one number of the claim."""
        claim = self.claim
        return in_unit(claim.after, claim.main) if claim.is_pair and claim.after else claim.main.value

    @property
    def change_pct(self) -> float | None:
        """The relative change in per cent: from the pair where there is one, else as stated."""
        before, claim = self.before, self.claim
        if before:
            return round(100 * (self.after - before) / abs(before), 1)
        if self.is_pair:
            return None
        if claim.change is not None and claim.change.unit == "%":
            return claim.change.value
        return round(100 * (claim.main.value - 1), 1) if claim.main.kind == "ratio" else None


def locate_claims(sentences: Sequence[str], round_: str = "behavioral") -> list[LocatedClaim]:
    """The claims of all sentences, in order."""
    story = round_ in STORY_ROUNDS
    located: list[LocatedClaim] = []
    for number, text in enumerate(sentences):
        claims = find_claims(text, story=story)
        for claim, (start, end) in zip(claims, claim_spans(text, claims), strict=True):
            of = measured(text, claim)
            before = _told_before(sentences, number, claim, of, located)
            if before is None and _told_after(sentences, number, claim, of, located):
                located[-1] = replace(located[-1], earlier=_as_after(claim, located[-1].claim.main).main)
                claim = replace(claim, main=located[-1].earlier or claim.main)
            if before is not None:
                claim = _as_after(claim, before.claim.main)
            kind, unit = kind_of(number, text, claim, of, located)
            earlier = before.claim.main if before else None
            located.append(LocatedClaim(number, start, end, claim, kind, unit, of, earlier))
    return located


def _told_before(
    sentences: Sequence[str], number: int, claim: Claim, of: str | None, located: Sequence[LocatedClaim]
) -> LocatedClaim | None:
    """The claim of a sentence before that this one is the after of: "It used to take 14 minutes. Now it's three." """
    last = _told_beside(sentences, number, claim, of, located)
    if last is None:
        return None
    was, text = sentences[last.sentence], sentences[number]
    around = text[: claim.main.start] + " # " + text[claim.main.end : claim.main.end + THAT_FAR]
    then = pattern("sequence", "then").search(was[: last.claim.last.end + THAT_FAR])
    return last if then and pattern("sequence", "now").search(around) else None


def _told_after(
    sentences: Sequence[str], number: int, claim: Claim, of: str | None, located: Sequence[LocatedClaim]
) -> bool:
    """Whether the sentence before told what it came to, and this one what it was: "These days we lose 3. Two years
    ago it was 14." Both must say when.
    """
    last = _told_beside(sentences, number, claim, of, located)
    if last is None or last.claim.main.value == claim.main.value:
        return False
    came_to = pattern("moments", "now").search(sentences[last.sentence][: last.claim.last.end + THAT_FAR])
    return bool(came_to and pattern("moments", "then").search(sentences[number]))


def _told_beside(
    sentences: Sequence[str], number: int, claim: Claim, of: str | None, located: Sequence[LocatedClaim]
) -> LocatedClaim | None:
    """The claim of a sentence just before that may be of the same thing at another time."""
    last = located[-1] if located else None
    if last is None or not 0 < number - last.sentence <= APART or last.is_pair or not claim.is_lone:
        return None
    first, second = last.claim.main, claim.main
    if not last.claim.is_lone or "ratio" in (first.kind, second.kind) or not comparable(first, second):
        return None
    if is_bare(second) and not is_bare(first) and counts_noun(second):
        return None
    if counts_noun(first) and not is_bare(second):
        return None  # "six boxes. It came to 18 years."
    nouns = {q.noun for q in (first, second) if counts_noun(q)}
    if len(nouns) > 1 or (of is not None and last.of is not None and of.lower() != last.of.lower()):
        return None
    return None if _starts_over(sentences[number]) else last


def _starts_over(text: str) -> bool:
    """Whether the sentence has a before of its own, or speaks of another thing."""
    return bool(
        re.match(r"\s*(?:and |but |so )*(?:another|the other|meanwhile|elsewhere|separately)\b", text, re.I)
    )


def _as_after(claim: Claim, first: Quantity) -> Claim:
    """The claim with the unit of the number before it, where it has none of its own."""
    if not is_bare(claim.main) or is_bare(first):
        return claim
    return replace(claim, main=replace(claim.main, unit=first.unit, kind=first.kind))
