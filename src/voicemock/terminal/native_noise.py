"""Standard error without what native libraries print past Python, and with all that voicemock says."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_changing = threading.Lock()  # held only while descriptors are moved
_there: int | None = None  # where standard error leads, while `kept` has noted it


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what ALSA and PortAudio print, pages of it, when a device can't be opened.

    For one thread at a time. `restore` ends it early.
    """
    with kept():
        with _changing:
            if _there is not None:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 2)
                os.close(nowhere)
        yield


@contextmanager
def kept() -> Iterator[None]:
    """Standard error is put back at the end, or before that by `restore`, whoever moved it meanwhile."""
    global _there
    with _changing, suppress(OSError):  # standard error is closed
        _there = os.dup(2) if _there is None else _there
    try:
        yield
    finally:
        restore()


def restore() -> None:
    """Before something is said on standard error: a library that hangs would keep it leading nowhere."""
    global _there
    with _changing:
        if _there is not None:
            os.dup2(_there, 2)
            os.close(_there)
            _there = None
