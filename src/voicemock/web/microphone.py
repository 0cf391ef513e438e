"""The page's microphone behind the seam `Source`: blocks as they arrive, and word of it when they stop."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from voicemock.audio import mic_health
from voicemock.audio.sound import BLOCK_S
from voicemock.audio.source import Block, Trouble
from voicemock.errors import DeviceError
from voicemock.web.blocks import Placed, Sequence, read_block

POLL_S = 0.1  # of waiting for a block; then the caller may look at keys
GIVE_UP_S = 180.0  # for a reload, another browser, a look for the headset; then the answer so far is scored
WAITING_BLOCKS = 3000  # a minute of sound that nobody has read yet; more is a flood
PROBLEMS: Mapping[Trouble, tuple[str, str]] = {
    "stopped": (
        f"no sound came from the page for {GIVE_UP_S / 60:.0f} minutes",
        "open the page again, allow the microphone and begin anew",
    ),
    "zeros": (
        "the microphone sends only silence: it may be muted",
        "unmute it or choose another in the browser's device menu",
    ),
}


class PageMicrophone:
    """Fed by `push` from the server's thread, read by the interview's; `mic_health` judges, as of a real one."""

    patient = False

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._arrived: queue.Queue[Block] = queue.Queue(WAITING_BLOCKS)
        self._sequence = Sequence()
        self._state = mic_health.opened(now())
        self._told_lost = 0
        self._unread = 0  # samples lost before the next block that fits in

    def push(self, message: bytes) -> None:
        """Take a block from the page. Raises BadBlock."""
        arrived = self._now()
        for placed in self._sequence.place(read_block(message)):
            self._put(placed, arrived)

    def _put(self, placed: Placed, arrived: float) -> None:
        try:
            self._arrived.put_nowait(Block(placed.samples, arrived, placed.lost + self._unread))
            self._unread = 0
        except queue.Full:
            self._unread += len(placed.samples)

    def read(self) -> Block:
        """The next 20 ms, or a block without samples where none came for `POLL_S`.

        Raises DeviceError when nothing was heard for so long that nobody can be there.
        """
        try:
            block = self._arrived.get(timeout=POLL_S)
        except queue.Empty:
            block = Block(np.zeros(0, dtype=np.int16), self._now())
            self._step(mic_health.Nothing(block.arrived))
            return replace(block, trouble=self._state.trouble, void=self._state.void)
        self._step(mic_health.Heard(block.arrived, BLOCK_S, not block.samples.any()))
        lost = block.lost + self._state.lost - self._told_lost
        self._told_lost = self._state.lost
        return replace(block, lost=lost, trouble=self._state.trouble, void=self._state.void)

    def _step(self, event: mic_health.Heard | mic_health.Nothing) -> None:
        self._state, commands = mic_health.step(self._state, event)
        for command in commands:
            waited_s = event.at - self._state.since
            if isinstance(command, mic_health.GiveUp) and waited_s >= GIVE_UP_S:
                raise DeviceError(*PROBLEMS[command.why])

    def hold(self, held: bool) -> None:  # noqa: ARG002
        return None  # a person hears that the interviewer speaks

    def close(self) -> None:
        return None  # the page keeps its microphone for the next question
