"""The guard that every test stands under can fail: for each kind of thing that is left behind, by its name."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import leaks
from voicemock.store.store import Store


def a_daemon(folder: Path) -> Callable[[], None]:
    over = threading.Event()
    thread = threading.Thread(target=over.wait, name="a daemon", daemon=True)
    thread.start()
    return lambda: (over.set(), thread.join())[1]


def a_child(folder: Path) -> Callable[[], None]:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    return lambda: (child.communicate(b"\n"), None)[1]


def a_child_that_nobody_waited_for(folder: Path) -> Callable[[], None]:
    child = subprocess.Popen([sys.executable, "-c", "print()"], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.read()
    return lambda: (child.communicate(), None)[1]


def a_file(folder: Path) -> Callable[[], None]:
    return (folder / "a file").open("w").close


def a_store(folder: Path) -> Callable[[], None]:
    return Store(folder).close


def a_database(folder: Path) -> Callable[[], None]:
    return sqlite3.connect(":memory:").close


@pytest.mark.parametrize(
    ("leave", "name"),
    [
        (a_daemon, "thread a daemon"),
        (a_child, "process .*input"),
        (a_child_that_nobody_waited_for, "process"),
        (a_file, "file .*/a file"),
        (a_store, "database .*voicemock.db"),
        (a_database, "database :memory:"),
    ],
)
def test_whatever_is_left_behind_is_named(
    leave: Callable[[Path], Callable[[], None]], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaks, "PATIENCE_S", 0.05)
    put_away: list[Callable[[], None]] = []
    with pytest.raises(AssertionError, match=f"left behind: .*{name}"), leaks.nothing_left_behind():
        put_away.append(leave(tmp_path))
    put_away[0]()


def test_what_was_put_away_or_was_there_before_is_not(tmp_path: Path) -> None:
    with (tmp_path / "before").open("w"), Store(tmp_path / "r"), leaks.nothing_left_behind():
        for leave in (a_daemon, a_child, a_file, a_store):
            leave(tmp_path)()


def test_every_test_stands_under_it(request: pytest.FixtureRequest) -> None:
    assert "_nothing_left_behind" in request.fixturenames
