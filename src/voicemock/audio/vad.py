"""When somebody speaks: QUIET, STARTING, SPEAKING, STOPPING over windows of 32 ms.

A pure function of the samples: no clock, no thread. Times are seconds of audio from the first sample.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum

import numpy as np

from voicemock.audio.high_pass import HighPass
from voicemock.audio.sound import Samples, rms, seconds
from voicemock.audio.voice_probability import WINDOW, GatedVoice, VoiceProbability

WINDOW_S = WINDOW / 16_000

VOICE_ON = 0.5  # Silero's own threshold
VOICE_OFF = 0.35  # Silero's hysteresis: 0.15 below, so that a weak syllable does not end a word
START_WINDOWS = 4  # windows with voice (128 ms) that make a start: "yes" has 7, a click or a key 1 or 2
START_SPAN = 10  # windows (320 ms) within which they must come
PAUSE_S = 0.14  # silence that is worth a decode ahead; stop consonants are silent for under 0.1 s
HANGOVERS = (  # (speech up to, silence that ends it), seconds: the longer the stretch, the readier to cut
    (8.0, 0.30),
    (12.0, 0.20),
    (float("inf"), 0.12),
)
MAX_STRETCH_S = 20.0  # a stretch is cut here even in steady noise; Whisper's window is 30 s, and a cut must
# leave room for the careful pass to join a neighbour
CUT_SEARCH_S = 8.0  # the quietest place is looked for in the last seconds of a stretch that is too long
CUT_SMOOTH = 5  # windows (160 ms) over which "quiet" is measured: a gap between words, not a zero crossing


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Speech began at `at`; said some 0.13 s later, once it is sure."""

    at: float


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """A short silence after speech from `start` to `end`; it may go on: this only invites a decode ahead."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """Speech from `start` to `end`, and a silence after it."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class SpeechSplit:
    """Speech from `start` to `end`, cut at its quietest place; the next stretch begins at `end`."""

    start: float
    end: float


VadEvent = SpeechStarted | SpeechPaused | SpeechEnded | SpeechSplit


class _State(Enum):
    QUIET = "quiet"
    STARTING = "starting"
    SPEAKING = "speaking"
    STOPPING = "stopping"


