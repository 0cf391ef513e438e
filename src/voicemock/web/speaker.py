"""The page's loudspeaker behind the seam `Speaker`: lines are sent whole, and the page says when they begin and end."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import Protocol

from voicemock.audio.sound import Sound
from voicemock.audio.speaker import BEGUN_S, LATE_S, Playback

HEADER = struct.Struct("<II")  # the line's number, its rate; then int16 samples


class Wire(Protocol):
    """The way to the page, from any thread; nothing happens where there is no page."""

    @property
    def there(self) -> bool: ...

    def tell(self, message: dict[str, object]) -> None: ...

    def send(self, data: bytes) -> None: ...


class PageLine:
    """One line, being played in the page."""

    def __init__(self, number: int, sound: Sound, wire: Wire, now: Callable[[], float]) -> None:
        self.number = number
        self._sound = sound
        self._wire = wire
        self._now = now
        self._begun = threading.Event()
        self._over = threading.Event()
        self._started = self._sent_at = now()
        self._from_s = 0.0  # where in the sound the page was told to begin
        self._send()

    def _send(self) -> None:
        first = round(self._from_s * self._sound.rate)
        samples = self._sound.samples[first:].astype("<i2").tobytes()
        self._sent_at = self._now()
        self._wire.send(HEADER.pack(self.number, self._sound.rate) + samples)

    def begun(self, latency_s: float) -> None:
        """The page has begun to play; it is heard `latency_s` later."""
        if not self._begun.is_set():
            self._started = self._now() + latency_s
            self._begun.set()

    def ended(self) -> None:
        self._over.set()

    def left(self) -> None:
        """The page has gone: it was heard up to here."""
        self._from_s += max(0.0, self._now() - self._sent_at)

    def again(self) -> None:
        """Another page is there: it plays what is left."""
        if not self._over.is_set() and self._from_s < self._sound.duration_s:
            self._send()

    def started_at(self) -> float:
        if self._wire.there:
            self._begun.wait(timeout=BEGUN_S)
        return self._started

    def played_s(self, at: float) -> float:
        return self._from_s + at - self._started

    def done(self) -> bool:
        left_s = self._sound.duration_s - self._from_s
        patience_s = LATE_S if self._wire.there else 0.0
        return self._over.is_set() or self._now() >= self._sent_at + left_s + patience_s

    def stop(self) -> None:
        if not self._over.is_set():
            self._over.set()
            self._wire.tell({"is": "hush", "line": self.number})

    def wait(self) -> None:
        while not self.done():
            self._over.wait(timeout=0.1)


class PageSpeaker:
    """One line at a time: the next waits for the last. `blocked`: the browser plays no sound yet."""

    def __init__(self, wire: Wire, now: Callable[[], float] = time.monotonic) -> None:
        self._wire = wire
        self._now = now
        self._numbers = count(1)
        self._line: PageLine | None = None
        self.blocked = False

    @property
    def lost(self) -> bool:
        return self.blocked and self._wire.there

    def play(self, sound: Sound) -> Playback:
        self.close()
        self._line = PageLine(next(self._numbers), sound, self._wire, self._now)
        return self._line

    def line(self, number: object) -> PageLine | None:
        """The line of that number, if it is the one being played."""
        line = self._line
        return line if line is not None and line.number == number else None

    def left(self) -> None:
        if self._line is not None:
            self._line.left()

    def again(self) -> None:
        if self._line is not None:
            self._line.again()

    def close(self) -> None:
        """Let the last line be heard to its end."""
        if self._line is not None:
            self._line.wait()
            self._line = None
