"""Every write, fsync, rename and database call of a session fails in turn: what the user is told and what is kept.

    python -m benchmarks.fault_sweep [--answers 2] [--stride 1]        twenty minutes; --stride 40 takes two

A child runs `voicemock practice` with a scripted candidate, and its i-th operation on the disk fails, for i = 1, 2, 3
… until a run ends clean: once as on a full disk (then every later one fails too), once with an I/O error, once by
SIGKILL. The command must end with an exit code other than 0 and with a line that names the path; after it an answer
is there, whole, or `voicemock recover` brings it back, and `verify` finds nothing. `--stride n` takes, of
the operations that look alike, two of every n. Exits with 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.sitting import events_path, get_ready, look_after, sit

KINDS = ("ENOSPC", "EIO", "kill")
ON_A_FULL_DISK = ("SELECT", "PRAGMA", "ROLLBACK")  # statements that work there
SQL = {"ENOSPC": "database or disk is full", "EIO": "disk I/O error"}


class Faults:
    """Counts operations; the one called `fail_at` (from 1) fails, and on a full disk all later ones as well."""

    def __init__(self, kind: str = "", fail_at: int = 0) -> None:
        self._kind, self._fail_at = kind, fail_at
        self.done: list[str] = []

    def next(self, what: str) -> bool:
        """Whether this operation fails."""
        self.done.append(what)
        due = len(self.done) == self._fail_at
        if due and self._kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return due or (self._kind == "ENOSPC" and 0 < self._fail_at < len(self.done))

    def on_file(self, what: str, path: object) -> None:
        if self.next(f"{what} {Path(str(path)).name}"):
            number = getattr(errno, self._kind)
            raise OSError(number, os.strerror(number), str(path))

    def on_statement(self, sql: str) -> None:
        word = sql.split()[0]
        if self.next(word) and not (self._kind == "ENOSPC" and word in ON_A_FULL_DISK):
            raise sqlite3.OperationalError(SQL[self._kind])


class FailingFile:
    """A file of which each write may fail."""

    def __init__(self, file: Any, faults: Faults) -> None:
        self._file, self._faults = file, faults

    def write(self, content: Any) -> Any:
        self._faults.on_file("write", self._file.name)
        return self._file.write(content)

    def __enter__(self) -> FailingFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def failing(faults: Faults) -> ExitStack:
    """Everything that the session writes by goes through `faults` until the stack is closed."""
    real_open, real_connect = io.open, sqlite3.connect

    def open_file(path: Any, mode: str = "r", *values: Any, **options: Any) -> Any:
        if "r" in mode and "+" not in mode:
            return real_open(path, mode, *values, **options)
        faults.on_file("open", path)
        return FailingFile(real_open(path, mode, *values, **options), faults)

    class FailingConnection(sqlite3.Connection):
        def execute(self, sql: str, *values: Any) -> Any:
            faults.on_statement(sql)
            return super().execute(sql, *values)

        def executemany(self, sql: str, *values: Any) -> Any:
            faults.on_statement(sql)
            return super().executemany(sql, *values)

    def connect(path: Any, **options: Any) -> sqlite3.Connection:
        faults.on_file("connect", path)
        return real_connect(path, factory=FailingConnection, **options)

    def counted(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(path: Any, *values: Any, **options: Any) -> Any:
            faults.on_file(
                name, path if not isinstance(path, int) else Path(f"/proc/self/fd/{path}").readlink()
            )
            return real(path, *values, **options)

        return call

    stack = ExitStack()
    stack.enter_context(patch("io.open", open_file))
    stack.enter_context(patch("sqlite3.connect", connect))
    for name in ("fsync", "replace", "mkdir"):
        stack.enter_context(patch(f"os.{name}", counted(name)))
    return stack


def count(folder: Path, answers: int) -> list[str]:
    """Every operation of a session in which nothing fails, by name."""
    faults = Faults()
    _in_child(lambda: _session(folder, answers, faults), folder, lambda: "\n".join(faults.done))
    return folder.with_suffix(".told").read_text().splitlines()


def _session(folder: Path, answers: int, faults: Faults) -> None:
    with failing(faults):
        sit(folder, answers)


def _in_child(run: Callable[[], None], folder: Path, tell: Callable[[], str] = str) -> int:
    """The exit code of `run` in a forked child, negative for a signal; its standard error is kept beside `folder`."""
    pid = os.fork()
    if pid == 0:
        code = 99
        try:
            with folder.with_suffix(".err").open("w") as error, Path(os.devnull).open("w") as null:
                os.dup2(error.fileno(), 2), os.dup2(null.fileno(), 1)
                run()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            folder.with_suffix(".told").write_text(tell())
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def broken_promises(folder: Path, answers: int, kind: str, at: int) -> list[str]:
    """Let operation number `at` fail; what of it was not as promised."""
    code = _in_child(lambda: _session(folder, answers, Faults(kind, at)), folder)
    said = folder.with_suffix(".err").read_text()
    problems = [*look_after(folder).problems]
    if kind == "kill":
        return problems if code == -signal.SIGKILL else [*problems, f"it was not killed: {code}"]
    if code not in (1, 2):
        problems.append(f"it ended with {code}")
    if "Traceback" in said or "unexpected error" in said or said.count("\n") != 1:
        problems.append(f"it said {said!r}")
    if str(folder) not in said and str(events_path(folder)) not in said:
        problems.append(f"no path is named in {said!r}")
    return problems


def chosen(operations: Sequence[str], stride: int) -> list[int]:
    """The numbers of the operations to fail: of those with the same name two neighbours of every `stride`."""
    seen: Counter[str] = Counter()
    numbers = []
    for number, name in enumerate(operations, start=1):
        if seen[name] % stride < 2:
            numbers.append(number)
        seen[name] += 1
    return numbers


def sweep(answers: int, stride: int) -> int:
    """Fail operation after operation and print what came of it; the exit code."""
    get_ready()
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as temporary:
        operations = count(Path(temporary) / "whole", answers)
        numbers = chosen(operations, stride)
        kinds = Counter(operations[number - 1].split()[0] for number in numbers)
        for kind in KINDS:
            for number in numbers:
                name = operations[number - 1]
                if kind == "ENOSPC" and name in ON_A_FULL_DISK:
                    continue
                found = broken_promises(Path(temporary) / f"{kind}-{number}", answers, kind, number)
                problems += [f"{kind} at {number} ({name}): {problem}" for problem in found]
    print(
        f"{len(operations)} operations in a session of {answers} answers; each of {len(numbers)} failed in turn:"
    )
    print(", ".join(f"{times} {name}" for name, times in kinds.most_common()))
    print(
        "\n".join(problems)
        or f"{len(numbers)} × {', '.join(KINDS)}: the old or the new state, and a line that says so"
    )
    print(f"broken promises: {len(problems)}")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=2)
    parser.add_argument("--stride", type=int, default=1)
    arguments = parser.parse_args()
    return sweep(arguments.answers, arguments.stride)


if __name__ == "__main__":
    sys.exit(main())
