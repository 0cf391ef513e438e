"""Hearing a source: what the session reads is played as well (`voicemock demo --sound`)."""

from __future__ import annotations

from collections import deque
from typing import Any

from voicemock.audio.portaudio import import_sounddevice, let_go, open_stream
from voicemock.audio.sound import BLOCK_SAMPLES, RATE
from voicemock.audio.source import Block, Source
from voicemock.audio.speaker import AHEAD_S
from voicemock.errors import DeviceError

BLOCKS_AHEAD = 10  # 0.2 s: enough for a busy machine, too little to be heard as an echo


class Monitored:
    """Passes the blocks of `source` on and plays them; a slow speaker, or none, loses nothing of the interview."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._waiting: deque[bytes] = deque(maxlen=BLOCKS_AHEAD)
        sounddevice = import_sounddevice()
        try:
            self._stream = open_stream(
                lambda: sounddevice.RawOutputStream(
                    samplerate=RATE,
                    blocksize=BLOCK_SAMPLES,
                    latency=AHEAD_S,  # PulseAudio's own asks for two seconds at once, and would get what waits here
                    channels=1,
                    dtype="int16",
                    callback=self._callback,
                )
            )
        except sounddevice.PortAudioError as error:
            raise DeviceError(f"the speaker failed ({error})", "leave out --sound") from error

    def _callback(self, out: Any, _frames: int, _when: Any, _status: Any) -> None:
        out[:] = self._waiting.popleft() if self._waiting else bytes(len(out))

    @property
    def patient(self) -> bool:
        return self._source.patient

    def read(self) -> Block | None:
        block = self._source.read()
        if block is not None:
            self._waiting.append(block.samples.tobytes())
        return block

    def hold(self, held: bool) -> None:
        self._source.hold(held)

    def close(self) -> None:
        let_go(self._stream)
        self._source.close()
