"""Principles that are said by name, inflected or misheard; common words name none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.findings.names import named_principles


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("For me that's customer obsession.", "customer-obsession"),
        ("I was customer obsessed throughout.", "customer-obsession"),
        ("That's a customers obsession story.", "customer-obsession"),
        ("I'd say that's ownership.", "ownership"),
        ("It was invent and simplify, mostly deleting.", "invent-and-simplify"),
        ("Leaders are right, a lot.", "are-right-a-lot"),
        ("That is learn and be curious.", "learn-and-be-curious"),
        ("Hiring and developing the best takes time.", "hire-and-develop-the-best"),
        ("I insisted on the highest standards.", "insist-on-the-highest-standards"),
        ("You have to think big.", "think-big"),
        ("I had bias for action.", "bias-for-action"),
        ("Frugality for me is this.", "frugality"),
        ("That's how you earn trust.", "earn-trust"),
        ("I dove deep into the logs.", "dive-deep"),
        ("So I disagreed and then committed.", "have-backbone-disagree-and-commit"),
        ("I have backbone.", "have-backbone-disagree-and-commit"),
        ("That's delivering results.", "deliver-results"),
        ("We strive to be Earth's best employer.", "strive-to-be-earths-best-employer"),
        ("Success and scale bring broad responsibility.", "success-and-scale-bring-broad-responsibility"),
    ],
)
def test_a_principle_said_is_named(text, slug):
    assert list(named_principles([text])) == [slug]


@pytest.mark.parametrize(
    "text",
    [
        "I owned the launch.",
        "Ownership of the budget moved to finance.",
        "I was the product owner.",
        "I earned their trust over the winter.",
        "He disagreed with the plan.",
        "We delivered the results page on Monday.",
        "I went deeper into the data.",
        "I was responsible for the app.",
        "I'm curious by nature.",
        "I think big companies are slow.",
    ],
)
def test_a_common_word_is_no_name(text):
    assert named_principles([text]) == {}


def test_the_sentences_that_name_it_are_kept():
    assert named_principles(["Hello.", "That's frugality.", "Yes.", "Frugality again."]) == {
        "frugality": (1, 3)
    }


@given(st.text())
def test_any_text_is_read(text):
    assert all(sentences == (0,) for sentences in named_principles([text]).values())
