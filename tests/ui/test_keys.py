from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from voicemock.speech.requests import Request
from voicemock.ui.keys import NoKeys, TerminalKeys, requests_of, terminal_keys

termios = pytest.importorskip("termios", reason="a POSIX terminal")
ECHO_AND_LINES = termios.ECHO | termios.ICANON
LOCAL_MODES = 3  # their place in what tcgetattr gives

CHILD = """
import signal, sys
from voicemock.ui.keys import terminal_keys
keys = terminal_keys()
keys.open()
print("open", flush=True)
{then}
"""


@dataclass
class Terminal:
    """Both ends of a pseudo-terminal: a person types at `person`."""

    person: int
    program: int

    @property
    def modes(self) -> list[Any]:
        return termios.tcgetattr(self.program)

    @property
    def is_raw(self) -> bool:
        return not self.modes[LOCAL_MODES] & ECHO_AND_LINES

    def type(self, keys: bytes) -> None:
        """Press keys, and wait until they have come through to the program's end."""
        os.write(self.person, keys)
        assert select.select([self.program], [], [], 20)[0]

    @contextmanager
    def child(self, then: str) -> Iterator[subprocess.Popen[bytes]]:
        code = CHILD.format(then=then)
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=self.program, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"open\n"
            try:
                yield child
            finally:
                child.kill()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    person, program = os.openpty()
    yield Terminal(person, program)
    os.close(person)
    os.close(program)


class TestReading:
    def test_a_key_counts_without_enter_and_without_echo(self, terminal: Terminal) -> None:
        keys = TerminalKeys(terminal.program)
        keys.open()
        terminal.type(b"r")
        assert keys.pressed() == "r"
        assert keys.pressed() == ""
        keys.close()
        os.set_blocking(terminal.person, False)
        with pytest.raises(BlockingIOError):
            os.read(terminal.person, 1)

    def test_nothing_is_read_before_it_is_open(self, terminal: Terminal) -> None:
        assert TerminalKeys(terminal.program).pressed() == ""

    def test_standard_input_that_is_no_terminal_has_no_keys(self) -> None:
        with open(os.devnull) as nothing:  # noqa: PTH123 - a device
            assert isinstance(terminal_keys(nothing), NoKeys)

    @pytest.mark.parametrize(
        ("pressed", "requests"),
        [
            ("rthds", list(Request)),
            ("\r", [Request.DONE]),
            ("\n", [Request.DONE]),
            ("R", [Request.REPEAT]),
            ("xyz 1", []),
            ("\x1b[D", []),  # the left arrow: its D is no answer
        ],
    )
    def test_the_keys_are_the_requests(self, pressed: str, requests: list[Request]) -> None:
        assert list(requests_of(pressed)) == requests


class TestTheTerminalIsPutBack:
    """However the program ends, the shell gets its terminal as it was."""

    def test_on_close(self, terminal: Terminal) -> None:
        before = terminal.modes
        keys = TerminalKeys(terminal.program)
        keys.open()
        assert terminal.is_raw
        keys.close()
        keys.close()
        assert terminal.modes == before

    def test_signal_handlers_are_put_back_too(self, terminal: Terminal) -> None:
        before = signal.getsignal(signal.SIGTERM)
        keys = TerminalKeys(terminal.program)
        keys.open()
        assert signal.getsignal(signal.SIGTERM) != before
        keys.close()
        assert signal.getsignal(signal.SIGTERM) == before

    def test_by_the_thread_that_ends_a_process_which_hangs(self, terminal: Terminal) -> None:
        before, handlers = (
            terminal.modes,
            {number: signal.getsignal(number) for number in signal.valid_signals()},
        )
        keys, problems = TerminalKeys(terminal.program), []

        def close() -> None:
            try:
                keys.close()
            except ValueError as problem:  # signal handlers belong to the main thread
                problems.append(problem)

        keys.open()
        ending = threading.Thread(target=close)
        ending.start()
        ending.join(timeout=20)
        after = terminal.modes
        for number in keys._handlers:
            signal.signal(number, handlers[number])
        assert (after, problems) == (before, [])

    @pytest.mark.parametrize("then", ["sys.exit(3)", "raise KeyboardInterrupt", "pass"])
    def test_when_python_exits(self, terminal: Terminal, then: str) -> None:
        before = terminal.modes
        with terminal.child(f"sys.excepthook = lambda *error: None\n{then}") as child:
            child.wait(timeout=20)
        assert terminal.modes == before

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
    def test_when_a_signal_ends_it(self, terminal: Terminal, number: signal.Signals) -> None:
        before = terminal.modes
        with terminal.child("signal.pause()") as child:
            assert terminal.is_raw
            child.send_signal(number)
            assert child.wait(timeout=20) == -number
        assert terminal.modes == before

    def test_keys_nobody_read_do_not_reach_the_shell(self, terminal: Terminal) -> None:
        keys = TerminalKeys(terminal.program)
        keys.open()
        terminal.type(b"s\n")
        keys.close()
        os.set_blocking(terminal.program, False)
        with pytest.raises(BlockingIOError):
            os.read(terminal.program, 1)


def test_a_terminal_that_was_closed_has_no_keys_and_needs_nothing() -> None:
    person, program = os.openpty()
    keys = TerminalKeys(program)
    keys.open()
    os.close(person)
    assert keys.pressed() == ""
    keys.close()
    os.close(program)


def test_after_a_pause_in_the_background_single_keys_count_again(terminal: Terminal) -> None:
    """A shell puts the terminal back to lines when Ctrl-Z stops the program."""
    keys = TerminalKeys(terminal.program)
    before = terminal.modes
    keys.open()
    termios.tcsetattr(terminal.program, termios.TCSANOW, before)
    signal.raise_signal(signal.SIGCONT)
    assert terminal.is_raw
    keys.close()
