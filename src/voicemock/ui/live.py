"""Runs a session in a thread behind the live screen; the way between the two threads."""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Generic, TypeVar

from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question
from voicemock.speech.requests import Request
from voicemock.terminal.native_noise import restore
from voicemock.terminal.signals import Interrupts
from voicemock.ui.app import InterviewApp
from voicemock.ui.screen import Screen

T = TypeVar("T")
METER_EVERY_S = 0.1  # the meter comes with each block of 20 ms; eyes need no more than 10 a second
PATIENCE_S = 10.0  # for a session to end after the candidate has left; a hung device must not hold the shell
HURRY_S = 0.25  # the same where the candidate left at once, or before there was anything to keep
TERMINAL_AS_IT_WAS = (
    b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[<u"  # what Textual undoes
)


class LiveScreen:
    """The session's end of the screen: every call returns at once, and does nothing once the app has gone."""

    def __init__(self, app: InterviewApp, now: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._now = now
        self._meter_at = float("-inf")
        self._meter_kind: tuple[object, ...] = ()

    def start(self) -> None:
        pass

    def close(self) -> None:
        self._tell(self._app.exit)

    def question(self, question: Question, number: int, count: int) -> None:
        self._tell(self._app.show_question, question, number, count)

    def on_event(self, event: Event) -> None:
        if event.type in ("session_started", "session_ended"):
            self._app.at_stake = event.type == "session_started"
        self._tell(self._app.show_event, event)

    def on_meter(self, meter: Meter) -> None:
        """At most ten a second, but a change of the floor, the countdown or the microphone at once."""
        kind = (
            meter.interviewer_speaks,
            meter.countdown_s,
            meter.trouble,
            meter.thinking_s is None,
            meter.closing_s is None,
        )
        if kind == self._meter_kind and self._now() - self._meter_at < METER_EVERY_S:
            return
        self._meter_kind, self._meter_at = kind, self._now()
        self._tell(self._app.show_meter, meter)

    def keys(self) -> Sequence[Request]:
        """While the session is being stopped: that's my answer, so that it ends and is kept."""
        if self._app.stops > 1:
            raise KeyboardInterrupt
        if self._app.stops:
            return (Request.DONE,)
        pressed = self._app.pressed
        return [pressed.popleft() for _ in range(len(pressed))]

    def typed(self) -> str:
        typed = self._app.typed
        return "".join(typed.popleft() for _ in range(len(typed)))

    def progress(self, what: str, done: int, total: int) -> None:
        if self._app.stops and not self._app.at_stake:
            raise KeyboardInterrupt
        self._tell(self._app.show_progress, what, done, total)

    def note(self, text: str) -> None:
        self._tell(self._app.show_note, text)

    def stopping(self) -> bool:
        return self._app.stops > 0

    @property
    def patience_s(self) -> float:
        """How long the session has to end once the screen has gone."""
        return PATIENCE_S if self._app.stops == 1 and self._app.at_stake else HURRY_S

    def aside(self, show: Callable[[], None]) -> None:
        """Print below the screen that was there before; the app is suspended meanwhile."""
        if self._app.is_running:
            self._app.call_from_thread(self._app.show_aside, show)
        else:
            show()

    def _tell(self, show: Callable[..., Any], *arguments: Any) -> None:
        if self._app.is_running:
            self._app.call_later(show, *arguments)


class _Work(Generic[T]):
    """A callable's run in a thread, and what came of it."""

    def __init__(self, session: Callable[[Screen], T], screen: LiveScreen) -> None:
        self._session = session
        self._screen = screen
        self._results: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="voicemock-session", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        try:
            self._results.append(self._session(self._screen))
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._error = error
        finally:
            self._screen.close()

    def result(self) -> T:
        if self._thread.ident is not None:  # it never began if the screen was left before it was drawn
            self._thread.join(self._screen.patience_s)
        if self._error is not None:
            raise self._error
        if not self._results:
            raise KeyboardInterrupt
        return self._results[0]


def run_with_screen(session: Callable[[Screen], T], app: InterviewApp | None = None) -> T:
    """Show the live screen while `session` runs in a thread; return or raise what it does.

    Raises KeyboardInterrupt if the candidate left before it was over.
    """
    app = app if app is not None else InterviewApp()
    work = _Work(session, LiveScreen(app))
    app.when_mounted = work.start
    with Interrupts(app.stop_from_outside).watch():
        with terminal_put_back(), native_noise_kept_out():
            app.run()
        app.stops = max(1, app.stops)  # whatever closed the screen, nobody sees the session any more
        return work.result()


@contextmanager
def terminal_put_back() -> Iterator[None]:
    """The terminal as it was, even if the process is left while Textual draws."""
    if sys.platform == "win32" or sys.__stdin__ is None or not sys.__stdin__.isatty():
        yield
        return
    import termios

    terminal = sys.__stdin__.fileno()
    before = termios.tcgetattr(terminal)

    def put_back() -> None:
        with suppress(OSError, termios.error):
            os.write(terminal, TERMINAL_AS_IT_WAS)
            termios.tcsetattr(terminal, termios.TCSANOW, before)

    atexit.register(put_back)
    try:
        yield
    finally:
        atexit.unregister(put_back)


@contextmanager
def native_noise_kept_out() -> Iterator[None]:
    """Drop what libraries of sound print past Python (ALSA says a lot): it would land amid the screen.

    Textual draws on standard error, so it gets a file of its own for that.
    """
    if sys.__stderr__ is None or not sys.__stderr__.isatty():
        yield
        return
    kept, there = sys.__stderr__, os.dup(2)
    silence = os.open(os.devnull, os.O_WRONLY)
    with os.fdopen(os.dup(there), "w", encoding="utf-8") as terminal:
        sys.__stderr__ = terminal  # type: ignore[misc]
        os.dup2(silence, 2)
        try:
            yield
        finally:
            restore()  # now: what still opens a device must not do it later
            os.dup2(there, 2)
            sys.__stderr__ = kept  # type: ignore[misc]
            os.close(silence)
            os.close(there)
