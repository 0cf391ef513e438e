"""Cut-ins on what people say in place of a figure or of a deed of their own."""

from dataclasses import replace

import pytest

from tests.interview.test_cut_ins_on_real_speech import asked, gaps
from tests.scoring.annotations import proposal, story

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
        ("R It helped us with crews, enormously.", "It helped you with crews, enormously: "),
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


def test_between_two_people_it_is_asked_what_it_led_to():
    told = story(*BEGUN, "R It came off nicely.")
    with_a_lead = "Tell me about a difficult relationship with an engineering lead."
    text = asked(replace(told, question=with_a_lead), "exact-number")
    assert "differently" in text or "agree" in text
    alone = asked(told, "exact-number")
    assert "differently" not in alone and "agree" not in alone


def test_a_bond_is_asked_what_showed_it_and_no_figure():
    text = asked(story(*BEGUN, "R The relationship became extremely strong."), "exact-number")
    assert text is not None
    assert "figure" not in text and "number" not in text


def test_half_a_success_that_is_taken_back_is_no_claim():
    assert "exact-number" not in gaps(story(*BEGUN, "R It sort of worked, it didn't really."))


def test_more_than_a_minute_of_two_steps_by_we_is_asked_for_the_own_part():
    long = " ".join(["The ferry, the mole and the crane had an old book each"] * 17)
    steps = ("S Then came winter.", "S And spring.", "A We drew the maps again.", "A We cleaned the mole.")
    assert asked(story(f"S {long}.", *steps), "your-part") is not None
    assert "your-part" not in gaps(story("S The ferry had a book.", *steps))
    own = (
        "S Then came winter.",
        "A I wrote the book.",
        "A We drew the maps again.",
        "A We cleaned the mole.",
    )
    assert "your-part" not in gaps(story(f"S {long}.", *own))


def test_what_took_an_hour_and_takes_minutes_is_a_result():
    timed = "S What used to take them an hour, they do in fifteen minutes."
    assert "result-now" not in gaps(story(*BEGUN, timed), 160.0)
    assert "result-now" in gaps(story(*BEGUN, "S It stands by the mole."), 160.0)


def test_what_is_said_not_to_be_the_failure_is_not_asked_about():
    question = "Tell me about a failure of yours."
    denied = story(
        *BEGUN, *(f"S {text}" for text in ("It rained.", "It blew.", "But that isn't the failure."))
    )
    assert "customer-impact" not in gaps(replace(denied, question=question))


def test_who_still_lists_measures_is_not_asked_what_must_not_get_worse():
    measures = [
        ("north_star", "The main number is rides."),
        *[("secondary", f"Then reports {i}.") for i in range(5)],
    ]
    assert "guardrail" not in gaps(
        proposal("metric-definition", *measures, *[("secondary", "Then repairs.")] * 4)
    )
    quiet = [("", "It has a trade-off."), ("", "I rode one."), ("", "It rained."), ("", "So much for that.")]
    assert "guardrail" in gaps(proposal("metric-definition", *measures, *quiet))
