"""Who decodes: two threads, of which the careful one always gives way, or the caller itself."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

Result = TypeVar("Result")
GiveWay = Callable[[], None]


class Abandoned(Exception):
    """Raised inside a careful job that nobody wants any more."""


class Job(Generic[Result]):
    """Work to be done once; `result` is there when `done` is."""

    def __init__(self, work: Callable[[GiveWay], Result], sound_s: float = 0.0) -> None:
        self._work = work
        self.sound_s = sound_s  # seconds of sound that it decodes
        self.done = False
        self.cancelled = False
        self.done_at = 0.0  # wall clock
        self.work_s = 0.0  # wall seconds that it took
        self._result: Result | None = None
        self._error: Exception | None = None

    @property
    def result(self) -> Result:
        """Raises what the work raised."""
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result

    def cancel(self) -> None:
        self.cancelled = True

    def run(self, give_way: GiveWay) -> None:
        began = time.monotonic()
        try:
            if not self.cancelled:
                self._result = self._work(give_way)
        except Abandoned:
            self.cancelled = True
        except Exception as error:  # noqa: BLE001 - kept, raised where the result is asked for
            self._error = error
        self.done_at = time.monotonic()
        self.work_s = self.done_at - began
        self.done = True


class Workers(Protocol):
    """Where jobs go. `eager`: work ahead of need costs the caller nothing."""

    eager: bool

    def quick(self, job: Job[Any]) -> None: ...
    def careful(self, job: Job[Any]) -> None: ...
    def quick_waiting_s(self) -> float: ...
    def busy_quick(self) -> bool: ...
    def busy_careful(self) -> bool: ...
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

    def wait_quick(self) -> None:
        return

    def wait(self, job: Job[Any]) -> None:
        assert job.done

    def close(self) -> None:
        return


class ThreadWorkers:
    """One thread for quick jobs and one for careful ones.

    A quick job never waits for a careful one: it has its own thread, and the careful one stops between its
    slices (encode, decode, align) until no quick job is waiting or running.
    """

    def __init__(self, eager: bool = True) -> None:
        self.eager = eager
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

    def wait_quick(self) -> None:
        """Block until every quick job handed in so far is done."""
        with self._change:
            self._change.wait_for(lambda: self._closing or not self._quick_is_due())

    def wait(self, job: Job[Any]) -> None:
        with self._change:
            self._change.wait_for(lambda: self._closing or job.done)

    def close(self) -> None:
        """Leave what has not begun, finish what has, and end the threads."""
        with self._change:
            self._closing = True
            self._change.notify_all()
        for thread in self._threads:
            thread.join()

    def _quick_is_due(self) -> bool:
        return bool(self._quick) or self._running_quick is not None

    def _do_quick(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or bool(self._quick))
                if self._closing:
                    return
                job = self._running_quick = self._quick.popleft()
            job.run(lambda: None)
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
            job.run(lambda job=job: self._give_way(job))  # type: ignore[misc]
            with self._change:
                self._running_careful = None
                self._change.notify_all()

    def _give_way(self, job: Job[Any]) -> None:
        """Between two slices: wait for quick work, and stop for good if nobody wants the job."""
        with self._change:
            self._change.wait_for(lambda: self._closing or not self._quick_is_due() or job.cancelled)
            if self._closing or job.cancelled:
                raise Abandoned
