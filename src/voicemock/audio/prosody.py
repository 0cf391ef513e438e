"""How a voice sounds: how far its pitch and its loudness range, and how long it sounds. Measured while it is heard.

Pitch by autocorrelation, after P. Boersma, "Accurate short-term analysis of the fundamental frequency" (1993): that of
the windowed sound over that of the window. Praat, which does the same with more care, is the judge in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.sound import FULL_SCALE, RATE, Samples, index

HOP_S = 0.02
FRAME = RATE // 25  # 40 ms hold two periods of the deepest voice
HOP = index(HOP_S)
BATCH = 50  # frames that are looked at together: a second
LOWEST_HZ, HIGHEST_HZ = 65.0, 400.0
SHORTEST, LONGEST = int(RATE / HIGHEST_HZ), int(RATE / LOWEST_HZ)
TRANSFORM = 1024  # samples: a frame and its longest lag
VOICED = 0.5  # of a sound that repeats itself exactly; Praat takes 0.45 and then looks for a smooth path
OCTAVE_COST = 0.02  # a period that fits twice is no pitch
SMOOTHED = 5  # frames; a slip of one or two is none of the speaker's
LEAST_VOICED = 100  # frames: with less than 2 s of voice nothing is said of it
FURTHEST_ST = 9.0  # from the middle; what is further is an octave's slip
FEW, MOST = 10, 90  # percentiles: what lies between them is the range
WORD_SLACK_S = 0.15  # around a word: its times are good to some 0.1 s
SHORTEST_SOUND_S = 0.2  # of voice without a word; what is shorter is the edge of one

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sounding:
    """Semitones and decibels between the 10th and the 90th percentile of the voice; None where there was too little."""

    pitch_range_st: float | None = None
    loudness_range_db: float | None = None
    voiced_without_words_s: float | None = None


class Prosody:
    """Takes an answer's sound as it comes; `sounding` looks back on it."""

    def __init__(self) -> None:
        self._waiting = np.zeros(0, dtype=np.int16)
        self._pitch: list[Floats] = []  # Hz a frame, 0 where no voice sounds
        self._level: list[Floats] = []  # dB

    def push(self, block: Samples) -> None:
        self._waiting = np.concatenate((self._waiting, block))
        while len(self._waiting) >= BATCH * HOP + FRAME:
            self._look(BATCH)

    def _look(self, frames: int) -> None:
        first = np.arange(frames)[:, None] * HOP
        sound = self._waiting[first + np.arange(FRAME)].astype(np.float32) / np.float32(FULL_SCALE)
        self._waiting = self._waiting[frames * HOP :]
        sound -= sound.mean(axis=1, keepdims=True)
        self._pitch.append(pitches(sound))
        power = np.mean(sound**2, axis=1)
        self._level.append((10 * np.log10(power + 1e-10)).astype(np.float32))

    def sounding(
        self, speech: Sequence[tuple[float, float]], words: Sequence[tuple[float, float]]
    ) -> Sounding:
        """Of the stretches of `speech`; `words` are the (start, end) of what was understood."""
        rest = (len(self._waiting) - FRAME) // HOP
        if rest > 0:
            self._look(rest)
        if not self._pitch or not speech:
            return Sounding()
        pitch, level = np.concatenate(self._pitch), np.concatenate(self._level)
        pitch = np.where(_within(len(pitch), speech), _smooth(pitch), 0)
        voiced = pitch > 0
        heard = [(start - WORD_SLACK_S, end + WORD_SLACK_S) for start, end in words]
        alone = _long_runs(voiced & ~_within(len(pitch), heard), round(SHORTEST_SOUND_S / HOP_S))
        if voiced.sum() < LEAST_VOICED:
            return Sounding(voiced_without_words_s=round(alone * HOP_S, 1))
        semitones = 12 * np.log2(pitch[voiced])
        near = np.abs(semitones - np.median(semitones)) <= FURTHEST_ST
        return Sounding(
            pitch_range_st=round(_range(semitones[near]), 1),
            loudness_range_db=round(_range(level[voiced]), 1),
            voiced_without_words_s=round(alone * HOP_S, 1),
        )


def pitches(frames: Floats) -> Floats:
    """The pitch of each frame in Hz, 0 where it has none."""
    window, of_window = _window()
    spectrum = np.fft.rfft(frames * window, TRANSFORM)
    same = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, TRANSFORM)[:, : LONGEST + 2]
    whole = same[:, :1]
    alike = np.divide(same, whole, out=np.zeros_like(same), where=whole > 1e-9) / of_window
    lags = np.arange(SHORTEST, LONGEST + 1)
    likely = alike[:, SHORTEST : LONGEST + 1] - OCTAVE_COST * np.log2(lags / SHORTEST)
    best = lags[np.argmax(likely, axis=1)]
    rows = np.arange(len(frames))
    before, peak, after = (alike[rows, best + shift] for shift in (-1, 0, 1))
    bend = before - 2 * peak + after
    shift = np.where(bend < 0, 0.5 * (before - after) / np.where(bend < 0, bend, 1), 0)
    is_peak = (peak >= before) & (peak >= after)  # and no slope that leads out of the range
    found: Floats = np.where(is_peak & (peak >= VOICED), RATE / (best + shift), 0).astype(np.float32)
    return found


@lru_cache(maxsize=1)
def _window() -> tuple[Floats, Floats]:
    """The window, and its own autocorrelation up to the longest lag."""
    window = np.hanning(FRAME).astype(np.float32)
    same = np.fft.irfft(np.abs(np.fft.rfft(window, 2 * TRANSFORM)) ** 2)[: LONGEST + 2]
    return window, (same / same[0]).astype(np.float32)


def _smooth(pitch: Floats) -> Floats:
    """The median over a few frames; what is voiced for less than half of them is not."""
    padded = np.pad(pitch, SMOOTHED // 2)
    smooth: Floats = np.median(np.lib.stride_tricks.sliding_window_view(padded, SMOOTHED), axis=1)
    return np.where(pitch > 0, smooth, 0)


def _within(frames: int, stretches: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """Which frames lie in the stretches, by their middles."""
    inside = np.zeros(frames, dtype=bool)
    for start, end in stretches:
        half = FRAME / RATE / 2
        inside[max(0, round((start - half) / HOP_S)) : max(0, round((end - half) / HOP_S))] = True
    return inside


def _long_runs(marks: NDArray[np.bool_], least: int) -> int:
    """How many marks stand in runs of at least so many."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.astype(np.int8), [0]))))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= least].sum())


def _range(values: NDArray[np.floating]) -> float:
    low, high = np.percentile(values, (FEW, MOST))
    return float(high - low)
