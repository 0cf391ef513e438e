"""What turns sound into words, behind two methods: one quick, one careful.

Sounds are int16 mono 16 kHz; times are seconds of audio from the answer's start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from voicemock.audio.sound import Samples
from voicemock.transcript import Doubt, Word, join_words


@dataclass(frozen=True, slots=True)
class Unclear:
    """A stretch whose words were not believed: kept with its scores, shown as unclear, never scored."""

    start: float
    end: float
    text: str
    no_speech: float  # Whisper's probability that nobody speaks, 0 to 1
    avg_logprob: float  # mean natural logarithm of the tokens' probabilities; -1 and below is guesswork


@dataclass(frozen=True, slots=True)
class QuickResult:
    """The words of one utterance, in a hurry. `retried`: a loop was seen and the full window used.

    `readings` are what a short utterance may have been where its words are in doubt, the likeliest first.
    """

    words: tuple[Word, ...]
    avg_logprob: float = 0.0
    no_speech: float = 0.0
    retried: bool = False
    unclear: tuple[Unclear, ...] = ()
    readings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class CarefulResult:
    """The words of a window of up to 30 s, with what was dropped from it."""

    words: tuple[Word, ...]
    avg_logprob: float = 0.0
    no_speech: float = 0.0
    unclear: tuple[Unclear, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def text(self) -> str:
        return join_words(self.words)


def no_pause() -> None:
    """What `careful` calls between its slices when nobody waits for the processor."""


class Recogniser(Protocol):
    """Both methods may be called from two threads at once."""

    def quick(
        self, samples: Samples, offset_s: float, prompt: str = "", choices: Sequence[str] = ()
    ) -> QuickResult:
        """The words of one utterance, whole or still being spoken, that begins at `offset_s`.

        `choices` are texts that it may be: where it is short and one of them fits the sound, that is the first reading.
        """
        ...

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        """The words of up to 30 s that begin at `offset_s`.

        `prompt` adds the user's own words to the domain's. `give_way` is called between slices of work,
        and may block until quick work is done.
        """
        ...


class PairRecogniser:
    """Two models: a small one while you speak, a larger one for the words that are scored."""

    def __init__(self, quick: Recogniser, careful: Recogniser) -> None:
        self._quick = quick
        self._careful = careful

    def quick(
        self, samples: Samples, offset_s: float, prompt: str = "", choices: Sequence[str] = ()
    ) -> QuickResult:
        return self._quick.quick(samples, offset_s, prompt, choices)

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        return self._careful.careful(samples, offset_s, prompt, give_way)
