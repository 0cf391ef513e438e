"""Work that may take long, or hang: done beside the interview, in the order in which it was handed in."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
LEAVE_S = 0.2  # for the work in hand when it is closed; then it is left behind


class Aside(Protocol):
    def later(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Have `work` done; `take` calls `then` with what came of it."""

    def take(self) -> None:
        """Go on with what is done. Raises what the work raised."""

    def settle(self, limit_s: float, /) -> None:
        """Wait for all that was handed in, but no longer than that, and go on with it."""

    def close(self) -> None: ...


class AtOnce:
    """The caller does it: where the sound waits for its reader."""

    def later(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        then(work())

    def take(self) -> None:
        return

    def settle(self, _limit_s: float) -> None:
        return

    def close(self) -> None:
        return


class Beside:
    """A thread does it, and calls `wake` after each piece."""

    def __init__(self, name: str, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._todo: queue.SimpleQueue[Callable[[], Callable[[], None]] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._left = 0  # handed in and not gone on with
        self._closing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def later(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def piece() -> Callable[[], None]:
            found = work()
            return lambda: then(found)

        self._left += 1
        self._todo.put(piece)

    def take(self) -> None:
        while not self._done.empty():
            self._go_on(self._done.get())

    def settle(self, limit_s: float) -> None:
        until = time.monotonic() + limit_s
        while self._left and (left_s := until - time.monotonic()) > 0:
            try:
                self._go_on(self._done.get(timeout=left_s))
            except queue.Empty:
                return

    def close(self) -> None:
        self._closing = True
        self._todo.put(None)
        self._thread.join(LEAVE_S)

    def _go_on(self, then: Callable[[], None]) -> None:
        self._left -= 1
        then()

    def _run(self) -> None:
        while (piece := self._todo.get()) is not None and not self._closing:
            try:
                then = piece()
            except BaseException as error:  # noqa: BLE001 - raised again by whoever goes on
                then = _raising(error)
            self._done.put(then)
            self._wake()


def _raising(error: BaseException) -> Callable[[], Any]:
    def go_on() -> None:
        raise error

    return go_on
