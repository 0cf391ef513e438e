"""A recording to its transcript, by the same detector and the same careful pass as live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from voicemock.audio.decode import decode
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples
from voicemock.audio.vad import SpeechDetector
from voicemock.speech import models
from voicemock.speech.live import LiveTranscriber, Transcript
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser, no_pause
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.speech.workers import InlineWorkers, Workers

Progress = Callable[[float, float], None]  # (seconds heard, seconds in all)


def transcribe_file(
    path: Path,
    model: str | Path | None = None,
    progress: Progress | None = None,
    *,
    hints: Sequence[str] = (),
) -> Transcript:
    """Raises AudioFileError for what is not sound, ModelError when the weights can't be had."""
    return transcribe_sound(decode(Path(path)), model, progress, hints=hints)


def transcribe_sound(
    sound: Samples,
    model: str | Path | None = None,
    progress: Progress | None = None,
    *,
    hints: Sequence[str] = (),
    notice: models.Notice = models.unheard,
) -> Transcript:
    """With the model of this name. Raises ModelError when its weights can't be had."""
    _, careful = models.pair_of(model or models.DEFAULT_MODEL)  # nobody waits for a file's words
    recogniser = _recogniser(models.resolve_model(careful), notice)
    return transcribe(sound, recogniser, progress, hints=hints)


@lru_cache(maxsize=1)
def _recogniser(model: models.ModelFolder, notice: models.Notice) -> WhisperRecogniser:
    """Loaded once, however many files follow."""
    return WhisperRecogniser(models.load(model, workers=1, notice=notice))


def transcribe(
    sound: Samples,
    recogniser: Recogniser,
    progress: Progress | None = None,
    *,
    workers: Workers | None = None,
    detector: SpeechDetector | None = None,
    hints: Sequence[str] = (),
) -> Transcript:
    """The transcript of int16 mono 16 kHz sound; silence gives one without words. Raises RecogniserError.

    `workers` are by default the caller itself, which then waits for as long as a decode takes.
    """
    live = LiveTranscriber(
        _CarefulOnly(recogniser), detector, workers=workers or InlineWorkers(), hints=hints, patient=True
    )
    duration_s = len(sound) / RATE
    for first in range(0, len(sound), BLOCK_SAMPLES):
        live.feed(sound[first : first + BLOCK_SAMPLES])
        if progress is not None and first % (RATE // BLOCK_SAMPLES * BLOCK_SAMPLES) == 0:
            progress(first / RATE, duration_s)
    return live.finish()


class _CarefulOnly:
    """Nobody waits for a file's words: the quick pass is left out."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def quick(
        self, samples: Samples, offset_s: float, prompt: str = "", choices: Sequence[str] = ()
    ) -> QuickResult:
        del samples, offset_s, prompt, choices
        return QuickResult(())

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        return self._recogniser.careful(samples, offset_s, prompt, give_way)
