"""PortAudio, which the microphone and the speaker share: imported when needed, and made to look for devices anew."""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from voicemock.errors import DeviceError

NO_PORTAUDIO = (
    "the PortAudio library is missing",
    "install it (Debian, Ubuntu: apt install libportaudio2), or practise with --candidate FILE",
)
PATIENCE_S = 1.0  # for what takes some 0.1 s: a sound server that hangs holds up nobody

_streams: weakref.WeakSet[Any] = weakref.WeakSet()  # open now
_searching = threading.Lock()


def import_sounddevice() -> Any:
    """sounddevice, or a DeviceError that says what to install."""
    try:
        import sounddevice
    except OSError as error:  # what sounddevice raises when it finds no PortAudio
        raise DeviceError(*NO_PORTAUDIO) from error
    return sounddevice


def open_stream(make: Callable[[], Any]) -> Any:
    """The stream that `make` gives, started. Raises what `make` does, or DeviceError."""
    if not _searching.acquire(timeout=PATIENCE_S):
        raise DeviceError("the sound system does not answer", "restart it, then run `voicemock doctor`")
    try:
        with quiet():
            stream = make()
            _streams.add(stream)
            try:
                stream.start()
            except BaseException:
                let_go(stream)
                raise
        return stream
    finally:
        _searching.release()


def let_go(stream: Any) -> None:
    """Close a stream whatever has become of its device; what it has not yet played is dropped."""
    closing = threading.Thread(target=_close, args=(stream,), name="voicemock-close", daemon=True)
    closing.start()
    closing.join(PATIENCE_S)
    if closing.is_alive():
        leave_it_to_the_system()


def _close(stream: Any) -> None:
    stream.abort()  # neither raises for a device that is gone: sounddevice ignores errors here
    stream.close()
    _streams.discard(stream)  # only now: until it is closed PortAudio must not be restarted under it


def leave_it_to_the_system() -> None:
    """Something in PortAudio hangs: what is open ends with the process, which must not wait for it."""
    atexit.unregister(import_sounddevice()._exit_handler)


def look_again() -> None:
    """Find the devices that were plugged in since PortAudio last looked, which it does once, at its start.

    Starting it anew ends every open stream, so while there is one nothing happens.
    """
    sounddevice = import_sounddevice()
    with _searching:
        if len(_streams):
            return
        with (
            quiet(),
            suppress(sounddevice.PortAudioError),
        ):  # no sound system at all: opening a stream will say so
            sounddevice._terminate()
        with quiet(), suppress(sounddevice.PortAudioError):
            sounddevice._initialize()


@contextmanager
def quiet() -> Iterator[None]:
    """Drop what ALSA and PortAudio print past Python, pages of it, when a device can't be opened.

    For one thread at a time.
    """
    try:
        there = os.dup(2)
    except OSError:  # standard error is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(there, 2)
        os.close(nowhere)
        os.close(there)
