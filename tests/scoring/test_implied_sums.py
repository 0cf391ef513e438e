"""Sums that are said without "times" and "divided by"."""

from __future__ import annotations

import pytest

from voicemock.scoring.claims.arithmetic import find_wrong_sums
from voicemock.scoring.claims.implied_sums import find_implied_sums


class TestASumWithoutASign:
    @pytest.mark.parametrize(
        ("told", "said", "true"),
        [
            (
                "There are 300 ferries and each takes 40 cars, so that makes 120,000 cars.",
                "120,000",
                "12,000",
            ),
            ("Say 500 schools, 20 tablets each, that's 1,000 tablets.", "1,000", "10,000"),
            ("Of the 90 nurses we asked, 20 said so, so that's half.", "half", "22%"),
            ("Out of 60 ferries, 30 were late, that is a third.", "a third", "50%"),
        ],
    )
    def test_that_does_not_hold_is_found(self, told: str, said: str, true: str) -> None:
        found = list(find_implied_sums([told]))

        assert [(one.said, one.computed) for one in found] == [(said, true)]

    @pytest.mark.parametrize(
        "told",
        [
            "There are 300 ferries and each takes 40 cars, so that makes 12,000 cars.",
            "There are 300 ferries and each takes 40 cars a day, so that makes 84,000 a week.",
            "Say 500 schools, 20 tablets each, and we had 3,000 in store.",
            "Of the 90 nurses we asked, 31 said so, so that's a third.",
            "Out of 60 ferries, 15 were late, so three quarters came in time.",
            "Of 60 ferries, 30 were late, and half an hour is a lot.",
            "Say 40 ports, 5 ferries each, and 9 trips a day, so 1,800 trips.",
        ],
    )
    def test_that_holds_or_is_none_is_left_alone(self, told: str) -> None:
        assert not list(find_implied_sums([told]))


@pytest.mark.parametrize(
    "told",
    [
        "Phones are 50 percent of it and they fell 8 percent, so 50 times 8 is 4.",
        "With 6 ports and one down 30, that's 1/6 x 30 = 5.",
        "3 weeks times 400 cars makes 8,400 cars.",
        "That's 9,000 ferries, so one in ninety is a hundred, a bit over 1 percent.",
    ],
)
def test_a_sum_that_holds_in_the_way_it_was_meant_is_left_alone(told: str) -> None:
    assert not list(find_wrong_sums([told]))
