"""Opening the database of a recordings folder, and telling what is wrong with it."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voicemock.errors import NotAsWritten
from voicemock.store.schema import migrate
from voicemock.terminal.printable import excerpt

DATABASE = "voicemock.db"
WAL_RETRY_MS = 20  # the switch takes a millisecond
ROOM_TO_OPEN = 1024 * 1024  # bytes; SQLite wants some 100 KiB beside a database that it opens
BUSY_TIMEOUT_MS = 5_000  # another voicemock may be writing to the same folder
DATABASE_ERRORS = (sqlite3.Error, UnicodeDecodeError)  # the second where SQLite quotes what is damaged


@contextmanager
def read_as_written(what: str) -> Iterator[None]:
    """What can't be read of `what` is told as the damage that it is: NotAsWritten."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        cause = excerpt(str(error))
        raise NotAsWritten(
            f"{what} is not as it was written ({cause})", "`voicemock verify` names it"
        ) from error


def cannot_open(folder: Path, error: sqlite3.Error | UnicodeDecodeError | OSError) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, UnicodeDecodeError) or code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        aside = f"move {folder / DATABASE} aside, and `voicemock recover` makes it anew from the recordings"
        return f"the database of {folder} is damaged ({error})", aside
    cause = error.strerror if isinstance(error, OSError) else error
    if folder.is_dir() and shutil.disk_usage(folder).free < ROOM_TO_OPEN:
        return f"no room is left in {folder} ({cause})", "free some space; everything recorded so far is kept"
    return f"can't open the recordings in {folder} ({cause})", "choose another folder with --recordings"


def set_up(db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    # NORMAL: a power cut may lose the last transaction and never damages the file, which holds for WAL only; audio is
    # on disk already
    db.execute(f"PRAGMA synchronous = {'NORMAL' if _use_wal(db) == 'wal' else 'FULL'}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = ON")  # the triggers call a function of ours
    migrate(db)


def _use_wal(db: sqlite3.Connection) -> str:
    """Switch to WAL; the mode that there is then, for not every disk can do it.

    SQLite does not wait here for another process that switches the same new file, so this does.
    """
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            return str(db.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(WAL_RETRY_MS / 1000)
