"""Whole clauses of an answer that can be quoted as they were said: a deed, an objection, an ending, a lesson."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.said_clauses import clauses_said, deed_weight
from voicemock.scoring.language.phrases import names_something, noun_phrases
from voicemock.scoring.models.acts import acts_in
from voicemock.scoring.models.lexicon import pattern, words

LONG_DEED = 13
LONG_NAME = 4
_BEGINS = {"I": re.compile(r"^I\b"), "we": re.compile(r"(?i)^we\b")}


@dataclass(frozen=True, slots=True)
class SaidClause:
    """A clause as it was said, and the sentence it stands in."""

    sentence: int
    text: str


def deeds_said(told: Material, actor: str = "I") -> list[SaidClause]:
    """What "I", or "we", did, each a clause that begins with that word, those that say most first."""
    letters = told.annotation.star or ()
    found: list[tuple[float, int, str]] = []
    for i, text in enumerate(told.sentences):
        if letters and letters[i] != "A":
            continue
        for clause in clauses_said(text, _BEGINS[actor]):
            weight = deed_weight(clause, actor)
            if weight > 0 and len(clause.split()) <= LONG_DEED:
                found.append((-weight, i, clause))
    return [SaidClause(i, clause) for _, i, clause in sorted(found, key=lambda row: row[:2])]


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
