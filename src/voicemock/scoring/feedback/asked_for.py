"""What a question asks a candidate to tell, turned so that it can be said back and answered."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOLD = re.compile(
    r"(?i)\b(?:time|times|situation|occasion|moment|example of when) (?:when |that |where |in which )?"
    r"(?P<clause>(?:you|your|you've|you'd|the|somebody|someone|something|speed|quality) .+?)[.?!]*$"
)
_FURTHER = re.compile(r",? (?:and|but) (?:how|what|then|why|tell|explain)\b.*|, .*|[.?] .*")
_MINE = {
    "you": "me", "your": "my", "yours": "mine", "yourself": "myself", "you're": "I'm", "you've": "I've", "you'd": "I'd",
}  # fmt: skip
_SUBJECT = re.compile(r"(?i)\b(?:that |what |which |than |when |if |as |how )?you\b(?= (?!to\b)\w+)")
MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class AskedFor:
    """`you` as the interviewer says it ("you lost somebody's trust"), `i` as the candidate does ("I lost …")."""

    you: str
    i: str


def asked_for(question: str) -> AskedFor | None:
    """None where the question does not ask for a time that something happened."""
    found = _TOLD.search(question.replace("’", "'"))
    if not found:
        return None
    clause = _FURTHER.sub("", found["clause"]).strip()
    if not 2 <= len(clause.split()) <= MOST_WORDS:
        return None
    return AskedFor(_low(clause), to_me(_low(clause)))


def to_me(clause: str) -> str:
    """ "you went further than you had to" is "I went further than I had to"."""
    said = re.sub(r"(?i)\byou and your (\w+)\b", r"my \1 and I", clause)
    said = re.sub(r"(?i)\byou were\b", "I was", said)
    said = re.sub(r"(?i)\byou are\b", "I am", said)
    said = _SUBJECT.sub(lambda m: m[0][:-3] + "I", said)
    return re.sub(r"(?i)\b(?:you(?:r|rs|rself|'re|'ve|'d)?)\b", lambda m: _MINE[m[0].lower()], said)


def _low(text: str) -> str:
    return text[0].lower() + text[1:]
