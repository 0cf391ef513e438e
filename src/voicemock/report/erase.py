"""Removing a session so that nothing of it is left: audio first, then rows.

In this order a fault in between leaves rows without audio, which the same command removes; the other way
round it would leave recordings that `recover` brings back.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from voicemock.errors import StoreError
from voicemock.store import Store


def page_path(folder: Path, session_id: str) -> Path:
    """Where the session's page goes: beside its recordings."""
    return folder / session_id / "review.html"


def erase_session(store: Store, session_id: str) -> None:
    """Remove the session's recordings, its page and its rows. Raises UnknownSession, StoreError."""
    session_id = store.session(session_id).id
    try:
        for answer in store.answers(session_id):
            if answer.audio:
                _inside(store.folder, answer.audio).unlink(missing_ok=True)
        own = _inside(store.folder, session_id)
        if own.is_dir():
            shutil.rmtree(own)
    except OSError as error:
        raise StoreError(
            f"can't remove the recordings of {session_id} ({error.strerror})",
            "the session is still listed; try again",
        ) from error
    store.delete_session(session_id)


def _inside(folder: Path, name: str) -> Path:
    """The path of `name` in `folder`; a damaged row must not remove anything elsewhere."""
    path = (folder / name).resolve()
    if folder.resolve() not in path.parents:
        raise StoreError(f"{name!r} is not inside {folder}", "nothing was removed; run `voicemock verify`")
    return path
