"""The microphone, through PortAudio: its sound in blocks, and word of it when it goes away or falls silent."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from voicemock.audio.mic_health import Missing, Zeros
from voicemock.audio.portaudio import (
    import_sounddevice,
    leave_it_to_the_system,
    let_go,
    look_again,
    open_stream,
    query,
)
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, StreamResampler
from voicemock.audio.source import Block, Trouble
from voicemock.errors import DeviceError

POLL_S = 0.1  # of waiting for a block; then the caller may look at keys
STALL_S = 1.5  # a device that is gone raises nothing: its blocks just stop arriving
OPENING_S = 4.0  # until the first block of a stream; PulseAudio takes 2 s
REOPEN_AFTER_S = 3.0  # of stall: a sound server that moves us to another device needs 2 s, and loses nothing
RETRY_S = 1.0  # between attempts at a device that is not there
GIVE_UP_S = 60.0  # without a device: long enough to find a cable, too short to hold an empty room's session
GIVE_UP_ZEROS_S = 180.0  # behind a noise gate that is not known yet, somebody may be thinking about a case
NEVER = float("inf")
NO_MICROPHONE = "plug one in or choose it in the system's sound settings, then run `voicemock doctor`"
STOPPED = (f"the microphone stopped sending sound and was not back within {GIVE_UP_S:.0f} s", NO_MICROPHONE)
REFUSED = (
    "the microphone gives perfect silence, as when permission is refused or it is muted",
    "allow microphone access for your terminal and unmute it, then run `voicemock doctor`",
)
Heard = tuple[bytes, float, bool]  # int16 samples, when they arrived, whether some before them were lost


class _Input:
    """One opened stream. The callback copies and queues, nothing else."""

    def __init__(self, device: str | int | None, now: Callable[[], float]) -> None:
        self._now = now
        self._queue: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self.flows = False  # whether anything came of it yet
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

    def next(self, *, wait: bool = True) -> Heard | None:
        """What the device gave next; None where nothing came for `POLL_S`, or nothing is there."""
        try:
            heard = self._queue.get(wait, POLL_S)
        except queue.Empty:
            return None
        self.flows = True
        return heard

    def resampled(self, samples: Samples) -> Samples:
        return samples if self._resampler is None else self._resampler.push(samples)

    def close(self) -> None:
        let_go(self._stream)


def in_background(work: Callable[[], None]) -> None:
    """Opening a device may hang with its sound server, and keys must go on working."""
    threading.Thread(target=work, name="voicemock-microphone", daemon=True).start()


class MicrophoneSource:
    """The default input device, or `device` by name or number.

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
        self._lost = 0
        self._closed = False
        self._trouble: Trouble | None = None
        self._dead = False  # in a trouble in which nothing that the candidate says is heard
        self._since = self._last = now()  # of the trouble; of the last arrival
        self._input: _Input | None = None
        self._zeros, self._missing = Zeros(), Missing()
        self._found: queue.SimpleQueue[_Input | None] = queue.SimpleQueue()  # what opening it again came to
        self._next_try, self._opening = NEVER, False
        try:
            self._listen_to(_Input(device, now))
        except DeviceError:
            if not waits:
                raise
            self._stall(now())
            self._next_try = now()

    # --- what is heard --------------------------------------------------------------------------------------

    def read(self) -> Block:
        """The next 20 ms, or a block without samples where none came for `POLL_S`.

        Raises DeviceError when it has been gone for `GIVE_UP_S`, or silent for `GIVE_UP_ZEROS_S`.
        """
        while len(self._left) < BLOCK_SAMPLES:
            if self._now() >= self._next_try:
                self._take_what_came()
                if self._now() >= self._next_try:
                    self._look_for_it()
                continue
            if self._input is None:
                self._wait_for_it()
            elif (heard := self._input.next()) is not None:
                self._take(self._input, *heard)
                continue
            return self._nothing()
        samples, self._left = self._left[:BLOCK_SAMPLES], self._left[BLOCK_SAMPLES:]
        return self._block(samples, self._last)

    def _take_what_came(self) -> None:
        """The last of a device that is about to be closed, or the sign that it went on by itself."""
        while self._input is not None and (heard := self._input.next(wait=False)) is not None:
            self._take(self._input, *heard)

    def _take(self, source: _Input, data: bytes, arrived: float, overflowed: bool) -> None:
        self._last = arrived
        samples = np.frombuffer(data, dtype=np.int16)
        self._zeros.push(samples, source.rate)
        self._judge(arrived, sound=bool(samples.any()))
        sound_s = len(samples) / source.rate
        samples = source.resampled(samples)
        if overflowed:
            samples = np.concatenate([np.zeros(BLOCK_SAMPLES, dtype=np.int16), samples])
            sound_s += BLOCK_S
            self._lost += BLOCK_SAMPLES
        self._lost += round(self._missing.push(arrived, sound_s) * RATE)
        self._left = np.concatenate([self._left, samples])

    def _block(self, samples: Samples, arrived: float) -> Block:
        lost, self._lost = self._lost, 0
        return Block(samples, arrived, lost, self._trouble, self._dead or self._zeros.void)

    # --- what is wrong --------------------------------------------------------------------------------------

    def _judge(self, arrived: float, sound: bool) -> None:
        """Sound ends every trouble; zeros do not, or a device that took the place of the lost one would."""
        if sound:
            self._trouble, self._dead, self._next_try = None, False, NEVER
        elif self._trouble is None and self._zeros.worth_a_word:
            self._trouble, self._dead, self._since = "zeros", self._zeros.void, arrived
        self._give_up_in_time(arrived)

    def _nothing(self) -> Block:
        now = self._now()
        if self._input is not None and self._next_try == NEVER:
            patience = STALL_S if self._input.flows else OPENING_S
            if now - self._last >= patience:
                self._stall(self._last)
        self._give_up_in_time(now)
        none = np.zeros(0, dtype=np.int16)
        # what was lost waits for a block that stands somewhere in the answer
        return Block(none, now, 0, self._trouble, self._dead or self._zeros.void)

    def _stall(self, since: float) -> None:
        """No blocks arrive any more; if there is a trouble already, that one has been told."""
        if not self._dead:
            self._trouble, self._dead, self._since = "stopped", True, since
        self._next_try = since + REOPEN_AFTER_S
        self._missing = Missing()

    def _give_up_in_time(self, now: float) -> None:
        gone = self._trouble == "stopped"
        if self._dead and now - self._since >= (GIVE_UP_S if gone else GIVE_UP_ZEROS_S):
            raise DeviceError(*(STOPPED if gone else REFUSED))

    # --- finding it again -----------------------------------------------------------------------------------

    def _look_for_it(self) -> None:
        """Open the device anew, beside the reading."""
        old, self._input = self._input, None
        self._next_try, self._opening = NEVER, True
        self._aside(lambda: self._open_again(old))

    def _open_again(self, old: _Input | None) -> None:
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
            found = self._found.get(timeout=POLL_S)
        except queue.Empty:
            return
        self._opening = False
        self._next_try = self._now() + (RETRY_S if found is None else OPENING_S)
        if found is not None:
            self._listen_to(found)

    def _listen_to(self, found: _Input) -> None:
        self._input = found
        self._zeros, self._missing = Zeros(again=self._dead), Missing()

    def _close_what_was_found(self) -> None:
        while not self._found.empty():
            with contextlib.suppress(queue.Empty):  # the other thread was quicker
                if (found := self._found.get_nowait()) is not None:
                    found.close()

    def hold(self, held: bool) -> None:  # noqa: ARG002
        return None  # a person hears that the interviewer speaks

    def close(self) -> None:
        self._closed = True
        if self._opening and self._found.empty():
            leave_it_to_the_system()
        self._close_what_was_found()
        if self._input is not None:
            self._input.close()


def _plain(error: Exception | None) -> str:
    """What PortAudio says, without its codes: "Invalid sample rate [PaErrorCode -9997]"."""
    return str(error).split(" [")[0].removeprefix("Error opening RawInputStream: ")
