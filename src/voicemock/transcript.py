"""Words with times, and the utterances and sentences made of them.

Times are seconds of audio time from the start of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*$")
# "Mr." or "e.g." does not end a sentence; "U.S." mostly does not either.
ABBREVIATION = re.compile(r"^(?:Mr|Mrs|Ms|Dr|St|vs|e\.g|i\.e|etc|[A-Z](?:\.[A-Z])*)\.$")
# A pause this long between two words ends a sentence although the recogniser printed no full stop.
SENTENCE_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the recogniser printed it, punctuation included."""

    text: str
    start: float
    end: float
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number as it was `heard`, when, and what else it may have been, the likeliest first."""

    start: float
    end: float
    heard: str
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of speech between two pauses, with its words."""

    start: float
    end: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `start` and `end` are None where only text is known."""

    text: str
    start: float | None = None
    end: float | None = None
    words: tuple[Word, ...] = ()


def join_words(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def sentences_from_words(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Cut words into sentences at full stops and at pauses of `SENTENCE_PAUSE_S` or more."""
    sentences: list[Sentence] = []
    current: list[Word] = []
    for i, word in enumerate(words):
        current.append(word)
        following = words[i + 1] if i + 1 < len(words) else None
        if following is None or _ends_sentence(word, following):
            sentences.append(Sentence(join_words(current), current[0].start, word.end, tuple(current)))
            current = []
    return tuple(sentences)


def sentences_from_text(text: str) -> tuple[Sentence, ...]:
    """Cut running text into sentences, by the same rule without times."""
    timeless = [Word(token, 0.0, 0.0) for token in text.split()]
    return tuple(Sentence(sentence.text) for sentence in sentences_from_words(timeless))


def _ends_sentence(word: Word, following: Word) -> bool:
    if following.start - word.end >= SENTENCE_PAUSE_S:
        return True
    return bool(SENTENCE_END.search(word.text)) and not ABBREVIATION.match(word.text)
