"""What a microphone's sound tells of it."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.non_speech import make
from benchmarks.spoken import espeak, in_a_room

from voicemock.audio.sound import RATE, Samples
from voicemock.doctor.input_faults import input_fault


def room(noise_rms: float = 12.0) -> Samples:
    return in_a_room(np.zeros(RATE, dtype=np.int16), noise_rms)


@pytest.mark.parametrize(
    ("sound", "said"),
    [
        (room() + np.int16(1800), "constant offset of 5%"),
        (make("hum", 1.0), "hums at 50 Hz"),
        (np.clip(room(40_000.0), -32768, 32767), "clipping"),
        (room(700.0), "noisy"),
    ],
)
def test_each_fault_is_named(sound: Samples, said: str) -> None:
    fault = input_fault(sound)
    assert fault is not None
    assert said in fault[0]


def test_american_mains_hum_at_60() -> None:
    hum = 800 * np.sin(2 * np.pi * 60 * np.arange(RATE) / RATE)
    fault = input_fault((room() + hum).astype(np.int16))
    assert fault is not None
    assert "60 Hz" in fault[0]


@pytest.mark.parametrize(
    "sound", [room(), espeak("Tell me about a time.").samples[:RATE], make("keyboard", 1.0)]
)
def test_a_quiet_room_a_voice_and_keys_are_no_fault(sound: Samples) -> None:
    assert input_fault(sound) is None
