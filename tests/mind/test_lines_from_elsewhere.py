"""Two hundred lines that are well made and right for another answer: what a plausible model gets wrong.

A bad model's nonsense is easily told. These are questions that pass the gate, about other people's stories.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.mind import Opening, Tried, false_in, from_elsewhere, openings

ANSWERS = Path(__file__).parents[2] / "training" / "answers"
PLACES = 20
OTHERS = 10  # lines of other places that each is tried with


@pytest.fixture(scope="module")
def places() -> list[Opening]:
    return list(openings(ANSWERS, PLACES, seed=3))


def test_nothing_false_is_taken(places: list[Opening]) -> None:
    tried = from_elsewhere(places, OTHERS)
    assert len(tried) == PLACES * OTHERS
    assert [(each.said, found) for each in tried if each.said and (found := false_in(each))] == []


def test_what_is_taken_asks_for_what_is_open_here(places: list[Opening]) -> None:
    """A line of another kind passes only where its kind is open too."""
    kinds = {place.ours: place.gap.kind for place in places}
    taken = [each for each in from_elsewhere(places, OTHERS) if each.said]
    assert [each.said for each in taken if kinds[each.said] not in each.opening.also] == []


def test_our_own_lines_are_taken_where_they_are_due(places: list[Opening]) -> None:
    """The guard is no wall: what we say ourselves passes mostly, though a mind is held to more than we are."""
    assert sum(bool(each.said) for each in held_against_itself(places)) >= 0.8 * PLACES


def held_against_itself(places: list[Opening]) -> list[Tried]:
    return [tried for place in places for tried in from_elsewhere([place], 1)]
