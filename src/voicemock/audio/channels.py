"""Which of several channels, or tracks, holds the voice. Pure."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.sound import RATE, Samples, rms
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechSplit

Channels: TypeAlias = NDArray[np.int16]  # one row a channel

DEAD_RMS = 2.0  # int16 units; a channel below it is not connected
ALIKE = 0.9  # correlation of two channels that are one sound: their mean is as good as either
EXCERPT_S = 120.0  # in all channels; a voice that is there speaks in a minute or two
PIECE_S = 10.0  # of sound in a row, so that words are heard in it


def with_the_voice(channels: Channels) -> tuple[Samples, str | None]:
    """The voice of a run, and what to say where it had to be chosen.

    Channels that are alike are mixed; opposite phase, a dead channel or somebody else would spoil the mix.
    """
    if len(channels) == 1:
        return channels[0], None
    living = [number for number, channel in enumerate(channels) if rms(channel) > DEAD_RMS]
    if not living:
        return channels[0], None
    if all(_alike(channels[living[0]], channels[number]) for number in living[1:]):
        mixed: Samples = np.rint(channels[living].mean(axis=0)).astype(np.int16)
        return mixed, None
    look = round(EXCERPT_S / len(living) * RATE)
    voiced = {number: voice_seconds(excerpt(channels[number], look)) for number in living}
    best = max(living, key=lambda number: (round(voiced[number], 1), rms(channels[number])))
    return channels[best], f"the voice is on channel {best + 1} of {len(channels)}"


def voice_seconds(samples: Samples) -> float:
    """How long somebody speaks."""
    detector = SpeechDetector()
    events = [*detector.push(samples), *detector.flush()]
    return sum(event.end - event.start for event in events if isinstance(event, SpeechEnded | SpeechSplit))


def excerpt(samples: Samples, length: int) -> Samples:
    """Pieces from all over the sound, `length` samples in all."""
    piece = round(PIECE_S * RATE)
    if len(samples) <= max(length, piece):
        return samples
    count = max(1, length // piece)
    starts = np.linspace(0, len(samples) - piece, count).astype(int)
    return np.concatenate([samples[start : start + piece] for start in starts])


def _alike(one: Samples, other: Samples) -> bool:
    a, b = one.astype(np.float32), other.astype(np.float32)
    a, b = a - a.mean(), b - b.mean()
    power = float(np.sqrt(np.dot(a, a) * np.dot(b, b)))
    return power > 0 and float(np.dot(a, b)) / power > ALIKE
