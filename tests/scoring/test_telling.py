"""Which words of an answer a listener would quote back, which of them may be said, and what is made of them."""

from __future__ import annotations

import pytest

from tests.scoring.annotations import story
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.pressed import pressed_drafts
from voicemock.scoring.feedback.telling import may_be_said
from voicemock.scoring.model import CutIn
from voicemock.scoring.models import telling
from voicemock.scoring.models.context import LETTERS
from voicemock.scoring.models.telling import COLUMNS, KINDS, OF_STORIES, SHOWN, Telling

TOLD = (
    "At the ferry company people kept missing the last boat.",
    "Nobody could see on the pier when it really left.",
    "So I put a clock on the pier that counted down to the last boat.",
    "The harbour master hated it.",
    "We painted the gate yellow and closed it two minutes before.",
    "In the end hardly anyone was left behind.",
    "You learn that people look up before they look down.",
)


def words(kind: str, text: str, sentence: str, score: float = 1.0) -> bool:
    return may_be_said(Telling(0, sentence.index(text), kind, text, score), sentence)


class TestReading:
    def test_each_sentence_has_its_likeliest_words_of_each_kind(self) -> None:
        found = list(telling.read(TOLD).words(OF_STORIES))
        assert len(found) == len(TOLD) * len(OF_STORIES)
        for each in found:
            text = TOLD[each.sentence]
            assert text[each.start : each.start + len(each.text)] == each.text != ""

    def test_a_deed_a_choice_and_an_end_stand_where_they_are_told(self) -> None:
        best = {
            kind: max(telling.read(TOLD).words([kind]), key=lambda each: each.score).sentence
            for kind in ("did", "we", "end")
        }
        assert best == {"did": 2, "we": 4, "end": 5}

    def test_a_story_of_many_windows_is_read_whole(self) -> None:
        told = TOLD * 12
        assert len(telling.read(told).pieces) == len(told)

    def test_nothing_has_no_words(self) -> None:
        assert list(telling.read(()).words(KINDS)) == []

    def test_columns_are_three_a_kind_the_letters_and_what_is_shown(self) -> None:
        assert len(COLUMNS) == 3 * len(KINDS) + len(LETTERS) + len(SHOWN)


class TestWhatMayBeSaid:
    @pytest.mark.parametrize(
        ("kind", "text", "sentence"),
        [
            ("end", "sales went through the roof", "And sales went through the roof, basically."),
            ("did", "put a clock on the pier", "So I put a clock on the pier."),
            ("against", "my boss didn't buy it", "Now, my boss didn't buy it."),
            ("choice", "I said no to the second boat", "Then I said no to the second boat."),
            ("thing", "the countdown clock", "We built the countdown clock."),
            ("whom", "evening commuters", "It was for evening commuters."),
        ],
    )
    def test_whole_and_clear_words_may(self, kind: str, text: str, sentence: str) -> None:
        assert words(kind, text, sentence)

    @pytest.mark.parametrize(
        ("kind", "text", "sentence"),
        [
            ("end", "they are in a space", "They said they are in a space where nobody is."),
            ("lesson", "people ask before", "I ask why people ask before I ask for more."),
            ("end", "the boat had cost in rent", "We saved what the boat had cost in rent."),
            ("end", "it was sort of a hit", "It was sort of a hit, and it was sort of a hit."),
            ("did", "did it for them", "I did it for them."),
            ("end", "nobody would", "They said nobody would come."),
            ("did", "call the pilots", "I call the pilots."),
            ("thing", "clock", "It was a clock."),
            ("whom", "a woman", "It was for a woman."),
            ("trouble", "and nobody came", "Well, and nobody came."),
        ],
    )
    def test_what_is_cut_loose_or_points_back_may_not(self, kind: str, text: str, sentence: str) -> None:
        assert not words(kind, text, sentence)

    def test_what_is_hardly_likely_may_not(self) -> None:
        assert not words("end", "sales went through the roof", "Sales: sales went through the roof.", -3.0)

    def test_nothing_is_said_back_while_the_answer_goes_on(self) -> None:
        told = Material(story("S It was late.", "A I put a clock on the pier."))
        assert not told.annotation.over and told.tellings("did") == [] and told.own_words == {}


class TestWhatAnInterviewerStopsFor:
    told = Material(
        story("S The pier was dark.", "A I hung a clock there.", "R Then it went through the roof.")
    )

    def test_an_outcome_without_its_size_is_asked_for_in_its_words(self) -> None:
        cut = CutIn(
            2, "exact-number", "It went through the roof: how many was it before, and how many after?"
        )
        (draft,) = pressed_drafts(self.told, (cut,))
        assert draft.known["quote"] == "it went through the roof"

    @pytest.mark.parametrize(
        "cut",
        [
            CutIn(2, "exact-number", "It went through the roof: what did you do from then on?"),
            CutIn(2, "your-part", "It went through the roof: how many of you were there?"),
            CutIn(2, "exact-number", "Which number tells you so?"),
        ],
    )
    def test_what_asks_for_something_else_is_none(self, cut: CutIn) -> None:
        assert list(pressed_drafts(self.told, (cut,))) == []

    def test_a_figure_that_comes_after_it_answers(self) -> None:
        told = Material(
            story(
                "S The pier was dark.",
                "A I hung a clock there.",
                "R Then it went through the roof.",
                "R From 40 riders a night to 90 riders a night.",
            )
        )
        cut = CutIn(
            2, "exact-number", "It went through the roof: how many was it before, and how many after?"
        )
        assert list(pressed_drafts(told, (cut,))) == []
