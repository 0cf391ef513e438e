"""Standard error without what native libraries print past Python, and with all that voicemock says."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_changing = threading.Lock()  # held only while descriptors are moved
_there: int | None = None  # where standard error leads, while `kept` has noted it


_ALSA_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
_say_nothing = _ALSA_HANDLER(lambda *_: None)  # kept: ALSA calls it as long as it is loaded


def silence_alsa() -> None:
    """ALSA reports each hiccup of a stream on standard error, in the middle of what is shown, whoever opened it."""
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):  # a PortAudio without ALSA has none to be silenced
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_say_nothing)


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
