"""The database of a recordings folder: opening it, reading it, one transaction at a time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

from voicemock.errors import NotAsWritten, StoreError
from voicemock.files import PRIVATE_FILE, make_folder
from voicemock.store.integrity import damaged, is_sound, seal
from voicemock.store.schema import APPLICATION_ID, STEPS, migrate, schema_is_ours
from voicemock.terminal.printable import excerpt

DATABASE = "voicemock.db"
BESIDE = ("", "-wal", "-shm", "-journal")  # the database and what SQLite puts beside it
WAL_RETRY_MS = 20  # the switch takes a millisecond
ROOM_TO_OPEN = 1024 * 1024  # bytes; SQLite wants some 100 KiB beside a database that it opens
BUSY_TIMEOUT_MS = 5_000  # another voicemock may be writing to the same folder
DATABASE_ERRORS = (sqlite3.Error, UnicodeDecodeError)  # the second where SQLite quotes what is damaged
OURS = {"sessions", "answers", "words", "scores"}  # tables of every version


@contextmanager
def read_as_written(what: str) -> Iterator[None]:
    """What can't be read of `what` is told as the damage that it is: NotAsWritten."""
    try:
        yield
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        cause = excerpt(str(error))
        problem = f"{what} is not as it was written ({cause})"
        raise NotAsWritten(problem, "`voicemock verify` names it") from error


class Database:
    """The database under `folder`, made on first use. Raises StoreError in one line for whatever goes wrong.

    Who only `reads` can also open a folder that can't be written to: from memory, so that nothing is kept of what
    reading brings up to date.
    """

    def __init__(self, folder: Path, *, reads: bool = False) -> None:
        self.folder = folder
        self._touched: dict[
            tuple[str, str | int], bool
        ] = {}  # by this transaction: whether it was sound before
        make_folder(folder)
        self._refuse_links()
        try:
            self._db = (
                _in_memory(folder / DATABASE) if reads and _read_only(folder) else _on_disk(folder / DATABASE)
            )
        except (*DATABASE_ERRORS, OSError) as error:
            raise StoreError(*_cannot_open(folder, error)) from error

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def path_of(self, name: str) -> Path:
        """Where `name` lies in the folder. Raises StoreError where that is elsewhere, as a damaged row may say."""
        path = self.folder / name
        if not self._is_inside(path):
            problem = f"{name!r}, which {self.folder / DATABASE} names, is not inside {self.folder}"
            raise StoreError(problem, "nothing was touched; run `voicemock verify`")
        return path

    def _is_inside(self, path: Path) -> bool:
        try:
            return self.folder.resolve() in path.resolve().parents
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name that no file can have
            return False

    def _refuse_links(self) -> None:
        for ending in BESIDE:
            path = self.folder / f"{DATABASE}{ending}"
            if path.is_symlink() and not self._is_inside(path):
                problem = f"{path} is a link that points outside {self.folder}"
                raise StoreError(problem, "nothing was touched; replace the link with the file itself")

    def read(self, query: str, *values: object) -> list[sqlite3.Row]:
        """The rows of a query."""
        with self._reading() as db:
            return db.execute(query, values).fetchall()

    def damaged(self) -> list[str]:
        """The sessions, answers, stories and notes that are not as voicemock wrote them."""
        with self._reading() as db:
            return list(damaged(db))

    def schema_is_ours(self) -> bool:
        """Whether tables and triggers are as voicemock made them."""
        with self._reading() as db:
            return schema_is_ours(db)

    def quick_problem(self) -> str | None:
        """What SQLite finds wrong with its file; None where it is sound."""
        return next((row[0] for row in self.read("PRAGMA quick_check") if row[0] != "ok"), None)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._db
        except DATABASE_ERRORS as error:
            problem = f"can't read {self.folder / DATABASE} ({error})"
            raise StoreError(problem, "run `voicemock verify`") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or none. Inside another one it is a part of that."""
        if self._db.in_transaction:
            yield self._db
            return
        try:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                for place, was_sound in self._touched.items():
                    if was_sound:  # damage that was there before is not covered up
                        seal(self._db, *place)
                self._db.execute("COMMIT")  # a full disk may show only here
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._touched.clear()
        except DATABASE_ERRORS as error:
            raise StoreError(
                f"can't write to {self.folder / DATABASE} ({error})",
                "the audio is kept; run `voicemock recover`",
            ) from error

    @contextmanager
    def changing(self, table: str, *keys: str | int) -> Iterator[sqlite3.Connection]:
        """A transaction that changes what is stored of these rows of `table`."""
        with self.transaction() as db:
            for key in keys:
                if (table, key) not in self._touched:
                    self._touched[table, key] = is_sound(db, table, key)
            yield db

    def begun(self, table: str, key: str | int) -> None:
        """What this transaction has just made is sound, whatever comes to it."""
        self._touched[table, key] = True


def _on_disk(path: Path) -> sqlite3.Connection:
    if not path.exists():
        path.touch(PRIVATE_FILE)  # what SQLite puts beside it gets the same mode
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        db.row_factory = sqlite3.Row
        db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        _refuse_what_is_not_ours(db, path)
        # NORMAL: a power cut may lose the last transaction and never damages the file, which holds for WAL only; audio
        # is on disk already
        db.execute(f"PRAGMA synchronous = {'NORMAL' if _use_wal(db) == 'wal' else 'FULL'}")
        db.execute("PRAGMA foreign_keys = ON")
        migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _read_only(folder: Path) -> bool:
    """Whether there is a database that can be read and not be written, or nothing put beside it."""
    path = folder / DATABASE
    return path.is_file() and not (os.access(folder, os.W_OK) and os.access(path, os.W_OK))


def _in_memory(path: Path) -> sqlite3.Connection:
    """A copy of the database in memory. Without a write-ahead log nothing can be pending: the file is all there is."""
    log = path.with_name(f"{path.name}-wal")
    whole = not log.exists() or not log.stat().st_size
    name = f"file:{quote(str(path.absolute()))}?mode=ro{'&immutable=1' if whole else ''}"
    with closing(sqlite3.connect(name, uri=True)) as source:
        _refuse_what_is_not_ours(source, path)
        db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        try:
            source.backup(db)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db)
        except BaseException:
            db.close()
            raise
    return db


def _refuse_what_is_not_ours(db: sqlite3.Connection, path: Path) -> None:
    """Raises StoreError, before anything is changed, where the file is some other program's database."""
    db.execute("BEGIN")  # one look at all three: another voicemock may be making its tables at this moment
    try:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        application, version = (
            db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
    finally:
        db.execute("ROLLBACK")
    if application == APPLICATION_ID:
        return
    made_before = 0 < version < len(STEPS) and tables >= OURS  # of an older voicemock, which left no mark
    if application or not (made_before or (version == 0 and not tables)):
        problem = f"{path} was not created by voicemock"
        raise StoreError(problem, "nothing was changed; choose another folder with --recordings")


def _cannot_open(folder: Path, error: sqlite3.Error | UnicodeDecodeError | OSError) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, UnicodeDecodeError) or code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        aside = f"move {folder / DATABASE} aside, and `voicemock recover` rebuilds it from the recordings"
        return f"the database of {folder} is damaged ({error})", aside
    cause = error.strerror if isinstance(error, OSError) else error
    if folder.is_dir() and shutil.disk_usage(folder).free < ROOM_TO_OPEN:
        return f"no space left in {folder} ({cause})", "free some space; everything recorded so far is kept"
    return f"can't open the recordings in {folder} ({cause})", "choose another folder with --recordings"


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
