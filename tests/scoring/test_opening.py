"""Talk about the question is no part of the story; a story that begins at once has none."""

import pytest

from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.findings.opening import about_the_question

OPENINGS = [
    (
        4,
        "What I ask everybody I hire is which meal they ruined.",
        "It's because nobody cooks for ten years without ruining one.",
        "If you can't name it, you weren't looking.",
        "It tells me more than any diploma.",
        "Mine was a soup for ninety people, I took sugar for salt.",
    ),
    (
        4,
        "It's my favourite question, I put it to every pilot who applies.",
        "You'd be surprised how few of them can answer.",
        "People think that they have to look good.",
        "For me it's about whether you learn.",
        "I once landed on the wrong strip.",
    ),
    (2, "I ask this in interviews as well.", "Everybody has one.", "In 2015 I sent a choir to the wrong town."),
    (
        3,
        "When I interview nurses, I ask the same thing.",
        "You find out who is honest.",
        "So here's mine.",
        "I gave a child the wrong bottle.",
    ),
    (
        2,
        "Funny, that's the question I like to ask others.",
        "You aren't a carpenter until you have sawn a beam too short.",
        "I sawed one in my second year.",
    ),
]  # fmt: skip
STORIES = [
    ("We asked thirty growers the same question.", "They all said water."),
    ("I run the ferries in the bay.", "Our guests wait for an hour.", "I asked them why they stay."),
    ("My boss asked me a hard question in May.", "It was about the price of wool."),
    ("Customers ask the same question every day.", "We had no answer for them."),
    ("I ask the drivers every week what broke.", "They told me that the ramp did."),
]


@pytest.mark.parametrize(("count", "said"), [(count, said) for count, *said in OPENINGS])
def test_what_is_said_about_the_question_comes_before_the_story(count, said):
    assert about_the_question(said) == count
    star = annotate(said, "behavioral", told=True).star
    assert star[:count] == ("O",) * count


@pytest.mark.parametrize("said", STORIES)
def test_a_story_that_begins_at_once_has_no_opening(said):
    assert about_the_question(said) == 0
