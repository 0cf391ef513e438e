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
            ("A stamp went from $1.60 to $1.25, 60 cents less.", "35"),
            ("It went from 3 hours to 1 hour, 90 minutes less.", "120"),
            ("We cut costs by 50%, and went from $100 to $90.", "10%"),
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
            "A stamp went from $1.60 to $1.25, 35 cents less.",
            "Letters drop by about half, and parcels go from 6% to 2%.",
            "Letters drop by 10%, but late ones went from 9% to 6%.",
            "If it's 20%, late letters fall from 2 million to 1.3 million.",
            "Copies went from 900 to 250 a month, 40% of the letters linked.",
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


class TestAFigureBesideAPair:
    """What stands near a pair is not yet how far it went: a period, an age, a head count, a total, another thing."""

    @pytest.mark.parametrize(
        "text",
        [
            "It took 7 weeks, and the lag fell from 140 milliseconds to 61.",
            "After 5 months the queue was down from 26 minutes to 4.",
            "In the following 8 months lost bags dropped from 510 to 90 a month.",
            "Back to 6,000 rides a week in 9 weeks, with refunds from 40% to 15%.",
            "Rides by people over 70 fell from 12,000 to 9,000.",
            "Returns of those 450 fell from 8% to 3%.",
            "Late starts went from 4.1% to 0.9%, and the price of a kit from $52 to $31, so $96,000 less that year.",
            "Sales have grown from $600,000 a year to $2.4M, and it's 7,000 tonnes less waste.",
            "The error rate fell from 9% to 3%, and refunds from $80,000 to $20,000.",
            "Median days from 14 to 4 in 2 quarters, calls per order from 20 to 8, sold again 55% to 80%.",
            "My goals: days to the refund, from 21 to 3; orders by those with a fault, from 61% to 74%.",
            "Of 5,000 who joined, 60% were active after 1 week, 41% after 4, 30% after 8.",
            "In March it was 5,100, then 58%, 36% and 27%.",
        ],
    )
    def test_is_not_taken_as_its_change(self, text):
        assert found(text) == ()

    @pytest.mark.parametrize(
        "text",
        [
            "In 6 weeks the queue shrank by 20 minutes, from 48 to 9 minutes.",
            "The queue is 20 minutes shorter now, from 48 to 9 minutes.",
            "After 5 months we had saved 30 minutes, from 48 to 9 minutes.",
        ],
    )
    def test_is_held_against_it_where_it_is_called_a_change(self, text):
        assert [i.computed for i in found(text)] == ["39"]

    def test_a_sentence_about_another_thing_does_not_restate_a_pair(self):
        later = "A trip in the hills takes about 3 times as long, so the average is no faster."
        assert found("The wait went from 10 to 25 minutes.", later) == ()


class TestSumsAsTheyAreSaid:
    @pytest.mark.parametrize(
        "sentences",
        [
            ["9,000 more a day at a margin of 30 cents is $985,500 a year."],
            ["We used all but $2,300 of $115,000, which is 2%."],
            ["The licence is $360,000 a year for 90,000 uses over 12 months, that's $4 a use."],
            ["$6,000 over 8,000 boxes is 75 cents each."],
            ["16 times 2.5 squared is 100; over 0.5 squared, 0.25, makes 400 users in each arm."],
            ["0.16 times 16 is 2.56, over 0.02 squared, which is 0.0004, gives 6,400 per arm."],
            ["16 times 0.16 over 2% squared is 6,400 in each arm."],
            ["That's 2.1 million.", "Plus 0.4 is 2.5."],
            ["That's 700 million.", "Add: 300 million plus 150 million is 450 million."],
            ["30% of 9,000 is 2,700, minus 40% of 4,000, 1,600, leaves 1,100."],
            ["20% overall looks like 100% of a fifth, one city gone dark."],
            ["It broke every forty days, over and over, forty, forty one, forty."],
            ["That's 0.2 times five times three sixty-five, so 365 a year."],
        ],
    )
    def test_hold(self, sentences):
        assert found(*sentences) == ()

    @pytest.mark.parametrize(
        ("sentences", "computed"),
        [
            (["$6,000 over 8,000 boxes is 60 cents each."], "0.75"),
            (["2.56 over 0.02 squared, which is 0.0004, gives 9,400 per arm."], "6,400"),
            (["That's 2.1 million.", "Plus 0.4 is 3.5."], "2,100,000"),
        ],
    )
    def test_are_still_reckoned_with(self, sentences, computed):
        assert [i.computed for i in found(*sentences)] == [computed]


class TestAPartOfAGroup:
    @pytest.mark.parametrize(
        "later",
        [
            "Of night nurses, 38% left, and that went to 20%.",
            "Leavers among nurses with children went from 38% to 20%.",
        ],
    )
    def test_is_not_the_whole(self, later):
        assert found("27% of all nurses had left within a year.", later, star="SR") == ()

    def test_but_the_whole_told_twice_is_one_figure(self):
        said = ("27% of all nurses had left within a year.", "Leavers among all nurses went from 38% to 20%.")
        assert found(*said, star="SR")


class TestAFigureThatSomebodyElseHad:
    @pytest.mark.parametrize(
        "told",
        [
            ("The ledger said breakage was 2%, and the real breakage was 3.4%.",),
            ("According to finance our breakage was 2%.", "I counted it again and it was 3.4%."),
            ("My boss told me that breakage was 2%.", "I weighed the bins, and breakage was 3.4%."),
        ],
    )
    def test_and_that_is_put_right_is_no_contradiction(self, told):
        assert found(*told, "Breakage went from 3.4% to 1.1%.") == ()

    @pytest.mark.parametrize(
        "told",
        [
            ("The ledger said breakage was 2%.", "I bought other crates."),
            ("Breakage was 2%.", "I counted it again and it was 3.4%."),
            ("I said that breakage was 2%.", "I counted it again and it was 3.4%."),
        ],
    )
    def test_but_left_standing_or_ones_own_it_is(self, told):
        later = found(*told, "Breakage went from 3.4% to 1.1%.")
        assert [(one.said, one.computed) for one in later] == [("2%", "3.4%"), ("3.4%", "2%")]
