"""A recording to its transcript: bad files are one clear error, silence is no words, times are the sound's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.sounds import write_wav
from tests.speech.test_live import WORDS
from voicemock.audio.sound import RATE
from voicemock.errors import AudioFileError, ModelError
from voicemock.speech.batch import transcribe, transcribe_file
from voicemock.speech.live import Transcript
from voicemock.speech.scripted import ScriptedRecogniser


class TestAFile:
    def test_silence_has_no_words_and_no_floor_time(self, tmp_path: Path) -> None:
        found = transcribe_file(write_wav(tmp_path / "silent.wav", np.zeros(2 * RATE, dtype=np.int16)))
        assert found == Transcript(())

    def test_what_is_not_audio_is_refused_before_the_model_is_loaded(self, tmp_path: Path) -> None:
        (tmp_path / "answer.wav").write_text("not audio")
        with pytest.raises(AudioFileError):
            transcribe_file(tmp_path / "answer.wav", model="no such model")

    def test_an_unknown_model_is_refused(self, tmp_path: Path) -> None:
        path = write_wav(tmp_path / "silent.wav", np.zeros(RATE, dtype=np.int16))
        with pytest.raises(ModelError, match="no such model"):
            transcribe_file(path, model="no such model")


class TestProgress:
    def test_it_counts_seconds_up_to_the_whole(self) -> None:
        seen: list[tuple[float, float]] = []
        sound = np.zeros(4 * RATE, dtype=np.int16)
        transcribe(sound, ScriptedRecogniser(WORDS), lambda so_far, whole: seen.append((so_far, whole)))
        assert seen == [(0.0, 4.0), (1.0, 4.0), (2.0, 4.0), (3.0, 4.0)]
