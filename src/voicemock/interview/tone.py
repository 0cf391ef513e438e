"""A soft tone: silence is about to end the answer."""

from __future__ import annotations

import numpy as np

from voicemock.audio.sound import RATE, Sound

PITCH_HZ = 330.0
LENGTH_S = 0.18
LOUDNESS = 1_200  # of 32,767: heard in a quiet room, and nobody starts


def soft_tone() -> Sound:
    """It fades in and out: a click would be taken for a fault."""
    t = np.arange(round(LENGTH_S * RATE)) / RATE
    shape = np.sin(np.pi * t / LENGTH_S) ** 2
    return Sound((LOUDNESS * shape * np.sin(2 * np.pi * PITCH_HZ * t)).astype(np.int16))
