"""A fix quotes whole clauses of the candidate's own, asks one thing of each, and nothing that the answer gives."""

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback.fixes import drafts_of, worded
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_clauses import deeds_said, not_mine_said, thing_made
from voicemock.scoring.feedback.quoted_drafts import main_person
from voicemock.scoring.feedback.said_clauses import clauses_said
from voicemock.scoring.models.lexicon import lexicon, pattern

SETTING = "S The archive closed at noon, and readers went away."


def drafted(kind, *lines, question="", told=None):
    told = told or Material(story(*lines), question)
    found = next((draft for draft in drafts_of(told) if draft.kind == kind), None)
    return None if found is None else worded(found, told)


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("So I moved the desk, and we opened the door.", ["I moved the desk", "we opened the door"]),
        ("She told me, I never come here on Mondays.", []),
        ("And the readers who", []),
        ("I pulled the cart along and emptied it at each door.", ["I pulled the cart along"]),
    ],
)
def test_whole_clauses_are_found_and_what_somebody_else_says_is_left_out(sentence, clauses):
    assert list(clauses_said(sentence)) == clauses


@pytest.mark.parametrize(
    "line",
    [
        "A I never closed the archive.",
        "S I closed the archive.",
        "A We closed the archive.",
    ],
)
def test_no_deed_is_what_was_denied_or_set_the_scene_or_was_done_by_others(line):
    assert deeds_said(Material(story(SETTING, line))) == []


def test_an_objection_is_quoted_unless_it_was_answered_or_they_came_round():
    against = "A The curator was furious about the hours."
    assert "'The curator was furious about the hours'" in drafted("objection", SETTING, against).why
    assert drafted("objection", SETTING, against, "A I showed her the numbers of Monday.") is None
    assert drafted("objection", SETTING, against, "R In the end she came round.") is None


def test_a_story_of_somebody_asks_what_they_could_do_afterwards():
    lines = (
        "S In spring Tomasz was new at the archive.",
        "A I gave Tomasz the keys.",
        "A Then Tomasz sorted the maps.",
        "R It went on.",
    )
    question = "Tell me about someone you helped grow."
    told = Material(story(*lines, "R The readers liked it.", "L So be it."), question)
    assert main_person(told) == "Tomasz"
    assert "Tomasz" in drafted("person-after", told=told).line


def test_a_direction_without_a_figure_is_asked_from_what_to_what():
    fix = drafted("moved-unsized", SETTING, "A I opened at eight.", "R Complaints went way down.")
    assert fix is not None and fix.line == "Complaints went from ___ to ___."
    assert drafted("moved-unsized", SETTING, "R Complaints went down from 40 to 12.") is None


def test_whoever_says_that_it_was_not_theirs_is_not_told_that_it_is_unclear():
    told = Material(story(SETTING, "S And neither one's me, mind you."))
    assert not_mine_said(told) == "neither one's me"


def test_a_proof_put_off_and_a_choice_that_is_none_are_quoted():
    told = Material(
        proposal(
            "product-sense",
            ("ideas", "I'd build a map and a bell."),
            ("prioritise", "I'd do some mix of the two."),
            ("", "The measure is to be agreed with the others."),
        )
    )
    assert "'I'd do some mix of the two'" in drafted("no-pick", told=told).why
    assert "to be agreed" in drafted("kpi-deferred", told=told).why


@pytest.mark.parametrize("row", lexicon("asked")["rows"], ids=lambda row: row["name"])
def test_every_kind_of_question_has_words_for_what_is_asked_next(row):
    assert f"asked.{row['name']}" in lexicon("fixes")


def test_what_a_question_makes_one_want_to_know_is_asked_unless_it_was_told():
    lines = (SETTING, "A I closed the reading room.", "R It was calm.")
    question = "Tell me about a calculated risk you took."
    assert drafted("asked.risk", *lines, question=question) is not None
    assert drafted("asked.risk", *lines, "R We could have undone it.", question=question) is None


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("A I built a small bell for the readers.", "the small bell"),
        ("A They built a small bell for the readers.", None),
        ("A I would have built a small bell.", None),
        ("A I made a mistake with the keys.", None),
        ("S I built a small bell once.", None),
    ],
)
def test_what_was_made_is_called_by_its_name_where_somebody_can_use_it(line, made):
    found = thing_made(Material(story(SETTING, line, "R The bell stood by the door.")))
    assert (found[1] if found else None) == made


@pytest.mark.parametrize(
    ("question", "asked"),
    [("Design a bell for a library.", True), ("The share of late books is up to 30%. Why?", False)],
)
def test_a_figure_of_the_question_is_no_target(question, asked):
    goal = "I'd want the return rate at 30%."
    told = Material(proposal("product-sense", ("ideas", "I'd add a bell."), ("", goal)), question)
    kinds = {draft.kind for draft in drafts_of(told)}
    assert bool(kinds & {"target-no-base", "target-quoted"}) is asked


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("The readers were delighted with the bell", "felt-only"),
        ("The bell rings through the whole hall now", "told-end"),
    ],
)
def test_what_was_felt_is_not_asked_for_in_figures(ending, kind):
    assert bool(pattern("fix_words", "felt").search(ending)) is (kind == "felt-only")
    assert all("figure" not in row["why"] for row in lexicon("fixes")["felt-only"])


def test_how_it_ended_is_asked_only_where_no_end_is_told():
    told = (SETTING, "A I wrote to every reader by hand.")
    open_end = drafted("asked.any", *told, "A I rang those who hadn't answered.", question="How was that?")
    assert open_end is not None
    assert drafted("asked.any", *told, "R They came back in the end.", question="How was that?") is None


@pytest.mark.parametrize(
    ("end", "asked"),
    [
        ("The drivers were delighted with the ramp.", True),
        ("The drivers weren't happy with the ramp.", False),
    ],
)
def test_displeasure_is_no_outcome_to_put_a_figure_to(end, asked):
    told = Material(story("S Nobody could unload.", "A I moved the ramp.", "A I painted it.", f"R {end}"))
    assert ("felt-only" in {draft.kind for draft in drafts_of(told)}) is asked
