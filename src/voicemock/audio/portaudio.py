"""PortAudio, which the microphone and the speaker share: imported when needed, and made to look for devices anew.

A sound server may hang, and PortAudio with it, where no signal is taken: all of it runs in helpers, and nobody waits
for one longer than it may take.
"""

from __future__ import annotations

import atexit
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from concurrent import futures
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from voicemock.errors import DeviceError
from voicemock.terminal.native_noise import kept, quiet, restore, silence_alsa
from voicemock.terminal.signals import at_the_last

T = TypeVar("T")
NO_PORTAUDIO = (
    "the PortAudio library is missing",
    "install it (Debian, Ubuntu: apt install libportaudio2), or practise with --candidate FILE",
)
NO_ANSWER = ("the sound system is not responding", "restart it, then run `voicemock doctor`")
PATIENCE_S = 1.0  # for what takes some 0.1 s: a sound server that hangs holds up nobody
OPENING_S = 5.0  # for a device to open; one over Bluetooth may take 2 s
LOADING_S = 10.0  # for PortAudio to list all devices; with many drivers that takes seconds

_streams: weakref.WeakSet[Any] = weakref.WeakSet()  # open now
_searching = threading.Lock()  # PortAudio does one of these things at a time


def import_sounddevice() -> Any:
    """sounddevice. Raises DeviceError that says what to install, or that PortAudio hangs."""
    return within(LOADING_S, _imported)


def _imported() -> Any:
    if "sounddevice" not in sys.modules:
        with kept():  # it mutes standard error by itself while it looks for devices
            return _sounddevice()
    return _sounddevice()


def _sounddevice() -> Any:
    try:
        import sounddevice
    except OSError as error:  # what sounddevice raises when it finds no PortAudio
        raise DeviceError(*NO_PORTAUDIO) from error
    silence_alsa()
    return sounddevice


def within(limit_s: float, work: Callable[[], T], too_late: Callable[[T], object] = lambda _: None) -> T:
    """What `work` returns or raises; DeviceError where it takes longer. `too_late` gets what nobody waits for then."""
    answer: futures.Future[T] = futures.Future()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            if answer.set_running_or_notify_cancel():
                answer.set_exception(error)
            return
        if answer.set_running_or_notify_cancel():
            answer.set_result(result)
        else:
            too_late(result)

    helper = threading.Thread(target=run, name="voicemock-portaudio", daemon=True)
    try:
        helper.start()
        futures.wait([answer], limit_s)
    finally:  # Ctrl-C too
        given_up = answer.cancel()
        if given_up:
            leave_it_to_the_system()
    if given_up:
        raise DeviceError(*NO_ANSWER)
    return answer.result()


@contextmanager
def _alone() -> Iterator[None]:
    if not _searching.acquire(timeout=PATIENCE_S):
        raise DeviceError(*NO_ANSWER)
    try:
        yield
    finally:
        _searching.release()


def query(device: str | int | None, kind: str) -> Any:
    """What PortAudio knows of a device. Raises what sounddevice does, or DeviceError."""
    sounddevice = import_sounddevice()

    def ask() -> Any:
        with _alone():
            return sounddevice.query_devices(device, kind)

    return within(OPENING_S, ask)


def open_stream(make: Callable[[], Any]) -> Any:
    """The stream that `make` gives, started. Raises what `make` does, or DeviceError."""

    def open_it() -> Any:
        with _alone(), quiet():
            stream = make()
            _streams.add(stream)
            try:
                stream.start()
            except BaseException:
                let_go(stream)
                raise
        return stream

    return within(OPENING_S, open_it, too_late=let_go)


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
    sounddevice = sys.modules.get("sounddevice")  # its import may be what hangs
    if (at_exit := getattr(sounddevice, "_exit_handler", None)) is not None:
        atexit.unregister(at_exit)
    restore()


at_the_last.append(leave_it_to_the_system)


def look_again() -> None:
    """Find the devices that were plugged in since PortAudio last looked, which it does once, at its start.

    Starting it anew ends every open stream, so while there is one nothing happens; nor where PortAudio hangs.
    """
    with suppress(DeviceError):
        sounddevice = import_sounddevice()
        within(LOADING_S, lambda: _start_anew(sounddevice))


def _start_anew(sounddevice: Any) -> None:
    with _alone():
        if len(_streams):
            return
        with quiet(), suppress(sounddevice.PortAudioError):  # no sound system at all: opening will say so
            sounddevice._terminate()
        with kept(), suppress(sounddevice.PortAudioError):
            sounddevice._initialize()
