"""What the candidate asks at the end of an interview is counted and never scored."""

from __future__ import annotations

import pytest

from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer
from voicemock.scoring.rubric.own_questions import count_questions
from voicemock.transcript import sentences_from_text


@pytest.mark.parametrize(
    "sentence",
    [
        "What does a good first year look like?",
        "What does a good first year look like",
        "And how are decisions made when two teams disagree.",
        "Do you talk to customers yourself",
        "I'd like to know what keeps you here.",
        "I’d love to hear how the team plans.",
        "My second question is about the roadmap.",
        "The team is small, right, so who writes the tests?",
        "Tell me about the last thing that failed here.",
    ],
)
def test_a_sentence_that_asks_is_counted_with_and_without_its_question_mark(sentence: str) -> None:
    assert count_questions([sentence]) == 1


@pytest.mark.parametrize(
    "sentence",
    ["", "Right?", "Okay, thanks.", "What I liked was the team.", "How we did it was by hand.",
     "I have three questions.", "That is very interesting to hear.", "When I started there was nothing."],
)  # fmt: skip
def test_a_sentence_that_tells_is_not_counted(sentence: str) -> None:
    assert count_questions([sentence]) == 0


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (
            "How do you plan? Who decides in the end? What would you change first?",
            "3 asked, that is what to prepare",
        ),
        ("How do you decide what the team builds next?", "1 asked, prepare 3"),
        ("No, I think I know everything that I need to know by now.", "none asked, prepare 3"),
        ("", "none asked"),
    ],
)
def test_the_closing_of_an_interview_gets_a_count_and_no_number(said: str, reason: str) -> None:
    score = score_answer(Answer(sentences_from_text(said), CANDIDATE_QUESTIONS)).as_dict()
    assert score["overall"] is None
    assert set(score["dimensions"].values()) == {None}
    assert reason in score["not_scored"]
    assert " ".join(each["text"] for each in score["sentences"]) == said
