"""The table of pairs: every row's own example is decided by that row's verdict."""

import pytest

from voicemock.scoring.claims.claim import Claim
from voicemock.scoring.claims.joins import join
from voicemock.scoring.claims.pairs import rows, verdict_of
from voicemock.scoring.numbers.quantities import find_quantities


def verdicts(text):
    """What each number is to the claim before it, the first left out."""
    first, *rest = find_quantities(text)
    claim, found = Claim(first), []
    for quantity in rest:
        found.append(verdict_of(text, claim, quantity))
        if not join(text, claim, quantity):
            claim = Claim(quantity)
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.example)
def test_the_example_of_a_row_gets_its_verdict(row):
    assert row.verdict in verdicts(row.example)


@pytest.mark.parametrize(
    "text",
    [
        "We won 30 schools and lost 2 hospitals.",
        "It saved 30 hours and 4,000 dollars.",
        "12 nurses and 9 cooks",
    ],
)
def test_numbers_of_two_things_are_two_claims(text):
    assert verdicts(text) == [None]


def test_how_many_had_it_is_no_starting_value():
    assert verdicts("When all 6 had it we were at 140 instead of 800.") == [None, "backward"]
