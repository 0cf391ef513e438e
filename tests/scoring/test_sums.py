"""Sums of the candidate's own figures are done for them, and only of figures that belong together."""

from dataclasses import replace

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback.fixes import drafts_of, worded
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.number_drafts import goal_against_result
from voicemock.scoring.model import Inconsistency

ACTS = ("A I moved the shelf.", "A I painted the door.")


def drafted(kind, annotation):
    told = Material(annotation)
    found = next((draft for draft in drafts_of(told) if draft.kind == kind), None)
    return None if found is None else worded(found, told)


def test_what_was_lost_and_won_back_is_counted_in_points():
    lines = ("S Complaints rose from 10% to 30% in May.", *ACTS, "R Complaints fell to 14% by June.")
    fix = drafted("won-back", story(*lines))
    assert fix is not None and "16 of the 20 points" in fix.why and "20 points" in fix.line


@pytest.mark.parametrize(
    "end", ["R Complaints fell to 5% by June.", "R Absences fell to 14% by June.", "R It was quiet by June."]
)
def test_more_than_was_lost_and_another_measure_are_no_way_back(end):
    assert drafted("won-back", story("S Complaints rose from 10% to 30% in May.", *ACTS, end)) is None


def test_a_start_and_an_end_sentences_apart_are_set_side_by_side():
    lines = ("S Attrition was 12% that spring.", *ACTS, "R Attrition fell to 6% by winter.")
    fix = drafted("side-by-side", story(*lines))
    assert fix is not None and "a cut of 50%" in fix.line
    other = ("S Attrition was 12% that spring.", *ACTS, "R Absence fell to 6% by winter.")
    assert drafted("side-by-side", story(*other)) is None


def with_slip(*lines, slip):
    return replace(story(*lines), inconsistencies=(slip,))


def test_two_starts_of_one_change_are_both_worked_out():
    lines = (
        "S The bill was $48,000 a month.",
        *ACTS,
        "R The bill went from $52,000 to $31,000, so we cut it in half.",
    )
    fix = drafted("sum-of-pair", with_slip(*lines, slip=Inconsistency(3, "in half", "40%")))
    assert fix is not None and "35% or 40%" in fix.why and "neither is half" in fix.why


def test_the_same_figure_in_two_units_is_one_that_can_be_compared():
    lines = ("S Latency was 2,300 milliseconds.", *ACTS, "R Latency went from 2.8 seconds to 0.4 seconds.")
    fix = drafted("two-values", with_slip(*lines, slip=Inconsistency(3, "2.8 seconds", "2,300 milliseconds")))
    assert fix is not None and fix.why.index("2,300") < fix.why.index("2.8")


def test_a_figure_that_would_have_to_be_checked_is_to_be_checked():
    fix = drafted("unchecked", story("S It was slow.", *ACTS, "R It came to 40% less, I'd have to check."))
    assert fix is not None and "'I'd have to check'" in fix.why and "40%" in fix.why


def test_people_who_were_hit_at_the_start_are_to_come_back_at_the_end():
    hit = "S That day 640 customers saw the wrong balance."
    fix = drafted("hit-gone", story(hit, *ACTS, "R The branches called it a good year."))
    assert fix is not None and "640 customers" in fix.why
    assert drafted("hit-gone", story(hit, *ACTS, "R The customers came back to us.")) is None


def test_where_no_idea_is_told_none_is_compared_or_chosen():
    answer = proposal("product-sense", ("", "It is a market of three."), ("user", "It's for children."))
    kinds = {draft.kind for draft in drafts_of(Material(answer))}
    assert not kinds & {"ideas", "prioritise", "clarify"}


@pytest.mark.parametrize(
    ("goal", "result", "missed"),
    [
        ("We wanted the error rate under 5%.", "The error rate went from 12% to 7%.", True),
        ("We wanted the error rate under 5%.", "The error rate went from 12% to 3%.", False),
        (
            "The hall allowed at most 5 stops a shift.",
            "We had 3 stops a shift, and it's on 3 or 4 since.",
            False,
        ),
        (
            "I promised returns below 15%, without repairs going over 4%.",
            "Returns went from 26% to 12%.",
            False,
        ),
        ("I promised conversion of 30%.", "Conversion went from 12% to 22%.", True),
        ("I promised to get conversion up to 30%.", "Conversion went from 12% to 22%.", True),
        ("We wanted conversion above 30%.", "Conversion went from 12% to 22%.", True),
    ],
)
def test_a_limit_is_a_goal_that_less_reaches_and_one_of_another_thing_is_none(goal, result, missed):
    told = Material(story(f"T {goal}", "A I changed the door.", f"R {result}"))
    assert (goal_against_result(told) is not None) is missed
