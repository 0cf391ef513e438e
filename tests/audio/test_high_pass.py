"""An offset or hum under a voice changes nothing of when somebody is heard to speak."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.spoken import Spoken, espeak, with_pauses

from voicemock.audio.high_pass import HighPass
from voicemock.audio.sound import BLOCK_SAMPLES, FULL_SCALE, RATE, Samples, rms
from voicemock.audio.vad import SpeechDetector

SENTENCES = ("We cut the wait to four minutes.", "Nobody had asked the drivers.", "So I went and did.")
PAUSES_S = (0.9, 1.2, 1.0)
SPEECH_ABOVE = 200  # int16 units: a sample that is part of a word


@pytest.fixture(scope="module")
def answer() -> Spoken:
    return with_pauses([espeak(sentence) for sentence in SENTENCES], PAUSES_S)


@pytest.fixture(scope="module")
def undisturbed(answer: Spoken) -> list[tuple[float, float]]:
    return stretches(answer.samples)


def stretches(sound: Samples) -> list[tuple[float, float]]:
    detector = SpeechDetector()
    for first in range(0, len(sound), BLOCK_SAMPLES):
        detector.push(sound[first : first + BLOCK_SAMPLES])
    detector.flush()
    return detector._stretches


def disturbed(samples: Samples, by: np.ndarray | float) -> Samples:
    return np.clip(samples + by, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)


def tone(frequency_hz: float, loudness: float, samples: int) -> np.ndarray:
    return np.sqrt(2) * loudness * np.sin(2 * np.pi * frequency_hz * np.arange(samples) / RATE)


@pytest.mark.parametrize("share", [0.05, -0.1, 0.5])
def test_with_an_offset_the_same_speech_is_heard(
    answer: Spoken, undisturbed: list[tuple[float, float]], share: float
) -> None:
    heard = stretches(disturbed(answer.samples, share * FULL_SCALE))
    assert np.array(heard) == pytest.approx(np.array(undisturbed), abs=0.1)


@pytest.mark.parametrize("decibels", [0, 6])
def test_with_hum_the_same_speech_is_heard(
    answer: Spoken, undisturbed: list[tuple[float, float]], decibels: float
) -> None:
    voice = rms(answer.samples[np.abs(answer.samples) > SPEECH_ABOVE])
    hum = tone(50.0, voice * 10 ** (decibels / 20), len(answer.samples))
    heard = stretches(disturbed(answer.samples, hum))
    assert len(heard) == len(undisturbed) == len(SENTENCES)
    assert np.array(heard) == pytest.approx(np.array(undisturbed), abs=0.3)


def test_pieces_pass_as_the_whole_does(answer: Spoken) -> None:
    whole, pieces = HighPass(), HighPass()
    cuts = np.split(answer.samples, [1, 7, 320, 4000])
    assert np.array_equal(np.concatenate([pieces.push(cut) for cut in cuts]), whole.push(answer.samples))


def test_a_voice_passes_and_what_lies_below_does_not() -> None:
    def left(frequency_hz: float) -> float:
        sound = tone(frequency_hz, 3000.0, RATE).astype(np.int16)
        return rms(HighPass().push(sound)[RATE // 2 :]) / 3000.0

    assert left(200.0) == pytest.approx(1.0, abs=0.02)
    assert left(50.0) < 0.16
    assert not HighPass().push(np.full(RATE, 9000, dtype=np.int16)).any()
