"""How long a silence ends an answer: never under 3 s, longer where a person is plainly not done."""

from __future__ import annotations

import math

import pytest

from voicemock.interview.endpointing import BASE_S, LONGEST_S, silence_needed_s

LONG = (
    "I owned the migration and it took us eleven weeks with a team of four engineers and one designer in Leeds. "
    * 2
)


class TestHowLongASilenceMayBe:
    def test_before_the_first_word_no_silence_ends_it(self) -> None:
        assert silence_needed_s("") == math.inf
        assert silence_needed_s("   ") == math.inf

    def test_a_finished_sentence_of_a_real_answer_needs_the_least(self) -> None:
        assert silence_needed_s(LONG + "Churn fell to 4%.") == BASE_S

    @pytest.mark.parametrize("ending", ["and", "so", "because", "it went from", "and we cut the", "um,"])
    def test_mid_sentence_it_waits_longer(self, ending: str) -> None:
        assert silence_needed_s(LONG + ending) >= BASE_S + 2.0

    def test_a_word_that_promises_another_waits_longest(self) -> None:
        assert silence_needed_s(LONG + "we did it because") > silence_needed_s(LONG + "we did it quickly")

    @pytest.mark.parametrize(
        "line", ["That's my answer.", "That's it.", "I'll stop there.", "So yeah.", "Thank you."]
    )
    def test_a_closing_line_needs_the_least_however_short_the_answer(self, line: str) -> None:
        assert silence_needed_s(f"We shipped it and {line}") == BASE_S

    def test_let_me_think_is_given_time(self) -> None:
        assert silence_needed_s(LONG + "Let me think.") > BASE_S

    def test_hardly_anything_said_is_given_time(self) -> None:
        assert silence_needed_s("Sure.") > BASE_S

    @pytest.mark.parametrize("text", ["So", "Well, um, because", LONG + "and", "Let me think about it"])
    def test_it_never_seems_stuck(self, text: str) -> None:
        assert silence_needed_s(text) <= LONGEST_S

    @pytest.mark.parametrize("base_s", [3.0, 4.0, 10.0])
    def test_the_base_is_always_kept(self, base_s: float) -> None:
        for text in ("Sure", "That's it.", LONG, LONG + "and"):
            assert silence_needed_s(text, base_s) >= base_s
