"""Whose doing a claim is, and whether it happened: done, planned, imagined, denied, or somebody's word."""

from __future__ import annotations

import re

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.clauses import clause_end, clause_start, says, sentence_start
from voicemock.scoring.model import Actor, Mode
from voicemock.scoring.models.lexicon import pattern

ACTORS: tuple[tuple[str, Actor], ...] = (
    ("mine", "I"),
    ("ours", "we"),
    ("others", "other"),
    ("third_party", "other"),
)
# What follows a modal is its own verb: "would probably have dropped".
_ADVERBS = r"(?:(?:not|probably|maybe|also|even|just|still|never|\w+ly)\s+)*"
VERB_GROUP = re.compile(rf"^\s*{_ADVERBS}(?:have|be|been)\s+(?:been\s+)?\w+")
NOT_THIS = re.compile(r"\bnot\s+(?:(?:by|to|at|the|a|about)\s+)*$", re.IGNORECASE)
# "Twelve hours did not seem enough."
SAID_NO = re.compile(
    r"\s+(?:(?:did|was|were|is|would|could)\s+not|didn['’]t|wasn['’]t|weren['’]t|isn['’]t|never (?:happened|came))\b",
    re.IGNORECASE,
)
NEXT = 2  # words between "never" and the verb that it denies
# These deny the verb that follows: "never fell by", "none of it brought us".
OF_ITS_OWN_VERB = re.compile(r"(?:never|none)\b", re.IGNORECASE)


def actor_of(text: str, claim: Claim) -> Actor:
    """The last who acts before the claim, in its clause or else in its sentence."""
    first = claim.quantities[0].start
    for start in (clause_start(text, first), sentence_start(text, first)):
        found = _last_actor(text[start:first])
        if found:
            return found
    return "none"


def is_third_party(text: str, claim: Claim) -> bool:
    """Whether the number is a competitor's, a predecessor's or a study's."""
    first = claim.quantities[0].start
    lead = text[clause_start(text, first) : first]
    own = min(_first_match(key, lead) for key in ("mine", "ours"))
    theirs = _first_match("third_party", lead)
    return (theirs < len(lead) and theirs <= own) or says("quoted", text[sentence_start(text, first) : first])


def _first_match(key: str, lead: str) -> int:
    """Where the first entry of a list begins in `lead`, its length where there is none."""
    found = pattern("clauses", key).search(lead)
    return found.start() if found else len(lead)


def is_goal(text: str, claim: Claim) -> bool:
    """Whether somebody set the number as a goal."""
    first = claim.quantities[0].start
    return _reaches("goal", text[clause_start(text, first) : first])


def _last_actor(lead: str) -> Actor | None:
    best, at = None, -1
    for key, actor in ACTORS:
        for match in pattern("clauses", key).finditer(lead):
            if match.end() > at:
                best, at = actor, match.end()
    return best


def mode_of(text: str, claim: Claim) -> Mode:
    """Whether the claim is told as a fact."""
    first, last = claim.quantities[0].start, claim.last.end
    lead = text[clause_start(text, first) : first]
    tail = text[last : clause_end(text, last)]
    if (
        _denied(pattern("clauses", "affirmed").sub(" ", lead))
        or NOT_THIS.search(lead)
        or SAID_NO.match(text[last:])
        or says("disowned", text[sentence_start(text, first) : first].replace("’", "'"))
    ):
        return "negated"
    if says("imagined", lead):
        return "hypothetical"
    if _reaches("planned", lead) or says("wanted_after", tail):
        return "planned"
    if _reaches("hypothetical", lead):
        return "hypothetical"
    if says("quoted", text[sentence_start(text, first) : first]):
        return "quoted"
    return "done"


def _reaches(key: str, lead: str) -> bool:
    """Whether a cue governs the number: no verb of its own stands between them."""
    for cue in pattern("clauses", key).finditer(lead):
        rest = VERB_GROUP.sub("", lead[cue.end() :])
        had = cue.group().rstrip().endswith("'d") and not lead[cue.end() :].strip()  # "we'd 97 of them"
        if not had and not says("finite", rest):
            return True
    return False


def _is_next(between: str) -> bool:
    return "," not in between and len(between.split()) <= NEXT


def _denied(lead: str) -> bool:
    for cue in pattern("clauses", "negated").finditer(lead):
        rest = lead[cue.end() :]
        verbs = list(pattern("clauses", "finite").finditer(rest))
        own = OF_ITS_OWN_VERB.match(cue.group()) and verbs and _is_next(rest[: verbs[0].start()])
        if not verbs or (own and len(verbs) == 1):
            return True
    return False
