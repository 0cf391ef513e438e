"""Writing an answer down from its recording, with another recogniser, where the first one failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from voicemock.audio.decode import decode
from voicemock.audio.vad import SpeechDetector
from voicemock.speech.batch import transcribe
from voicemock.speech.live import Transcript
from voicemock.speech.recogniser import Recogniser
from voicemock.speech.workers import ThreadWorkers, Workers


class Recognisers:
    """The recogniser in use, and where another comes from once it has failed."""

    def __init__(self, first: Recogniser, another: Callable[[], Recogniser] | None) -> None:
        self.current = first
        self.another = another

    def replace(self) -> Recogniser:
        assert self.another is not None
        self.current = self.another()
        return self.current


def write_down(
    recording: Path,
    recogniser: Recogniser,
    detector: SpeechDetector,
    hints: Sequence[str] = (),
    workers: Workers | None = None,
) -> Transcript:
    """The words of what was recorded, by the careful pass alone. Raises RecogniserError, also where it hangs."""
    workers = workers or ThreadWorkers()
    try:
        return transcribe(decode(recording), recogniser, workers=workers, detector=detector, hints=hints)
    finally:
        workers.close()
