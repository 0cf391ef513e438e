"""Where the candidate's sound comes from: one seam, a microphone or a file behind it.

A source gives blocks of `BLOCK_SAMPLES` samples. Audio time is counted in them and in nothing else: while a
microphone is gone it stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Gap, Samples, index

Trouble = Literal["stopped", "zeros"]  # no blocks arrive any more; all that arrives are perfect zeros


@dataclass(frozen=True, slots=True)
class Block:
    """20 ms of sound, or no samples at all where a microphone gave none for a while.

    `arrived` is in monotonic seconds; `lost` counts samples that are known to be missing before or in it.
    `cleaned` is the sound without the interviewer's own voice in it, where that was taken out.
    `trouble` is what a person must be told of the device, `void` that this silence is the device's, not the
    candidate's.
    """

    samples: Samples
    arrived: float
    lost: int = 0
    trouble: Trouble | None = None
    void: bool = False
    cleaned: Samples | None = None

    @property
    def heard(self) -> Samples:
        """What is listened to; what is recorded are the `samples`."""
        return self.samples if self.cleaned is None else self.cleaned

    @property
    def counts(self) -> bool:
        """Whether it is part of an answer: once the trouble with a dead microphone is told, the clock is paused."""
        return len(self.samples) > 0 and not (self.trouble and self.void)


class Source(Protocol):
    """What the session listens to.

    `patient`: its sound waits until it is read, and nothing of it gets lost.
    """

    @property
    def patient(self) -> bool: ...

    def read(self) -> Block | None:
        """The next block, waiting for it if need be; None once the source has ended.

        Raises DeviceError when a device is gone for good.
        """

    def hold(self, held: bool) -> None:
        """The interviewer has the floor (True) or gave it back (False)."""

    def close(self) -> None:
        """Let go of the device or file."""


class FileSource:
    """Plays `samples` (int16 mono 16 kHz) into the session as a microphone would.

    At real pace a block arrives every 20 ms, at fast pace at once. While the interviewer speaks the file
    holds still and silence arrives instead, as from a polite candidate; with `talk_over` it runs on. `gaps` are
    stretches of it that could not be read.
    """

    patient = True

    def __init__(
        self,
        samples: Samples,
        *,
        real_pace: bool = True,
        talk_over: bool = False,
        gaps: Sequence[Gap] = (),
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._samples = samples
        self._gaps = gaps
        self._position = 0
        self._real_pace = real_pace
        self._talk_over = talk_over
        self._now = now
        self._wait = wait
        self._held = False
        self._given = 0
        self._started: float | None = None

    def read(self) -> Block | None:
        if self._position >= len(self._samples) and not self._held:
            return None
        lost = 0
        if self._held and not self._talk_over:
            samples = np.zeros(BLOCK_SAMPLES, dtype=np.int16)
        else:
            samples = self._samples[self._position : self._position + BLOCK_SAMPLES]
            lost = self._lost_in_block()
            self._position += BLOCK_SAMPLES
            if len(samples) < BLOCK_SAMPLES:
                samples = np.pad(samples, (0, BLOCK_SAMPLES - len(samples)))
        return Block(samples, self._arrival(), lost)

    def _lost_in_block(self) -> int:
        """What the file is known to lack, told where it begins."""
        begins = (round(gap.length * RATE) for gap in self._gaps if self._begins_in_block(gap))
        return sum(begins)

    def _begins_in_block(self, gap: Gap) -> bool:
        return self._position <= index(gap.start) < self._position + BLOCK_SAMPLES

    def _arrival(self) -> float:
        """When the block just taken arrives; waits for that moment at real pace."""
        if not self._real_pace:
            return self._now()
        if self._started is None:
            self._started = self._now()
        self._given += 1
        due = self._started + self._given * BLOCK_S
        if (ahead := due - self._now()) > 0:
            self._wait(ahead)
        return due

    def hold(self, held: bool) -> None:
        self._held = held

    def close(self) -> None:
        return None
