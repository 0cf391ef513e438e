"""A principle is seen in plain deeds, without its name and without a set phrase."""

from dataclasses import replace

import pytest

from tests.scoring.annotations import story
from voicemock.scoring.findings import principles
from voicemock.scoring.findings.principles import shown_in
from voicemock.scoring.rubric import dimensions

DEEDS = {
    "invent-and-simplify": [
        "No bakery I could find had ever tried it, so I built the first night queue myself.",
        "I took the idea from a car wash.",
        "I drew the first map of its kind.",
    ],
    "think-big": [
        "Why only the harbour, I asked.",
        "I wrote down what it would need to reach all 60 towns.",
        "The plan on the table was too small.",
        "I asked for fifty times the budget.",
        "Everyone in the valley should have it.",
    ],
    "hire-and-develop-the-best": [
        "I let it come from her.",
        "I gave him the floor back.",
        "I convinced the head of the yard to keep her on for good.",
        "I stood back and let her argue it.",
        "I handed the meeting back to him.",
    ],
    "bias-for-action": [
        "I started the next morning with a paper list.",
        "I shipped it before we had the report.",
        "By lunchtime 4 depots ran on it.",
        "I chose to start small sooner than wait.",
    ],
}


@pytest.mark.parametrize(("slug", "text"), [(slug, text) for slug, texts in DEEDS.items() for text in texts])
def test_a_deed_shows_its_principle(slug, text):
    assert slug in shown_in(text)


@pytest.mark.parametrize(
    "text", ["The next van was late.", "Her name is Ines.", "No customer had a reason to stay."]
)
def test_what_is_no_deed_shows_none_of_these(text):
    assert not shown_in(text) & DEEDS.keys()


@pytest.fixture
def chances(monkeypatch):
    """How likely each principle is, in place of the model; all others have next to none."""
    given = {}
    monkeypatch.setattr(principles, "chance_of", lambda _told, slug: given.get(slug, 0.01))
    return given


def shown(**asked):
    return principles.demonstrated(replace(story("A I rang the vet.").told, principle=asked.get("asked")))


def test_the_principle_asked_for_counts_as_shown_where_another_would_not(chances):
    chances |= {"ownership": 0.3, "frugality": 0.3}
    assert shown(asked="ownership") == ["ownership"]
    assert shown() == []


def test_the_principle_asked_for_needs_as_much_as_any_where_two_others_are_likelier(chances):
    chances |= {"ownership": 0.3, "dive-deep": 0.6, "earn-trust": 0.5}
    assert shown(asked="ownership") == ["dive-deep", "earn-trust"]


def test_a_principle_hardly_shown_counts_for_less_than_one_plainly_shown(chances):
    told = story("A I rang the vet.", principle="ownership")
    values = []
    for chance in (0.1, 0.3, 0.7):
        chances["ownership"] = chance
        values.append(dimensions.principle(replace(told)).value)
    assert values == [2.0, 2.7, 3.5]
