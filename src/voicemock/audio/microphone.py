"""The microphone, through PortAudio. sounddevice is imported only when a microphone is opened."""

from __future__ import annotations

import contextlib
import queue
import time
from typing import Any

import numpy as np

from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples, StreamResampler
from voicemock.audio.source import Block
from voicemock.errors import DeviceError

STALL_S = 3.0  # a device that is gone raises nothing: its blocks just stop arriving
ZEROS_S = 10.0  # a refused permission gives perfect zeros; a quiet room never does
NO_PORTAUDIO = (
    "the PortAudio library is missing",
    "install it (Debian, Ubuntu: apt install libportaudio2), or practise with --candidate FILE",
)
NO_MICROPHONE = "plug one in or choose it in the system's sound settings, then run `voicemock doctor`"
REFUSED = (
    "the microphone gives perfect silence, as when permission is refused or it is muted",
    "allow microphone access for your terminal and unmute it, then run `voicemock doctor`",
)


def import_sounddevice() -> Any:
    """sounddevice, or a DeviceError that says what to install."""
    try:
        import sounddevice
    except OSError as error:  # what sounddevice raises when it finds no PortAudio
        raise DeviceError(*NO_PORTAUDIO) from error
    return sounddevice


class MicrophoneSource:
    """The default input device, or `device` by name or number.

    The callback copies and queues, nothing else. An overflow becomes silence: the driver says that samples
    were lost, not how many, so one block is counted.
    """

    patient = False

    def __init__(self, device: str | int | None = None) -> None:
        self._sounddevice = import_sounddevice()
        self._queue: queue.SimpleQueue[tuple[bytes, float, bool]] = queue.SimpleQueue()
        self._zero_samples = 0
        self._heard_anything = False
        self._lost = 0
        self._left: Samples = np.zeros(0, dtype=np.int16)  # what is not yet a whole block
        self._stream, self._rate = self._open(device)
        self._resampler = StreamResampler(self._rate) if self._rate != RATE else None

    def _open(self, device: str | int | None) -> tuple[Any, int]:
        """A started stream at 16 kHz, or at the device's own rate where it refuses that."""
        try:
            native = int(self._sounddevice.query_devices(device, "input")["default_samplerate"])
        except (self._sounddevice.PortAudioError, ValueError) as problem:  # "Error querying device -1"
            what = "no microphone was found" if device is None else f"no microphone is called {device!r}"
            raise DeviceError(what, NO_MICROPHONE) from problem
        error: Exception | None = None
        for rate in (RATE, native):
            try:
                stream = self._sounddevice.RawInputStream(
                    samplerate=rate,
                    blocksize=rate * BLOCK_SAMPLES // RATE,
                    device=device,
                    channels=1,
                    dtype="int16",
                    callback=self._callback,
                )
                stream.start()
                return stream, rate
            except (self._sounddevice.PortAudioError, ValueError) as problem:
                error = problem
        raise DeviceError(f"the microphone could not be opened ({_plain(error)})", NO_MICROPHONE) from error

    def _callback(self, data: Any, _frames: int, _when: Any, status: Any) -> None:
        self._queue.put((bytes(data), time.monotonic(), bool(status.input_overflow)))

    def read(self) -> Block:
        arrived = time.monotonic()
        while len(self._left) < BLOCK_SAMPLES:
            try:
                data, arrived, overflowed = self._queue.get(timeout=STALL_S)
            except queue.Empty:
                raise DeviceError("the microphone stopped sending sound", NO_MICROPHONE) from None
            samples = np.frombuffer(data, dtype=np.int16)
            self._watch_for_zeros(samples)
            if self._resampler is not None:
                samples = self._resampler.push(samples)
            if overflowed:
                samples = np.concatenate([np.zeros(BLOCK_SAMPLES, dtype=np.int16), samples])
                self._lost += BLOCK_SAMPLES
            self._left = np.concatenate([self._left, samples])
        block, self._left = self._left[:BLOCK_SAMPLES], self._left[BLOCK_SAMPLES:]
        lost, self._lost = self._lost, 0
        return Block(block, arrived, lost)

    def _watch_for_zeros(self, samples: Samples) -> None:
        if self._heard_anything:
            return
        if samples.any():
            self._heard_anything = True
            return
        self._zero_samples += len(samples)
        if self._zero_samples >= ZEROS_S * self._rate:
            raise DeviceError(*REFUSED)

    def hold(self, held: bool) -> None:  # noqa: ARG002
        return None  # a person hears that the interviewer speaks

    def close(self) -> None:
        with contextlib.suppress(self._sounddevice.PortAudioError):  # a device that is gone can't be stopped
            self._stream.stop()
        self._stream.close()


def _plain(error: Exception | None) -> str:
    """What PortAudio says, without its codes: "Invalid sample rate [PaErrorCode -9997]"."""
    return str(error).split(" [")[0].removeprefix("Error opening RawInputStream: ")
