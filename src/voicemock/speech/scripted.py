"""A recogniser that says what it was told: for tests, and for seeing the rest work without a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from voicemock.audio.sound import RATE, Samples
from voicemock.speech.recogniser import CarefulResult, QuickResult, no_pause
from voicemock.transcript import Word


class ScriptedRecogniser:
    """Gives the scripted words whose middle lies in the sound it is handed."""

    def __init__(self, words: Iterable[Word], quick_words: Iterable[Word] | None = None) -> None:
        self._words = tuple(words)
        self._quick_words = self._words if quick_words is None else tuple(quick_words)
        self.asked: list[tuple[str, float, float]] = []  # ("quick" or "careful", start, end)

    def quick(
        self, samples: Samples, offset_s: float, prompt: str = "", choices: Sequence[str] = ()
    ) -> QuickResult:
        del prompt, choices
        return QuickResult(self._within("quick", self._quick_words, samples, offset_s))

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        del prompt
        give_way()
        return CarefulResult(self._within("careful", self._words, samples, offset_s))

    def _within(self, what: str, words: Sequence[Word], samples: Samples, start: float) -> tuple[Word, ...]:
        end = start + len(samples) / RATE
        self.asked.append((what, round(start, 3), round(end, 3)))
        return tuple(word for word in words if start <= (word.start + word.end) / 2 < end)


class FailingRecogniser(ScriptedRecogniser):
    """A scripted one whose decodes of these numbers, from 0, fail; quick and careful ones are counted together."""

    def __init__(self, words: Iterable[Word], fails: Callable[[int], bool]) -> None:
        super().__init__(words)
        self._fails = fails

    def _within(self, what: str, words: Sequence[Word], samples: Samples, start: float) -> tuple[Word, ...]:
        found = super()._within(what, words, samples, start)
        if self._fails(len(self.asked) - 1):
            raise RuntimeError("CUDA failed with error out of memory")
        return found


def evenly(text: str, start: float, end: float) -> tuple[Word, ...]:
    """The words of `text` spread evenly from `start` to `end`."""
    tokens = text.split()
    step = (end - start) / max(1, len(tokens))
    return tuple(Word(token, start + i * step, start + (i + 1) * step) for i, token in enumerate(tokens))
