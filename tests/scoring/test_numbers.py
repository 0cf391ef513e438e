"""Quantities: what counts as one, its value, unit and kind; and what only looks like a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.numbers.quantities import find_quantities

SAID = [
    ("12 seconds", 12, "s", "time"),
    ("1.8 seconds", 1.8, "s", "time"),
    ("2,300 milliseconds", 2300, "ms", "time"),
    ("900ms", 900, "ms", "time"),
    ("three weeks", 3, "wk", "time"),
    ("a day and a half", 1.5, "d", "time"),
    ("two and a half months", 2.5, "mo", "time"),
    ("4 hours and 30 minutes", 4.5, "h", "time"),
    ("4 hours 30", 4.5, "h", "time"),
    ("two quarters", 2, "qtr", "time"),
    ("19,000 machine hours", 19000, "h", "time"),
    ("a two-week trial", 2, "wk", "time"),
    ("85%", 85, "%", "rate"),
    ("85 percent", 85, "%", "rate"),
    ("eighty five percent", 85, "%", "rate"),
    ("eighty-five per cent", 85, "%", "rate"),
    ("zero point zero two percent", 0.02, "%", "rate"),
    ("6 basis points", 6, "bps", "rate"),
    ("40 bps", 40, "bps", "rate"),
    ("3 percentage points", 3, "pp", "rate"),
    ("a third of users", 33.3, "%", "rate"),
    ("two thirds", 66.7, "%", "rate"),
    ("half of them", 50, "%", "rate"),
    ("a quarter of families", 25, "%", "rate"),
    ("nine tenths", 90, "%", "rate"),
    ("one in five", 20, "%", "rate"),
    ("about one in 20", 5, "%", "rate"),
    ("seven in ten had none", 70, "%", "rate"),
    ("9 out of 10 orders", 90, "%", "rate"),
    ("$2.4M", 2.4e6, "$", "money"),
    ("$2.4 million", 2.4e6, "$", "money"),
    ("2.4 million dollars", 2.4e6, "$", "money"),
    ("two point four million dollars", 2.4e6, "$", "money"),
    ("a quarter of a million dollars", 250_000, "$", "money"),
    ("$9.10", 9.1, "$", "money"),
    ("€93,000", 93_000, "€", "money"),
    ("£40k", 40_000, "£", "money"),
    ("sixty grand", 60_000, "$", "money"),
    ("a hundred and twenty quid", 120, "£", "money"),
    ("a couple hundred bucks", 200, "$", "money"),
    ("a 30 billion dollar market", 30e9, "$", "money"),
    ("3 cents", 3, "c", "money"),
    ("20x", 20, "x", "ratio"),
    ("three times the players", 3, "x", "ratio"),
    ("doubled", 2, "x", "ratio"),
    ("tripled", 3, "x", "ratio"),
    ("cut it in half", 0.5, "x", "ratio"),
    ("twice as many", 2, "x", "ratio"),
    ("plus 10 points", 10, "points", "score"),
    ("4.1 out of 5", 4.1, "points", "score"),
    ("4.2 stars", 4.2, "stars", "score"),
    ("10k users", 10_000, "", "count"),
    ("nineteen hundred dinners", 1900, "", "count"),
    ("three sixty-five boxes", 365, "", "count"),
    ("about one fifty quid", 150, "£", "money"),
    ("four twenty thousand boxes", 420_000, "", "count"),
    ("forty-odd managers", 40, "", "count"),
    ("a few thousand orders", 3000, "", "count"),
    ("a dozen stores", 12, "", "count"),
    ("minus 41", -41, "", "count"),
    ("thirty times a day", 30, "", "count"),
    ("into single digits", 9, "", "count"),
]

# A digit and tens that are two numbers.
APART = {
    "a one thirty-day trial": [1, 30],
    "with two forty foot trucks": [2, 40],
    "at nine thirty we met": [9, 30],
    "phase two twenty people left": [20],
    "the second one ten minutes later": [1, 10],
    "two or three twenty times": [2, 20],
}

NO_QUANTITY = [
    "since 2014, and again in 2018, 2019",
    "on the 22nd of May and November 1st, May 2",
    "at 7:40 and 6:30 p.m.",
    "before 8 and until 11 and at eleven in the morning",
    "first, second, third",
    "number one",
    "our community team was 24/7 on it",
    "one on one, one of them, one thing, one by one, no one",
    "Terminal 5, Project 7, Team 4, Java 6",
    "version 2.0, week eleven, day one, phase 2, platform 4",
    "Q3 and P99 and GPT-4 and 5G",
    "over 75s",
    "call 555-0134",
    "two-way, one-tap, 2-factor",
    "half and half, the other half, half past nine",
    "nineteen ninety nine",
    "a third party, a third one",
    "next quarter, last quarter",
    "a hundred other games",
    "",
]


@pytest.mark.parametrize(("text", "value", "unit", "kind"), SAID)
def test_a_spoken_or_written_quantity_is_read(text, value, unit, kind):
    (found,) = find_quantities(text)
    assert (found.value, found.unit, found.kind) == (pytest.approx(value), unit, kind)


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_what_only_looks_like_a_number_is_left_alone(text):
    assert find_quantities(text) == ()


@pytest.mark.parametrize(("text", "values"), APART.items())
def test_a_digit_and_tens_may_be_two_numbers(text, values):
    assert [found.value for found in find_quantities(text)] == values


class TestRanges:
    """A range is one quantity with both ends; a change is two."""

    @pytest.mark.parametrize(
        ("text", "low", "high", "unit"),
        [
            ("three to five days", 3, 5, "d"),
            ("40 or 45%", 40, 45, "%"),
            ("10 to 11 million", 10e6, 11e6, ""),
            ("$200 to $500", 200, 500, "$"),
        ],
    )
    def test_both_ends_are_kept(self, text, low, high, unit):
        (found,) = find_quantities(text)
        assert (found.value, found.high, found.unit) == (low, high, unit)

    def test_from_to_is_two_quantities(self):
        assert [q.value for q in find_quantities("from 9 to 11 seconds")] == [9, 11]


@given(st.text())
def test_any_text_is_read_with_verbatim_ordered_spans(text):
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end


WORDS = "a half two third 9 12% $3 million and of in point to minus one times . , - k"
PIECES = WORDS.split()


@given(st.lists(st.sampled_from(PIECES)))
def test_any_mix_of_number_words_is_read(pieces):
    text = " ".join(pieces)
    assert all(text[q.start : q.end].strip() for q in find_quantities(text))
