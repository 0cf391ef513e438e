"""The real gates: voices pass, however quiet, and what is no voice does not."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.non_speech import KINDS, make
from benchmarks.spoken import Spoken, espeak, in_a_room, silence, with_pauses

from voicemock.audio.sound import RATE, Samples, rms
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechSplit
from voicemock.audio.voice_probability import DEAD_SILENCE_RMS, ROOM_START_WINDOWS, Room


def stretches(sound: Samples) -> list[tuple[float, float]]:
    detector = SpeechDetector()
    events = [*detector.push(sound), *detector.flush()]
    return [(e.start, e.end) for e in events if isinstance(e, SpeechEnded | SpeechSplit)]


@pytest.fixture(scope="module")
def sentence() -> Spoken:
    return with_pauses([espeak("We shipped the new checkout to forty thousand sellers in June.")], [1.0])


class TestWhatIsNoAnswer:
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_starts_nothing(self, kind: str) -> None:
        assert stretches(make(kind, 20.0, seed=3)) == []


class TestWhatIsAnAnswer:
    def test_a_sentence_is_found_where_it_is(self, sentence: Spoken) -> None:
        found = stretches(sentence.samples)
        assert found[0][0] == pytest.approx(sentence.starts[0][1], abs=0.15)
        assert found[-1][1] == pytest.approx(sentence.duration_s - 1.0, abs=0.25)

    @pytest.mark.parametrize("gain", [0.02, 0.1, 1.0])
    def test_a_quiet_speaker_is_heard(self, sentence: Spoken, gain: float) -> None:
        quiet = in_a_room((sentence.samples * gain).astype(np.int16), noise_rms=2.0)
        assert sum(end - start for start, end in stretches(quiet)) > 2.5

    @pytest.mark.parametrize("snr_db", [20, 10])
    def test_a_speaker_in_noise_is_heard(self, sentence: Spoken, snr_db: int) -> None:
        noisy = in_a_room(sentence.samples, rms(sentence.samples) / 10 ** (snr_db / 20))
        assert sum(end - start for start, end in stretches(noisy)) > 2.5

    def test_one_word_is_heard(self) -> None:
        word = np.concatenate((silence(0.5), espeak("Yes.").samples, silence(1.0)))
        assert len(stretches(in_a_room(word))) == 1

    def test_a_word_at_the_very_first_sample_is_heard(self) -> None:
        word = np.concatenate((espeak("Absolutely.").samples, silence(1.0)))
        assert stretches(in_a_room(word))[0][0] < 0.2


class TestTheRoom:
    """The floor is what the room sounds like without a voice."""

    def test_it_is_unknown_at_first_and_then_the_median(self) -> None:
        room = Room()
        assert room.floor == DEAD_SILENCE_RMS
        for _ in range(ROOM_START_WINDOWS):
            room.hear(100.0)
        room.hear(9000.0)
        assert room.floor == 100.0
        assert not room.rises_above(110.0)
        assert room.rises_above(200.0)

    def test_a_muted_microphone_is_no_voice(self) -> None:
        assert stretches(np.zeros(3 * RATE, dtype=np.int16)) == []
