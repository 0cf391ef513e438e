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
# "Did returns fall from 18 percent to 5?"
ASKED = re.compile(r"\W*(?:did|does|do|was|were|is|are|has|have|had|would|could)\b[^.!?]*\?", re.IGNORECASE)
# "Had they listened to me, we'd be losing 3."
WISHED = re.compile(
    r"\W*(?:and |but |so )?had (?:they|we|he|she|you|i|anyone|anybody|somebody|someone)\b", re.IGNORECASE
)
THEIR_CLAUSE = re.compile(r"\s*(?:he|she|they)\b", re.IGNORECASE)
NONE_OF_IT = re.compile(r"\bnone of (?:the|those|these|our|my)\s*$", re.IGNORECASE)
NEXT = 2  # words between "never" and the verb that it denies
# These deny the verb that follows: "never fell by", "none of it brought us".
OF_ITS_OWN_VERB = re.compile(r"(?:never|none|neither|nor|nobody|no one)\b", re.IGNORECASE)


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
    told = text[sentence_start(text, first) : first]
    return (theirs < len(lead) and theirs <= own) or says("quoted", told) or _is_theirs(told, lead)


def _is_theirs(told: str, lead: str) -> bool:
    """Whether it was so before the candidate came, or is the doing of the somebody else whom the sentence begins with:
    "my brother, at his own garage, he doubled it".
    """
    others = pattern("clauses", "third_party").search(told)
    goes_on = THEIR_CLAUSE.match(lead) and not says("mine", told[others.end() :]) if others else False
    return bool(goes_on) or says("before_me", told)


def _first_match(key: str, lead: str) -> int:
    """Where the first entry of a list begins in `lead`, its length where there is none."""
    found = pattern("clauses", key).search(lead)
    return found.start() if found else len(lead)


def is_goal(text: str, claim: Claim) -> bool:
    """Whether somebody set the number as a goal."""
    first = claim.quantities[0].start
    return _reaches("goal", text[clause_start(text, first) : first]) or says(
        "set_as_goal", text[claim.last.end :]
    )


def _last_actor(lead: str) -> Actor | None:
    best, at = None, -1
    for key, actor in ACTORS:
        for match in pattern("clauses", key).finditer(lead):
            if match.end() > at:
                best, at = actor, match.end()
    return best


def mode_of(text: str, claim: Claim) -> Mode:
    """Whether the claim is told as a fact."""
    first, last = _told_at(text, claim), claim.last.end
    lead = text[clause_start(text, first) : first]
    tail = text[last : clause_end(text, last)]
    if (
        _denied(pattern("clauses", "affirmed").sub(" ", lead))
        or NOT_THIS.search(lead)
        or SAID_NO.match(text[last:])
        or says("untrue", text)
        or NONE_OF_IT.search(text[:first])
        or says("disowned", text[sentence_start(text, first) : first].replace("’", "'"))
    ):
        return "negated"
    if ASKED.match(text[sentence_start(text, first) :]):
        return "hypothetical"
    if says("imagined", lead) or WISHED.match(text[sentence_start(text, first) : first]):
        return "hypothetical"
    if _reaches("planned", lead) or says("wanted_after", tail) or says("set_as_goal", text[last:]):
        return "planned"
    if _reaches("hypothetical", lead):
        return "hypothetical"
    if says("quoted", text[sentence_start(text, first) : first]):
        return "quoted"
    return "done"


def _told_at(text: str, claim: Claim) -> int:
    """The place that says whether a claim is told as a fact: its first number, and of a pair that goes on in another
    clause the later one, since "it would take a month, and I got it down to six days" is no wish.
    """
    first = claim.quantities[0].start
    after = claim.after.start if claim.is_pair and claim.after else first
    return after if clause_start(text, after) > first else first


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
