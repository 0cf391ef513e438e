"""The subject of a figure: "[calls off that screen] fell from 38% to 14%", "at 6.3% [attrition]"."""

from __future__ import annotations

from functools import lru_cache

from voicemock.scoring.language.phrases import NounPhrase, noun_phrases
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.lexicon import words

REMEMBERED = 4096  # claims: one is asked after again and again while its answer is told
_OF_TIME = frozenset({"DET", "NUM", "ADJ"})


@lru_cache(maxsize=REMEMBERED)
def moved(sentence: str, claim: str) -> NounPhrase | None:
    """The noun phrase whose figure a claim gives; None where the grammar does not show it."""
    start = sentence.find(claim)
    tokens = tagged(sentence)
    number = next((i for i, t in enumerate(tokens) if t.start >= start and t.tag == "NUM"), None)
    if start < 0 or number is None:
        return None
    verb = next((i for i in range(number - 1, -1, -1) if _is_change(tokens[i])), None)
    if tokens[number - 1].low in ("in", "within"):
        return None  # "money went out in 19 hours": how long it took
    between = tokens[verb + 1 : number] if verb is not None else ()
    broken = ("PUNCT", "SUB", "PRON", "NOUN", "NAME", "VERB")  # "was cancelling at": the state is no measure
    another = any(t.low == "which" for t in between)  # "waste fell to 11, which saved 2,400": it is no waste
    if verb is not None and not another and not any(t.tag in broken for t in between):
        return _before(sentence, tokens, verb) or _after_share(sentence, tokens, number)
    return _after_share(sentence, tokens, number)


def _is_change(token: Token) -> bool:
    return token.tag in ("VERB", "AUX") and token.low in words("fix_words", "moves")


def _before(sentence: str, tokens: tuple[Token, ...], verb: int) -> NounPhrase | None:
    """The phrase that ends right before the verb, adverbs and a nearer place left aside."""
    end = verb
    while end > 0 and tokens[end - 1].tag in ("ADV", "AUX", "FILL"):
        end -= 1
    found = next((p for p in noun_phrases(sentence) if p.last == end), None)
    if found is None:
        return None
    if found.first > 0 and tokens[found.first - 1].tag in ("PREP", "TO"):
        outer = next((p for p in noun_phrases(sentence) if p.last == found.first - 1), None)
        if outer is not None:
            found = outer
    found = _with_participle(tokens, _without_time(tokens, found))
    return found if _opens_clause(tokens, found.first) and not _cut_short(tokens, found.first) else None


def _cut_short(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a word that says which stands before it: "late first [departures]"."""
    before = tokens[first - 1] if first > 0 else None
    return before is not None and (before.tag == "ADJ" or before.low in ("first", "last", "second", "third"))


def _without_time(tokens: tuple[Token, ...], found: NounPhrase) -> NounPhrase:
    """ "by December errors", "over that season complaints": the time said first is no part of the thing."""
    led = found.first > 0 and tokens[found.first - 1].tag == "PREP"
    times = [i for i in range(found.first, found.last - 1) if tokens[i].low in words("fix_words", "times")]
    if not led or not times:
        return found
    first = times[-1] + 1
    return NounPhrase(tuple(tokens[first : found.last]), first, found.last, found.head)


def _with_participle(tokens: tuple[Token, ...], found: NounPhrase) -> NounPhrase:
    """ "[lost] parcels went", "[missing] items had crept up": at the head of a clause it says which."""
    at = found.first - 1
    led = at >= 0 and tokens[at].tag == "VERB" and found.tokens[0].tag == "NOUN"
    led = led and tokens[at].form in ("past", "ing")
    if not led or not _opens_clause(tokens, at):
        return found
    return NounPhrase(tuple(tokens[at : found.last]), at, found.last, found.head)


def _opens_clause(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a clause begins here, or has only said when: "by Easter the unpaid gaps"."""
    at = first
    while at > 0 and (
        tokens[at - 1].low in words("fix_words", "times") or (at < first and tokens[at - 1].tag in _OF_TIME)
    ):
        at -= 1
    if at < first and at > 0 and tokens[at - 1].tag == "PREP":
        at -= 1
    elif at < first:
        at = first
    return at == 0 or tokens[at - 1].tag in ("PUNCT", "CONJ", "FILL", "ADV", "SUB")


def _after_share(sentence: str, tokens: tuple[Token, ...], number: int) -> NounPhrase | None:
    """ "at 6.3% attrition": the name stands behind the share."""
    if not tokens[number].text.endswith("%"):
        return None
    found = next((p for p in noun_phrases(sentence) if p.first == number and len(p.tokens) > 1), None)
    if found is None:
        return None
    rest = found.tokens[1:]
    return (
        NounPhrase(rest, found.first + 1, found.last, found.head) if rest and rest[-1] is found.head else None
    )
