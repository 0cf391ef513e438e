"""The answer's sound so far, to cut stretches from; what is behind every reader can be forgotten."""

from __future__ import annotations

import numpy as np

from voicemock.audio.sound import RATE, Samples, index

FIRST_ROOM = 60 * RATE  # samples; doubled when full, so an answer of 20 minutes is copied 5 times


class Tape:
    """Append blocks, cut by time. Written by one thread; a cut is a copy, so any thread may keep it."""

    def __init__(self) -> None:
        self._sound: Samples = np.zeros(FIRST_ROOM, dtype=np.int16)
        self._used = 0
        self._forgotten = 0  # samples that lay before the first one kept

    @property
    def end_s(self) -> float:
        return (self._forgotten + self._used) / RATE

    def append(self, block: Samples) -> None:
        while self._used + len(block) > len(self._sound):
            self._sound = np.concatenate((self._sound, np.zeros_like(self._sound)))
        self._sound[self._used : self._used + len(block)] = block
        self._used += len(block)

    def cut(self, start_s: float, end_s: float) -> Samples:
        """A copy of the sound between two times, as much of it as is there."""
        first = max(0, index(start_s) - self._forgotten)
        last = max(first, min(self._used, index(end_s) - self._forgotten))
        return self._sound[first:last].copy()

    def forget_before(self, time_s: float) -> None:
        """Let go of the sound before `time_s`, once that frees half the room."""
        gone = min(self._used, index(time_s) - self._forgotten)
        if gone * 2 < len(self._sound):
            return
        self._sound[: self._used - gone] = self._sound[gone : self._used].copy()
        self._used -= gone
        self._forgotten += gone
