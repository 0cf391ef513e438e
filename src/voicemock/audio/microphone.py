"""The microphone, through PortAudio: its sound in blocks, and word of it when it goes away or falls silent."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from voicemock.audio import mic_health
from voicemock.audio.mic_health import GIVE_UP_S
from voicemock.audio.portaudio import (
    import_sounddevice,
    leave_it_to_the_system,
    let_go,
    look_again,
    open_stream,
    query,
)
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples, StreamResampler
from voicemock.audio.source import Block, Trouble
from voicemock.errors import DeviceError

POLL_S = 0.1  # of waiting for a block; then the caller may look at keys
NO_MICROPHONE = "plug one in or choose it in the system's sound settings, then run `voicemock doctor`"
STOPPED = (f"the microphone stopped sending sound and was not back within {GIVE_UP_S:.0f} s", NO_MICROPHONE)
REFUSED = (
    "the microphone sends only silence: it is muted, or access was refused",
    "allow microphone access for your terminal and unmute it, then run `voicemock doctor`",
)
PROBLEMS: Mapping[Trouble, tuple[str, str]] = {"stopped": STOPPED, "zeros": REFUSED}
Given = tuple[bytes, float, bool]  # int16 samples, when they arrived, whether some before them were lost


class _Input:
    """One opened stream. The callback copies and queues, nothing else."""

    def __init__(self, device: str | int | None, now: Callable[[], float]) -> None:
        self._now = now
        self._queue: queue.SimpleQueue[Given] = queue.SimpleQueue()
        self._stream, self.rate = self._open(device)
        self._resampler = StreamResampler(self.rate) if self.rate != RATE else None

    def _open(self, device: str | int | None) -> tuple[Any, int]:
        """A started stream at 16 kHz, or at the device's own rate where it refuses that."""
        sounddevice = import_sounddevice()
        try:
            native = int(query(device, "input")["default_samplerate"])
        except (sounddevice.PortAudioError, ValueError) as problem:  # "Error querying device -1"
            what = "no microphone was found" if device is None else f"no microphone is called {device!r}"
            raise DeviceError(what, NO_MICROPHONE) from problem
        error: Exception | None = None
        for rate in (RATE, native):
            options = {
                "samplerate": rate,
                "blocksize": rate * BLOCK_SAMPLES // RATE,
                "device": device,
                "channels": 1,
                "dtype": "int16",
                "callback": self._callback,
            }
            try:
                return open_stream(lambda options=options: sounddevice.RawInputStream(**options)), rate  # type: ignore[misc]
            except (sounddevice.PortAudioError, ValueError) as problem:
                error = problem
        raise DeviceError(f"the microphone could not be opened ({_plain(error)})", NO_MICROPHONE) from error

    def _callback(self, data: Any, _frames: int, _when: Any, status: Any) -> None:
        self._queue.put((bytes(data), self._now(), bool(status.input_overflow)))

    def next(self, *, wait: bool = True) -> Given | None:
        """What the device gave next; None where nothing came for `POLL_S`, or nothing is there."""
        try:
            return self._queue.get(wait, POLL_S)
        except queue.Empty:
            return None

    def resampled(self, samples: Samples) -> Samples:
        return samples if self._resampler is None else self._resampler.push(samples)

    def close(self) -> None:
        let_go(self._stream)


def in_background(work: Callable[[], None]) -> None:
    """Opening a device may hang with its sound server, and keys must go on working."""
    threading.Thread(target=work, name="voicemock-microphone", daemon=True).start()


