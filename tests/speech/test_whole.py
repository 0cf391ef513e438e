"""What Whisper leaves out of a window is decoded again; what it heard is not."""

from __future__ import annotations

import numpy as np

from voicemock.audio.sound import RATE
from voicemock.speech.recogniser import CarefulResult, no_pause
from voicemock.speech.scripted import ScriptedRecogniser, evenly
from voicemock.speech.whole import careful_whole, unheard_from

STRETCHES = ((1.0, 4.0), (5.0, 9.0), (9.5, 10.0))
WORDS = tuple(word for start, end in STRETCHES for word in evenly("some words of it", start, end))
SOUND = np.zeros(11 * RATE, dtype=np.int16)


class StopsEarly(ScriptedRecogniser):
    """Its first decode ends after the first stretch."""

    def careful(self, *args, **kwargs) -> CarefulResult:  # type: ignore[no-untyped-def]
        result = super().careful(*args, **kwargs)
        first_decode = len(self.asked) == 1
        return (
            CarefulResult(tuple(word for word in result.words if word.end <= 4.0)) if first_decode else result
        )


class TestWhatWasLeftOut:
    def test_it_is_decoded_again_and_joined(self) -> None:
        recogniser = StopsEarly(WORDS)
        result = careful_whole(recogniser, SOUND, 0.0, STRETCHES, "", no_pause)
        assert result.words == WORDS
        assert [asked[1] for asked in recogniser.asked] == [0.0, 4.9]

    def test_a_window_that_was_heard_is_decoded_once(self) -> None:
        recogniser = ScriptedRecogniser(WORDS)
        careful_whole(recogniser, SOUND, 0.0, STRETCHES, "", no_pause)
        assert len(recogniser.asked) == 1

    def test_where_nothing_is_heard_again_the_first_decode_stands(self) -> None:
        recogniser = ScriptedRecogniser(WORDS[:4])
        assert careful_whole(recogniser, SOUND, 0.0, STRETCHES, "", no_pause).words == WORDS[:4]
        assert len(recogniser.asked) == 2


class TestWhereWordsAreMissing:
    def test_a_breath_needs_none(self) -> None:
        assert unheard_from(WORDS[:8], STRETCHES) is None

    def test_a_hole_in_a_long_stretch_is_found(self) -> None:
        words = (*evenly("it began", 0.0, 2.0), *evenly("it ended", 8.0, 10.0))
        assert unheard_from(words, [(0.0, 10.0)]) == 2.0

    def test_a_stretch_that_ends_without_words_is_found(self) -> None:
        assert unheard_from(evenly("it began", 0.0, 2.0), [(0.0, 10.0)]) == 2.0
