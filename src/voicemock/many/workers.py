"""Who does the work: processes of this machine, or a cluster. A task, which pickles, makes a Row of a name."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from typing import Protocol

TRIES = 2  # alone: the first death may have been somebody else's doing
AHEAD = 4  # items under way or waiting for each job: enough to keep all busy, few enough to keep memory flat


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one item: a line of JSON without its end, and whether it tells of a failure."""

    source: str
    line: str
    failed: bool = False


Task = Callable[[str], Row]


class Workers(Protocol):
    """Whoever takes items. A future ends with BrokenExecutor where the process at it died."""

    @property
    def jobs(self) -> int:
        """How many items are worked on at once."""

    def submit(self, task: Task, item: str) -> Future[Row]: ...

    def renew(self) -> None:
        """After a process died: make sure there is somebody to submit to."""

    def close(self) -> None:
        """Let nothing more begin, and wait for nobody."""


class Processes:
    """`jobs` processes of this machine; `prepare` runs first in each, such as to load a model."""

    def __init__(self, jobs: int, prepare: Callable[[], None] | None = None) -> None:
        self._jobs = jobs
        self._prepare = prepare
        self._pool = self._new()

    @property
    def jobs(self) -> int:
        return self._jobs

    def submit(self, task: Task, item: str) -> Future[Row]:
        return self._pool.submit(task, item)

    def renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new()

    def close(self) -> None:
        for process in list(
            (self._pool._processes or {}).values()
        ):  # they may be in the middle of a long recording
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _new(self) -> ProcessPoolExecutor:
        # spawned: a fork would carry the threads' locks of the libraries along
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, context, initializer=_begin, initargs=(self._prepare,))


def _begin(prepare: Callable[[], None] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what a Ctrl-C means
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare is not None:
        prepare()


def _end_with_parent() -> None:
    """A parent that was killed can't say so, and a worker would wait for it for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def in_order(task: Task, items: Iterable[str], workers: Workers, lost: Callable[[str], Row]) -> Iterator[Row]:
    """A row for each item, in order. Items whose process died are tried again alone, twice; then they are `lost`."""
    waiting: deque[tuple[str, Future[Row]]] = deque()
    coming = iter(items)
    while True:
        while len(waiting) < workers.jobs * AHEAD and (item := next(coming, None)) is not None:
            waiting.append((item, _submitted(task, item, workers)))
        if not waiting:
            return
        item, future = waiting[0]
        try:
            row = future.result()
        except BrokenExecutor:
            yield from _one_by_one(task, waiting, workers, lost)
            continue
        waiting.popleft()
        yield row


def _submitted(task: Task, item: str, workers: Workers) -> Future[Row]:
    """A pool whose process has just died takes nothing: that is told by the future, as any other death is."""
    try:
        return workers.submit(task, item)
    except BrokenExecutor as error:
        future: Future[Row] = Future()
        future.set_exception(error)
        return future


def _one_by_one(
    task: Task, waiting: deque[tuple[str, Future[Row]]], workers: Workers, lost: Callable[[str], Row]
) -> Iterator[Row]:
    """Nobody knows which of those under way brought the process down: each is tried alone."""
    workers.renew()
    while waiting:
        item, future = waiting.popleft()
        if future.done() and not future.cancelled() and future.exception() is None:
            yield future.result()
            continue
        yield _alone(task, item, workers) or lost(item)


def _alone(task: Task, item: str, workers: Workers) -> Row | None:
    """The row of an item that has the workers to itself; None where the process died each time."""
    for _ in range(TRIES):
        try:
            return workers.submit(task, item).result()
        except BrokenExecutor:
            workers.renew()
    return None
