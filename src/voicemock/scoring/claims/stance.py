"""Whose doing a claim is, and whether it happened: done, planned, imagined, denied, or somebody's word."""

from __future__ import annotations

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.clauses import clause_end, clause_start, says, sentence_start
from voicemock.scoring.model import Actor, Mode
from voicemock.scoring.models.lexicon import pattern

ACTORS: tuple[tuple[str, Actor], ...] = (("mine", "I"), ("ours", "we"), ("others", "other"))


def actor_of(text: str, claim: Claim) -> Actor:
    """The last who acts before the claim, in its clause or else in its sentence."""
    first = claim.quantities[0].start
    for start in (clause_start(text, first), sentence_start(text, first)):
        found = _last_actor(text[start:first])
        if found:
            return found
    return "none"


def _last_actor(lead: str) -> Actor | None:
    ends = {
        actor: max((match.end() for match in pattern("clauses", key).finditer(lead)), default=0)
        for key, actor in ACTORS
    }
    best = max(ends, key=lambda actor: ends[actor])
    return best if ends[best] else None


def mode_of(text: str, claim: Claim) -> Mode:
    """Whether the claim is told as a fact."""
    first, last = claim.quantities[0].start, claim.last.end
    lead = text[clause_start(text, first) : first]
    tail = text[last : clause_end(text, last)]
    if says("negated", pattern("clauses", "affirmed").sub(" ", lead)):
        return "negated"
    if says("hypothetical", lead):
        return "hypothetical"
    if says("planned", lead) or says("wanted_after", tail):
        return "planned"
    if says("quoted", text[sentence_start(text, first) : first]):
        return "quoted"
    return "done"
