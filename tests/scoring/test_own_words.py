"""What is taken from an answer to be said again: whole, the candidate's own, and nothing where that is doubtful."""

import pytest

from tests.scoring.annotations import story
from voicemock.scoring.feedback.asked_for import asked_for
from voicemock.scoring.feedback.gate import passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_words import (
    closing_thought,
    one_who_spoke,
    others_beside,
    rival_cause,
    turned_down,
)
from voicemock.scoring.language.clauses import acts_told


def told(*lines):
    return Material(story(*lines))


class TestWhatAQuestionAsksFor:
    @pytest.mark.parametrize(
        ("question", "you", "i"),
        [
            ("Tell me about a time you missed a goal.", "you missed a goal", "I missed a goal"),
            (
                "Describe a time when you had to give your team bad news.",
                "you had to give your team bad news",
                "I had to give my team bad news",
            ),
            (
                "Tell me about a time the data surprised you, and what you did.",
                "the data surprised you",
                "the data surprised me",
            ),
            ("Tell me about a time you were wrong.", "you were wrong", "I was wrong"),
        ],
    )
    def test_is_said_back_and_turned_to_the_candidate(self, question, you, i):
        asked = asked_for(question)
        assert (asked.you, asked.i) == (you, i)

    def test_is_none_where_no_time_is_asked_for(self):
        assert asked_for("Which project are you most proud of, and why?") is None


class TestTheClosingThought:
    def test_is_the_clause_behind_its_lead(self):
        answer = told(
            "A I moved the shelf.", "R It helped.", "L What I learned is that a form is best when it's short."
        )
        assert closing_thought(answer) == (2, "a form is best when it's short")

    @pytest.mark.parametrize(
        "last",
        [
            "L Next time I'd ask the drivers first.",
            "L That's ownership for me, you keep at it.",
            "L It was a good year for all of us.",
            "L Okay.",
        ],
    )
    def test_is_none_for_a_plan_a_name_an_event_or_nothing(self, last):
        assert closing_thought(told("A I moved the shelf.", "R It helped.", last)) is None


def test_the_way_that_was_not_taken_has_a_name():
    answer = told(
        "S Sales fell.", "A Everybody wanted a chatbot, and I built a list.", "R Calls went from 9 to 3."
    )
    assert turned_down(answer) == (1, "the chatbot")


def test_who_speaks_first_and_is_not_heard_again():
    lines = ("S A roofer told me the tiles come at eleven.", "A I moved the slot.", "R Churn fell to 5%.")
    assert one_who_spoke(told(*lines, "L Ask early."))[1] == "roofer"
    assert one_who_spoke(told(*lines, "L The roofer still calls me.")) is None


def test_the_places_that_did_not_get_it_are_named_where_there_are_some():
    one = ("S We run 14 depots.", "A I tried it in one depot.", "R Late runs went from 9% to 4%.")
    assert others_beside(told(*one)) == "the other depots"
    assert others_beside(told(*one, "R We rolled it out in the spring.")) is None
    assert others_beside(told("S We run a depot.", "A I tried it.")) is None


def test_another_cause_is_named_as_the_candidate_names_it():
    answer = told("A I cut the fee.", "R Sales rose by 2 million, but there was also the building boom.")
    assert rival_cause(answer, 1) == "the building boom"
    assert rival_cause(answer, 0) is None


class TestActs:
    @pytest.mark.parametrize(
        ("said", "did"),
        [
            ("So I rented two vans with my own card, and it rained.", ["rented two vans with your own card"]),
            ("I've gone field by field through the form.", ["went field by field through the form"]),
            ("I proposed that we wait.", []),
            ("I told the board.", []),
            ("I fixed it.", []),
            ("I would have built a list of the forms.", []),
        ],
    )
    def test_is_whole_and_pictured_or_left_out(self, said, did):
        assert [act.did for act in acts_told(said)] == did


class TestBlanks:
    @pytest.mark.parametrize(
        ("line", "may"),
        [
            ("Calls went from ___ a month to ___.", True),
            ("Calls went from ___ to ___ in ___.", False),
            ("By ___, ___ of them used it.", False),
        ],
    )
    def test_a_line_has_two_at_most_and_never_side_by_side(self, line, may):
        answer = told("S Calls were many.", "A I moved the shelf.")
        assert (passes(line, answer, line=True).why != "all blanks") is may


def test_what_somebody_wanted_may_be_the_task():
    answer = told(
        "S My boss wanted the faster map by May.", "A I rewrote the cache.", "R It went from 9 to 3 seconds."
    )
    assert turned_down(answer) is None
