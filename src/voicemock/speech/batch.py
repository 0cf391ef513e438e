"""A recording to its transcript, by the same detector and the same careful pass as live."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicemock.audio.decode import decode
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples
from voicemock.audio.vad import SpeechDetector
from voicemock.speech import models
from voicemock.speech.live import LiveTranscriber
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser, Unclear, no_pause
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.speech.workers import InlineWorkers, Workers
from voicemock.transcript import Utterance, Word

Progress = Callable[[float, float], None]  # (seconds heard, seconds in all)


@dataclass(frozen=True, slots=True)
class FileTranscript:
    """What a recording says. `floor_time_s` runs from the first word's start to the last word's end."""

    words: tuple[Word, ...]
    utterances: tuple[Utterance, ...]
    duration_s: float
    pauses: tuple[tuple[float, float], ...]
    unclear: tuple[Unclear, ...]
    floor_time_s: float


def transcribe_file(
    path: Path, model: str | Path = models.DEFAULT_MODEL, progress: Progress | None = None
) -> FileTranscript:
    """Raises AudioFileError for what is not sound, ModelError when the weights can't be had."""
    sound = decode(Path(path))
    recogniser = WhisperRecogniser(models.load(models.resolve_model(model), workers=1))
    return transcribe(sound, recogniser, progress)


def transcribe(
    sound: Samples,
    recogniser: Recogniser,
    progress: Progress | None = None,
    *,
    workers: Workers | None = None,
    detector: SpeechDetector | None = None,
    hints: Sequence[str] = (),
) -> FileTranscript:
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
    found = live.finish()
    said = found.utterances
    floor_time_s = said[-1].end - said[0].start if said else 0.0
    return FileTranscript(found.words, said, duration_s, found.pauses, found.unclear, floor_time_s)


class _CarefulOnly:
    """Nobody waits for a file's words: the quick pass is left out."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser

    def quick(self, samples: Samples, offset_s: float, prompt: str = "") -> QuickResult:
        del samples, offset_s, prompt
        return QuickResult(())

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        return self._recogniser.careful(samples, offset_s, prompt, give_way)
