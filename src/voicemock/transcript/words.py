"""Words with times, and the utterances and sentences that hold them.

Times are seconds of audio time from the start of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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
    """A stretch of speech between two pauses, with its words.

    `readings` are what it may have been where the words are in doubt: whole texts, the likeliest first.
    """

    start: float
    end: float
    words: tuple[Word, ...]
    readings: tuple[str, ...] = ()

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
