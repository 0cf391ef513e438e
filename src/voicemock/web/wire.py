"""The way from any thread to the page that has the interview: what is told it, and told again after a reload."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any, Protocol

NO_STATE: Mapping[str, Any] = {"is": "state", "state": "idle"}


class Outbox(Protocol):
    """One page's connection; both calls return at once, from any thread."""

    def put(self, message: str | bytes) -> None: ...


class PageWire:
    """What the session says goes to the page that is there, and is kept for the next one.

    `tell` messages that `keep` are told again, in order, to a page that comes later; `state` is the last of its kind.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._outbox: Outbox | None = None
        self._kept: list[str] = []
        self._state: Mapping[str, Any] = NO_STATE

    @property
    def there(self) -> bool:
        return self._outbox is not None

    @property
    def state(self) -> str:
        return str(self._state["state"])

    def tell(self, message: Mapping[str, Any], *, keep: bool = False) -> None:
        text = json.dumps(message)
        with self._lock:
            if keep:
                self._kept.append(text)
            if self._outbox is not None:
                self._outbox.put(text)

    def send(self, data: bytes) -> None:
        with self._lock:
            if self._outbox is not None:
                self._outbox.put(data)

    def turn(self, state: str, **fields: object) -> None:
        """Tell that the interview is now in `state`."""
        with self._lock:
            self._state = {"is": "state", "state": state, **fields}
            if self._outbox is not None:
                self._outbox.put(json.dumps(self._state))

    def forget(self) -> None:
        """What was kept is about a question that is over."""
        with self._lock:
            self._kept.clear()

    def attach(self, outbox: Outbox) -> None:
        """From now on everything goes there, after all that is known."""
        with self._lock:
            self._outbox = outbox
            for text in (*self._kept, json.dumps(self._state)):
                outbox.put(text)

    def detach(self, outbox: Outbox) -> bool:
        """Whether that was the page that had the interview."""
        with self._lock:
            ours = self._outbox is outbox
            if ours:
                self._outbox = None
            return ours

    def holds(self, outbox: Outbox) -> bool:
        return self._outbox is outbox

    def hand_over(self, outbox: Outbox, then: Callable[[Outbox], None]) -> None:
        """Another page takes the interview; `then` tells the one that had it."""
        before = self._outbox
        if before is not None and before is not outbox:
            then(before)
        self.attach(outbox)
