"""Sound files for tests, in a line."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from voicemock.audio.sound import RATE


def write_wav(path: Path, samples: np.ndarray, rate: int = RATE) -> Path:
    """The samples (mono, int16 units) as a WAV at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype(np.int16).tobytes())
    return path


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), dtype=np.int16)
