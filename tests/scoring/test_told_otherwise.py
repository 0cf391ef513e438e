"""What an answer says in other words than most: whose story it is, what never happened, and what is said twice."""

import pytest

from voicemock.scoring.claims.contradictions import find_inconsistencies
from voicemock.scoring.claims.metrics import find_metrics, told_once
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.findings.customer_cues import counts_them, customer_cue
from voicemock.scoring.findings.names import named_principles
from voicemock.scoring.findings.ownership import blames
from voicemock.scoring.findings.question import analytical_type, declining

SOMEBODY_ELSES = (
    "There's a ferryman at our harbour, Anselm, and this is really his story.",
    "The ramp got stuck, and about forty cars a week had to turn round.",
    "So Anselm says to me, I won't wait for the harbour office, I'll look at it on my own.",
    "I noted the tide each time it stuck, he told me.",
    "And I saw that it only sticks at low water, he said.",
    "He talked the crews into coming in half an hour later.",
    "It went from 40 cars a week to 3.",
)
IMAGINED = (
    "Okay, picture a bakery where the queue goes round the corner.",
    "I'm in charge there, and I ask myself, why does everybody pay at the same till?",
    "What you'd do is put a box for coins by the door.",
    "I'd ask a few of them first, and I'd show it to the owner.",
    "And then the queue drops from thirty people to five.",
    "I've never worked in a bakery, but that's how I'd go about it.",
)


def checks(sentences, question="Tell me about a time you took something on."):
    return {check.kind for check in annotate(sentences, "behavioral", question=question, told=True).checks}


def test_a_story_in_somebody_elses_words_is_theirs():
    assert "not-yours" in checks(SOMEBODY_ELSES)


def test_what_one_would_do_has_no_results_in_whatever_tense():
    found = annotate(IMAGINED, "behavioral", question="Tell me about a time you made it simpler.", told=True)
    assert "hypothetical" in {check.kind for check in found.checks}
    assert not found.results


@pytest.mark.parametrize(
    "text",
    [
        "Did breakages fall from 12 percent to 3?",
        "Nobody saved 40,000 euros.",
        "None of the 60,000 crowns was saved.",
        "Neither the rent nor the bill went down by 15 percent.",
        "It's not like we doubled the catch.",
        "We tripled it, people say, but that never happened.",
        "The 30 percent rise turned out to be a counting error.",
        "Had they asked me, we'd be losing 4 a week and not 12.",
    ],
)
def test_what_did_not_happen_is_no_result(text):
    assert "result" not in {metric.role for metric in find_metrics([text], "R")}


@pytest.mark.parametrize(
    "text",
    [
        "Before my time they had brought it from 50 a week to 30.",
        "My cousin, at her own salon, she doubled the bookings.",
        "The bakery across the street already sells 400 a day.",
    ],
)
def test_what_others_did_is_no_result(text):
    assert "result" not in {metric.role for metric in find_metrics([text], "R")}


def test_a_change_told_again_as_a_share_is_one_result():
    told = ("Afterwards we had 30 leaks a week and not 60.", "That is half.", "So fifty percent fewer leaks.")
    results = [metric for metric in find_metrics(told, "RRR") if metric.role == "result"]
    assert len(told_once(results)) == 1


def test_what_it_came_to_may_be_told_before_what_it_was():
    told = ("These days we lose 2 percent of the glasses.", "Three years ago we lost 11.")
    pair, before = find_metrics(told, "RR")
    assert (pair.before, pair.after, pair.role) == (11, 2, "result")
    assert before.role == "baseline"


@pytest.mark.parametrize(
    ("text", "computed"),
    [
        ("A quarter of 8 million is 4 million.", "2,000,000"),
        ("Outages went from twenty a month to five, which makes 50 percent less.", "75%"),
    ],
)
def test_a_sum_that_does_not_hold_is_found(text, computed):
    assert [slip.computed for slip in find_inconsistencies([text], find_metrics([text], "R"))] == [computed]


@pytest.mark.parametrize(
    "text",
    [
        "The vendor sent us the wrong cables, typical.",
        "Then legal forgot to sign.",
        "What was I supposed to do with such people?",
    ],
)
def test_others_are_blamed_in_more_words_than_one(text):
    assert blames(text)


@pytest.mark.parametrize(
    "text",
    ["Sorry, that one I can't do.", "I did not prepare for it.", "Please give me another question."],
)
def test_an_answer_may_be_declined_politely(text):
    assert declining([text], "refusal") == (0,)


@pytest.mark.parametrize(
    "text",
    ["What I give up is the tourists, who need something else.", "They wanted something that's more fun."],
)
def test_what_somebody_needs_instead_declines_nothing(text):
    assert declining([text], "refusal") == ()


@pytest.mark.parametrize(
    "question",
    ["Roughly what does a hotel spend on soap in a year?", "What does a small town spend on road salt?"],
)
def test_what_something_costs_all_in_all_is_an_estimate(question):
    assert analytical_type(question) == "estimation"


def test_who_would_not_call_it_a_principle_names_none():
    assert not named_principles(["So I wouldn't call any of it customer obsession."])


def test_customers_are_met_by_pronoun_and_known_by_their_share():
    assert customer_cue("I sat out on the pier with six of them for two mornings.") == "direct"
    assert counts_them("According to the list, two thirds of our subscribers never opened it.")


def test_what_is_spelled_out_behind_a_colon_is_not_vague():
    told = (
        "Drivers waited in our yard for hours, and one slept there.",
        "I ran the gate, and I had to get them out faster.",
        "I sat with four of them, and then I moved the papers to the gate.",
        "It got massively better: 48 minutes a lorry before, 17 after.",
    )
    assert not annotate(told, "behavioral", told=True).vague
