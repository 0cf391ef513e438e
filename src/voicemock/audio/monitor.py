"""Hearing a source: what the session reads is played as well (`voicemock demo --sound`)."""

from __future__ import annotations

from voicemock.audio.microphone import import_sounddevice
from voicemock.audio.sound import RATE
from voicemock.audio.source import Block, Source


class Monitored:
    """Passes the blocks of `source` on and plays them; a slow speaker loses nothing of the interview."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._stream = import_sounddevice().RawOutputStream(samplerate=RATE, channels=1, dtype="int16")
        self._stream.start()

    @property
    def patient(self) -> bool:
        return self._source.patient

    def read(self) -> Block | None:
        block = self._source.read()
        if block is not None:
            self._stream.write(block.samples.tobytes())
        return block

    def hold(self, held: bool) -> None:
        self._source.hold(held)

    def close(self) -> None:
        self._stream.stop()
        self._stream.close()
        self._source.close()
