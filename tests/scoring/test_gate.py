"""The gate: a text that is wrong, silly, foul or said already is not said."""

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback.gate import first_that_passes, passes
from voicemock.scoring.feedback.material import Material

TOLD = Material(
    story(
        "S The damn queue cost the nurses 40 minutes a shift.",
        "A I sat with six nurses, and one told me she had stopped counting.",
        "R The wait went from 40 minutes to 10.",
    )
)


class TestWhatPasses:
    @pytest.mark.parametrize(
        "text",
        [
            "The wait went from 40 minutes to 10, down 75%: over how long?",
            "You tell the wait and not its price.",
            "'The wait went from 40 minutes to 10' is a start.",
            "What did an hour cost one nurse?",
        ],
    )
    def test_a_right_sentence(self, text):
        assert passes(text, TOLD)


class TestWhatDoesNot:
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "no sentence"),
            ("the wait is long.", "no sentence"),
            ("The wait of the.", "no sentence"),
            ("The wait", "no sentence"),
            ("You sat with a the nurse.", "misspelt"),
            ("You met a nurse and and left.", "misspelt"),
            ("You met an nurse.", "misspelt"),
            ("You met a old nurse.", "misspelt"),
            ("You say the damn queue was long.", "foul"),
            ("You said 'the nurses were happy' of it.", "misquotes"),
            ("You went from 40 minutes to 10, down 80%.", "a figure from nowhere"),
            ("The wait went from 47 minutes down.", "a figure from nowhere"),
            ("Reports aside, none of them speaks.", "contradicted by the answer"),
        ],
    )
    def test_is_named(self, text, why):
        assert passes(text, TOLD).why == why

    def test_what_was_said_before(self):
        text = "What did an hour cost one nurse?"
        assert passes(text, TOLD, said=[text]).why == "said before"
        assert passes(text, TOLD, said=["Where did the wait stand before?"])

    def test_words_of_which_the_recogniser_was_unsure(self):
        unsure = Material(TOLD.annotation, "", frozenset({"queue"}))
        assert passes("What did the queue cost?", unsure).why == "recogniser was unsure"
        assert passes("What did the wait cost?", unsure)

    def test_a_part_that_is_covered_is_not_called_missing(self):
        chosen = proposal(
            "product-sense",
            ("ideas", "A list."),
            ("prioritise", "I'd build the list first, since it's cheap."),
        )
        text = "You list ideas and choose none."
        covered = Material(chosen).annotation.framework.parts["prioritise"]
        assert bool(passes(text, Material(chosen))) is not covered


def test_the_first_that_passes_is_said_and_nothing_where_none_does():
    assert first_that_passes(["The wait of the.", "What did it cost?"], TOLD) == "What did it cost?"
    assert first_that_passes(["The wait of the."], TOLD) is None
