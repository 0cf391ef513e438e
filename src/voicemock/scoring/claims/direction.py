"""A fall that rises: "fell from nineteen to ninety". A figure was misheard, or two were mixed up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from voicemock.scoring.claims.claim import in_unit
from voicemock.scoring.claims.clauses import clause_start
from voicemock.scoring.claims.located import LocatedClaim
from voicemock.scoring.model import Inconsistency
from voicemock.scoring.models.lexicon import pattern

RISE, FALL = "a rise", "a fall"
EVERY = re.compile(r"\s+(?:\w+\s+)?(?:a|an|per|each|every)\s+(\w+)", re.IGNORECASE)


def wrong_ways(sentences: Sequence[str], located: Sequence[LocatedClaim]) -> Iterator[Inconsistency]:
    """Pairs that go the other way than their verb says."""
    for one in located:
        text = sentences[one.sentence]
        said = goes_against(text, one)
        if said:
            yield Inconsistency(one.sentence, said, FALL if _falls(one) else RISE)


def goes_against(text: str, one: LocatedClaim) -> str | None:
    """The verb of a pair whose figures go the other way; None where all is well or nothing can be told."""
    claim = one.claim
    if claim.before is None or claim.after is None or claim.before.start > claim.after.start:
        return None
    lead = text[clause_start(text, claim.before.start) : claim.before.start]
    verb = pattern("direction", "verb_from").search(lead)
    if verb is None or pattern("direction", "unlike").search(text):
        return None
    if (claim.before.whole is None) != (claim.after.whole is None):
        return None  # "from 34 in 10,000 to 3": of as many
    per = [EVERY.match(text[q.end :]) for q in (claim.before, claim.after)]
    if all(per) and len({match[1].lower() for match in per if match}) > 1:
        return None  # "from 2 a day to 9 a month"
    down = bool(pattern("direction", "down").search(verb.group()))
    first, second = in_unit(claim.before, claim.main), in_unit(claim.after, claim.main)
    if first == second or down == (second < first):
        return None
    return verb.group().split()[0]


def _falls(one: LocatedClaim) -> bool:
    return one.before is not None and one.after < one.before
