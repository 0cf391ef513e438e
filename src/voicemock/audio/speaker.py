"""Where the interviewer's voice goes. A speaker starts a sound and can cut it at a sample."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from voicemock.audio.portaudio import import_sounddevice, let_go, look_again, open_stream, query
from voicemock.audio.sound import Sound
from voicemock.errors import DeviceError

# Seconds of sound that the device is asked to hold. Its own "low", some 9 ms, stutters on a busy machine. With 35 to
# 50 ms PulseAudio lost the end of a line, or all of it, while the microphone was cleaned of echo beside it; with 100 ms
# it did not (tests/desk/test_practice_at_a_desk.py). `stop` drops what is held: a line is cut off no later for it.
AHEAD_S = 0.1
LATE_S = 2.0  # after what is left of it a line that is still not over never will be: the device is gone
STALL_S = 1.8  # a device that is gone raises nothing: it just asks for no more samples
STARTING_S = 3.0  # until it asks regularly; PulseAudio wakes an idle device within 2 s
POLL_S = 0.1  # between two looks at whether the device is still there
SPEAKER_LOST = (
    "the speaker is not playing",
    "choose another in the system's sound settings, then run `voicemock doctor`",
)
NO_SPEAKER = "plug one in, or use --silent to read the questions instead"
BEGUN_S = 1.0  # for the first sample to be asked for, where a latency is measured


class Playback(Protocol):
    """A sound being played."""

    def started_at(self) -> float:
        """Monotonic seconds of the first sample."""

    def played_s(self, at: float) -> float:
        """How far into the sound the speaker was at this time, in monotonic seconds; negative before it began."""

    def done(self) -> bool: ...

    def stop(self) -> None:
        """Cut the sound off now."""


class Speaker(Protocol):
    """`lost`: the device does not take sound. Each line tries it again, and one that it takes whole ends it."""

    @property
    def lost(self) -> bool: ...

    def play(self, sound: Sound) -> Playback: ...

    def close(self) -> None: ...


class _SilentPlayback:
    def __init__(self, started: float) -> None:
        self._started = started

    def started_at(self) -> float:
        return self._started

    def played_s(self, at: float) -> float:
        return at - self._started

    def done(self) -> bool:
        return True  # how long it takes is counted in audio time by the session

    def stop(self) -> None:
        return None


class SilentSpeaker:
    """Plays nothing and remembers what it was given: for `--silent`, fast pace and tests."""

    lost = False

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

    def __init__(self, sound: Sound, device: str | int | None, now: Callable[[], float]) -> None:
        sounddevice = import_sounddevice()
        self._stop_calling = sounddevice.CallbackStop
        self._now = now
        self._sound = sound
        self._samples = sound.samples
        self._position = 0
        self._closed = self._lost = False
        self._started: float | None = None
        self._heard: tuple[float, int] | None = None  # when which sample is heard, by the latest buffer
        self._asked_at = self._opened_at = now()
        self._ends_at = self._opened_at + sound.duration_s
        self._begun = threading.Event()
        self._finished = threading.Event()
        self._stream = open_stream(
            lambda: sounddevice.OutputStream(
                samplerate=sound.rate,
                device=device,
                channels=1,
                dtype="int16",
                latency=AHEAD_S,
                callback=self._callback,
                finished_callback=self._finished.set,
            )
        )

    def _callback(self, out: Any, frames: int, when: Any, _status: Any) -> None:
        self._asked_at = self._now()
        ahead = max(0.0, when.outputBufferDacTime - when.currentTime)  # of the speaker, as PortAudio tells it
        self._heard = (self._asked_at + ahead, self._position)
        if self._started is None:
            self._started = self._asked_at + ahead
            self._begun.set()
        chunk = self._samples[self._position : self._position + frames]
        self._position += frames
        out[: len(chunk), 0] = chunk
        out[len(chunk) :] = 0
        if len(chunk) < frames:
            raise self._stop_calling

    @property
    def taken(self) -> bool:
        """Whether the device took all of it, and in time."""
        return self._position >= len(self._sound.samples) and not self._lost

    @property
    def lost(self) -> bool:
        """Whether the device does not take it: it stopped asking, or ended before the sound did."""
        if not self._closed and self._position < len(self._samples):
            now = self._now()
            stalled = now - self._asked_at >= STALL_S and now - self._opened_at >= STARTING_S
            self._lost = self._lost or stalled or self._finished.is_set()
        return self._lost

    def started_at(self) -> float:
        self._begun.wait(timeout=BEGUN_S)
        return self._started if self._started is not None else self._now()

    def _over_at(self) -> float:
        """When nobody waits any longer. A device that wakes up late and then takes the line has the time for it."""
        if self.lost:
            return self._ends_at
        left = max(0, len(self._samples) - self._position) / self._sound.rate
        return max(self._ends_at, self._asked_at + left) + LATE_S

    def played_s(self, at: float) -> float:
        if self._heard is None:
            return -LATE_S
        heard_at, position = self._heard
        return position / self._sound.rate + at - heard_at

    def done(self) -> bool:
        if self._finished.is_set() or self._now() >= self._over_at():
            self._close()
            return True
        return False

    def wait(self) -> None:
        """Until the line is over, or should have been."""
        while not self.done():
            self._finished.wait(timeout=POLL_S)

    def stop(self) -> None:
        self._samples = self._samples[:0]
        self._finished.set()
        self._close()

    def _close(self) -> None:
        """Once: PortAudio looks into a stream's memory although it is freed."""
        if not self._closed:
            self._closed = True
            self._lost = self._lost or self._position < len(self._samples)
            let_go(self._stream)


class DeviceSpeaker:
    """The default output device, or `device` by name or number.

    One line at a time: the next waits for the last. A line that the device does not take is `lost`, and takes
    its time in silence: who reads it on the screen needs that.
    """

    def __init__(self, device: str | int | None = None, *, now: Callable[[], float] = time.monotonic) -> None:
        sounddevice = import_sounddevice()
        self._device = device
        self._now = now
        self._playing: _DevicePlayback | None = None
        self._lost = False
        try:
            query(device, "output")
        except (sounddevice.PortAudioError, ValueError) as error:  # "Error querying device -1"
            what = "no speaker was found" if device is None else f"no speaker is called {device!r}"
            raise DeviceError(what, NO_SPEAKER) from error

    @property
    def lost(self) -> bool:
        if self._playing is not None and self._playing.lost:
            self._lost = True
        elif self._playing is not None and self._playing.taken:
            self._lost = False
        return self._lost

    def play(self, sound: Sound) -> Playback:
        self.close()
        if self._lost:
            look_again()
        problem = import_sounddevice().PortAudioError
        try:
            self._playing = _DevicePlayback(sound, self._device, self._now)
        except (problem, DeviceError):
            self._lost = True
            return _SilentPlayback(self._now())
        return self._playing

    def close(self) -> None:
        """Let the last line be heard to its end."""
        if self._playing is not None:
            self._playing.wait()
            self._lost = self.lost
            self._playing = None
