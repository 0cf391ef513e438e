"""A question counts as answered when what it asked for is in the sentences after it, and not before."""

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.interview.replies import supplied
from voicemock.packs.questions import Question
from voicemock.scoring.gaps.supplied import answered
from voicemock.transcript import Word

BEFORE = ("S The service was slow.", "A We rebuilt it.")


def after(*lines, **chances):
    whole = story(*BEFORE, *lines, **chances)
    return whole.until(len(BEFORE)), whole


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("customer-impact", "O The patients waited an hour longer."),
        ("customer-voice", "O I spoke with nine patients, and one of them told me she had given up."),
        ("exact-number", "O It went from 9 seconds to 2."),
        ("baseline", "O Before that it was 31%, and it took us ten weeks to get from 31% to 62%."),
        ("so-what", "O The customers stopped calling."),
        ("why-this", "O Because the other way would have taken a year."),
        ("your-part", "O I wrote the migration myself."),
        ("hedged", "O That was measured, from the logs."),
        ("attribution", "O We had a control group that did not get it."),
        ("blame", "O I should have asked earlier."),
        ("result-now", "R Waits fell by 40%."),
    ],
)
def test_what_was_asked_for_is_recognised(kind, line):
    assert answered(*after(line), kind)


@pytest.mark.parametrize(
    "kind", ["customer-impact", "exact-number", "your-part", "blame", "attribution", "hedged"]
)
def test_going_on_as_before_is_no_answer(kind):
    assert not answered(*after("A Then we had the second workshop."), kind)


def test_an_opinion_is_no_part_of_ones_own():
    assert not answered(*after("O I think the process was a game changer."), "your-part")


@pytest.mark.parametrize("kind", ["hedged", "your-part", "exact-number"])
@pytest.mark.parametrize(
    "line", ["A I don't remember exactly.", "A I'm not sure, to be honest.", "A I can't recall."]
)
def test_who_does_not_know_has_not_answered(kind, line):
    assert not answered(*after(line), kind)


def test_what_customers_do_not_know_is_said_of_them():
    assert answered(
        *after("R The patients had no idea where to wait, and now they don't know the queue."),
        "customer-impact",
    )


@pytest.mark.parametrize(
    "line", ["R I don't remember exactly, but it was 40%.", "R That came from our dashboard."]
)
def test_where_a_number_comes_from_answers_a_hedge(line):
    assert answered(*after(line), "hedged")


def test_what_is_mentioned_a_minute_later_was_not_said_in_reply():
    question = Question("q", "behavioral", "Tell me about a failure.")
    late = [Word("Waits", 70.0, 70.4, 1.0), Word("fell", 70.4, 70.8, 1.0), Word("by", 70.8, 71.0, 1.0)]
    words = [Word("We", 1.0, 1.3, 1.0), Word("met.", 1.3, 2.0, 1.0), *late, Word("40%.", 71.0, 71.9, 1.0)]
    assert supplied(question, words, 50.0, "exact-number") == pytest.approx(71.9)
    assert supplied(question, words, 20.0, "exact-number") is None


def test_applause_is_no_result_and_a_customer_who_gained_is():
    assert not answered(*after("R And there was even some applause."), "result-now")
    assert answered(*after("R The patients no longer wait for a bed."), "result-now")


def test_a_part_of_a_framework_is_recognised():
    whole = proposal("product-sense", ("ideas", "A wallet."), ("measure", "The KPI is reuse, target 40%."))
    assert answered(whole.until(1), whole, "kpi")
    assert not answered(whole.until(1), whole, "trade-off")


def test_pride_is_no_part_of_the_work():
    assert not answered(*after("L It was a team effort and I am proud."), "your-part")
    assert answered(*after("A It was a team effort, and I wrote the plan."), "your-part")


@pytest.mark.parametrize(
    "kind", ["exact-number", "hedged", "attribution", "baseline", "result-now", "your-part"]
)
@pytest.mark.parametrize(
    "line",
    [
        "L It was a team effort and I am proud.",
        "L It was a team effort, one hundred percent.",
        "L Honestly it was all of us together.",
        "L I give the night shift all the credit.",
    ],
)
def test_the_team_and_pride_in_it_answer_no_question_for_a_number_or_a_cause(kind, line):
    assert not answered(*after(line), kind)


@pytest.mark.parametrize(
    "line",
    [
        "O Nothing else changed that quarter.",
        "O The year before we had lost as much again.",
        "O The sites without it stayed at two percent.",
        "O We switched it off for a week, and the losses came back.",
    ],
)
def test_what_an_effect_is_held_against_sets_it_apart(line):
    assert answered(*after(line), "attribution")


def test_a_hundred_percent_that_was_asked_for_is_a_number():
    assert answered(*after("R One hundred percent."), "exact-number")


def test_nothing_said_is_no_answer():
    whole = story(*BEFORE)
    assert not answered(whole, whole, "your-part")
