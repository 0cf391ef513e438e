"""What a test leaves behind: threads, child processes, open files, open databases."""

from __future__ import annotations

import gc
import os
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any, ClassVar

PATIENCE_S = 5.0  # for a thread that was told to end
PROC = Path("/proc/self")  # Linux has it; elsewhere neither children nor files are looked for

Kind = Callable[[], "Counter[str]"]


# tqdm's watcher lives as long as the process; asyncio's helpers live as long as the loop whose own thread is named.
NOT_OURS = ("tqdm_monitor", "asyncio_")


def threads() -> Counter[str]:
    names = (thread.name for thread in threading.enumerate())
    return Counter(f"thread {name}" for name in names if not name.startswith(NOT_OURS))


def children() -> Counter[str]:
    """Those not waited for too, but for the one that multiprocessing keeps as long as Python runs."""
    numbers = [number for path in PROC.glob("task/*/children") for number in _text(path).split()]
    ours = str(getattr(resource_tracker._resource_tracker, "_pid", None))  # type: ignore[attr-defined]
    names = [
        (each, _text(Path("/proc", each, "cmdline")).replace("\0", " ")) for each in numbers if each != ours
    ]
    return Counter(f"process {number} {command[:100]}".strip() for number, command in names)


def files() -> Counter[str]:
    opened: Counter[str] = Counter()
    for path in PROC.glob("fd/*"):
        with suppress(OSError):  # closed since
            target = path.readlink()
            if (
                target.is_absolute()
                and not target.is_relative_to("/dev")
                and not target.is_relative_to("/proc")
            ):
                opened[f"file {target}"] += 1
    return opened


def databases() -> Counter[str]:
    return Counter(f"database {each.name}" for each in Connection.opened)


class Connection(sqlite3.Connection):
    """SQLite warns of no connection that is dropped; this one is known until it is closed."""

    opened: ClassVar[list[Connection]] = []
    name = ""

    def close(self) -> None:
        super().close()
        Connection.opened[:] = [each for each in Connection.opened if each is not self]


@contextmanager
def databases_watched() -> Iterator[None]:
    connect = sqlite3.connect

    def noted(database: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        if "factory" in options:  # a test that makes its own kind closes it too
            return connect(database, *arguments, **options)
        connection: Connection = connect(database, *arguments, factory=Connection, **options)
        connection.name = os.fspath(database)
        Connection.opened.append(connection)
        return connection

    sqlite3.connect = noted  # type: ignore[assignment]
    try:
        yield
    finally:
        sqlite3.connect = connect


KINDS: tuple[Kind, ...] = (threads, children, files, databases)


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Fails by name for what was begun inside and is still there at the end."""
    before, running = {kind: kind() for kind in KINDS}, set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - running if _left(before) else ():
        thread.join(PATIENCE_S)
    if not _left(before):
        return
    gc.collect()  # what nothing refers to is closed, and warns if it should have been closed before
    left = _left(before)
    assert not left, f"left behind: {', '.join(left)}"


def _left(before: dict[Kind, Counter[str]]) -> list[str]:
    return sorted(name for kind in KINDS for name in kind() - before[kind])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended since
        return ""
