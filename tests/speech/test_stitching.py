"""No stretch is left without its words, which are in order, within their stretch, and none of its neighbour's."""

from __future__ import annotations

import numpy as np

from voicemock.audio.sound import RATE
from voicemock.speech.recogniser import CarefulResult, QuickResult, no_pause
from voicemock.speech.scripted import ScriptedRecogniser, evenly
from voicemock.speech.stitching import (
    careful_whole,
    fit,
    in_order,
    reaches,
    share_out,
    spoken_after,
    unheard_from,
)
from voicemock.transcript import Word

STRETCHES = ((1.0, 4.0), (5.0, 9.0), (9.5, 10.0))
WORDS = tuple(word for start, end in STRETCHES for word in evenly("some words of it", start, end))
SOUND = np.zeros(11 * RATE, dtype=np.int16)


class TestWords:
    def test_times_never_run_backwards(self) -> None:
        words = in_order([Word("a", 0.0, 1.2), Word("b", 1.0, 1.5), Word("c", 0.9, 1.1)])
        starts = [word.start for word in words]
        assert starts == sorted(starts)
        assert all(word.end >= word.start for word in words)

    def test_each_goes_to_the_stretch_that_is_nearest(self) -> None:
        words = [Word("one", 0.8, 1.1), Word("late", 1.2, 1.6), Word("two", 2.9, 3.3)]
        shares = share_out(words, [(0.8, 1.2), (3.0, 4.0), (6.0, 7.0)])
        assert [utterance.text for utterance in shares] == ["one late", "two"]

    def test_they_are_kept_within_their_stretch(self) -> None:
        assert fit([Word("a", 0.4, 1.2), Word("b", 1.2, 2.4)], 1.0, 2.0) == (
            Word("a", 1.0, 1.2),
            Word("b", 1.2, 2.0),
        )

    def test_the_context_s_words_are_left_out(self) -> None:
        result = QuickResult((Word("before", 0.2, 0.8), Word("own", 1.1, 1.4)))
        assert spoken_after(result, 1.0).text == "own"


class TestWhetherAStretchWasDecodedWhole:
    def test_words_from_end_to_end_are_whole(self) -> None:
        assert reaches([Word("a", 1.2, 1.5), Word("b", 4.0, 4.8)], 1.0, 5.0)

    def test_none_are_not(self) -> None:
        assert not reaches([], 1.0, 5.0)

    def test_words_that_stop_early_or_begin_late_are_not(self) -> None:
        assert not reaches([Word("a", 1.2, 2.0)], 1.0, 5.0)
        assert not reaches([Word("a", 4.2, 5.0)], 1.0, 5.0)


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
