"""A principle is seen in plain deeds, without its name and without a set phrase."""

import pytest

from voicemock.scoring.findings.principles import shown_in

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
