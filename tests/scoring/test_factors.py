"""Where the factors of a sum were just said, nobody asks how it came about."""

import pytest

from tests.scoring.annotations import story
from voicemock.scoring.feedback.estimates import factors_said
from voicemock.scoring.feedback.material import Material


def shown(*sentences):
    told = Material(story(*(f"R {text}" for text in sentences)))
    money = [m for m in told.annotation.metrics if m.kind == "money" and (m.after or 0) >= 100_000]
    return factors_said(told, money[-1])


@pytest.mark.parametrize(
    "sentences",
    [
        ["That's 96,000 rentals a year at $1.50, $144,000 a year."],
        ["We sold 21,000 more tickets at $80, which is $1.68M."],
        ["It's 50,000 carts at 6 points of $120, so $360,000 more."],
        ["Late fees fell from $41 to $26 a booking.", "Over 20,000 bookings that saved $300,000."],
        ["We need 700 fewer vans a month at 40 dollars each.", "That's $336,000 a year."],
    ],
)
def test_a_sum_with_its_factors_is_shown(sentences):
    assert shown(*sentences)


@pytest.mark.parametrize(
    "sentences",
    [
        ["That saved us $900,000 a year."],
        ["With 20,000 bookings at $4, we saved $700,000 a year."],
        ["We had 300 people on 3,000 sites.", "It saved $900,000."],
    ],
)
def test_a_sum_that_they_do_not_make_is_not(sentences):
    assert not shown(*sentences)
