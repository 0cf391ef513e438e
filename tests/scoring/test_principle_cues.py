"""A principle is seen in plain deeds, without its name and without a set phrase."""

from dataclasses import replace

import pytest

from tests.scoring.annotations import story
from voicemock.scoring.findings import principles
from voicemock.scoring.findings.principles import shown_in
from voicemock.scoring.rubric import dimensions

DEEDS = {
    "have-backbone-disagree-and-commit": [
        "I couldn't agree, so I counted the empty seats for a month.",
        "I told my director that I thought it was wrong.",
        "I was against a second barn.",
        "I showed him that the first one was half empty.",
        "I pushed back on the price in front of all.",
    ],
    "dive-deep": [
        "I read each of the 90 letters one by one.",
        "I stood at the ramp for two nights with a stopwatch.",
        "I matched the weights by hand.",
        "I rode along with the first van of the day.",
        "The average looked fine, so I sorted the crates by farm.",
    ],
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
    "text",
    [
        "The next van was late.",
        "Her name is Ines.",
        "No customer had a reason to stay.",
        "We agreed on the second van.",
        "He brought me a coffee and a bun.",
        "The boat left the harbour at six.",
        "It was a deep lake and a long dive.",
        "My sister wanted a dog for years.",
    ],
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


def test_the_principle_asked_for_needs_a_little_more_where_another_is_likelier(chances):
    chances |= {"ownership": 0.25, "frugality": 0.28}
    assert shown(asked="ownership") == []
    chances["frugality"] = 0.2
    assert shown(asked="ownership") == ["ownership"]


@pytest.mark.parametrize(
    ("asked", "unasked", "value"), [(0.1, 0.1, 2.0), (0.3, 0.1, 2.7), (0.6, 0.15, 3.0), (0.7, 0.5, 3.5)]
)
def test_a_principle_counts_for_less_where_only_who_knows_the_question_sees_it(
    monkeypatch, asked, unasked, value
):
    chance = {True: asked, False: unasked}
    monkeypatch.setattr(
        principles, "chance_of", lambda told, slug: chance[bool(told.principle)] * (slug == "ownership")
    )
    assert dimensions.principle(story("A I rang the vet.", principle="ownership")).value == value


def test_two_deeds_in_plain_words_show_the_principle_asked_for(chances):
    chances |= {"have-backbone-disagree-and-commit": 0.12, "frugality": 0.3}
    asked = {"principle": "have-backbone-disagree-and-commit"}
    one = story("A I couldn't agree, so I counted the empty seats for a month.", "A I rang him.", **asked)
    two = story(
        "A I couldn't agree, so I counted the empty seats for a month.", "A I showed him the list.", **asked
    )
    assert principles.demonstrated(one.told) == []
    assert principles.demonstrated(two.told) == ["have-backbone-disagree-and-commit"]
    assert dimensions.principle(two).value == 3.5


def test_a_principle_that_is_named_alone_is_meant_and_one_deed_shows_it(chances):
    chances["dive-deep"] = 0.15
    weighed = story("A I weighed each crate by hand.", "L That was a long night.").told
    rang = story("A I rang the vet.", "L That was a long night.").told
    assert principles.demonstrated(weighed, {"dive-deep"}) == ["dive-deep"]
    assert principles.demonstrated(weighed) == []
    assert principles.demonstrated(weighed, {"dive-deep", "frugality"}) == []
    assert principles.demonstrated(rang, {"dive-deep"}) == []
