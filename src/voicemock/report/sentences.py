"""Sentences of an answer with their words, times and what was found in them: what renderers walk through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from voicemock.transcript import Word

UNSURE_BELOW = 0.4  # a word's probability under which the review says that it may be misheard
MarkKind = Literal["metric", "inconsistency", "vague"]


@dataclass(frozen=True, slots=True)
class Token:
    """One printed word; `start` and `end` are None where only text is known."""

    text: str
    start: float | None = None
    end: float | None = None
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something found in a sentence, from token `first` to token `last`, and what to say about it."""

    kind: MarkKind
    first: int
    last: int
    note: str


@dataclass(frozen=True, slots=True)
class SentenceReview:
    """One sentence; `star` is a letter of STAR-LP or None, `principles` are the slugs it is evidence for."""

    number: int
    text: str
    start: float | None
    end: float | None
    star: str | None
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...] = ()
    principles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that is marked, or is not."""

    mark: Mark | None
    tokens: tuple[Token, ...]

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)


def pieces(sentence: SentenceReview) -> list[Piece]:
    """The sentence cut where its marks begin and end; nothing is left out."""
    cut: list[Piece] = []
    position = 0
    for mark in sentence.marks:
        cut.append(Piece(None, sentence.tokens[position : mark.first]))
        cut.append(Piece(mark, sentence.tokens[mark.first : mark.last + 1]))
        position = mark.last + 1
    cut.append(Piece(None, sentence.tokens[position:]))
    return [piece for piece in cut if piece.tokens]


def split_words(texts: Sequence[str], words: Sequence[Word]) -> list[tuple[Token, ...]]:
    """Deal the recogniser's words out to the sentences.

    Where the words are not those of the sentences (a transcript without times, a damaged row) the sentences'
    own words are given, without times.
    """
    dealt: list[tuple[Token, ...]] = []
    position = 0
    for text in texts:
        own = text.split()
        heard = words[position : position + len(own)]
        if [word.text.strip() for word in heard] == own:
            dealt.append(tuple(Token(w.text.strip(), w.start, w.end, w.probability) for w in heard))
            position += len(own)
        else:
            dealt.append(tuple(Token(word) for word in own))
    return dealt


def place_marks(text: str, found: Iterable[tuple[MarkKind, str, str]]) -> tuple[Mark, ...]:
    """Turn (kind, verbatim part, note) into marks on `text`, in reading order.

    Marks never overlap: the first one found keeps its place. A part that is not in the text is left out.
    """
    spans = [(word.start(), word.end()) for word in re.finditer(r"\S+", text)]
    marks: list[Mark] = []
    for kind, part, note in found:
        if (at := text.lower().find(part.lower())) < 0 or not part.strip():
            continue
        touched = [i for i, (start, end) in enumerate(spans) if start < at + len(part) and end > at]
        if touched and not any(mark.first <= touched[-1] and mark.last >= touched[0] for mark in marks):
            marks.append(Mark(kind, touched[0], touched[-1], note))
    return tuple(sorted(marks, key=lambda mark: mark.first))
