"""Real time without waiting for it: sound moves a virtual clock, decodes move it by what they really took.

Two workers, as live: each decode is run at once and alone, its wall time is measured, and it counts as done at the
virtual time at which its worker would have finished it. What this leaves out: that two decodes at once slow each
other down. `listening.py --real-time` shows by how much.
"""

from __future__ import annotations

import time
from typing import Any

from voicemock.speech.workers import Job


class VirtualWorkers:
    """Stands in for `ThreadWorkers`; its clock is seconds of audio fed, plus waiting at the end."""

    eager = True

    def __init__(self) -> None:
        self.now = 0.0
        self._quick_free = 0.0
        self._careful_free = 0.0
        self.busy_s = 0.0  # of both workers together

    def clock(self) -> float:
        return self.now

    def quick(self, job: Job[Any]) -> None:
        self._quick_free = self._run(job, self._quick_free)

    def careful(self, job: Job[Any]) -> None:
        self._careful_free = self._run(job, max(self._careful_free, self._quick_free))

    def _run(self, job: Job[Any], free: float) -> float:
        began = time.perf_counter()
        job.run(lambda: None)
        took = time.perf_counter() - began
        self.busy_s += took
        job.done_at = max(self.now, free) + took
        return job.done_at

    def quick_waiting_s(self) -> float:
        return max(0.0, self._quick_free - self.now)

    def busy_quick(self) -> bool:
        return self._quick_free > self.now

    def busy_careful(self) -> bool:
        return self._careful_free > self.now

    def hang(self) -> bool:
        return False

    def wait_quick(self) -> None:
        return

    def wait(self, job: Job[Any]) -> None:
        self.now = max(self.now, job.done_at)

    def close(self) -> None:
        return
