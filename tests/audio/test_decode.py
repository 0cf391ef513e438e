"""Any sound file becomes int16 mono 16 kHz; anything else is one clear error."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from voicemock.audio.decode import decode
from voicemock.audio.sound import RATE
from voicemock.errors import AudioFileError

TONE_HZ = 440.0
DURATION_S = 1.0


def write_tone(path: Path, rate: int = RATE, channels: int = 1, width: int = 2) -> Path:
    t = np.arange(round(DURATION_S * rate)) / rate
    tone = 0.5 * np.sin(2 * np.pi * TONE_HZ * t)
    raw = (tone * 127 + 128).astype(np.uint8) if width == 1 else (tone * 32_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(np.repeat(raw, channels).tobytes())
    return path


def pitch(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples.astype(float)))
    return float(np.argmax(spectrum) * RATE / len(samples))


class TestWhatCanBeRead:
    @pytest.mark.parametrize(
        ("rate", "channels", "width"),
        [(16_000, 1, 2), (44_100, 2, 2), (8_000, 1, 2), (48_000, 1, 2), (22_050, 2, 1)],
    )
    def test_rate_channels_and_width_do_not_matter(
        self, tmp_path: Path, rate: int, channels: int, width: int
    ) -> None:
        samples = decode(write_tone(tmp_path / "tone.wav", rate, channels, width))
        assert samples.dtype == np.int16
        assert len(samples) / RATE == pytest.approx(DURATION_S, abs=0.01)
        assert pitch(samples) == pytest.approx(TONE_HZ, abs=3)
        assert np.abs(samples).max() == pytest.approx(16_000, rel=0.1)

    def test_silence_is_sound(self, tmp_path: Path) -> None:
        path = tmp_path / "silent.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(bytes(2 * RATE))
        assert not decode(path).any()

    def test_a_file_that_breaks_off_gives_what_it_has(self, tmp_path: Path) -> None:
        path = write_tone(tmp_path / "tone.wav")
        path.write_bytes(path.read_bytes()[: 44 + RATE])
        assert len(decode(path)) == pytest.approx(RATE / 2, abs=200)


class TestWhatCantBeRead:
    def test_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(AudioFileError, match="does not exist: check the name"):
            decode(tmp_path / "nothing.wav")

    def test_an_empty_file(self, tmp_path: Path) -> None:
        (tmp_path / "empty.wav").touch()
        with pytest.raises(AudioFileError, match="is empty: record it again"):
            decode(tmp_path / "empty.wav")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(AudioFileError, match="is not a file"):
            decode(tmp_path)

    def test_text(self, tmp_path: Path) -> None:
        (tmp_path / "answer.wav").write_text("I led the migration. " * 50)
        with pytest.raises(AudioFileError, match="is not audio"):
            decode(tmp_path / "answer.wav")

    def test_random_bytes(self, tmp_path: Path) -> None:
        (tmp_path / "answer.mp3").write_bytes(bytes(range(256)) * 8)
        with pytest.raises(AudioFileError, match=r"answer\.mp3"):
            decode(tmp_path / "answer.mp3")

    def test_a_header_without_sound(self, tmp_path: Path) -> None:
        path = write_tone(tmp_path / "tone.wav")
        path.write_bytes(path.read_bytes()[:44])
        with pytest.raises(AudioFileError, match=r"tone\.wav"):
            decode(path)
