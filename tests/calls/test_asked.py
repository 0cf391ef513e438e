"""An interviewer's own words find their round, and a principle only where it is plain."""

from __future__ import annotations

import pytest

from voicemock.calls.asked import QuestionMatcher
from voicemock.packs.questions import load_questions
from voicemock.scoring.models.encoder import default_encoder


@pytest.fixture(scope="module")
def matcher() -> QuestionMatcher:
    return QuestionMatcher(load_questions(), default_encoder())


@pytest.mark.parametrize(
    ("question", "round"),
    [
        ("Tell me about a time you had to say no to a customer.", "behavioral"),
        ("Give me an example of a decision you regret.", "behavioral"),
        ("Can you describe a situation where you disagreed with your lead?", "behavioral"),
        ("What was your biggest mistake?", "behavioral"),
        ("How would you improve online grocery shopping for students?", "product-sense"),
        ("Design a calendar for shift workers.", "product-sense"),
        ("Which metrics would you use for a podcast app?", "analytical"),
        ("Estimate how many elevators there are in Chicago.", "analytical"),
        ("Signups fell 12 percent since Tuesday. What now?", "analytical"),
        ("Design a system that sends a million notifications an hour.", "system-design"),
    ],
)
def test_the_round_is_told_by_how_a_question_is_put(
    matcher: QuestionMatcher, question: str, round: str
) -> None:
    assert matcher.match(question).round == round


def test_a_question_of_the_packs_is_known_again(matcher: QuestionMatcher) -> None:
    question = next(one for one in load_questions() if one.round == "behavioral")
    found = matcher.match(question.text)
    assert (found.question_id, found.round) == (question.id, question.round)


def test_only_behavioral_questions_have_a_principle(matcher: QuestionMatcher) -> None:
    assert matcher.match("Design a system that routes ambulances.").principle is None
