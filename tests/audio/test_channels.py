"""The channel or track that holds the voice is taken, and said where there are several."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.spoken import espeak, in_a_room

from tests.encoders import encode
from voicemock.audio.decode import Recording, read_recording
from voicemock.audio.sound import Samples
from voicemock.errors import UsageProblem

NEAR = 0.95  # correlation with the voice


@pytest.fixture(scope="module")
def voice() -> Samples:
    return espeak("I called every customer and asked them what they needed most.").samples


@pytest.fixture(scope="module")
def interviewer(voice: Samples) -> Samples:
    asked = espeak("Why?", "en-gb").samples
    return np.pad(asked, (0, len(voice) - len(asked)))


def hiss(like: Samples, rms: float = 400.0) -> Samples:
    return in_a_room(np.zeros_like(like), rms, seed=3)


def nothing(like: Samples) -> Samples:
    return np.zeros_like(like)


def holds(recording: Recording, voice: Samples) -> bool:
    length = min(len(voice), len(recording.samples))
    together = np.corrcoef(voice[:length].astype(float), recording.samples[:length].astype(float))
    return abs(together[0, 1]) > NEAR


class TestChannels:
    def test_opposite_phase_does_not_cancel(self, tmp_path: Path, voice: Samples) -> None:
        recording = read_recording(encode(tmp_path / "a.wav", [voice, -voice]))
        assert holds(recording, voice)
        assert np.abs(recording.samples).max() == pytest.approx(np.abs(voice).max(), rel=0.05)

    def test_a_hissing_dead_channel_is_not_mixed_in(self, tmp_path: Path, voice: Samples) -> None:
        recording = read_recording(encode(tmp_path / "a.flac", [hiss(voice), voice]))
        assert np.array_equal(recording.samples, voice)
        assert recording.notes == ("the voice is on channel 2 of 2",)

    def test_a_voice_on_channel_4_of_6_is_found(self, tmp_path: Path, voice: Samples) -> None:
        channels = [nothing(voice)] * 3 + [voice] + [hiss(voice, 5.0)] * 2
        recording = read_recording(encode(tmp_path / "a.wav", channels))
        assert holds(recording, voice)
        assert recording.notes == ("the voice is on channel 4 of 6",)

    def test_two_channels_that_are_one_sound_are_mixed_without_a_word(
        self, tmp_path: Path, voice: Samples
    ) -> None:
        recording = read_recording(encode(tmp_path / "a.wav", [voice, voice // 2]))
        assert holds(recording, voice)
        assert recording.notes == ()


class TestTracks:
    def test_a_voice_on_track_3_of_3_is_found(self, tmp_path: Path, voice: Samples) -> None:
        path = encode(tmp_path / "a.mka", [nothing(voice)], [hiss(voice, 40.0)], [voice])
        recording = read_recording(path)
        assert holds(recording, voice)
        assert recording.notes == ("the voice is on track 3 of 3 (--track N takes another)",)

    def test_of_two_voices_the_one_that_speaks_more_is_the_candidates(
        self, tmp_path: Path, voice: Samples, interviewer: Samples
    ) -> None:
        assert holds(read_recording(encode(tmp_path / "a.mka", [interviewer], [voice])), voice)

    def test_another_can_be_named(self, tmp_path: Path, voice: Samples, interviewer: Samples) -> None:
        path = encode(tmp_path / "a.mka", [interviewer], [voice])
        recording = read_recording(path, track=1)
        assert holds(recording, interviewer)
        assert recording.notes == ()

    def test_one_that_is_not_there_is_a_wrong_usage(self, tmp_path: Path, voice: Samples) -> None:
        with pytest.raises(UsageProblem, match="only one track"):
            read_recording(encode(tmp_path / "a.wav", [voice]), track=2)

    def test_sixty_tracks_are_read(self, tmp_path: Path, voice: Samples) -> None:
        short = voice[:16_000]
        path = encode(tmp_path / "a.mka", *([nothing(short)] for _ in range(59)), [short])
        assert holds(read_recording(path), short)
