"""Whole clauses of an answer that can be quoted as they were said: a deed, an objection, an ending, a lesson."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.vague_subject import EDGE, LEADS
from voicemock.scoring.language.clauses import UNFINISHED
from voicemock.scoring.language.phrases import names_something, noun_phrases
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import pattern, words
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

SHORTEST, LONGEST = 4, 17  # words that a listener knows again and can take in
LONG_DEED = 13
LONG_NAME = 4
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
_BEGINS = {"I": re.compile(r"^I\b"), "we": re.compile(r"(?i)^we\b")}
_LINKED = re.compile(r"(?i)(?:that|if|when|whether|because|what|how|who|which|where|as|than|like)$")


@dataclass(frozen=True, slots=True)
class SaidClause:
    """A clause as it was said, and the sentence it stands in."""

    sentence: int
    text: str


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


def deeds_said(told: Material, actor: str = "I") -> list[SaidClause]:
    """What "I", or "we", did, each a clause that begins with that word, those that say most first."""
    letters = told.annotation.star or ()
    found: list[tuple[float, int, str]] = []
    for i, text in enumerate(told.sentences):
        if letters and letters[i] != "A":
            continue
        for clause in clauses_said(text, _BEGINS[actor]):
            weight = _weight(clause, actor)
            if weight > 0 and len(clause.split()) <= LONG_DEED:
                found.append((-weight, i, clause))
    return [SaidClause(i, clause) for _, i, clause in sorted(found, key=lambda row: row[:2])]


def _weight(clause: str, actor: str) -> float:
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


# What is said to whoever marks the answer is no lesson.
_TO_THE_MARKER = re.compile(r"(?i)\b(?:scores?|marks?|ratings?|grades?|points)\b")


def lesson_said(told: Material) -> SaidClause | None:
    """The last clause in which a rule is drawn from it: "you can't leave before somebody is cross"."""
    for i in reversed(told.lettered("L")):
        plain = told.sentences[i].replace("’", "'")
        drawn, leads_in = (pattern("quoting", key).search(plain) for key in ("rule_before", "rule_after"))
        for clause in clauses_said(told.sentences[i]) if i >= len(told.sentences) // 2 else ():
            at = told.sentences[i].find(clause)
            said_so = (drawn and at < drawn.start()) or (leads_in and at >= leads_in.end())
            if _TO_THE_MARKER.search(clause):
                continue
            if said_so or pattern("quoting", "rule").search(clause.replace("’", "'")):
                return SaidClause(i, clause)
    return None


def not_mine_said(told: Material) -> str | None:
    """The words by which the candidate says that it was not their doing."""
    plain = [text.replace("’", "'") for text in told.sentences]
    found = (pattern("quoting", key).search(text) for key in ("disowned", "not_mine") for text in plain)
    return next((words_said[0] for words_said in found if words_said), None)


def thing_made(told: Material) -> tuple[int, str] | None:
    """What the candidate, alone or with others, brought into the world: "the nurse line", and where it is told."""
    letters = told.annotation.star or ()
    for i, text in enumerate(told.sentences):
        if not letters or letters[i] not in "AR":
            continue
        plain = text.replace("’", "'")
        done = {act.verb.lower() for act in acts_in(text) if act.actor in ("I", "we") and act.deed}
        for found in pattern("quoting", "makes").finditer(plain):
            phrase = next((p for p in noun_phrases(plain) if p.tokens[0].start == found.end() + 1), None)
            if (
                phrase is None
                or found[0].split()[0].lower() not in done
                or phrase.tokens[0].low not in ("a", "an")
            ):
                continue
            head = phrase.head.low
            again = sum(bool(re.search(rf"\b{re.escape(head)}", t.lower())) for t in told.sentences) > 1
            usable = not phrase.plural and "-" not in head and head not in words("quoting", "not_made")
            if usable and again and names_something(phrase) and len(phrase.tokens) <= LONG_NAME:
                return i, f"the {phrase.bare}"
    return None
