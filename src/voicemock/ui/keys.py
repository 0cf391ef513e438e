"""Single key presses from the terminal, without Enter and without an echo.

The terminal is put back on `close`, when Python exits, and before a signal ends the process.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from types import FrameType
from typing import IO, Any, Protocol

from voicemock.speech.requests import Request

ENTER = ("\r", "\n")
REQUESTS: Mapping[str, Request] = {
    **{request.value: request for request in Request},
    **dict.fromkeys(ENTER, Request.DONE),
}
READ_AT_ONCE = 64  # bytes; more than a person presses in the 20 ms between two looks


class Keys(Protocol):
    """Where key presses come from: `open`, then `pressed`, which never blocks, then `close`."""

    def open(self) -> None: ...

    def pressed(self) -> str: ...

    def close(self) -> None: ...


class NoKeys:
    """Standard input is not a terminal: nobody can press anything."""

    def open(self) -> None:
        pass

    def pressed(self) -> str:
        return ""

    def close(self) -> None:
        pass


class TerminalKeys:
    """A POSIX terminal in cbreak mode: Ctrl-C still interrupts."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._before: list[Any] | None = None
        self._handlers: dict[int, Any] = {}

    def open(self) -> None:
        if sys.platform == "win32":
            return
        import termios
        import tty

        if self._before is not None or _in_background(self._fd):
            return
        self._before = termios.tcgetattr(self._fd)
        atexit.register(self.close)
        self._watch_signals()
        tty.setcbreak(self._fd)

    def pressed(self) -> str:
        import select

        if self._before is None or not select.select([self._fd], [], [], 0)[0]:
            return ""
        try:
            return os.read(self._fd, READ_AT_ONCE).decode("utf-8", "ignore")
        except OSError:
            return ""  # the terminal was closed

    def close(self) -> None:
        """Put the terminal back, once; keys that nobody read are dropped and do not reach the shell."""
        if sys.platform == "win32":
            return
        import termios

        before, self._before = self._before, None
        if before is None:
            return
        atexit.unregister(self.close)
        with contextlib.suppress(termios.error):  # a terminal that was closed needs nothing
            # at once, not when all is shown: Ctrl-S holds that up
            termios.tcsetattr(self._fd, termios.TCSANOW, before)
            termios.tcflush(self._fd, termios.TCIFLUSH)
        if threading.current_thread() is threading.main_thread():  # else the process ends now
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            self._handlers = {}

    def _watch_signals(self) -> None:
        if sys.platform == "win32":
            return
        if threading.current_thread() is not threading.main_thread():
            return  # Python takes signal handlers in the main thread only
        self._handlers[signal.SIGCONT] = signal.signal(signal.SIGCONT, self._resume)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            if signal.getsignal(number) is signal.SIG_DFL:
                self._handlers[number] = signal.signal(number, self._die)

    def _resume(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """After Ctrl-Z and `fg` the terminal is as the shell likes it."""
        if sys.platform == "win32":
            return
        import tty

        tty.setcbreak(self._fd)

    def _die(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler's arguments
        self.close()
        os.kill(os.getpid(), number)  # the default again, so that the parent sees what happened


def _in_background(fd: int) -> bool:
    """Whether touching the terminal would stop the process (`voicemock practice &`)."""
    if sys.platform == "win32":
        return False
    try:
        return os.tcgetpgrp(fd) != os.getpgrp()
    except OSError:  # a terminal, but not the one that this process was started from
        return False


class WindowsKeys:
    """The Windows console gives single keys as it is."""

    def open(self) -> None:
        pass

    def pressed(self) -> str:
        import msvcrt

        read: Any = msvcrt  # typed for Windows only
        pressed = ""
        while read.kbhit():
            pressed += read.getwch()
        if "\x03" in pressed:  # getwch takes Ctrl-C as a key
            raise KeyboardInterrupt
        return pressed

    def close(self) -> None:
        pass


def terminal_keys(stdin: IO[str] | None = None) -> Keys:
    """The keys of `stdin`, by default standard input; none if it is not a terminal."""
    stdin = sys.stdin if stdin is None else stdin
    if stdin is None or stdin.closed or not stdin.isatty():
        return NoKeys()
    return WindowsKeys() if sys.platform == "win32" else TerminalKeys(stdin.fileno())


def requests_of(pressed: str) -> Sequence[Request]:
    """The requests among these key presses; any other key is nothing, and so is an arrow or function key."""
    if pressed.startswith("\x1b"):
        return ()
    return [REQUESTS[key] for key in pressed.lower() if key in REQUESTS]
