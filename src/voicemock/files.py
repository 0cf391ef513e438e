"""Folders and files that voicemock writes: private, never through a link, and after a crash the old one or the new one,
whole. Everything that is written goes through here, but for what the recorder and SQLite append to.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from voicemock.errors import StoreError, UsageProblem

PRIVATE_FOLDER = 0o700  # what a candidate says is nobody else's business
PRIVATE_FILE = 0o600
SCRATCH_IS_NEW_S = 60.0  # it may not be locked yet
SCRATCH_IS_OLD_S = 24 * 3600.0  # where nothing is locked
FIRST_LINE_BYTES = 1 << 20  # of a log; a request with the longest answer has some 20 kB
CHOOSE_FOLDER = "choose another folder with --recordings"


def make_folder(path: Path, next_step: str = CHOOSE_FOLDER) -> None:
    """Make a folder that only its owner can enter; one that is there stays as it is. Raises StoreError."""
    if path.is_dir():
        return
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreError(f"can't make the folder {path} ({error.strerror})", next_step) from error


def write_file(path: Path, content: bytes, next_step: str) -> None:
    """Put `content` in place of what `path` holds. Raises StoreError, which leaves what was there."""
    with replacing(path, next_step) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, next_step: str) -> Iterator[BinaryIO]:
    """A file that takes the place of what `path` holds once all of it is written; a pipe or a terminal is written to.

    Raises StoreError for a link and for whatever goes wrong, which leaves what was there.
    """
    _refuse_a_link(path, next_step)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            yield from _replacing(path)
    except BrokenPipeError:
        raise  # the reader left, which is no fault
    except OSError as error:
        raise StoreError(f"can't write {path} ({error.strerror})", next_step) from error


def open_log(
    path: Path, option: str, ours: Callable[[Mapping[str, object]], bool], *, go_on: bool = False
) -> TextIO:
    """A private file for lines of JSON that are written while things happen, named after `option` on the command line.

    What the same option wrote before, told by its first line (`ours`), makes room, or is gone on with; nothing else is
    ever overwritten. Raises UsageProblem and StoreError.
    """
    next_step = f"name a file in a folder that exists: {option} FILE"
    _refuse_a_link(path, next_step)
    try:
        if not _may_be_replaced(path, ours):
            raise UsageProblem(f"{path} exists and is no file that {option} wrote", "choose another name")
        # by an opener, so that the file knows its name: what goes wrong later has to say it
        file = open(  # noqa: SIM115 - whoever asked for it closes it
            path,
            "a" if go_on else "w",
            encoding="utf-8",
            opener=lambda name, flags: os.open(name, flags, PRIVATE_FILE),
        )
        if path.is_file():  # it may have been there, open to others
            with suppress(OSError):  # not every disk has modes
                path.chmod(PRIVATE_FILE)
    except OSError as error:
        raise StoreError(f"can't write {path} ({error.strerror})", next_step) from error
    return file


def _may_be_replaced(path: Path, ours: Callable[[Mapping[str, object]], bool]) -> bool:
    """Whether nothing is lost: there is no such file, it is empty, or it is a log of ours. A pipe holds nothing."""
    if not path.is_file() or not path.stat().st_size:
        return True
    with path.open("rb") as file:
        first = file.readline(FIRST_LINE_BYTES)
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and ours(row)


def _refuse_a_link(path: Path, next_step: str) -> None:
    """Whoever laid the link would say what is overwritten. One to a pipe or a terminal (/dev/stdout) does no harm."""
    if not path.is_symlink() or (path.exists() and not path.is_file() and not path.is_dir()):
        return
    raise StoreError(f"can't write {path} (it is a link)", next_step)


def _replacing(path: Path) -> Iterator[BinaryIO]:
    # private, of a name that nobody can guess and that was free: nobody has laid a link there
    descriptor, name = tempfile.mkstemp(".tmp", f".{path.name}.", path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk; Windows does so by itself and opens no folder."""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Scratch:
    """A private folder for as long as this process uses it; what a killed one left goes when the next is made.

    Whoever uses a folder holds its lock, which goes with the process, however that ends. Where folders can't be locked
    (Windows) age has to tell.
    """

    def __init__(self, place: Path, prefix: str) -> None:
        sweep(place, prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
        self._lock = _locked(self.path)

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def sweep(place: Path, prefix: str) -> None:
    """Remove the folders of that prefix which nobody uses any more."""
    for left in place.glob(f"{prefix}*"):
        _remove_if_nobodys(left)


def _remove_if_nobodys(folder: Path) -> None:
    try:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or time.time() - found.st_mtime < SCRATCH_IS_NEW_S:
            return
        if sys.platform != "win32" and found.st_uid != os.getuid():
            return
        if sys.platform == "win32" and time.time() - found.st_mtime < SCRATCH_IS_OLD_S:
            return
        lock = _locked(folder)
    except OSError:
        return  # somebody else's, or gone meanwhile
    if lock is not None or sys.platform == "win32":
        shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _locked(folder: Path) -> int | None:
    """The folder, open and locked; None where another process has it, or where folders can't be locked."""
    if sys.platform == "win32":
        return None
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
