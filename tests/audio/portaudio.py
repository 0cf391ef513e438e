"""A PortAudio that does what it is told, and a clock that tests move."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from voicemock.audio.sound import BLOCK_S, RATE

NATIVE = 44_100


def tone(samples: int, rate: int = RATE) -> np.ndarray:
    return (6_000 * np.sin(2 * np.pi * 440 * np.arange(samples) / rate)).astype(np.int16)


class Clock:
    """Monotonic seconds that pass only when a test says so."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


class PortAudioError(Exception):
    pass


class FakeStream:
    """A stream that calls back when the test says so."""

    def __init__(
        self, samplerate: int, callback: Callable[..., None], blocksize: int = 0, **options: Any
    ) -> None:
        self.rate, self.blocksize, self.options = samplerate, blocksize, options
        self._callback = callback
        self.calls: list[str] = []
        self.answers = threading.Event()  # its sound server does
        self.answers.set()

    def start(self) -> None:
        self.calls.append("start")

    def abort(self) -> None:
        self.answers.wait()
        self.calls.append("abort")

    def close(self) -> None:
        self.calls.append("close")

    def hear(self, samples: np.ndarray, overflow: bool = False) -> None:
        data = samples.astype(np.int16).tobytes()
        self._callback(data, len(samples), None, SimpleNamespace(input_overflow=overflow))

    def hear_for(self, seconds: float, clock: Clock, *, zeros: bool = False) -> None:
        """Blocks of a tone, or of zeros, each when it is due."""
        for _ in range(round(seconds / BLOCK_S)):
            clock.at += BLOCK_S
            self.hear(np.zeros(self.blocksize) if zeros else tone(self.blocksize, self.rate))

    def play(self, frames: int) -> np.ndarray:
        out = np.ones((frames, 1), dtype=np.int16)
        when = SimpleNamespace(outputBufferDacTime=0.01, currentTime=0.0)
        try:
            self._callback(out, frames, when, None)
        except StopIteration:
            self.options["finished_callback"]()
        return out[:, 0]


class FakePortAudio(SimpleNamespace):
    """What `import sounddevice` gives; `refused` rates can't be opened, `native` is the device's own."""

    PortAudioError = PortAudioError
    CallbackStop = StopIteration

    def __init__(self, *, device: bool = True, refused: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.device, self.refused, self.native = device, refused, NATIVE
        self.opened: list[FakeStream] = []
        self.answers = threading.Event()  # its sound server does
        self.answers.set()
        self.restarts = 0

    def _exit_handler(self) -> None:
        raise AssertionError("a test ended with PortAudio in it")

    def _terminate(self) -> None:
        self.restarts += 1

    def _initialize(self) -> None:
        if not self.device:
            raise PortAudioError("Error initializing PortAudio: Internal PortAudio error")

    def query_devices(self, device: Any, kind: str) -> dict[str, float]:
        if not self.device:
            raise PortAudioError("Error querying device -1")
        return {"default_samplerate": float(self.native)}

    def RawInputStream(self, **options: Any) -> FakeStream:  # noqa: N802 - PortAudio's name
        if options["samplerate"] in self.refused or not self.device:
            raise PortAudioError("Error opening RawInputStream: Invalid sample rate [PaErrorCode -9997]")
        self.answers.wait()
        self.opened.append(FakeStream(**options))
        return self.opened[-1]

    OutputStream = RawOutputStream = RawInputStream
