"""Playing back: the right samples reach the speaker, and Ctrl-C stops them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.builders import SESSION, stored_session
from voicemock.audio.sound import RATE, Sound
from voicemock.audio.speaker import Playback, SilentSpeaker
from voicemock.errors import AudioFileError, DeviceError
from voicemock.report.build import review_answer
from voicemock.report.play import play, read_wav, speak
from voicemock.report.review import AnswerReview
from voicemock.speech.voice import FakeVoice


@pytest.fixture
def answer(tmp_path: Path) -> AnswerReview:
    with stored_session(tmp_path, audio_s=75.0) as store:
        return review_answer(store, f"{SESSION}/1")


def test_the_sound_begins_at_the_sentence(answer: AnswerReview) -> None:
    speaker = SilentSpeaker()
    assert play(answer, "3", open_speaker=lambda: speaker) == 12.5
    assert len(speaker.played[0].samples) == (75.0 - 12.5) * RATE


def test_without_a_place_all_of_it_is_played(answer: AnswerReview) -> None:
    speaker = SilentSpeaker()
    play(answer, open_speaker=lambda: speaker)
    assert len(speaker.played[0].samples) == 75.0 * RATE


def test_a_time_within_a_sentence_means_its_beginning(answer: AnswerReview) -> None:
    assert play(answer, "0:40", open_speaker=SilentSpeaker) == 38.4


def test_the_time_that_the_review_shows_finds_its_sentence(answer: AnswerReview) -> None:
    """0:12 is shown for a sentence that begins at 12.5 s."""
    assert play(answer, "0:12", open_speaker=SilentSpeaker) == 12.5


def test_ctrl_c_stops_the_sound(answer: AnswerReview) -> None:
    stopped = []

    class Endless(SilentSpeaker):
        def play(self, sound: object) -> Endless:  # type: ignore[override]
            return self

        def done(self) -> bool:
            return False

        def stop(self) -> None:
            stopped.append(True)

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(answer, open_speaker=Endless, sleep=interrupted)
    assert stopped


def test_a_file_that_is_no_wav_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("not sound")
    with pytest.raises(AudioFileError, match=r"a\.wav"):
        read_wav(tmp_path / "a.wav")


def test_a_speaker_that_takes_no_sound_is_said(answer: AnswerReview) -> None:
    speaker = SilentSpeaker()
    speaker.lost = True
    with pytest.raises(DeviceError, match="the speaker is not playing: choose another"):
        play(answer, open_speaker=lambda: speaker)


class TestSpeaking:
    """A text read aloud with the interviewer's voice, sentence by sentence."""

    def test_every_sentence_is_said_in_order_and_made_ahead(self) -> None:
        voice, speaker = FakeVoice(), SilentSpeaker()
        assert speak(["One two.", "Three."], voice, open_speaker=lambda: speaker)
        assert voice.said == voice.prepared == ["One two.", "Three."]
        assert len(speaker.played) == 2

    def test_a_key_stops_it_within_the_sentence(self) -> None:
        stopped: list[bool] = []

        class Endless(SilentSpeaker):
            def play(self, sound: Sound) -> Playback:
                playback = super().play(sound)
                playback.done = lambda: False  # type: ignore[method-assign]
                playback.stop = lambda: stopped.append(True)  # type: ignore[method-assign]
                return playback

        keys = iter(["", "", "x"])
        voice = FakeVoice()
        said = speak(
            ["One.", "Two."], voice, open_speaker=Endless, sleep=lambda _: None, pressed=lambda: next(keys)
        )
        assert not said
        assert voice.said == ["One."]
        assert stopped == [True]

    def test_a_speaker_that_is_lost_is_said(self) -> None:
        speaker = SilentSpeaker()
        speaker.lost = True
        with pytest.raises(DeviceError, match="the speaker is not playing"):
            speak(["One."], FakeVoice(), open_speaker=lambda: speaker)
