"""The sound inside a page: small, and where the words are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.sounds import silence, write_wav
from voicemock.audio.decode import decode
from voicemock.audio.sound import RATE
from voicemock.errors import AudioFileError
from voicemock.report.page_sound import mp3

SECONDS = 30


@pytest.fixture(scope="module")
def clicking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quiet hiss with a click at each second."""
    samples = np.random.default_rng(1).normal(0, 200, SECONDS * RATE).astype(np.int16)
    for second in range(SECONDS):
        samples[second * RATE : second * RATE + RATE // 200] = 20_000
    return write_wav(tmp_path_factory.mktemp("sound") / "1.wav", samples)


class TestTheSoundInAPage:
    """It plays from the word that is clicked, and a page with it can be sent."""

    def test_what_is_heard_at_a_time_was_said_at_that_time(self, clicking: Path, tmp_path: Path) -> None:
        played = tmp_path / "1.mp3"
        played.write_bytes(mp3(clicking))
        samples = np.abs(decode(played).astype(np.int32))
        for second in range(1, SECONDS):
            around = samples[second * RATE - RATE // 2 : second * RATE + RATE // 2]
            assert abs(int(around.argmax()) / RATE - 0.5) < 0.01

    def test_it_is_as_long_as_the_recording(self, clicking: Path, tmp_path: Path) -> None:
        played = tmp_path / "1.mp3"
        played.write_bytes(mp3(clicking))
        assert len(decode(played)) / RATE == pytest.approx(SECONDS, abs=0.05)

    def test_it_is_a_fifth_of_the_recording(self, clicking: Path) -> None:
        assert len(mp3(clicking)) < clicking.stat().st_size / 5

    def test_a_damaged_recording_is_an_error_with_a_next_step(self, tmp_path: Path) -> None:
        path = tmp_path / "1.wav"
        path.write_bytes(b"RIFF of nothing")
        with pytest.raises(AudioFileError, match="voicemock verify"):
            mp3(path)

    def test_so_is_one_without_a_sample(self, tmp_path: Path) -> None:
        path = write_wav(tmp_path / "1.wav", silence(0))
        with pytest.raises(AudioFileError, match="holds no sound"):
            mp3(path)