class MicrophoneSource:
    """The default input device, or `device` by name or number: it opens and queues; `mic_health` judges.

    When it is gone it is opened again and again, at whatever rate it then has, until `read` gives up. With
    `waits` it need not even be there at first. An overflow becomes silence: the driver says that samples were
    lost, not how many, so one block is put in their place.
    """

    patient = False

    def __init__(
        self,
        device: str | int | None = None,
        *,
        waits: bool = False,
        now: Callable[[], float] = time.monotonic,
        aside: Callable[[Callable[[], None]], None] = in_background,
    ) -> None:
        self._device = device
        self._now = now
        self._aside = aside
        self._left: Samples = np.zeros(0, dtype=np.int16)  # what is not yet a whole block
        self._told_lost = 0
        self._closed = False
        self._input: _Input | None = None
        self._found: queue.SimpleQueue[_Input | None] = queue.SimpleQueue()  # what opening it again came to
        try:
            self._input = _Input(device, now)
            self._state = mic_health.opened(now())
        except DeviceError:
            if not waits:
                raise
            self._state = mic_health.absent(now())

    def read(self) -> Block:
        """The next 20 ms, or a block without samples where none came for `POLL_S`.

        Raises DeviceError when it has been gone, or silent, for too long.
        """
        while len(self._left) < BLOCK_SAMPLES:
            if self._now() >= self._state.next_try:
                self._hear_what_came()
                self._step(mic_health.Due(self._now()))
                continue
            if self._input is None:
                self._wait_for_it()
            elif (given := self._input.next()) is not None:
                self._hear(self._input, *given)
                continue
            self._step(mic_health.Nothing(self._now()))
            return self._nothing()
        samples, self._left = self._left[:BLOCK_SAMPLES], self._left[BLOCK_SAMPLES:]
        lost = self._state.lost - self._told_lost
        self._told_lost = self._state.lost
        return Block(samples, self._state.last, lost, self._state.trouble, self._state.void)

    def _nothing(self) -> Block:
        """What was lost waits for a block that stands somewhere in the answer."""
        none = np.zeros(0, dtype=np.int16)
        return Block(none, self._now(), 0, self._state.trouble, self._state.void)

    def _hear_what_came(self) -> None:
        """The last of a device that is about to be closed, or the sign that it went on by itself."""
        while self._input is not None and (given := self._input.next(wait=False)) is not None:
            self._hear(self._input, *given)

    def _hear(self, source: _Input, data: bytes, arrived: float, overflowed: bool) -> None:
        samples = np.frombuffer(data, dtype=np.int16)
        sound_s = len(samples) / source.rate
        self._step(mic_health.Heard(arrived, sound_s, not samples.any(), overflowed))
        gap = [np.zeros(BLOCK_SAMPLES, dtype=np.int16)] if overflowed else []
        self._left = np.concatenate([self._left, *gap, source.resampled(samples)])

    def _step(self, event: mic_health.Event) -> None:
        self._state, commands = mic_health.step(self._state, event)
        for command in commands:
            match command:
                case mic_health.Reopen():
                    old, self._input = self._input, None
                    self._aside(lambda old=old: self._open_again(old))  # type: ignore[misc]
                case mic_health.GiveUp(why):
                    raise DeviceError(*PROBLEMS[why])

    # --- finding it again -----------------------------------------------------------------------------------

    def _open_again(self, old: _Input | None) -> None:
        """Beside the reading."""
        if old is not None:
            old.close()
        look_again()
        try:
            self._found.put(_Input(self._device, self._now))
        except DeviceError:
            self._found.put(None)
        if self._closed:
            self._close_what_was_found()

    def _wait_for_it(self) -> None:
        try:
            self._input = self._found.get(timeout=POLL_S)
        except queue.Empty:
            return
        self._step(mic_health.Tried(self._now(), self._input is not None))

    def _close_what_was_found(self) -> None:
        while not self._found.empty():
            with contextlib.suppress(queue.Empty):  # the other thread was quicker
                if (found := self._found.get_nowait()) is not None:
                    found.close()

    def hold(self, held: bool) -> None:  # noqa: ARG002
        return None  # a person hears that the interviewer speaks

    def close(self) -> None:
        self._closed = True
        if self._state.device == "opening" and self._found.empty():
            leave_it_to_the_system()
        self._close_what_was_found()
        if self._input is not None:
            self._input.close()


def _plain(error: Exception | None) -> str:
    """What PortAudio says, without its codes: "Invalid sample rate [PaErrorCode -9997]"."""
    return str(error).split(" [")[0].removeprefix("Error opening RawInputStream: ")
