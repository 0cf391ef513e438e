"""Where the interviewer's voice goes. A speaker starts a sound and can cut it at a sample."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from voicemock.audio.microphone import import_sounddevice
from voicemock.audio.sound import Sound
from voicemock.errors import DeviceError

LATE_S = 2.0  # after its length a line that is still not over never will be: the device is gone


class Playback(Protocol):
    """A sound being played."""

    def started_at(self) -> float:
        """Monotonic seconds of the first sample."""

    def done(self) -> bool: ...

    def stop(self) -> None:
        """Cut the sound off now."""


class Speaker(Protocol):
    def play(self, sound: Sound) -> Playback: ...

    def close(self) -> None: ...


class _SilentPlayback:
    def __init__(self, started: float) -> None:
        self._started = started

    def started_at(self) -> float:
        return self._started

    def done(self) -> bool:
        return True  # how long it takes is counted in audio time by the session

    def stop(self) -> None:
        return None


class SilentSpeaker:
    """Plays nothing and remembers what it was given: for `--silent`, fast pace and tests."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self.played: list[Sound] = []

    def play(self, sound: Sound) -> Playback:
        self.played.append(sound)
        return _SilentPlayback(self._now())

    def close(self) -> None:
        return None


class _DevicePlayback:
    """One open output stream that is fed from a sound until its end or `stop`."""

    def __init__(self, sounddevice: Any, sound: Sound, device: str | int | None) -> None:
        self._sounddevice = sounddevice
        self._samples = sound.samples
        self._rate = sound.rate
        self._position = 0
        self._closed = False
        self._started: float | None = None
        self._begun = threading.Event()
        self._finished = threading.Event()
        self._stream = sounddevice.OutputStream(
            samplerate=sound.rate,
            device=device,
            channels=1,
            dtype="int16",
            latency="low",
            callback=self._callback,
            finished_callback=self._finished.set,
        )
        self._stream.start()

    def _callback(self, out: Any, frames: int, when: Any, _status: Any) -> None:
        if self._started is None:
            # how far ahead of the speaker this buffer is, as PortAudio tells it
            ahead = max(0.0, when.outputBufferDacTime - when.currentTime)
            self._started = time.monotonic() + ahead
            self._begun.set()
        chunk = self._samples[self._position : self._position + frames]
        self._position += frames
        out[: len(chunk), 0] = chunk
        out[len(chunk) :] = 0
        if len(chunk) < frames:
            raise self._sounddevice.CallbackStop

    def started_at(self) -> float:
        self._begun.wait(timeout=2.0)
        return self._started if self._started is not None else time.monotonic()

    def done(self) -> bool:
        if self._finished.is_set():
            self._close()
            return True
        return False

    def wait(self) -> None:
        """Until the line is over, or should have been."""
        self._finished.wait(timeout=len(self._samples) / self._rate + LATE_S)
        self._close()

    def stop(self) -> None:
        self._samples = np.zeros(0, dtype=np.int16)
        if not self._closed:
            self._stream.abort()
        self._finished.set()
        self._close()

    def _close(self) -> None:
        """Once: PortAudio looks into a stream's memory although it is freed."""
        if not self._closed:
            self._closed = True
            self._stream.close()


class DeviceSpeaker:
    """The default output device, or `device` by name or number.

    One line at a time: the next waits for the last.
    """

    def __init__(self, device: str | int | None = None) -> None:
        self._sounddevice = import_sounddevice()
        self._device = device
        self._playing: _DevicePlayback | None = None
        try:
            self._sounddevice.query_devices(device, "output")
        except (self._sounddevice.PortAudioError, ValueError) as error:  # "Error querying device -1"
            what = "no speaker was found" if device is None else f"no speaker is called {device!r}"
            raise DeviceError(what, "plug one in, or use --silent to read the questions instead") from error

    def play(self, sound: Sound) -> Playback:
        self.close()
        try:
            self._playing = _DevicePlayback(self._sounddevice, sound, self._device)
            return self._playing
        except self._sounddevice.PortAudioError as error:
            raise DeviceError(
                f"the speaker failed ({error})", "use --silent to read the questions instead"
            ) from error

    def close(self) -> None:
        """Let the last line be heard to its end."""
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.wait()
