"""What a sound is here: int16, one channel, 16 kHz unless it says otherwise. Time is a sample's index over the rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

RATE = 16_000  # samples a second; Whisper, Silero and WebRTC all take it, and speech needs no more
FULL_SCALE = 32_768.0  # int16 to the floats of -1 to 1 that the models take
BLOCK_SAMPLES = 320  # 20 ms: what a source gives at a time, a frame length that the WebRTC detector takes
BLOCK_S = BLOCK_SAMPLES / RATE
# Endings of recordings; where several lie beside a transcript, the first of these is taken.
RECORDINGS = (
    ".wav", ".flac", ".m4a", ".mp4", ".mp3", ".ogg", ".opus", ".webm", ".aac", ".mov", ".mkv", ".aif", ".aiff", ".caf",
    ".oga", ".wma",
)  # fmt: skip

Samples: TypeAlias = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono int16 `samples` at `rate` Hz: what a voice gives and a speaker plays."""

    samples: Samples
    rate: int = RATE

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that could not be read and is silent; seconds."""

    start: float
    length: float


def seconds(samples: int) -> float:
    return samples / RATE


def index(time_s: float) -> int:
    """The sample at `time_s`, rounded to the nearest; never negative."""
    return max(0, round(time_s * RATE))


def as_floats(samples: Samples) -> NDArray[np.float32]:
    return samples.astype(np.float32) / np.float32(FULL_SCALE)


def rms(samples: Samples) -> float:
    """Root mean square in int16 units; 0 for no samples."""
    if not len(samples):
        return 0.0
    wide = samples.astype(np.float32)
    return float(np.sqrt(np.mean(wide * wide)))


def resample(sound: Sound, rate: int = RATE) -> Sound:
    """The same sound at another rate, by FFmpeg's resampler."""
    if sound.rate == rate or not len(sound.samples):
        return Sound(sound.samples, rate)
    stream = StreamResampler(sound.rate, rate)
    return Sound(np.concatenate([stream.push(sound.samples), stream.flush()]), rate)


def blocks(samples: Samples) -> Iterator[Samples]:
    """Whole blocks of `samples`; the last is filled up with silence."""
    for first in range(0, len(samples), BLOCK_SAMPLES):
        block = samples[first : first + BLOCK_SAMPLES]
        yield block if len(block) == BLOCK_SAMPLES else np.pad(block, (0, BLOCK_SAMPLES - len(block)))


class StreamResampler:
    """Mono int16 at `source` Hz in, at `target` Hz out, piece by piece without seams."""

    def __init__(self, source: int, target: int = RATE) -> None:
        import av

        self._av = av
        self._source = source
        self._resampler = av.AudioResampler(format="s16", layout="mono", rate=target)

    def push(self, samples: Samples) -> Samples:
        frame = self._av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = self._source
        return self._join(self._resampler.resample(frame))

    def flush(self) -> Samples:
        return self._join(self._resampler.resample(None))

    @staticmethod
    def _join(frames: list) -> Samples:  # type: ignore[type-arg]
        parts = [frame.to_ndarray().reshape(-1) for frame in frames]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)
