"""Nobody is told that something is missing which the answer shows, nor asked about what does not matter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.feedback.closed import closes_fix, closes_question
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.fixes import drafts_of
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.told_strengths import told_strengths
from voicemock.scoring.model import Answer
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.models.telling import SHOWN, SHOWN_BY_ROUND
from voicemock.transcript import Sentence

BAKERY = (
    "S The bakery threw away a tray of rolls every evening, and nobody had asked why.",
    "A I stood at the counter for two weeks and wrote down what was left at six.",
    "A Then I moved the second batch from noon to three.",
)
SOFT = "R It went a lot better after that, everybody said so."
COUNTED = "R We went from forty rolls thrown away a day to six."


def told(*lines: str) -> Material:
    return Material(story(*lines))


def test_what_closes_a_gap_is_something_that_the_network_looks_for() -> None:
    table = lexicon("shown")
    lists = [*table["fixes"].values(), *table["cuts"].values(), *table["lately"].values()]
    names = {name for each in lists for name in each} | {
        name for row in table["about"].values() for name in row
    }
    assert names <= set(SHOWN) == set(table["likely"])


def test_every_gap_that_can_be_closed_has_wordings() -> None:
    assert set(lexicon("shown")["fixes"]) <= set(lexicon("fixes"))


def test_each_round_looks_for_what_is_learned() -> None:
    assert {name for names in SHOWN_BY_ROUND.values() for name in names} == set(SHOWN)


def test_an_outcome_in_adjectives_is_asked_its_size_and_a_remark_is_not() -> None:
    assert not closes_question("exact-number", told(*BAKERY, SOFT))
    assert closes_question(
        "exact-number", told("S In our street everybody is happy with the baker.", *BAKERY[:1])
    )


def test_a_figure_closes_what_one_number_would_mend() -> None:
    assert closes_fix(Draft("no-number", "metrics", None), told(*BAKERY, COUNTED))
    assert not closes_fix(Draft("no-number", "metrics", None), told(*BAKERY))


def test_a_draft_about_a_sentence_needs_that_sentence_to_be_what_it_says() -> None:
    said = told(*BAKERY, SOFT)
    assert not closes_fix(Draft("told-end", "metrics", 3), said)
    assert closes_fix(Draft("told-end", "metrics", 1), said)


def test_a_plain_choice_is_a_choice() -> None:
    lines = (
        ("user", "Say it's for night bakers."),
        ("ideas", "One is a lamp over the oven, two is a bell, three is a list on the wall."),
        ("prioritise", "I'd go with the bell first, that one."),
    )
    assert closes_fix(Draft("prioritise", "ownership", None), Material(proposal("product-sense", *lines)))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How would you test a new menu?", True),
        ("Your test of a new menu came back flat. What do you do?", False),
    ],
)
def test_the_size_of_a_test_is_no_question_once_it_is_over(question: str, asked: bool) -> None:
    answer = Material(proposal("ab-test", ("hypothesis", "I think people read less of it.")), question)
    assert ("sample_size" in {draft.kind for draft in drafts_of(answer)}) is asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [("I'd ask when it began, or did it creep up?", False), ("I'd look at the till first.", True)],
)
def test_who_asks_when_it_began_is_not_told_to(said: str, asked: bool) -> None:
    answer = Material(proposal("root-cause", ("data", said)), "Sales fell last week, why?")
    kinds = {draft.kind for draft in drafts_of(answer)}
    assert ("root-cause.timeline" in kinds) is asked


def test_a_mistake_that_is_owned_is_praised_and_no_other_deed_is_called_one() -> None:
    lines = (
        "S We had to label two hundred jars before the fair.",
        "A I didn't read the labels, that was my mistake, I sent the wrong ones to the printer.",
        "R The jars came back and we lost the whole weekend.",
        "L So the next year I read every label aloud before it went, and none came back.",
    )
    failed = Material(replace(story(*lines), over=True), "Tell me about a time you failed.")
    texts = list(told_strengths(failed))
    assert texts and all("I didn't read the labels" in text for text in texts)
    assert list(told_strengths(told(*BAKERY, COUNTED))) == []


def test_a_proposal_in_plain_words_is_not_called_a_story_told_instead() -> None:
    lines = (
        "We talked to drivers at my last job and they all said the same thing.",
        "They don't know where the free bay is and they circle for ten minutes.",
        "So one thing is a light over each bay, green or red, another is a text with the number of the bay.",
        "I'd go with the text, it's a week of work.",
        "I'd look at minutes from the gate to the bay, that should come down from ten to four.",
        "What you lose is the ones without a phone.",
    )
    question = "How would you improve a car park at an airport?"
    score = score_answer(Answer(tuple(map(Sentence, lines)), "product-sense", question=question))
    assert score.fixes and not {check.kind for check in score.checks} & {"off-question"}
    assert not any("Come back to" in fix.why or "doesn't answer" in fix.why for fix in score.fixes)


def test_a_principle_that_the_question_names_is_not_asked_for_its_deed() -> None:
    named = replace(story(*BAKERY, "L That was thinking big for me."), named={"think-big": (3,)})
    kinds = {
        question: {draft.kind for draft in drafts_of(Material(named, question))}
        for question in ("Tell me about a time.", "Tell me about a time you had to think big.")
    }
    assert ["named-only" in found for found in kinds.values()] == [True, False]


@pytest.mark.parametrize(
    ("said", "closed"),
    [
        ("I'd switch it off on random days, so each house is its own control.", True),
        ("Half the houses get it and half don't.", False),
    ],
)
def test_whoever_is_compared_with_themselves_is_asked_no_size_of_groups(said: str, closed: bool) -> None:
    asked = Material(proposal("ab-test", ("", said)), "")
    assert closes_question("sample-size", asked) == closed
    assert closes_fix(Draft("sample_size", "metrics", None), asked) == closed


def test_what_a_system_costs_for_good_has_no_figure_at_which_to_stop() -> None:
    price = "The price of that is that every map is stored twice."
    app = Material(
        proposal("product-sense", ("user", "Drivers."), ("ideas", "I'd keep the map."), ("tradeoff", price)),
        "",
    )
    system = Material(proposal("system-design", ("features", "It keeps maps."), ("tradeoffs", price)), "")
    asked = [{draft.kind for draft in drafts_of(told)} for told in (app, system)]
    assert ["risk-unlimited" in kinds for kinds in asked] == [True, False]
