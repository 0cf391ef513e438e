"""Where sound enters: what is the answer's is on the disk before anybody else looks at it.

A microphone is read and recorded in a thread of its own: whatever hangs behind it, recognition, the voice, a slow
screen, costs the recording nothing. A source that waits for its reader can lose nothing, and is read by the caller.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.audio.recorder import Recorder
from voicemock.audio.source import Block, Source
from voicemock.errors import DeviceError

NEVER = float("-inf")
LEAVE_S = 1.0  # for the last read to end; a device that hangs is left behind, and writes nothing any more


@dataclass(slots=True)
class Taken:
    """A block, and whether it is part of the answer and so on the disk."""

    block: Block
    recorded: bool = False


class Intake:
    """Reads `source` and writes to `recorder` what the candidate was given the floor for.

    `over` says that no more comes; `failure` why, where it was the device. At first the floor is the interviewer's.
    """

    def __init__(self, source: Source, recorder: Recorder, *, thread: bool) -> None:
        self._source = source
        self._recorder = recorder
        self._patient = source.patient
        self._lock = threading.Lock()
        self._open = False
        self._shut_at = NEVER  # monotonic seconds: what arrived before it was still the candidate's
        self._line_at = NEVER  # the interviewer's line began: what arrived before it was not said over it
        self._closed = False
        self._waiting: deque[Taken] = deque()  # taken in, not yet read
        self._bell: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self.over = False
        self.failure: DeviceError | None = None
        self._thread = (
            threading.Thread(target=self._run, name="voicemock-intake", daemon=True) if thread else None
        )
        if self._thread is not None:
            self._thread.start()

    def read(self) -> Taken | None:
        """The next block, waiting for it; None where there is none: the source is over, or `wake` was called."""
        if self._thread is None:
            return self._read_here()
        problem = self._bell.get()
        if isinstance(problem, DeviceError):
            self.over, self.failure = True, problem
        elif isinstance(problem, EOFError):
            self.over = True
        elif problem is not None:
            raise problem
        with self._lock:
            return self._next()

    def wake(self) -> None:
        """Let `read` return, if it waits."""
        self._bell.put(None)

    def give_floor(self, first: Sequence[Block] = ()) -> None:
        """The floor is the candidate's, from these blocks on, which were read before and come again."""
        with self._lock:
            self._open = True
            self._waiting.extendleft(Taken(block) for block in reversed(first))
            if self._thread is not None:
                for taken in self._waiting:
                    self._record(taken)
        for _ in first:
            self.wake()

    def take_floor(self, at: float) -> None:
        """The interviewer begins to speak: what arrives from `at` on is not the answer's."""
        if self._patient:
            at = NEVER  # its arrivals are made up: it waited
        with self._lock:
            self._shut_at = at if self._open else self._shut_at
            self._open, self._line_at = False, at

    def close(self) -> None:
        with self._lock:
            self._closed = True
        if self._thread is not None:
            self._thread.join(LEAVE_S)

    def _run(self) -> None:
        try:
            while not self._closed and (block := self._source.read()) is not None:
                with self._lock:
                    self._waiting.append(self._record(Taken(block)))
                self.wake()
            self._bell.put(EOFError())
        except BaseException as error:  # noqa: BLE001 - raised again by `read`
            self._bell.put(error)

    def _read_here(self) -> Taken | None:
        if not self._waiting:
            try:
                block = self._source.read()
            except DeviceError as error:
                self.over, self.failure = True, error
                return None
            if block is None:
                self.over = True
                return None
            self._waiting.append(Taken(block))
        self._record(self._waiting[0])
        return self._next()

    def _next(self) -> Taken | None:
        """What is next in line, but for what came while the line that is being said was made."""
        if not self._waiting:
            return None
        taken = self._waiting.popleft()
        early = taken.block.arrived < self._line_at
        return None if early and not (self._open or taken.recorded) else taken

    def _record(self, taken: Taken) -> Taken:
        """Write the block, if it is the answer's."""
        block = taken.block
        belongs = block.counts and (self._open or block.arrived < self._shut_at)
        if belongs and not taken.recorded and not self._closed:
            self._recorder.write(block.samples)
            taken.recorded = True
        return taken
