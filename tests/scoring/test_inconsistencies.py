"""Numbers that contradict each other are reported; those that agree, rounding included, are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.claims.contradictions import find_inconsistencies
from voicemock.scoring.claims.metrics import find_metrics


def found(*sentences, star=None):
    return find_inconsistencies(sentences, find_metrics(sentences, star))


class TestAChangeAgainstItsPair:
    @pytest.mark.parametrize(
        ("text", "computed"),
        [
            ("Latency fell from 12 seconds to 1.8 seconds, a 75% improvement.", "85%"),
            ("Calls went from 1,200 to 300, so a 60% drop.", "75%"),
            (
                "The bill went from 84 to 52 thousand, that's a saving of twenty thousand every month.",
                "32,000",
            ),
            ("It went from $52,000 to $31,000, so we cut it in half.", "40%"),
            ("Idle hours went from 54 to 27 percent, a third less.", "50%"),
            ("Wait fell from 20 minutes to 5, which, uh, beat the goal, that's fifty percent less.", "75%"),
        ],
    )
    def test_a_wrong_change_is_reported_with_the_right_one(self, text, computed):
        assert [i.computed for i in found(text)] == [computed]

    @pytest.mark.parametrize(
        "text",
        [
            "Latency fell from 12 seconds to 1.8 seconds, an 85% improvement.",
            "Completion nearly doubled, it was 46% and it went to 83.",
            "Conversion rose from 40% to 50%, so 10 points.",
            "Orders went from 200 to 600, so we tripled them.",
            "Calls went from 310 to 104, so about a two thirds drop.",
            "Churn fell from 4.1% to 2.6%.",
        ],
    )
    def test_a_right_or_rounded_change_is_not(self, text):
        assert found(text) == ()


class TestSums:
    @pytest.mark.parametrize(
        ("sentences", "computed"),
        [
            (["That's 100,000 orders a month.", "Divide by 30, that's about 5,000 orders a day."], "3,333"),
            (["4,000 times 3, that's 15,000 fridges."], "12,000"),
            (["20% of 50,000 is 20,000 homes."], "10,000"),
        ],
    )
    def test_a_sum_that_does_not_hold_is_reported(self, sentences, computed):
        assert [i.computed for i in found(*sentences)] == [computed]

    @pytest.mark.parametrize(
        "text",
        [
            "So 5,000 over 25 is 200 vans.",
            "That's 600,000 times 24, 14.4 million, plus 1.5 million times 12, 18 million.",
            "Add 2 plus 3, times 4, so 20 trucks.",
            "A million times 20%, that's 200,000 households, times two orders, 400,000 a month.",
            "500,000 times 6 is 3 million, times 20, 60 million.",
            "14 plus 12 plus 4, so it's 30 thousand.",
        ],
    )
    def test_a_sum_that_holds_is_not(self, text):
        assert found(text) == ()


class TestTwoMentions:
    def test_two_values_of_the_same_quantity_are_both_reported(self):
        story = [
            "The storage bill had crept up to $48,000 a month.",
            "The storage bill went from $56,000 to $30,000.",
        ]
        assert [i.sentence for i in found(*story, star="SR")] == [0, 1]

    def test_a_goal_is_no_second_value(self):
        story = ["My goal was to get no-shows under 18%.", "No-shows went from 27% to 15%."]
        assert found(*story, star="TR") == ()


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_is_checked(sentences):
    for one in found(*sentences):
        assert one.said in sentences[one.sentence]


class TestTwoFiguresOfTwoThings:
    """A group that was compared with is another group, and a weekday in both says nothing."""

    @pytest.mark.parametrize(
        "sentences",
        [
            (
                "29% of sockets came back for a refit within 90 days.",
                "Refits in the dial group were 11% against 28% in the other one.",
            ),
            (
                "The support queue had 91 tickets by Saturday lunch.",
                "The discards went from 140 boxes on the Saturday to 2 on the Monday.",
            ),
        ],
    )
    def test_do_not_contradict_each_other(self, sentences):
        assert found(*sentences, star=("S", "R")) == ()

    def test_the_same_thing_does(self):
        said = ("29% of the sockets came back for a refit.", "Refits of sockets fell from 25% to 11%.")
        assert found(*said, star=("S", "R"))
