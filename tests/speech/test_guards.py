"""What is not believed of a decode."""

from __future__ import annotations

import pytest

from voicemock.speech import guards
from voicemock.transcript import Word

SENTENCE = "we cut the drop-off from twelve percent to four percent in one quarter"


class TestLoops:
    def test_a_sentence_is_none(self) -> None:
        assert not guards.is_loop(SENTENCE, 15, 5.0)

    def test_a_person_who_stumbles_is_none(self) -> None:
        assert not guards.is_loop("no no no we did we did not ship it", 12, 4.0)

    def test_the_same_four_words_again_and_again_is_one(self) -> None:
        text = "so what I did was talk. so what I did is. so what I did then. so what I did next."
        assert guards.most_repeats(text.split(), 4) > guards.MAX_REPEATS
        assert guards.is_loop(text, 20, 30.0)

    def test_a_text_that_zlib_shrinks_too_well_is_one(self) -> None:
        assert guards.is_loop("right. " * 40, 40, 28.0)

    def test_more_words_than_the_sound_can_hold_is_one(self) -> None:
        assert guards.is_loop(SENTENCE, 40, 0.4)

    def test_nothing_is_none(self) -> None:
        assert not guards.is_loop("", 0, 1.0)


class TestGuesswork:
    @pytest.mark.parametrize(
        ("no_speech", "avg_logprob", "believed"),
        [
            (0.05, -0.3, True),
            (0.95, -0.3, True),  # sure of its words, whatever it thinks of the speech
            (0.05, -1.2, True),  # unsure of its words, sure that somebody speaks
            (0.95, -1.2, False),
            (0.05, -2.0, False),
        ],
    )
    def test_both_scores_must_be_bad_or_one_hopeless(
        self, no_speech: float, avg_logprob: float, believed: bool
    ) -> None:
        assert guards.is_guesswork(no_speech, avg_logprob) is not believed


class TestInventedEnds:
    """The short window goes on after the speaker has stopped; alignment shows where."""

    def test_words_after_the_end_are_dropped_and_the_last_is_clipped(self) -> None:
        words = [
            Word("in", 1.0, 1.2),
            Word("June.", 1.2, 2.1),
            Word("Thank", 2.0, 2.4),
            Word("you.", 2.4, 2.8),
        ]
        assert guards.without_invented_end(words, 2.0) == (Word("in", 1.0, 1.2), Word("June.", 1.2, 2.0))

    def test_words_before_the_end_stay_as_they_are(self) -> None:
        words = (Word("in", 1.0, 1.2), Word("June.", 1.2, 1.7))
        assert guards.without_invented_end(words, 2.0) == words


class TestEchoes:
    """The short window sometimes says a sentence twice; people repeat one word or two."""

    @staticmethod
    def once(text: str, speech_s: float) -> str:
        words = [Word(token, 0.1 * i, 0.1 * i + 0.1) for i, token in enumerate(text.split())]
        return " ".join(word.text for word in guards.without_echo(words, speech_s))

    def test_a_sentence_said_three_times_is_said_once(self) -> None:
        said = "And so my fellow Americans. And so my fellow Americans. And so my fellow Americans"
        assert self.once(said, 1.9) == "And so my fellow Americans."

    def test_an_echo_that_breaks_off_is_cut_to_what_differs(self) -> None:
        assert self.once("I had ten people. I had ten people. I", 2.0) == "I had ten people. I"

    def test_a_word_that_comes_faster_than_anybody_speaks_is_said_once(self) -> None:
        assert self.once("Right. Right. Right. Right.", 0.4) == "Right."

    def test_a_person_who_says_it_twice_is_believed(self) -> None:
        words = [
            Word(token, 0.3 * i, 0.3 * i + 0.3)
            for i, token in enumerate(["we", "cut", "it.", "we", "cut", "it."])
        ]
        assert guards.without_echo(words, 2.0) == tuple(words)
        assert len(guards.without_echo(words, 0.9)) == 3  # the sound ends before the copy can have been said

    def test_a_person_who_repeats_a_word_is_believed(self) -> None:
        assert self.once("it was very very very slow", 2.0) == "it was very very very slow"
        assert self.once("we did we did ship it", 2.0) == "we did we did ship it"


class TestThePromptSaidBack:
    PROMPT = "churn, retention, GMV, NPS, CSAT, Kubernetes, Anneliese Voss"

    @pytest.mark.parametrize(
        "text", ["NPS, NPS, NPS, NPS.", "Churn, retention, GMV, NPS and more.", "Anneliese Voss.", "CSAT"]
    )
    def test_a_run_of_it_or_nothing_else_is_seen(self, text: str) -> None:
        assert guards.repeats_prompt(text, self.PROMPT)

    @pytest.mark.parametrize(
        "text", ["Our NPS rose because churn fell.", "I asked Anneliese Voss to help.", "", "Yes."]
    )
    def test_a_sentence_with_its_words_is_the_speakers_own(self, text: str) -> None:
        assert not guards.repeats_prompt(text, self.PROMPT)


class TestTwoDecodesOfOneSound:
    @staticmethod
    def both(first: str, second: str) -> str:
        words, others = ([Word(token, 0.0, 0.1) for token in text.split()] for text in (first, second))
        kept = guards.agreed(words, others)
        return " ".join(word.text for word, keep in zip(words, kept, strict=True) if keep)

    def test_what_differs_is_not_kept(self) -> None:
        assert self.both("I cut the wait to nine minutes.", "I cut the weight to nine minutes") == (
            "I cut the to nine minutes."
        )

    def test_nothing_is_kept_of_two_that_hardly_agree(self) -> None:
        assert self.both("I am the cashier and the clown", "It was the end of a long video") == ""
