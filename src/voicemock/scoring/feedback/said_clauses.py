"""The whole clauses of a sentence, as they were said, and how much each tells of a deed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from voicemock.scoring.language.clauses import UNFINISHED
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

SHORTEST, LONGEST = 4, 17  # words that a listener knows again and can take in
EDGE = re.compile(r"[,;:.!?]+(?:\s+|$)")  # and no point within a number
LEADS = re.compile(
    r"(?i)^(?:(?:and|but|so|then|yeah|well|because|i think|i mean|i guess|you know|honestly)\b,?\s*)+"
)
CLEAR, BEST = 5, 11  # words of a deed that says most of itself
_OPENS = frozenset({"PRON", "DET", "POSS", "NOUN", "NAME", "NUM"})
# A second clause, or a second verb: "I rolled the sack along | and slit it".
_NEXT = re.compile(
    r"(?i),? (?:and|but|so|then|because|which|while|since)(?: then)?"
    r" (?=(?:i|we|they|he|she|it|there|nobody|everybody|\w{2,}ed|for)\b)"
)
_SPOKEN = re.compile(
    r"(?i)\b(?:say|says|said|goes?|went|like|told \w+|tells? \w+|asks?(?: \w+)?|asked(?: \w+)?|quote|wrote|writes?"
    r"|put it|thought|think)(?: to \w+)?[,:]?\s*[\"'“]?$"
)
_LINKED = re.compile(r"(?i)(?:that|if|when|whether|because|what|how|who|which|where|as|than|like)$")


def clauses_said(sentence: str, cue: re.Pattern[str] | None = None) -> Iterator[str]:
    """The whole clauses of a sentence in which `cue` is heard; what somebody is quoted with is left out."""
    for piece in _pieces(sentence):
        if (cue is None or cue.search(piece.replace("’", "'"))) and is_whole(piece):
            yield piece


@lru_cache(maxsize=CACHED_SENTENCES)
def _pieces(sentence: str) -> tuple[str, ...]:
    """What stands between the joints of a sentence, whole or not."""
    found, start = [], 0
    for edge in [*(each.span() for each in _edges(sentence)), (len(sentence), len(sentence))]:
        piece = LEADS.sub("", sentence[start : edge[0]].strip(" ,.;:!?—-"))
        spoken = _SPOKEN.search(sentence[:start].rstrip())
        linked = _LINKED.search(sentence[:start].rstrip(" ,"))
        if not spoken and not linked and piece in sentence:
            found.append(piece)
        start = edge[1]
    return tuple(found)


def _edges(sentence: str) -> list[re.Match[str]]:
    found = [*EDGE.finditer(sentence), *_NEXT.finditer(sentence)]
    return sorted(found, key=lambda each: each.start())


@lru_cache(maxsize=CACHED_SENTENCES)
def is_whole(text: str) -> bool:
    """Whether it is a clause with a subject and a verb, that ends where it should and holds nothing foul."""
    tokens = tagged(text) if text else ()
    if not SHORTEST <= len(text.split()) <= LONGEST or tokens[0].tag not in _OPENS:
        return False
    if tokens[0].tag == "FILL" or not text[0].isalnum() or re.search(r'["()]', text):
        return False
    last = tokens[-1]
    hangs = last.tag in ("DET", "POSS", "CONJ", "SUB", "TO", "AUX", "NEG")
    verb = any(token.tag == "AUX" or (token.tag == "VERB" and token.form != "ing") for token in tokens[1:])
    ends = not (UNFINISHED.fullmatch(last.text) or hangs or pattern("quoting", "breaks_off").search(text))
    return verb and ends and not pattern("gate", "foul").search(text)


def deed_weight(clause: str, actor: str) -> float:
    """How much a clause says of what was done; nothing where it tells no deed of this actor."""
    tokens = tagged(clause)
    acts = acts_in(clause)
    if tokens[0].low != actor.lower() or not acts or acts[0].actor != actor or not acts[0].deed:
        return 0.0
    verb = acts[0].verb.lower()
    things = [t for t in tokens[1:] if t.tag in ("NOUN", "NAME") and t.low not in words("fix_words", "times")]
    large = verb in words("quoting", "choice") | words("quoting", "large")
    idle = not large or pattern("quoting", "no_deed").search(clause)
    earlier = tokens[1].low in ("'d", "'ve", "had", "have")  # what went before the story
    if idle or earlier or not things or _negated(tokens):
        return 0.0
    return 1.0 + (verb in words("quoting", "choice")) + (CLEAR <= len(clause.split()) <= BEST)


def _negated(tokens: tuple[Token, ...]) -> bool:
    return any(token.tag == "NEG" or token.low in ("never", "nothing", "nobody") for token in tokens[:4])