class SpeechDetector:
    """Blocks in, events out. One detector an answer."""

    def __init__(self, voice: VoiceProbability | None = None, start_windows: int = START_WINDOWS) -> None:
        self._voice = voice or GatedVoice()
        self._high_pass = HighPass()
        self._start_windows = start_windows
        self._pending: list[Samples] = []
        self._pending_samples = 0
        self._windows = 0  # consumed so far; the clock
        self._state = _State.QUIET
        self._recent: deque[bool] = deque(maxlen=START_SPAN)
        self._start = 0.0
        self._silence_from = 0.0  # where the voice stopped, while STOPPING
        self._paused = False
        self._loudness: list[float] = []  # of each window of the stretch
        self._stretches: list[tuple[float, float]] = []
        self._probability = 0.0  # of the window heard last
        self._twins: list[tuple[SpeechDetector, list[VadEvent]]] = []

    @property
    def speaking(self) -> bool:
        return self._state in (_State.SPEAKING, _State.STOPPING)

    @property
    def now_s(self) -> float:
        """Audio time heard so far, whole windows only."""
        return self._windows * WINDOW_S

    @property
    def speech_start(self) -> float | None:
        """Where the stretch being spoken began, or None while nobody speaks."""
        return self._start if self.speaking else None

    @property
    def starting(self) -> float | None:
        """Where speech may have begun, while it is not yet sure; else None."""
        if self._state is not _State.STARTING:
            return None
        return self.now_s - (len(self._recent) - list(self._recent).index(True)) * WINDOW_S

    @property
    def last_speech_end(self) -> float | None:
        """Where speech was last heard, or None before the first word."""
        if self._state is _State.SPEAKING:
            return self.now_s
        if self._state is _State.STOPPING:
            return self._silence_from
        return self._stretches[-1][1] if self._stretches else None

    @property
    def silence_s(self) -> float:
        """Seconds since speech was last heard, or since the start when none was."""
        return max(0.0, self.now_s - (self.last_speech_end or 0.0))

    def pauses(self) -> tuple[tuple[float, float], ...]:
        """The silences between stretches of speech so far, as (start, end)."""
        pairs = zip(self._stretches, self._stretches[1:], strict=False)
        return tuple((before[1], after[0]) for before, after in pairs if after[0] > before[1])

    def push(self, block: Samples) -> list[VadEvent]:
        """Hear a block of any length; answers are in order."""
        self._pending.append(block)
        self._pending_samples += len(block)
        if self._pending_samples < WINDOW:
            return []
        sound = np.concatenate(self._pending)
        whole = len(sound) // WINDOW * WINDOW
        self._pending, self._pending_samples = [sound[whole:]], len(sound) - whole
        events: list[VadEvent] = []
        passed = self._high_pass.push(sound[:whole])
        for first in range(0, whole, WINDOW):
            events.extend(self._hear(passed[first : first + WINDOW]))
        return events

    def twin(self) -> tuple[SpeechDetector, list[VadEvent]]:
        """A detector that hears what this one hears and is flushed by itself, and where its events go.

        The voice's probability, which is what costs, is found once for both.
        """
        pair = (SpeechDetector(lambda _: self._probability, self._start_windows), list[VadEvent]())
        self._twins.append(pair)
        return pair

    def flush(self) -> list[VadEvent]:
        """End the stretch being spoken here, as when the answer is over."""
        if not self.speaking:
            self._state = _State.QUIET
            return []
        heard = self.now_s + seconds(self._pending_samples)
        return [self._close(self._silence_from if self._state is _State.STOPPING else heard)]

    def _hear(self, window: Samples) -> list[VadEvent]:
        self._probability = probability = self._voice(window)
        for twin, events in self._twins:
            events += twin._hear(window)
        at = self.now_s
        self._windows += 1
        if not self.speaking:
            return self._listen_for_start(at, probability, rms(window))
        self._loudness.append(rms(window))
        if probability >= VOICE_ON:
            self._state, self._paused = _State.SPEAKING, False
        elif probability < VOICE_OFF and self._state is _State.SPEAKING:
            self._state, self._silence_from = _State.STOPPING, at
        if self._state is _State.STOPPING:
            return self._count_silence()
        return self._cut_if_long()

    def _listen_for_start(self, at: float, probability: float, loudness: float) -> list[VadEvent]:
        self._recent.append(probability >= VOICE_ON)
        self._loudness = [*self._loudness, loudness][-START_SPAN:]
        voiced = sum(self._recent)
        self._state = _State.STARTING if voiced else _State.QUIET
        if voiced < self._start_windows:
            return []
        back = len(self._recent) - 1 - list(self._recent).index(True)
        earliest = self._stretches[-1][1] if self._stretches else 0.0
        self._start = max(earliest, at - back * WINDOW_S)
        self._loudness = self._loudness[-back - 1 :]
        self._state, self._paused = _State.SPEAKING, False
        self._recent.clear()
        return [SpeechStarted(self._start)]

    def _count_silence(self) -> list[VadEvent]:
        events: list[VadEvent] = []
        silence = self.now_s - self._silence_from
        if silence >= PAUSE_S and not self._paused:
            self._paused = True
            events.append(SpeechPaused(self._start, self._silence_from))
        if silence >= hangover_s(self._silence_from - self._start):
            events.append(self._close(self._silence_from))
        return events

    def _cut_if_long(self) -> list[VadEvent]:
        if self.now_s - self._start < MAX_STRETCH_S:
            return []
        searched = min(len(self._loudness), round(CUT_SEARCH_S / WINDOW_S))
        cut = len(self._loudness) - searched + quietest(self._loudness[-searched:])
        at = self._start + cut * WINDOW_S
        self._stretches.append((self._start, at))
        split = SpeechSplit(self._start, at)
        self._start, self._loudness = at, self._loudness[cut:]
        return [split]

    def _close(self, end: float) -> SpeechEnded:
        self._stretches.append((self._start, end))
        self._state = _State.QUIET
        self._loudness.clear()
        self._recent.clear()
        return SpeechEnded(self._start, end)


def hangover_s(stretch_s: float) -> float:
    """The silence that ends a stretch of this length, in seconds."""
    return next(silence for longest, silence in HANGOVERS if stretch_s <= longest)


def quietest(loudness: list[float]) -> int:
    """The index in the middle of the quietest `CUT_SMOOTH` windows; the latest of equals."""
    if len(loudness) < CUT_SMOOTH:
        return len(loudness) // 2
    smooth = np.convolve(loudness, np.ones(CUT_SMOOTH) / CUT_SMOOTH, mode="valid")
    latest = len(smooth) - 1 - int(np.argmin(smooth[::-1]))
    return latest + CUT_SMOOTH // 2
