"""Removing a session so that nothing of it is left: audio first, then rows.

In this order a fault in between leaves rows without audio, which the same command removes; the other way
round it would leave recordings that `recover` brings back.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from voicemock.errors import StoreError
from voicemock.store.lock import at_work
from voicemock.store.store import Store


def page_path(store: Store, session_id: str, number: int | None = None) -> Path:
    """Where the page of the session, or of one answer, goes: beside the recordings. Raises StoreError."""
    page = "review.html" if number is None else f"review-{number}.html"
    return store.path_of(session_id) / page


def erase_session(store: Store, session_id: str) -> None:
    """Remove the session's recordings, its page and its rows. Raises UnknownSession, SessionBusy, StoreError."""
    session_id = store.session(session_id).id
    own = store.path_of(session_id)
    with at_work(own):
        try:
            for answer in store.answers(session_id):
                if answer.audio:
                    store.path_of(answer.audio).unlink(missing_ok=True)
            if own.is_dir():
                shutil.rmtree(own)
        except OSError as error:
            raise StoreError(
                f"can't remove the recordings of {session_id} ({error.strerror})",
                "the session is still listed; try again",
            ) from error
        store.delete_session(session_id)
