"""Who decodes: two threads, of which the careful one always gives way, or the caller itself."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

Result = TypeVar("Result")
GiveWay = Callable[[], None]
Clock = Callable[[], float]

HANG_S = 4.0  # without a sign of life from a decode, beyond what its sound justifies: some 0.3 s in all
HANG_SHARE = 0.1  # of its sound's length is what a decode takes with the default model
UNHURRIED = 5.0  # times as long before a decode of a file is said to hang, where nobody sits and waits
LOOK_EVERY_S = 0.25  # how often whoever waits looks for a decode that hangs
LEAVE_S = 0.2  # for a decode to end when the threads are closed; then it is left behind


class Abandoned(Exception):
    """Raised inside a careful job that nobody wants any more."""


class Job(Generic[Result]):
    """Work to be done once; `result` is there when `done` is."""

    def __init__(self, work: Callable[[GiveWay], Result], sound_s: float = 0.0) -> None:
        self._work: Callable[[GiveWay], Result] | None = work  # let go of when done: it holds the sound
        self.sound_s = sound_s  # seconds of sound that it decodes
        self.done = False
        self.cancelled = False
        self.alive_at: float | None = (
            None  # wall clock: its last sign of life; None where nothing is expected
        )
        self.done_at = 0.0  # wall clock
        self._result: Result | None = None
        self._error: BaseException | None = None

    @property
    def result(self) -> Result:
        """Raises what the work raised."""
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result

    @property
    def error(self) -> BaseException | None:
        """What the work raised."""
        return self._error

    @property
    def ready(self) -> bool:
        """Whether there is a result."""
        return self.done and not self.cancelled and self._error is None

    def cancel(self) -> None:
        self.cancelled = True

    def silent_s(self, now: float) -> float:
        """How long it has given no sign of life beyond what its sound justifies; below 0: no reason to worry."""
        alive_at = self.alive_at
        return -HANG_S if alive_at is None else now - alive_at - HANG_SHARE * self.sound_s

    def run(self, give_way: GiveWay, clock: Clock = time.monotonic) -> None:
        def slice_ends() -> None:
            self.alive_at = None
            give_way()
            self.alive_at = clock()

        self.alive_at = clock()
        work, self._work = self._work, None
        try:
            if work is not None and not self.cancelled:
                self._result = work(slice_ends)
        except Abandoned:
            self.cancelled = True
        except KeyboardInterrupt:
            raise  # the caller's own, where the caller does the work
        except BaseException as error:  # noqa: BLE001 - kept, raised where the result is asked for; a Rust panic is one
            self._error = error
        self.alive_at = None
        self.done_at = clock()
        self.done = True


class Workers(Protocol):
    """Where jobs go. `eager`: work ahead of need costs the caller nothing."""

    eager: bool

    def quick(self, job: Job[Any]) -> None: ...
    def careful(self, job: Job[Any]) -> None: ...
    def quick_waiting_s(self) -> float: ...
    def busy_quick(self) -> bool: ...
    def busy_careful(self) -> bool: ...
    def hang(self) -> bool: ...
    def wait_quick(self) -> None: ...
    def wait(self, job: Job[Any]) -> None: ...
    def close(self) -> None: ...


class InlineWorkers:
    """The caller does the work at once: for files, and for tests."""

    eager = False

    def quick(self, job: Job[Any]) -> None:
        job.run(lambda: None)

    def careful(self, job: Job[Any]) -> None:
        job.run(lambda: None)

    def quick_waiting_s(self) -> float:
        return 0.0

    def busy_quick(self) -> bool:
        return False

    def busy_careful(self) -> bool:
        return False

    def hang(self) -> bool:
        return False

    def wait_quick(self) -> None:
        return

    def wait(self, job: Job[Any]) -> None:
        assert job.done

    def close(self) -> None:
        return


class ThreadWorkers:
    """One thread for quick jobs and one for careful ones.

    A quick job never waits for a careful one: it has its own thread, and the careful one stops between its
    slices (encode, decode, align) until no quick job is waiting or running. Native code that hangs can't be
    ended: nobody waits for such a job for good, and `close` leaves its thread behind.
    """

    def __init__(self, eager: bool = True, clock: Clock = time.monotonic) -> None:
        self.eager = eager
        self._clock = clock
        self._change = threading.Condition()
        self._quick: deque[Job[Any]] = deque()
        self._careful: deque[Job[Any]] = deque()
        self._running_quick: Job[Any] | None = None
        self._running_careful: Job[Any] | None = None
        self._closing = False
        self._threads = [
            threading.Thread(target=self._do_quick, name="voicemock-quick", daemon=True),
            threading.Thread(target=self._do_careful, name="voicemock-careful", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def quick(self, job: Job[Any]) -> None:
        with self._change:
            self._quick.append(job)
            self._change.notify_all()

    def careful(self, job: Job[Any]) -> None:
        with self._change:
            self._careful.append(job)
            self._change.notify_all()

    def quick_waiting_s(self) -> float:
        """Seconds of sound in quick jobs that have not begun."""
        with self._change:
            return sum(job.sound_s for job in self._quick if not job.cancelled)

    def busy_quick(self) -> bool:
        with self._change:
            return self._quick_is_due()

    def busy_careful(self) -> bool:
        with self._change:
            return bool(self._careful) or self._running_careful is not None

    def hang(self) -> bool:
        """Whether a job hangs."""
        now, limit_s = self._clock(), HANG_S if self.eager else HANG_S * UNHURRIED
        running = (self._running_quick, self._running_careful)
        return any(job is not None and job.silent_s(now) > limit_s for job in running)

    def wait_quick(self) -> None:
        """Block until every quick job handed in so far is done, or a job hangs."""
        self._wait_until(lambda: not self._quick_is_due())

    def wait(self, job: Job[Any]) -> None:
        """Block until the job is done, or one hangs."""
        self._wait_until(lambda: job.done)

    def _wait_until(self, reached: Callable[[], bool]) -> None:
        with self._change:
            while not (self._closing or reached() or self.hang()):
                self._change.wait(LOOK_EVERY_S)

    def close(self) -> None:
        """Leave what has not begun, end the threads, and leave behind what still decodes after a moment."""
        with self._change:
            self._closing = True
            self._change.notify_all()
        for thread in self._threads:
            thread.join(LEAVE_S)

    def _quick_is_due(self) -> bool:
        return bool(self._quick) or self._running_quick is not None

    def _do_quick(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or bool(self._quick))
                if self._closing:
                    return
                job = self._running_quick = self._quick.popleft()
            job.run(lambda: None, self._clock)
            with self._change:
                self._running_quick = None
                self._change.notify_all()

    def _do_careful(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or bool(self._careful))
                if self._closing:
                    return
                job = self._running_careful = self._careful.popleft()
            job.run(lambda job=job: self._give_way(job), self._clock)  # type: ignore[misc]
            with self._change:
                self._running_careful = None
                self._change.notify_all()

    def _give_way(self, job: Job[Any]) -> None:
        """Between two slices: wait for quick work, and stop for good if nobody wants the job."""
        with self._change:
            self._change.wait_for(lambda: self._closing or not self._quick_is_due() or job.cancelled)
            if self._closing or job.cancelled:
                raise Abandoned
