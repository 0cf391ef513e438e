"""Rooms made of numbers: what a microphone hears of a loudspeaker that is near it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from voicemock.audio.sound import FULL_SCALE, RATE, Samples

ROOM_NOISE_RMS = 12.0  # int16 units
RINGING_S = 0.05  # until what a wall gives back has fallen to a third
WALLS = 0.06  # of the direct sound, in each sample of the first reflections
DRIVEN = 20_000.0  # int16 units at which a small loudspeaker begins to clip


@dataclass(frozen=True, slots=True)
class Room:
    """The loudspeaker comes back at `gain_db` after `delay_ms`, by a clock that is `drift_ppm` off."""

    gain_db: float
    delay_ms: float
    drift_ppm: float = 0.0

    def hears(self, played: Samples, voice: Samples | None = None, seed: int = 0) -> Samples:
        """What the microphone gives while `played` is played and `voice` speaks."""
        echo = np.tanh(self._drifted(played) / DRIVEN) * DRIVEN
        echo = np.convolve(echo, self._response(seed))[: len(played)] * 10 ** (self.gain_db / 20)
        delay = round(self.delay_ms * RATE / 1000)
        heard = np.concatenate((np.zeros(delay), echo))[: len(played)]
        heard += np.random.default_rng(seed).normal(0.0, ROOM_NOISE_RMS, len(heard))
        if voice is not None:
            heard += voice
        return np.clip(heard, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)

    def _drifted(self, played: Samples) -> np.ndarray:
        times = np.arange(len(played)) * (1 + self.drift_ppm * 1e-6)
        return np.interp(times, np.arange(len(played)), played.astype(float))

    def _response(self, seed: int) -> np.ndarray:
        later = np.arange(1, RATE // 4)
        walls = np.random.default_rng(seed).normal(0.0, WALLS, len(later))
        return np.concatenate(([1.0], walls * np.exp(-later / (RINGING_S * RATE))))
