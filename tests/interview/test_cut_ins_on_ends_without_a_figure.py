"""Cut-ins on what people say in place of a figure or of a deed of their own."""

from dataclasses import replace

import pytest

from tests.interview.test_cut_ins_on_real_speech import asked, gaps
from tests.scoring.annotations import story

BEGUN = ("S The bridge had an old gauge.", "A I replaced it.")
BYSTANDING = (
    "S The ferry had an old book.",
    "S The keeper wanted another one.",
    "A She drew it up.",
    "A She had it printed in a week.",
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("R The ferrymen loved it.", "The ferrymen loved it: "),
        ("R And people were a lot happier.", "People were a lot happier: "),
        ("R It put us on the map.", "It put you on the map: "),
        ("R It's now the standard.", "It's now the standard: "),
        ("R Hardly anyone used it.", "Hardly anyone used it: "),
        ("R It helped a great deal.", "It helped a great deal: "),
        ("R It saves us a great deal of time.", "A great deal of time: "),
        ("R It was a bit of a mess.", "It was a bit of a mess: "),
        ("R It got better.", "It got better: "),
        ("L And it took off.", "It took off: "),
        ("R Stakeholder satisfaction improved dramatically.", "Stakeholder satisfaction improved"),
    ],
)
def test_an_end_without_a_figure_is_said_back_and_asked_for_one(told, expected):
    text = asked(story(*BEGUN, told), "exact-number")
    assert text is not None
    assert text.startswith(expected)
    assert text.endswith("?")


@pytest.mark.parametrize(
    "told",
    [
        "R People are happy when you ask them.",
        "A It got better.",
        "S Before my time nobody used it.",
    ],
)
def test_what_is_no_end_of_the_story_is_not(told):
    assert "exact-number" not in gaps(story(*BEGUN, told))


def test_a_figure_that_is_not_at_hand_excuses_only_what_stands_beside_it():
    admitted = "A I didn't measure how long the first gauge took."
    assert "exact-number" not in gaps(story(*BEGUN, admitted, "R It took off."))
    talk = ("A I drew the plan.", "A I rang the co-op.")
    assert "exact-number" in gaps(story(*BEGUN, admitted, *talk, "R It took off."))


@pytest.mark.parametrize(
    "told",
    ["S I was away for most of that.", "S I gave some input.", "S It wasn't strictly mine."],
)
def test_who_was_only_beside_it_is_asked_for_the_own_part(told):
    assert asked(story(*BYSTANDING, told), "your-part") is not None


def test_who_has_just_done_something_is_not():
    acted = (*BYSTANDING[:3], "A I printed it myself.")
    assert "your-part" not in gaps(story(*acted, "S I was away for most of that."))


def test_what_the_team_should_have_done_is_asked_whether_anybody_said_so():
    text = asked(story(*BYSTANDING, "L We should have asked the ferrymen."), "your-part")
    assert text is not None
    assert text.startswith("Your team should have asked the ferrymen: ")
    own = story(*BYSTANDING, "L I should have asked the ferrymen.")
    assert "your-part" not in gaps(own)


def test_of_many_failures_one_is_to_be_told():
    question = "Tell me about a failure."
    listed = (
        "S The first ferry we had failed.",
        "S Once more the mole failed.",
        "S And then another failure, the crane, which flopped.",
    )
    told = replace(story(*BYSTANDING[:2], *listed), question=question)
    text = asked(told, "your-part")
    assert text is not None
    assert "one of those failures" in text


def test_a_guess_is_not_asked_who_counted_it_where_that_was_just_said():
    guess = "R About a third of the mooring posts were gone by the summer."
    looked = story(*BEGUN, "A I had a guy go through all the logs.", guess)
    assert "hedged" not in gaps(looked)
    unlooked = story(*BEGUN, "A I drew the plan.", guess)
    assert "hedged" in gaps(unlooked)
