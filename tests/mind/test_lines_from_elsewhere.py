"""Two hundred lines that are well made and right for another answer: what a plausible model gets wrong.

A bad model's nonsense is easily told. These are questions that pass the gate, about other people's stories.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.mind import PHRASES, Opening, Tried, false_in, openings

from voicemock.mind.ahead import Line, not_missing
from voicemock.mind.guard import QUESTION, fault

ANSWERS = Path(__file__).parents[2] / "training" / "answers"
PLACES = 20
OTHERS = 10  # lines of other places that each is tried with


@pytest.fixture(scope="module")
def places() -> list[Opening]:
    return list(openings(ANSWERS, PLACES, seed=3))


def judged(place: Opening, line: str) -> str:
    others = not_missing(place.told, place.gap, PHRASES.questions, place.also)
    ours = PHRASES.questions(place.gap.kind, place.gap.known)
    return fault(line, place.told, ours, QUESTION, others=others)


def test_nothing_false_is_taken(places: list[Opening]) -> None:
    tried = [
        Tried(place, Line(other.ours))
        for at, place in enumerate(places)
        for other in (places * 2)[at + 1 : at + 1 + OTHERS]
        if not judged(place, other.ours)
    ]
    assert [(each.said, found) for each in tried if (found := false_in(each))] == []


def test_what_is_taken_asks_for_what_is_open_here(places: list[Opening]) -> None:
    """A line of another kind passes only where its kind is open too."""
    taken = [
        (other.gap.kind, place.also)
        for at, place in enumerate(places)
        for other in (places * 2)[at + 1 : at + 1 + OTHERS]
        if other.gap.kind != place.gap.kind and not judged(place, other.ours)
    ]
    assert [kind for kind, also in taken if kind not in also] == []


def test_our_own_lines_are_taken_where_they_are_due(places: list[Opening]) -> None:
    """The guard is no wall: what we say ourselves passes mostly, though a mind is held to more than we are."""
    assert sum(not judged(place, place.ours) for place in places) >= 0.8 * PLACES
