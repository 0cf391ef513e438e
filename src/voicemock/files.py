"""Folders and small files under the recordings: private, and after a crash the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from voicemock.errors import StoreError

PRIVATE_FOLDER = 0o700  # what a candidate says is nobody else's business
PRIVATE_FILE = 0o600
CHOOSE_FOLDER = "choose another folder with --recordings"


def make_folder(path: Path) -> None:
    """Make a folder that only its owner can enter; one that is there stays as it is. Raises StoreError."""
    if path.is_dir():
        return
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise StoreError(f"can't make the folder {path} ({error.strerror})", CHOOSE_FOLDER) from error


def write_file(path: Path, content: bytes, next_step: str) -> None:
    """Put `content` in place of what `path` holds. Raises StoreError, which leaves what was there."""
    try:
        target = path.resolve()  # a link stays a link
        if target.exists() and not target.is_file():
            target.write_bytes(content)  # a pipe or a terminal is written to, not replaced
        else:
            _replace(target, content)
    except OSError as error:
        raise StoreError(f"can't write {path} ({error.strerror})", next_step) from error
    except RuntimeError as error:  # `resolve` before Python 3.13
        raise StoreError(f"can't write {path} (its links lead in a circle)", next_step) from error


def _replace(path: Path, content: bytes) -> None:
    # private, of a name that nobody can guess and that was free: nobody has laid a link there
    descriptor, name = tempfile.mkstemp(".tmp", f".{path.name}.", path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
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
