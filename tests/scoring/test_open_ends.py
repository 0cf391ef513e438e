"""What a story leaves open in the candidate's own words is quoted, and one thing is asked of it."""

import pytest

from tests.scoring.annotations import story
from voicemock.scoring.feedback.fixes import drafts_of, worded
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.open_ends import should_have
from voicemock.scoring.models.lexicon import lexicon

FAILURE = "Tell me about a mistake you made."
SHELF = ("S The post room was far away.", "A I moved the shelf to the ramp.", "R It fell on a Monday.")


def drafted(kind, *lines, question=""):
    told = Material(story(*lines), question)
    found = next((draft for draft in drafts_of(told) if draft.kind == kind), None)
    return None if found is None else worded(found, told)


@pytest.mark.parametrize(
    "said",
    [
        "I should have asked the porters first",
        "we ought to have asked the porters first",
        "I'd ask the porters sooner",
    ],
)
def test_what_should_have_been_done_is_quoted_and_its_next_time_is_asked_for(said):
    fix = drafted("should-have", *SHELF, f"L And {said}, because they knew.")
    assert fix is not None and f"'{said}'" in fix.why and fix.line


@pytest.mark.parametrize(
    "lesson",
    [
        "L What I should have done is ask the porters.",
        "L The porters should have told me about it.",
        "L I should have asked the porters, and since then I ask them every time.",
    ],
)
def test_half_a_clause_what_others_owed_and_what_was_mended_since_are_not(lesson):
    assert drafted("should-have", *SHELF, lesson) is None


def test_the_last_of_what_should_have_been_done_counts():
    told = Material(story("S We should have met the porters.", *SHELF, "L I should have asked them twice."))
    assert should_have(told) == (4, "I should have asked them twice")


def test_a_failure_is_asked_what_was_done_differently_since():
    assert drafted("failure-since", *SHELF, question=FAILURE) is not None
    since = "L Since then I ask the porters before I move anything."
    assert drafted("failure-since", *SHELF, since, question=FAILURE) is None
    assert drafted("failure-since", *SHELF, question="Tell me about a time you led.") is None


def test_a_failure_that_is_nobodys_is_asked_for():
    lines = ("S The post room is a long way off.", "S Shelves are heavy.", "L Patience is all.")
    assert drafted("no-failure", *lines, question=FAILURE) is not None
    assert drafted("no-failure", *SHELF, question=FAILURE) is None


def test_a_question_to_oneself_at_the_end_is_to_be_answered():
    fix = drafted("own-question", *SHELF, "L So what do I do now when a shelf has to go?")
    assert fix is not None and "what do I do now" in fix.why
    assert drafted("own-question", *SHELF, "O Does that answer your question?") is None


def test_an_end_that_was_never_heard_of_is_to_be_found_out():
    fix = drafted("unheard", *SHELF, "R I never heard what became of the porters.")
    assert fix is not None and "'I never heard what became of the porters'" in fix.why


@pytest.mark.parametrize(
    ("end", "there"),
    [
        ("R Most of them got a new shelf.", True),
        ("R We lost some.", False),  # too short to be told from what was lost
        ("R We kept almost everyone in the yard.", True),
        ("R Most of them got a new shelf, 30 of 40.", False),
        ("R And we lost some time that winter.", False),
        ("R And we lost some porters that winter.", True),
        ("R And we got plenty of praise for it.", False),
    ],
)
def test_an_outcome_of_many_is_asked_of_how_many(end, there):
    assert (drafted("how-many", *SHELF[:2], end) is not None) is there


@pytest.mark.parametrize(
    ("question", "fails"),
    [
        ("When did you last come late to something?", False),
        ("Have you ever been late for a shift?", False),
        ("Tell me about a time you disappointed a colleague.", True),
    ],
)
def test_a_lateness_is_no_failure_and_a_disappointment_is_one(question, fails):
    assert Material(story(*SHELF), question).of_a_failure is fails


@pytest.mark.parametrize(
    ("lines", "there"),
    [
        (("S The kiosk was a flop.", "S The stall failed too.", "S The cart was one more flop."), True),
        (("S The kiosk was a flop.", "S It failed in May.", "S By June it was dead."), False),
    ],
)
def test_who_names_one_failure_after_another_is_asked_to_tell_one(lines, there):
    deed = "A I sold tea from it."
    assert (drafted("one-of-many", *lines, deed, question=FAILURE) is not None) is there
    assert (drafted("failure-since", *lines, deed, question=FAILURE) is None) is there


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ("A I misread the plan and the shelf fell apart.", True),
        ("A The post went to a porter from outside, and I stayed on.", False),
    ],
)
def test_a_repair_is_asked_for_only_where_something_broke(told, there):
    lines = ("S I wanted the post of head porter.", told, "A I moved the shelf.")
    fix = drafted("failure-cost", *lines, question="Tell me about a setback.")
    assert (fix is not None) is there


@pytest.mark.parametrize(
    ("first", "there"),
    [
        ("S As a porter I managed to get a broken lift going again.", False),
        ("S The post room was far away.", True),
    ],
)
def test_an_opening_sentence_is_not_asked_for_where_the_first_one_is_it(first, there):
    story = (first, *["S And the corridor was cold all the way down to the gate."] * 10, *SHELF[1:])
    assert (drafted("headline", *story) is not None) is there
    assert (drafted("headline-figure", *story) is None) is there


def test_a_target_is_asked_for_with_a_line_that_answers_it():
    for shape in lexicon("fixes")["untargeted"]:
        assert "stop" not in shape["why"] + shape["line"]
