"""The neural voice: the default where it is installed, several people in one, and any voice of Piper's format."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest

from voicemock.audio.sound import Samples
from voicemock.errors import VoiceError
from voicemock.speech import neural_voice, voice
from voicemock.speech.neural_voice import QUIET, licence_of, open_neural, parts_of, trimmed, weights_in
from voicemock.speech.system_voice import english_first
from voicemock.speech.voice import NEURAL_VOICES, NOTHING, best_voice, candidate_voice, loop_voices
from voicemock.speech.voice_engines import licence_of_voice, open_voice

LINE = "Tell me about a time when you disagreed with your manager."
SEMITONES = 2.0  # apart: two people to the ear


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """An engine that makes a tenth of a second for each sentence."""
    chunk = Mock(audio_int16_bytes=np.full(2205, 1000, np.int16).tobytes())
    engine = Mock(**{"config.sample_rate": 22050, "synthesize.return_value": [chunk]})
    monkeypatch.setattr(neural_voice, "_load", lambda _: engine)
    return engine


class TestWhichVoiceSpeaks:
    """The best that is installed, without being asked for."""

    def test_the_neural_one_where_it_is_there(self) -> None:
        assert best_voice() in NEURAL_VOICES
        assert candidate_voice() in NEURAL_VOICES
        assert best_voice() != candidate_voice()
        assert set(loop_voices()) == set(NEURAL_VOICES)

    def test_else_the_systems(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(voice, "piper_is_installed", lambda: False)
        assert {best_voice(), candidate_voice(), *loop_voices()} <= set(voice.ESPEAK_VOICES)
        with pytest.raises(VoiceError, match="needs Piper") as told:
            monkeypatch.setattr(neural_voice, "piper_is_installed", lambda: False)
            open_voice("joe")
        assert "offline" in told.value.next_step

    def test_of_the_systems_an_english_one_and_the_best(self) -> None:
        listed = [
            {"id": "com.apple.speech.synthesis.voice.Trinoids", "name": "Trinoids"},
            {"id": "com.apple.voice.compact.de-DE.Anna", "name": "Anna"},
            {"id": "com.apple.voice.compact.en-GB.Daniel", "name": "Daniel"},
            {"id": "com.apple.voice.premium.en-US.Zoe", "name": "Zoe"},
            {
                "id": "HKEY_LOCAL_MACHINE/Speech/Voices/Tokens/TTS_MS_EN-US_ZIRA_11.0",
                "name": "Zira - English",
            },
        ]
        assert [each["name"].split()[0] for each in english_first(listed)] == ["Zoe", "Daniel", "Zira"]
        assert english_first(listed[1:2]) == listed[1:2]


class TestSeveralPeopleInOneVoice:
    """An interviewer is told from the next by ear."""

    def test_any_two_are_made_two_semitones_apart(self) -> None:
        heights = sorted(12 * np.log2(manner.size) for manner in NEURAL_VOICES.values())
        assert min(np.diff(heights)) >= SEMITONES

    def test_they_are_so_heard(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = neural_voice._load(weights_in(neural_voice.folder_of("joe")))
        monkeypatch.setattr(neural_voice, "_load", lambda _: engine)
        one, other = (pitch_of(open_neural(name).say(LINE)) for name in (best_voice(), candidate_voice()))
        assert 12 * np.log2(other / one) >= SEMITONES

    def test_the_same_lines_sound_the_same(self) -> None:
        first, second = open_neural("joe"), open_neural("joe")
        assert np.array_equal(first.say(LINE).samples, second.say(LINE).samples)


class TestLines:
    """A sentence is made once, however many lines it is part of."""

    def test_what_was_made_ahead_is_not_made_again(self, counted: Mock) -> None:
        joe = open_neural("joe")
        joe.say("Give me the figure. From what to what?")
        joe.say("You said $2M. From what to what?")
        made = [call.args[0] for call in counted.synthesize.call_args_list]
        assert made == ["Give me the figure.", "From what to what?", "You said two million dollars."]

    @pytest.mark.parametrize("text", ["", "…", " — "])
    def test_a_line_without_a_word_is_a_moment_of_silence(self, counted: Mock, text: str) -> None:
        assert open_neural("joe").say(text) is NOTHING

    def test_they_begin_at_once(self) -> None:
        samples: Samples = np.concatenate((np.zeros(2000, np.int16), np.full(2000, QUIET + 1, np.int16)))
        assert len(trimmed(samples, 16000)) == 2000 + 320
        assert len(trimmed(np.zeros(100, np.int16), 16000)) == 100

    def test_sentences_are_split_after_numbers_are_words(self) -> None:
        assert parts_of("It was 2.5 s. And then: what?") == [
            "It was two point five seconds.",
            "And then:",
            "what?",
        ]


class TestAFolder:
    """`--voice DIR`: any voice of Piper's format, with the licence that its card states."""

    def test_it_speaks_and_its_licence_is_read(self, counted: Mock, tmp_path: Path) -> None:
        (tmp_path / "amy.onnx").write_bytes(b"")
        (tmp_path / "amy.onnx.json").write_text("{}")
        (tmp_path / "MODEL_CARD").write_text("# Amy\n* License: CC BY-NC 4.0\n")
        assert open_voice(str(tmp_path)).say(LINE).duration_s == pytest.approx(0.1, abs=0.01)
        assert licence_of_voice(str(tmp_path)) == "CC BY-NC 4.0"

    def test_a_card_without_a_licence_is_said_to_have_none(self, tmp_path: Path) -> None:
        assert licence_of(tmp_path) == "not stated"

    @pytest.mark.parametrize(("names", "said"), [((), "no voice"), (("a", "b"), "2 voices")])
    def test_a_folder_without_one_voice_is_refused(self, tmp_path: Path, names: Any, said: str) -> None:
        for name in names:
            (tmp_path / f"{name}.onnx").write_bytes(b"")
            (tmp_path / f"{name}.onnx.json").write_text("{}")
        with pytest.raises(VoiceError, match=said):
            weights_in(tmp_path)


def pitch_of(sound: Any) -> float:
    """Hertz, the median over the loud parts, by autocorrelation."""
    rate, found = sound.rate, []
    for first in range(0, len(sound.samples) - 2048, 1024):
        window = sound.samples[first : first + 2048].astype(float)
        if np.sqrt(np.mean(window**2)) < 800:
            continue
        spectrum = np.fft.rfft(window - window.mean(), 4096)
        same = np.fft.irfft(np.abs(spectrum) ** 2)
        low, high = rate // 320, rate // 65
        lag = low + int(np.argmax(same[low:high]))
        if same[lag] > 0.5 * same[0]:
            found.append(rate / lag)
    return float(np.median(found))
