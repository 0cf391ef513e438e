"""Sentences that tell what another company did: "FleetHub cut its delivery time", and "their churn" right after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from voicemock.scoring.language.dictionary import kinds_of
from voicemock.scoring.models.lexicon import pattern

REMEMBERED = 256  # answers
# Somebody by name who did something to what is theirs.
_DID = re.compile(
    r"(?:^|[,;:] |\b(?:and|but|so|while|that|when|because|since) )(?P<name>[A-Z][\w&-]+(?: [A-Z][\w&-]+)?)"
    r" (?:(?:had|has|have|just|already|also) )*"
    r"(?:\w+ed|cut|got|took|grew|brought|made|built|drove|led|raised|lost|won|sold|put|kept|held) (?:its|their)\b"
)
_GOES_ON = re.compile(r"(?:And |So |But )*(?:Their|They|Its)\b")


@lru_cache(maxsize=REMEMBERED)
def of_others(sentences: tuple[str, ...]) -> frozenset[int]:
    """The numbers of those sentences."""
    found: set[int] = set()
    for i, text in enumerate(sentences):
        theirs = " its " in text or " their " in text  # most sentences are not looked at any closer
        names = (match["name"] for match in _DID.finditer(text)) if theirs else iter(())
        acts = any(_is_a_name(name) and not _is_own(name, sentences) for name in names)
        before = i > 0 and (i - 1 in found or _is_of_rivals(sentences[i - 1]))
        if acts or (before and _GOES_ON.match(text)):
            found.add(i)
    return frozenset(found)


def _is_of_rivals(text: str) -> bool:
    """Whether a sentence is about a competitor, a predecessor, a study, and goes on about it."""
    somebody = pattern("clauses", "third_party").search(text)
    return somebody is not None and not re.search(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y)\b", text[somebody.end() :])


def _is_a_name(name: str) -> bool:
    """ "FleetHub", and not "Drivers" or "Everybody" at the beginning of a sentence."""
    return not any(kinds_of(word.lower()) for word in name.split())


def _is_own(name: str, sentences: Sequence[str]) -> bool:
    """Whether the candidate worked there, or made it."""
    said = re.escape(name)
    own = re.compile(
        rf"(?i)\b(?:at|our|my|called it|named it|joined|launched|founded|started|built|renamed) {said}\b"
        rf"|\bwork(?:ed|ing)? (?:at|for|on) {said}\b|\b{said},? (?:where|our|my|which) (?:i|we|own)?\b"
    )
    return any(own.search(text) for text in sentences)
