"""What ends a command from outside: Ctrl-C, SIGTERM, SIGHUP, a terminal that is closed, a reader that leaves."""

from __future__ import annotations

import atexit
import contextlib
import errno
import os
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType, MethodType
from typing import IO, Any

from voicemock.terminal.native_noise import restore

EXIT_INTERRUPTED = 130  # everything so far is kept
GRACE_S = 0.6  # for the words and the score of an answer that a signal ended: they take some 0.4 s
AGAIN_S = 0.01  # after a request that Python swallowed
LAST_S = 0.8  # from a signal until the process is gone, whatever hangs: who sends one waits for a second
SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
HANG_UP = SIGNALS[-1]  # what a closed terminal sends; SIGTERM on Windows, which knows no other
TIDY_S = 3.0  # for what is put in order at the end: it takes 0.2 s, or hangs with a sound server
LATE_TIDY_S = 0.15  # the same when LAST_S are over
# what a stream says whose reader or terminal has gone; the last is how Windows says it
GONE = (errno.EPIPE, errno.EIO, *([errno.EINVAL] if sys.platform == "win32" else []))
OURS = "voicemock-"  # what the names of the threads that may be left behind begin with


class Interrupts:
    """Asked once to stop, a session ends in good order: the answer is transcribed, scored and kept.

    Asked twice, or outside a session, the main thread gets a KeyboardInterrupt: what is open is closed, and `recover`
    brings back what is on the disk. Ctrl-C asks once. SIGTERM and SIGHUP ask once and, GRACE_S later, once more;
    LAST_S after them the process is gone. `on_stop` may take a request (True) or leave it to the KeyboardInterrupt.
    """

    def __init__(self, on_stop: Callable[[], bool] | None = None) -> None:
        self.asked = 0
        self._in_session = False
        self._on_stop = on_stop or self._noted
        self._raised: KeyboardInterrupt | None = None
        self._deadline: threading.Thread | None = None
        self._told_before = sys.unraisablehook

    @contextlib.contextmanager
    def watch(self) -> Iterator[Interrupts]:
        """Take the signals meanwhile, but for those that were ignored before, as by nohup.

        Whoever took them before learns of those that came. Where nobody did, more of them are ignored: all is ending.
        """
        if threading.current_thread() is not threading.main_thread():
            yield self  # Python takes signal handlers in the main thread only
            return
        before = {number: signal.getsignal(number) for number in SIGNALS}
        taken = [number for number, handler in before.items() if handler != signal.SIG_IGN]
        owners = [handler.__self__ for handler in before.values() if isinstance(handler, MethodType)]
        outer = next((owner for owner in owners if isinstance(owner, Interrupts)), None)
        for number in taken:
            signal.signal(number, self._handle)
        self._told_before, sys.unraisablehook = sys.unraisablehook, self._lost
        try:
            yield self
        finally:
            sys.unraisablehook = self._told_before
            for number in taken:
                signal.signal(number, before[number] if outer or not self.asked else signal.SIG_IGN)
            if outer is not None:
                outer.asked += self.asked

    def at_stake(self, something: bool) -> None:
        """Whether there is something to lose if all is left at once."""
        self._in_session = something

    def _noted(self) -> bool:
        return self._in_session and self.asked == 1

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self.asked += 1
        if number != signal.SIGINT and self._deadline is None:
            let_go_of_dead_terminals()
            self._deadline = threading.Thread(target=_keep_deadline, name="deadline", daemon=True)
            self._deadline.start()
        if not self._on_stop():
            self._raise()

    def _lost(self, lost: Any) -> None:
        """Raised while an object was being taken down it was swallowed: the main thread is asked again out of there."""
        if lost.exc_value is None or lost.exc_value is not self._raised:
            self._told_before(lost)
            return
        threading.Thread(target=_ask_main_thread, args=(AGAIN_S,), name="deadline", daemon=True).start()

    def _raise(self) -> None:
        error = sys.exception()
        while error is not None:
            if error is self._raised:
                return  # it is on its way, and what is open is being closed
            error = error.__context__
        self._raised = KeyboardInterrupt()
        raise self._raised


at_the_last: list[Callable[[], None]] = []  # what a library needs before the process ends over its head


def _ask_main_thread(in_s: float) -> None:
    threading.Event().wait(in_s)
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(
            main, signal.SIGINT
        )  # to that thread, so that it wakes from whatever it waits for


def _keep_deadline() -> None:
    """Ask again after GRACE_S, and end the process after LAST_S."""
    _ask_main_thread(GRACE_S)
    threading.Event().wait(LAST_S - GRACE_S)
    for let_go in at_the_last:
        let_go()
    leave(EXIT_INTERRUPTED, within_s=LATE_TIDY_S)


def end(status: object, *, hurried: bool) -> None:
    """End the process with the exit code of a SystemExit; `hurried`: a signal's sender is waiting."""
    if hurried or any(thread.name.startswith(OURS) for thread in threading.enumerate()):
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        leave(status if isinstance(status, int) else int(status is not None))
    sys.exit(status)  # type: ignore[arg-type] # as it came


_leaving = threading.Lock()  # never let go: one thread puts things in order, and the process ends


def leave(status: int, within_s: float = TIDY_S) -> None:
    """End the process without waiting for any thread, and without taking the interpreter down piece by piece.

    A thread that decodes is inside C++, where nothing can end it: if it is slow, Python's own end would let it come
    back to an interpreter in pieces, which aborts the process; if it hangs, nobody can wait for it. And that end takes
    half a second on a busy machine, with nothing left to do: sound and rows are on the disk by then, and what was
    registered with `atexit` (children, folders, the terminal) is put in order here, within `within_s` seconds.
    """
    try:
        if _leaving.acquire(timeout=within_s):
            tidying = threading.Thread(target=atexit._run_exitfuncs, name="tidying", daemon=True)
            tidying.start()
            tidying.join(within_s)
    finally:
        os._exit(status)


def let_go_of_dead_terminals() -> None:
    """Standard streams whose terminal is gone lead nowhere from now on, where writing raises nothing."""
    drawn_on = 2
    with contextlib.suppress(ValueError):  # it was closed
        drawn_on = sys.__stderr__.fileno() if sys.__stderr__ is not None else 2  # by the live screen
    for descriptor in {0, 1, 2, drawn_on}:
        with contextlib.suppress(OSError):
            if stat.S_ISCHR(os.fstat(descriptor).st_mode) and not os.isatty(descriptor):
                to_nowhere(descriptor)


def to_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


class Outlet:
    """A standard stream whose reader may leave: that is a hang-up, and what is still written goes nowhere."""

    def __init__(self, file: IO[str], before: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._before = before  # each write

    def write(self, text: str) -> int:
        self._before()
        try:
            return self._file.write(text)
        except OSError as error:
            self._reader_left(error)
            return len(text)

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError as error:
            self._reader_left(error)

    def _reader_left(self, error: OSError) -> None:
        if error.errno not in GONE:
            raise error
        to_nowhere(self._file.fileno())
        signal.raise_signal(HANG_UP)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@contextlib.contextmanager
def readers_may_leave() -> Iterator[None]:
    """Standard output and error as outlets."""
    with (
        contextlib.redirect_stdout(Outlet(sys.stdout)),
        contextlib.redirect_stderr(Outlet(sys.stderr, restore)),
    ):
        yield
