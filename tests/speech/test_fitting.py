"""Words in order, within their stretch, and none of its neighbour's."""

from __future__ import annotations

from voicemock.speech.fitting import fit, in_order, reaches, share_out, spoken_after
from voicemock.speech.recogniser import QuickResult
from voicemock.transcript import Word


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
