"""The subject of a figure: "[calls off that screen] fell from 38% to 14%", "at 6.3% [attrition]"."""

from __future__ import annotations

from voicemock.scoring.language.phrases import NounPhrase, noun_phrases
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.lexicon import words


def moved(sentence: str, claim: str) -> NounPhrase | None:
    """The noun phrase whose figure a claim gives; None where the grammar does not show it."""
    start = sentence.find(claim)
    tokens = tagged(sentence)
    number = next((i for i, t in enumerate(tokens) if t.start >= start and t.tag == "NUM"), None)
    if start < 0 or number is None:
        return None
    verb = next((i for i in range(number - 1, -1, -1) if _is_change(tokens[i])), None)
    between = tokens[verb + 1 : number] if verb is not None else ()
    if verb is not None and not any(t.tag in ("PUNCT", "SUB", "PRON", "NOUN", "NAME") for t in between):
        return _before(sentence, tokens, verb)
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
    if found.first > 0 and tokens[found.first - 1].tag == "PREP":
        outer = next((p for p in noun_phrases(sentence) if p.last == found.first - 1), None)
        if outer is not None and outer.tokens[0].start >= 0:
            found = outer
    starts = found.first == 0 or tokens[found.first - 1].tag in ("PUNCT", "CONJ", "FILL", "ADV", "SUB")
    return found if starts else None


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
