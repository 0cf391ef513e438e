"""Phrases that ask the interviewer for something, and answers that only sound like it."""

from __future__ import annotations

import pytest

from voicemock.speech.requests import Request, heard_request


@pytest.mark.parametrize(
    ("said", "request_"),
    [
        ("Can you repeat the question?", Request.REPEAT),
        ("Sorry, could you repeat that, please?", Request.REPEAT),
        ("What was the question?", Request.REPEAT),
        ("Let me think.", Request.THINK),
        ("Um, let me think about that for a second.", Request.THINK),
        ("Give me a moment.", Request.THINK),
        ("How much time do I have?", Request.TIME),
        ("How much time do I have left?", Request.TIME),
        ("That's my answer.", Request.DONE),
        ("So, that’s my answer. Thank you.", Request.DONE),
        ("I'm done.", Request.DONE),
        ("Skip this question, please.", Request.SKIP),
    ],
)
def test_a_phrase_alone_is_a_request(said: str, request_: Request) -> None:
    assert heard_request(said) is request_


@pytest.mark.parametrize(
    "said",
    [
        "",
        "That made me think about pricing.",
        "Let me think about how we got to 12 percent, because that took a while.",
        "I asked the customer to repeat the question in her own words.",
        "The team said how much time do I have left before the launch.",
        "That's my answer to people who say that quality is slow.",
        "We decided to skip this step.",
        "I'm done with shortcuts, I told them.",
    ],
)
def test_a_phrase_inside_an_answer_is_none(said: str) -> None:
    assert heard_request(said) is None
