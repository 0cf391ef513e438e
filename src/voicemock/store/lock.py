"""Who is at a session: one process at a time records it, brings it back or removes it.

The lock is on the session's folder itself (flock), so it leaves nothing behind and goes with its process, however
that ends. Windows locks no folders, nor do some network disks: there nobody can tell, and age has to do.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from voicemock.errors import SessionBusy

if TYPE_CHECKING:
    from voicemock.store.store import Store

RETRY_S = 0.02  # another process may be looking just now, which takes less than a millisecond
PATIENCE_S = 0.5
STILL_RECORDING_S = 15.0  # where no lock tells: a file that grew this recently belongs to a session that runs


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Hold the session in `folder`, which must exist. Raises SessionBusy where another process holds it."""
    descriptor = _open(folder)
    try:
        if descriptor is not None and not _taken(descriptor):
            raise SessionBusy(f"another voicemock is using session {folder.name}", "wait until it ends")
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)  # the lock goes with it


def held_elsewhere(folder: Path) -> bool | None:
    """Whether somebody is at the session in `folder`; None where this machine can't tell."""
    descriptor = _open(folder)
    if descriptor is None:
        return None
    try:
        return not _lock(descriptor, shared=True)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def still_runs(store: Store, answer_id: str, audio: Path, now: float) -> bool:
    """Whether a session is at an answer that is not complete; where no lock tells, whether its sound grew just now."""
    session = answer_id.partition("/")[0]
    held = held_elsewhere(store.folder / session)
    if held is not None:
        return held
    if store.read("SELECT 1 FROM answers WHERE id = ?", answer_id):
        return False  # its row comes when it is over
    if store.read("SELECT 1 FROM sessions WHERE id = ? AND ended_at IS NOT NULL", session):
        return False
    try:
        return now - audio.stat().st_mtime < STILL_RECORDING_S
    except OSError:
        return False  # it is gone


def is_nobodys(store: Store, answer_id: str, audio: Path, now: float) -> bool:
    """Whether no process is at an answer that was not complete, nor has stored or removed it since then.

    They are asked in this order, or one could do both in between.
    """
    if still_runs(store, answer_id, audio, now):
        return False
    row = store.read("SELECT complete FROM answers WHERE id = ?", answer_id)
    return not row[0]["complete"] if row else audio.exists()


def _open(folder: Path) -> int | None:
    """The folder, open; None where folders can't be opened or it is not there."""
    if sys.platform == "win32":
        return None
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _taken(descriptor: int) -> bool:
    """Take the lock for this process, with patience for whoever only looks."""
    for _ in range(round(PATIENCE_S / RETRY_S)):
        try:
            if _lock(descriptor, shared=False):
                return True
        except OSError:
            return True  # no locks on this disk: everybody may
        time.sleep(RETRY_S)
    return False


def _lock(descriptor: int, *, shared: bool) -> bool:
    """Whether the lock was free. Raises OSError where the disk has no locks."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return False
        raise
    return True
