"""The one interview that a server holds, and the page that is in it.

An interview runs in a thread of its own and goes on whatever becomes of the page: it is told what happens, and asked
for sound and keys. A page that leaves may come back, or another may take over.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from voicemock.errors import UsageProblem, VoicemockError
from voicemock.speech.requests import Request
from voicemock.web.microphone import PageMicrophone
from voicemock.web.screen import PageScreen
from voicemock.web.speaker import PageSpeaker
from voicemock.web.wire import Outbox, PageWire

EMPTY_S = 180.0  # without a page before or between questions, then the session ends; in an answer see PageMicrophone
MARK_CHARACTERS = 3
OVER = ("idle", "over", "failed")


class Interviewing(Protocol):
    """Holds an interview in `room` with what the page asked for; returns when it is over."""

    def __call__(self, room: Room, wanted: Mapping[str, Any]) -> None: ...


class Room:
    """Every method may be called from any thread."""

    def __init__(self, interview: Interviewing, now: Callable[[], float] = time.monotonic) -> None:
        self._interview = interview
        self._now = now
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._microphone: PageMicrophone | None = None
        self._left_at: float | None = None
        self.wire = PageWire()
        self.screen = PageScreen(self.wire, now)
        self.speaker = PageSpeaker(self.wire, now)

    # --- the interview --------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def begin(self, wanted: Mapping[str, Any]) -> None:
        """Begin an interview. Raises UsageProblem while another goes on."""
        with self._lock:
            if self.busy:
                raise UsageProblem("an interview is going on", "go on with it, or end it first")
            self.wire.forget()
            self.screen = PageScreen(self.wire, self._now)
            self.speaker = PageSpeaker(self.wire, self._now)
            self._left_at = self._now()
            self.wire.turn("preparing")
            self._thread = threading.Thread(
                target=self._run, args=(wanted,), name="voicemock-interview", daemon=True
            )
            self._thread.start()

    def _run(self, wanted: Mapping[str, Any]) -> None:
        try:
            self._interview(self, wanted)
        except VoicemockError as error:
            self.wire.turn("failed", problem=error.problem, next_step=error.next_step)
        except KeyboardInterrupt:
            self.wire.turn("idle")
        except Exception as error:  # noqa: BLE001 - the server goes on, and the page says what it was
            self.wire.turn(
                "failed",
                problem=f"unexpected error ({type(error).__name__}: {error})",
                next_step="what was recorded is kept: the list of sessions offers to bring it back",
            )

    def source(self) -> PageMicrophone:
        """The page's microphone, for the question that is about to be asked."""
        self._microphone = PageMicrophone(self._now)
        return self._microphone

    def stop(self) -> None:
        self.screen.stop()

    def wait(self, patience_s: float) -> bool:
        """Until the interview is over; False where it did not end in time."""
        if self._thread is not None:
            self._thread.join(patience_s)
        return not self.busy

    def look(self) -> None:
        """Called now and then: nobody waits for ever for a page that was closed."""
        waits = self.wire.state not in (*OVER, "asking")
        if waits and self._left_at is not None and self._now() - self._left_at >= EMPTY_S:
            self.stop()

    # --- the page -------------------------------------------------------------------------------------------

    def enter(self, outbox: Outbox, *, take_over: bool) -> bool:
        """Whether the page has the interview now; another one may have it."""
        if self.wire.there and not self.wire.holds(outbox) and not take_over:
            return False
        self.wire.hand_over(outbox, lambda other: other.put('{"is": "moved"}'))
        self._left_at = None
        self.speaker.again()
        return True

    def leave(self, outbox: Outbox) -> None:
        if self.wire.detach(outbox):
            self._left_at = self._now()
            self.speaker.left()

    def hear(self, outbox: Outbox, block: bytes) -> None:
        """A block of sound. Raises BadBlock."""
        microphone = self._microphone
        if microphone is not None and self.wire.holds(outbox):
            microphone.push(block)

    def do(self, outbox: Outbox, what: str, message: Mapping[str, Any]) -> None:
        """What the page that has the interview asks for. Raises ValueError for what nobody can mean."""
        if not self.wire.holds(outbox):
            return
        match what:
            case "ask":
                self.screen.press(Request(message.get("key")))
            case "rate":
                self.screen.rate(str(message.get("mark") or "")[:MARK_CHARACTERS])
            case "go":
                self.screen.go()
            case "stop":
                self.stop()
            case "blocked":
                self.speaker.blocked = bool(message.get("blocked"))
            case "playing" | "played":
                self._line(what, message)
            case _:
                raise ValueError(f"nothing is called {what!r}")

    def _line(self, what: str, message: Mapping[str, Any]) -> None:
        line = self.speaker.line(message.get("line"))
        if line is None:
            return
        if what == "playing":
            line.begun(min(1.0, max(0.0, float(message.get("latency_s") or 0.0))))
        else:
            line.ended()
