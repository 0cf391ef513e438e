"""What lies under any voice is taken out before it is judged whether somebody speaks: an offset, mains hum, rumble.

A constant offset makes every window as loud as the loudest, and hum hides the pauses. Only the detectors hear the
filtered sound; what is recorded and what the recogniser hears stay as they are.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.sound import FULL_SCALE, RATE, Samples

CUTOFF_HZ = 80.0  # the deepest voices begin here; mains hum is at 50 or 60
QUALITIES = (0.5412, 1.3066)  # of the two sections that make a Butterworth filter of the fourth order
TAPS = 1024  # 64 ms; what the filter's response holds after that is under a thousandth


class HighPass:
    """Sound in, piece by piece, the same length out at once: nothing is delayed."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None

    def push(self, samples: Samples) -> Samples:
        if not len(samples):
            return samples
        sound = samples.astype(np.float32)
        if self._before is None:  # as if the sound had always been where it begins: an offset is no click
            self._before = np.full(TAPS - 1, sound[0], dtype=np.float32)
        joined = np.concatenate((self._before, sound))
        self._before = joined[len(joined) - TAPS + 1 :]
        passed = np.convolve(joined, _response(), "valid")
        clipped: Samples = np.clip(np.rint(passed), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
        return clipped


@lru_cache(maxsize=1)
def _response() -> NDArray[np.float32]:
    """What a click becomes; its sum is exactly nothing, so that an offset leaves no trace."""
    response = np.zeros(TAPS)
    response[0] = 1.0
    for quality in QUALITIES:
        response = _section(response, quality)
    response[0] -= response.sum()
    return response.astype(np.float32)


def _section(sound: NDArray[np.float64], quality: float) -> NDArray[np.float64]:
    """A high-pass of the second order, in the form of R. Bristow-Johnson's cookbook."""
    angle = 2 * pi * CUTOFF_HZ / RATE
    slope = sin(angle) / (2 * quality)
    first, second, third = (1 + cos(angle)) / 2, -(1 + cos(angle)), (1 + cos(angle)) / 2
    passed = np.zeros_like(sound)
    for i in range(len(sound)):
        x1, y1 = (sound[i - 1], passed[i - 1]) if i >= 1 else (0.0, 0.0)
        x2, y2 = (sound[i - 2], passed[i - 2]) if i >= 2 else (0.0, 0.0)
        fed = first * sound[i] + second * x1 + third * x2
        passed[i] = (fed + 2 * cos(angle) * y1 - (1 - slope) * y2) / (1 + slope)
    return passed
