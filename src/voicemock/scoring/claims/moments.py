"""Which of two numbers of a sentence came first, by the words that say when: "formerly 16 a shift, at present 22"."""

from __future__ import annotations

import re
from typing import Literal

from voicemock.scoring.claims.claim import is_bare
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.numbers.quantities import Quantity

Order = Literal["forward", "backward"]
A, B = " A ", " B "
# Where the words about the one number end and those about the other begin.
BOUNDARY = re.compile(r" (?:,|and|but|where|while|whereas|though|then|after(?= \w+ing ))(?= )")
NUMBER = re.compile(r"\d\S*")  # what stands before another number is about that one
BEFORE, BEHIND = 9, 5  # words around a number that may say when it was


def order(frame: str, *, plainly: bool) -> Order | None:
    """Whether A was before B in a frame of `pairs.frame`; None where its words do not tell.

    `plainly`: both say when ("before", "these days"). Else the tense may say it of one of them ("it was").
    """
    spoken = f" {frame} "
    if not any(pattern("moments", key).search(spoken) for key in ("then", "now")):
        return None  # most sentences say nothing of when
    first, second = (_when(_around(spoken, side), "then", "now") for side in (A, B))
    if not plainly and (first or second):
        first = first or _when(_around(spoken, A), "past", "present")
        second = second or _when(_around(spoken, B), "past", "present")
    if (first, second) == ("then", "now"):
        return "forward"
    return "backward" if (first, second) == ("now", "then") else None


def _when(around: str, before: str, after: str) -> Literal["then", "now"] | None:
    """What the words around a number say of when it was; None where they say nothing, or both."""
    then, now = (bool(pattern("moments", key).search(around)) for key in (before, after))
    if then == now:
        return None
    return "then" if then else "now"


def _around(spoken: str, side: str) -> str:
    """The words about one of the two numbers: before it, and behind it up to where those about the other begin."""
    lead, _, rest = spoken.partition(A)
    gap, _, tail = rest.partition(B)
    gap = f" {gap} "
    boundary = BOUNDARY.search(gap)
    middle = boundary.start() if boundary else 0
    if side == A:
        before, behind = lead, gap[:middle]
    else:
        end = BOUNDARY.search(f" {tail}")
        before, behind = gap[middle:], tail[: end.start()] if end else tail
    before = NUMBER.split(before)[-1]
    return f" {' '.join(before.split()[-BEFORE:])} # {' '.join(behind.split()[:BEHIND])} "


# Behind a number that says all: "it was 40", "25 a day", "9 now".
_ALONE = re.compile(
    r"(?:[,.;:!?]+|$|a|an|per|each|every|now|today|then|before|in|by|at|when|where|and|or|but|since|after|this"
    r"|last|on|for|only|do|does|did)(?: |$)"
)
# Before a number that stands for the thing itself.
_SAID = re.compile(
    r"(?:^| )(?:is|are|was|were|it's|they're|we're|there's|to|at|in|had|have|did|do|does|asked|took"
    r"|takes?|see|sees|saw|over with|get|gets|got|lose|lost|made|makes?|needs?|needed|only|just|now|today|wait"
    r"|waited|present|days|,)$"
)
_AGO = re.compile(r"\s*(?:back|ago|later|earlier)\b")
_GOES_ON = re.compile(r" (?:it|we|he|she|they|you|there|we're|it's|they're|now|these days)(?: \S+){0,3}$")
FARTHEST, NEAR_ENOUGH = 50.0, 9  # times as much, and words between two numbers of which only one has a unit


def of_one_thing(frame: str, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers that are told apart by time alone can be of one thing: the one that lacks unit or noun
    stands by itself, in the other's place.
    """
    if first.whole is not None and second.whole is None and second.kind != "rate":
        return False
    lead, _, rest = f" {frame} ".partition(A)
    gap, _, tail = rest.partition(B)
    if _AGO.match(gap):
        return False
    alone = bool(_ALONE.match(gap.lstrip() or ",")), bool(_ALONE.match(tail.lstrip()))
    said = _is_said(lead.rstrip()), _is_said(gap.rstrip())
    if first.kind == second.kind and not is_bare(first) and not is_bare(second):
        return True
    if is_bare(first) != is_bare(second):
        at = 0 if is_bare(first) else 1
        return alone[at] and said[at] and (len(gap.split()) <= NEAR_ENOUGH or bool(_GOES_ON.search(gap)))
    low, high = sorted((abs(first.value), abs(second.value)))
    if low and high > FARTHEST * low and max(first.scale, second.scale) == 1:
        return False
    if alone[0] == alone[1]:
        return alone[0] or first.noun == second.noun
    return said[0] if alone[0] else said[1]


def _is_said(lead: str) -> bool:
    """Whether a number behind these words is said of the thing itself, or of the time that they name."""
    named = max(
        (m.end() for key in ("then", "now") for m in pattern("moments", key).finditer(lead)), default=0
    )
    return bool(_SAID.search(lead)) or named == len(lead)
