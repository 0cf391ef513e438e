"""A call becomes questions and answers: who spoke, what was asked, how long the candidate held the floor."""

from __future__ import annotations

from itertools import pairwise

import pytest

from voicemock.calls.captions import Cue
from voicemock.calls.conversation import answers, find_speaker, speakers, words_of
from voicemock.errors import UsageProblem

LONG = "I walked the warehouse with the night shift and counted every pallet that stood in the wrong bay " * 2


def call(*turns: tuple[float, float, str, str]) -> list[Cue]:
    return [Cue(*turn) for turn in turns]


MOCK = call(
    (0, 2, "Ana", "Hello! Can you hear me?"),
    (2, 3, "Ben", "Yes."),
    (4, 8, "Ana", "Great. Tell me about a time you found a problem nobody had seen."),
    (9, 20, "Ben", LONG),
    (21, 23, "Ana", "How many pallets?"),
    (24, 30, "Ben", "Eighty four."),
    (31, 35, "Ana", "Thanks. How would you improve the app for night drivers?"),
    (36, 50, "Ben", LONG),
)


class TestQuestions:
    def test_a_follow_up_belongs_to_the_answer_and_a_new_question_begins_another(self) -> None:
        first, second = answers(MOCK, "Ben")
        assert first.question == "Tell me about a time you found a problem nobody had seen."
        assert first.follow_ups == ("How many pallets?",)
        assert [len(turn) for turn in first.turns] == [1, 1]
        assert second.question == "How would you improve the app for night drivers?"

    def test_small_talk_before_the_first_question_counts_for_nothing(self) -> None:
        assert all("Yes." not in cue.text for cue in answers(MOCK, "Ben")[0].turns[0])

    def test_an_answer_of_a_few_words_is_none(self) -> None:
        short = [*MOCK[:3], Cue(9, 10, "Ben", "I can't think of one.")]
        assert answers(short, "Ben") == ()

    def test_a_question_put_twice_is_asked_in_its_last_wording(self) -> None:
        again = [*MOCK[:3], Cue(8, 9, "Cleo", "Tell us about a time you were surprised by data."), *MOCK[3:4]]
        assert answers(again, "Ben")[0].question == "Tell us about a time you were surprised by data."


class TestTimes:
    def test_the_clock_pauses_while_somebody_else_speaks(self) -> None:
        first, _ = answers(MOCK, "Ben")
        assert first.floor_time_s == 11 + 6
        words = words_of(first)
        assert words[0].start == 0.0
        assert words[-1].end == pytest.approx(17.0, abs=0.01)
        assert all(a.start <= a.end <= b.start + 1e-6 for a, b in pairwise(words))

    def test_silence_within_a_turn_counts(self) -> None:
        cues = call(
            (0, 4, "Ana", "Describe a conflict you had."), (5, 10, "Ben", LONG), (14, 18, "Ben", LONG)
        )
        assert answers(cues, "Ben")[0].floor_time_s == 13


class TestSpeakers:
    def test_each_is_listed_once_with_words_and_seconds(self) -> None:
        ana, ben = speakers(MOCK)
        assert (ana.name, ben.name) == ("Ana", "Ben")
        assert ben.seconds == 1 + 11 + 6 + 14

    @pytest.mark.parametrize("wanted", ["Ben", "ben", " BEN ", "be"])
    def test_a_part_of_a_name_is_enough_where_only_one_has_it(self, wanted: str) -> None:
        assert find_speaker(speakers(MOCK), wanted) == "Ben"

    @pytest.mark.parametrize("wanted", ["n", "Zoe", ""])
    def test_a_name_of_nobody_or_of_two_is_refused_with_those_there_are(self, wanted: str) -> None:
        with pytest.raises(UsageProblem, match="Ana, Ben"):
            find_speaker(speakers(MOCK), wanted)
