"""What a claim measures, and of whom: clean noun phrases in the candidate's own words, or None."""

from __future__ import annotations

import re

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.clauses import clause_end, clause_start
from voicemock.scoring.models.lexicon import pattern, words

MOST_WORDS = 6  # a longer phrase is a clause
_MORE = r"(?:(?:more|fewer|less|extra|additional|incremental|lower|higher|better|worse|new)\s+)?"
_BESIDE = re.compile(rf"\s*{_MORE}(?:in |of (?:the |our |all )?)?", re.IGNORECASE)
_CHANGES = (
    "drop|fall|rise|reduction|decrease|increase|improvement|cut|gain|growth|lift|uplift|jump|decline|saving"
)
_OF = re.compile(rf"\s*(?:{_CHANGES})s? (?:in|of|on) ", re.IGNORECASE)
_SPELT = r"[^\W_]+(?:['’-][^\W_]+)*"
_WORD = re.compile(_SPELT)
_COUNTED = re.compile(
    rf"(?:{_SPELT}\s+){{0,2}}?([^\W\d_]+(?:['’-][^\W_]+)*s|people|men|women|children|staff|feet)\b"
)
_PLACE = re.compile(r"\b(?:in|on|at|for|among|across|with|within)\s+", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:in|on|at|by|after|during|within|for|with|over|under|of|through)\b", re.IGNORECASE
)
GROUP_WORDS = 4


def measured(text: str, claim: Claim) -> str | None:
    """The noun phrase that the claim's number measures."""
    first = claim.quantities[0]
    if claim.main.kind == "count" and not claim.is_pair and not _change_lead(text, first.start):
        return _counted(text, claim) or _subject(text, first.start)
    return (
        _object(text, first.start)
        or _subject(text, first.start)
        or _named_after(text, claim.main.end)
        or _named_after(text, claim.last.end)
        or _counted(text, claim)
    )


def group_of(text: str, claim: Claim) -> str | None:
    """ "in the pilot group", "in Leeds": the part of the whole that the number is about."""
    begin, end = clause_start(text, claim.quantities[0].start), clause_end(text, claim.last.end)
    clause = text[begin:end]
    for place in _PLACE.finditer(clause):
        for match in _WORD.finditer(clause, place.end()):
            phrase = clause[place.end() : match.end()]
            if len(phrase.split()) > GROUP_WORDS or re.search(r"[,.;:!?\d]", phrase):
                break
            follows = _WORD.match(clause, match.end() + 1)
            if _last_word(phrase) in words("clauses", "group"):
                if follows and follows.group().lower() in words("clauses", "group"):
                    continue
                return phrase
            named = phrase[0].isupper() and not pattern("clauses", "broken").fullmatch(phrase.lower())
            if named and not (follows and follows.group()[0].isupper()):
                return phrase
    return None


def _last_word(phrase: str) -> str:
    return phrase.split()[-1].lower()


def _change_lead(text: str, position: int) -> bool:
    return bool(pattern("clauses", "intransitive").search(text[clause_start(text, position) : position]))


def _object(text: str, position: int) -> str | None:
    """ "we cut [the error rate] by", "brought [returns] down to"."""
    lead = text[clause_start(text, position) : position]
    verb = _last(pattern("clauses", "transitive"), lead)
    if verb is None or pattern("clauses", "intransitive").search(lead, verb.end()):
        return None
    rest = lead[verb.end() :]
    stop = pattern("clauses", "toward").search(rest)
    return noun_phrase(rest[: stop.start()] if stop else rest)


def _subject(text: str, position: int) -> str | None:
    """ "[Late trains] went from", "[the wait] is"; none of "waste went down, which saved about"."""
    lead = text[clause_start(text, position) : position]
    for key in ("intransitive", "state"):
        verb = pattern("clauses", key).search(lead)
        if verb and pattern("clauses", "what_it_led_to").search(lead, verb.end()):
            return None
        if verb:
            return noun_phrase(_without_group(lead[: verb.start()].rsplit(",", 1)[-1].lstrip()))
    return None


def _without_group(phrase: str) -> str:
    """ "in the pilot group refunds": the place said first is no part of the thing."""
    spelt = list(_WORD.finditer(phrase))[: GROUP_WORDS + 1]
    ends = [word.end() for word in spelt if word.group().lower() in words("clauses", "group")]
    return phrase[ends[0] :] if ends and _PREPOSITION.match(phrase) else phrase


def _named_after(text: str, position: int) -> str | None:
    """ "a 30% drop in [refunds]", "20% of [parcels]", "$2.4M more [GMV]"."""
    rest = text[position : clause_end(text, position)]
    change = _OF.match(rest)
    beside = change or _BESIDE.match(rest)
    if not beside or not beside.group().strip():
        return None
    return _leading_phrase(rest[beside.end() :])


def _counted(text: str, claim: Claim) -> str | None:
    """ "40 [drivers]", "300 fewer [calls]"."""
    own = [q for q in (claim.after, claim.main, claim.before) if q is not None and q.kind == "count"]
    for quantity in own:
        rest = text[quantity.end : clause_end(text, quantity.end)]
        beside = _BESIDE.match(rest)
        phrase = _leading_phrase(rest[beside.end() :] if beside else rest)
        if phrase:
            return phrase
    return None


def _leading_phrase(rest: str) -> str | None:
    """The shortest run of words that ends in a plural."""
    found = _COUNTED.match(rest.lstrip())
    return noun_phrase(found.group()) if found else None


def noun_phrase(raw: str) -> str | None:
    """`raw` without what is no part of a noun phrase; None where a clean one is not left."""
    phrase = raw.strip(" ,.;:-–—“”\"'’\n\t")
    edge = pattern("clauses", "edges")
    while phrase:
        at_start, at_end = edge.match(phrase), _last(edge, phrase)
        if at_start and at_start.end() < len(phrase):
            phrase = phrase[at_start.end() :].lstrip(" ,")
        elif at_end and at_end.end() == len(phrase):
            phrase = phrase[: at_end.start()].rstrip(" ,")
        else:
            break
    found = _WORD.findall(phrase)
    if (
        not found
        or len(found) > MOST_WORDS
        or _PREPOSITION.match(phrase)
        or re.search(r"[,.;:!?()\"“”]", phrase)
    ):
        return None
    if any(pattern("clauses", "broken").fullmatch(word.lower()) for word in found):
        return None
    return phrase


def _last(searched: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for match in searched.finditer(text):
        found = match
    return found
