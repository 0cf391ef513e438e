"""What a page asks to be done: each by its name, over the WebSocket, which no other page can open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from voicemock.errors import UsageProblem
from voicemock.web.interviews import Services
from voicemock.web.room import Room


class Calls:
    """Carries out calls, in threads of their own. Raises VoicemockError."""

    def __init__(self, services: Services, room: Room) -> None:
        self._services = services
        self._room = room
        self._known: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
            "begin": self._begin,
            "end": lambda _: self._end(),
            "look": lambda _: {"busy": self._room.busy},
        }

    def __call__(self, name: str, given: Mapping[str, Any]) -> Any:
        call = self._known.get(name)
        if call is None:
            raise UsageProblem(f"nothing is called {name[:40]!r}", "load the page again")
        return call(given)

    def _begin(self, given: Mapping[str, Any]) -> None:
        self._room.begin(given)

    def _end(self) -> None:
        """End the interview that is going on; what was said is kept."""
        self._room.stop()
        self._room.wait(10.0)
