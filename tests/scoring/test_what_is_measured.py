"""What a figure is of, in which unit it is said, and whom a design is for."""

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.claims.located import locate_claims
from voicemock.scoring.feedback.material import Material, asked_people
from voicemock.scoring.feedback.moved import moved
from voicemock.scoring.feedback.spoken_figures import figure
from voicemock.scoring.language.dictionary import plural_of


class TestUnits:
    def units(self, *sentences):
        return [(claim.kind, claim.unit) for claim in locate_claims(sentences)]

    def test_a_figure_said_again_keeps_the_unit_it_had(self):
        assert self.units(
            "Refusals stood at 34 percent.", "I rode along for four days.", "They fell from 34 to 17."
        )[-1] == ("rate", "%")

    def test_no_unit_is_lent_across_sentences_about_something_else(self):
        assert self.units(
            "I spent 12 minutes on the floor.", "The grant had strings.", "All in all we had 14 against 31."
        )[-1] == ("count", None)

    def test_the_next_number_of_like_size_has_the_same_unit(self):
        assert self.units("It took 14 minutes.", "Now it takes 12.")[-1] == ("time", "min")


class TestMoved:
    @pytest.mark.parametrize(
        ("sentence", "claim", "thing"),
        [
            ("By March the late fees were 4% a month.", "the late fees were 4% a month", "the late fees"),
            ("By October faults were at 0.2%.", "faults were at 0.2%", "faults"),
            ("Over that winter mistakes at the desk dropped to 40.", "dropped to 40", "mistakes"),
            ("Lost keys went from 9 to 2.", "Lost keys went from 9 to 2", "lost keys"),
            ("The relief money went out in 19 hours.", "went out in 19 hours", None),
            ("The test branch was losing 13% of them.", "was losing 13% of them", None),
        ],
    )
    def test_it_is_the_subject_without_the_time_said_first(self, sentence, claim, thing):
        found = moved(sentence, claim)
        assert (found.inside if found else None) == thing

    def test_a_name_keeps_its_capital(self):
        told = Material(
            story("S We ran depots in Graz and Leoben.", "R Leoben went from 34% to 17%, and I was glad.")
        )
        (metric,) = [m for m in told.annotation.metrics if m.before == 34]
        assert told.measured(metric) == "Leoben"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(2 / 3, "h", "40 minutes"), (624, "h", "26 days"), (36, "h", "36 hours"), (2.5, "d", "2.5 days")],
)
def test_a_time_is_said_in_the_unit_that_one_would_say(value, unit, said):
    assert figure(value, unit) == said


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("Design a way for teenagers to save money.", "teenagers"),
        ("What would you build for older people who cook alone?", "older people"),
        ("Design a parking app for your drivers.", None),
        ("How would you improve a museum's audio guide?", None),
    ],
)
def test_a_question_names_whom_a_design_is_for(question, people):
    assert asked_people(question) == people


def test_a_design_is_for_whom_its_question_names_and_not_for_those_who_are_mentioned():
    told = Material(
        proposal(
            "product-sense",
            ("user", "I'd talk to parents, because parents pay."),
            ("ideas", "The parents see a jar on the screen."),
        ),
        "Design a way for teenagers to save money.",
    )
    assert told.customers == "teenagers"


def test_staff_are_many_already():
    assert plural_of("staff") == "staff"


def test_what_a_change_led_to_is_no_figure_of_the_thing_that_changed() -> None:
    text = "Waste came down from 18% to 11, which saved about 2,400 euros a week."
    assert moved(text, "saved about 2,400 euros a week") is None
    assert moved(text, "Waste came down from 18% to 11") is not None
