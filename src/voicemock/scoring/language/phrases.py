"""Noun phrases: what a speaker talks about, in the speaker's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import overload

from voicemock.scoring.language.dictionary import is_plural
from voicemock.scoring.language.tags import Token, tagged
from voicemock.scoring.models.lexicon import words

MOST_WORDS = 6  # a longer name is hard to take in when it is heard
INNER = frozenset({"ADJ", "NOUN", "NAME", "NUM"})


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase with its place among the words of its sentence: tokens[first:last]."""

    tokens: tuple[Token, ...]
    first: int
    last: int
    head: Token

    @property
    def text(self) -> str:
        return spelt(self.tokens)

    @property
    def bare(self) -> str:
        """Without its first word, where that is an article or says whose it is."""
        first = self.tokens[0]
        led = first.tag in ("DET", "POSS")
        return self.text[first.end - first.start :].strip() if led else self.text

    @property
    def inside(self) -> str:
        """As it stands inside a sentence."""
        return self.text if keeps_capital(self.tokens[0]) else self.text[0].lower() + self.text[1:]

    @property
    def again(self) -> str:
        """A second mention, to the person who spoke: "a default tip" is "the default tip"."""
        first = self.tokens[0]
        if first.tag == "DET":
            return f"the {self.bare}"
        if first.tag == "POSS":
            return f"{'your' if first.low == 'my' else first.low} {self.bare}"
        return self.inside

    @property
    def plural(self) -> bool:
        return is_plural(self.head.low)


@lru_cache(maxsize=4096)
def noun_phrases(text: str) -> tuple[NounPhrase, ...]:
    """All of them, longest first taken, from left to right; "of" holds two together."""
    return tuple(_phrases(tagged(text)))


def _phrases(tokens: Sequence[Token]) -> Iterator[NounPhrase]:
    at = 0
    while at < len(tokens):
        end, head = _simple(tokens, at)
        if head is None:
            at = max(end, at + 1)
            continue
        if end + 1 < len(tokens) and tokens[end].low == "of":
            further, inner = _simple(tokens, end + 1)
            if inner is not None and further - at <= MOST_WORDS:
                end = further
        yield NounPhrase(tuple(tokens[at:end]), at, end, head)
        at = end


def _simple(tokens: Sequence[Token], at: int) -> tuple[int, Token | None]:
    """Where a phrase that begins here ends, and its head; None where none begins."""
    i = at
    if i < len(tokens) and tokens[i].tag in ("DET", "POSS"):
        i += 1
    head = None
    while i < len(tokens):
        token = tokens[i]
        follows = tokens[i + 1].tag if i + 1 < len(tokens) else "PUNCT"
        if token.tag == "ADV" and not (follows == "ADJ" and i > at and head is None):
            break
        if token.tag == "ADJ" and head is not None:
            break
        if token.tag not in INNER and token.tag != "ADV":
            break
        if token.tag in ("NOUN", "NAME"):
            head = token
        elif token.tag == "NUM" and head is not None:
            break
        i += 1
    if head is None:
        return i, None
    end = max(k for k in range(at, i) if tokens[k] is head) + 1
    return end, head


def keeps_capital(first: Token) -> bool:
    """Whether a word that opens a sentence has its capital elsewhere too: a name, an abbreviation, "I" and "I'd"."""
    if first.tag == "NAME" or first.low.partition("'")[0] == "i":
        return True
    return first.tag != "DET" and first.text.isupper()


def within(clause: str) -> str:
    """As it goes on inside a sentence: the reverse of `opened`."""
    return clause if keeps_capital(tagged(clause)[0]) else clause[0].lower() + clause[1:]


@overload
def opened(text: str) -> str: ...
@overload
def opened(text: None) -> None: ...
def opened(text: str | None) -> str | None:
    """With a capital, as it opens a sentence."""
    return text[:1].upper() + text[1:] if text else text


def spelt(tokens: Sequence[Token]) -> str:
    """Words as they are written, with no blank before an apostrophe or a comma."""
    out = ""
    for i, token in enumerate(tokens):
        glued = i > 0 and token.start == tokens[i - 1].end
        out += token.text if not out or glued else f" {token.text}"
    return out


def whole(text: str | None) -> NounPhrase | None:
    """The noun phrase that these words are, if they are one and name something; None for anything else."""
    if not text:
        return None
    found = noun_phrases(text)
    tokens = tagged(text)
    if len(found) != 1 or found[0].first != 0 or found[0].last != len(tokens):
        return None
    return found[0] if names_something(found[0]) else None


def names_something(phrase: NounPhrase) -> bool:
    """Whether a listener who heard only this would know what is meant."""
    if len(phrase.tokens) > MOST_WORDS or phrase.head.low in words("nouns", "empty"):
        return False
    if phrase.tokens[0].low in words("nouns", "pointing") or not phrase.head.text[0].isalpha():
        return False
    if any(token.low in words("nouns", "never") or token.tag == "NUM" for token in phrase.tokens):
        return False
    return len(phrase.head.text) > 2 or phrase.head.text.isupper()
