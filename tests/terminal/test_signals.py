"""Ctrl-C, signals, closed terminals and readers that leave. The full run is `python -m benchmarks.signals`."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO

import pytest

from tests.commands import run_benchmark
from voicemock.terminal import signals as interrupts
from voicemock.terminal.signals import (
    SIGNALS,
    Interrupts,
    Outlet,
    let_go_of_dead_terminals,
    readers_may_leave,
)

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX"),
    pytest.mark.usefixtures("handlers_as_they_were"),
]
SOON_S = 10.0  # far above what a signal takes
ENDING = [number for number in SIGNALS if number != signal.SIGINT]


class TestTheCommandLine:
    """The answer is kept, the exit code is 130, and no child, folder or traceback is left."""

    def test_at_six_moments_of_an_interview(self) -> None:
        said = run_benchmark("signals", "--moments", "6", "--seed", "5", "--latest", "8")
        assert "stopped 6 times, with faults: 0" in said


@pytest.fixture
def deadlines(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The deadline that would end this process is only noted."""
    noted: list[str] = []
    monkeypatch.setattr(interrupts, "_keep_deadline", lambda: noted.append("set"))
    return noted


class TestAskedToStop:
    """Once in good order, twice at once."""

    def test_once_in_a_session_it_is_noted(self) -> None:
        with Interrupts().watch() as asked:
            asked.at_stake(True)
            signal.raise_signal(signal.SIGINT)
            assert asked.asked == 1

    def test_twice_it_is_a_keyboard_interrupt(self) -> None:
        with Interrupts().watch() as asked:
            asked.at_stake(True)
            signal.raise_signal(signal.SIGINT)
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)

    def test_with_nothing_at_stake_it_is_one_at_once(self) -> None:
        with Interrupts().watch(), pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    def test_one_that_came_while_an_object_was_taken_down_is_not_lost(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        class Leaves:
            def __del__(self) -> None:
                signal.raise_signal(signal.SIGINT)  # Python swallows what is raised here

        leaves = [Leaves()]
        with Interrupts().watch(), pytest.raises(KeyboardInterrupt):
            leaves.clear()
            threading.Event().wait(SOON_S)
        assert capsys.readouterr().err == ""

    def test_what_is_being_closed_is_closed_in_peace(self) -> None:
        closed = []
        with Interrupts().watch(), pytest.raises(KeyboardInterrupt):
            try:
                signal.raise_signal(signal.SIGINT)
            finally:
                signal.raise_signal(signal.SIGINT)
                closed.append("all of it")
        assert closed

    def test_one_that_was_taken_for_a_wish_does_not_hide_the_next(self) -> None:
        with Interrupts().watch():
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            try:
                raise OSError
            except OSError:
                with pytest.raises(KeyboardInterrupt):
                    signal.raise_signal(signal.SIGINT)

    def test_whoever_watched_before_learns_of_it(self) -> None:
        with Interrupts().watch() as outer:
            with Interrupts(lambda: True).watch():
                signal.raise_signal(signal.SIGINT)
            assert outer.asked == 1
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)

    def test_handlers_are_put_back(self) -> None:
        before = [signal.getsignal(number) for number in SIGNALS]
        with Interrupts().watch():
            assert [signal.getsignal(number) for number in SIGNALS] != before
        assert [signal.getsignal(number) for number in SIGNALS] == before

    def test_once_one_came_the_others_change_nothing_any_more(self) -> None:
        with Interrupts(lambda: True).watch():
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    def test_what_was_ignored_stays_ignored(self) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        with Interrupts().watch():
            signal.raise_signal(signal.SIGHUP)

    @pytest.mark.parametrize("number", ENDING)
    def test_who_ends_it_by_a_signal_waits_a_second_at_most(
        self, deadlines: list[str], number: signal.Signals
    ) -> None:
        with Interrupts().watch() as asked:
            asked.at_stake(True)
            signal.raise_signal(number)
            assert asked.asked == 1
            assert asked._deadline is not None
            asked._deadline.join(timeout=10)
        assert deadlines == ["set"]
        assert interrupts.GRACE_S < interrupts.LAST_S < 1.0


class TestWhatHangsAtTheEnd:
    """The process ends all the same, and what is put in order at its end is done by one thread."""

    CODE = """
import atexit, threading
from voicemock.terminal import signals as interrupts
begun, never = threading.Event(), threading.Event()
atexit.register(lambda: (print("once", flush=True), begun.set(), never.wait()))
{then}
"""

    @pytest.mark.parametrize(
        "then",
        [
            "interrupts.leave(5, within_s=0.01)",
            "last = lambda: (begun.wait(), interrupts.leave(5, within_s=0.01))\n"
            "threading.Thread(target=last, daemon=True).start()\n"
            "interrupts.leave(6, within_s=600)",
        ],
        ids=["in the main thread", "or in two"],
    )
    def test_nobody_waits_for_it(self, then: str) -> None:
        code = self.CODE.format(then=then)
        child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        assert (child.returncode, child.stderr) == (5, "")
        assert child.stdout.count("once") <= 1


@pytest.fixture
def terminal() -> Iterator[tuple[int, IO[str]]]:
    """A person's end, and the program's as a file."""
    person, program = os.openpty()
    with os.fdopen(program, "w") as file:
        yield person, file


class TestATerminalThatIsClosed:
    """Writing to it goes nowhere and raises nothing."""

    def test_standard_streams_lead_nowhere(
        self, terminal: tuple[int, IO[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person, file = terminal
        monkeypatch.setattr(sys, "__stderr__", file)
        let_go_of_dead_terminals()
        assert os.isatty(file.fileno())  # one that is open is kept
        os.close(person)
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            os.write(file.fileno(), b"words")
        let_go_of_dead_terminals()
        assert os.write(file.fileno(), b"words") == 5

    def test_one_that_was_closed_here_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with open(os.devnull, "w") as file:  # noqa: PTH123 - a device
            monkeypatch.setattr(sys, "__stderr__", file)
        let_go_of_dead_terminals()


@pytest.mark.usefixtures("deadlines")
class TestAReaderThatLeaves:
    """It is a hang-up: said once, and what comes after goes nowhere."""

    def test_it_is_asked_to_stop_and_the_rest_goes_nowhere(self) -> None:
        read, write = os.pipe()
        with os.fdopen(write, "w") as file, Interrupts(lambda: True).watch() as asked:
            outlet = Outlet(file)
            print("there", file=outlet, flush=True)  # type: ignore[call-overload]
            os.close(read)
            print("gone", file=outlet, flush=True)  # type: ignore[call-overload]
            print("gone", file=outlet, flush=True)  # type: ignore[call-overload]
            assert asked.asked == 1

    def test_any_other_error_is_one(self) -> None:
        with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
            outlet = Outlet(full)
            outlet.write("words")
            with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
                outlet.flush()
            os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())

    def test_standard_output_is_one_meanwhile(self) -> None:
        before = sys.stdout
        with readers_may_leave():
            assert isinstance(sys.stdout, Outlet)
            assert sys.stdout.isatty() == before.isatty()
        assert sys.stdout is before
