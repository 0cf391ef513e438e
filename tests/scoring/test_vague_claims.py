"""Outcome words with no number in reach are quoted; those with a number, or that claim nothing, are not."""

import re
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.findings.vague import find_vague
from voicemock.scoring.findings.vague_patterns import without_idioms
from voicemock.scoring.models.context import COLUMNS, InContext
from voicemock.scoring.models.encoder import default_encoder


def quotes(text, star="R"):
    return [v.text for v in find_vague([text], find_metrics([text], [star]), [star]).told]


@pytest.mark.parametrize(
    "text",
    [
        "It was a huge improvement.",
        "Engagement went up a lot.",
        "It got much faster.",
        "The nurses were really happy with it.",
        "It was really well received.",
        "Adoption was great.",
        "People loved it.",
        "It moved the needle for the business.",
        "It was a game changer.",
        "Team morale was way better.",
        "Complaints dropped significantly.",
        "The CFO was, like, super happy.",
        "The launch went really well.",
        "We saved a lot of money.",
        "There was a lot of excitement around it.",
        "Ratings in the store improved quite a bit.",
    ],
)
def test_an_outcome_word_is_quoted(text):
    (quote,) = quotes(text)
    assert quote in text


def test_a_word_of_degree_may_be_said_over_and_over():
    assert quotes("It got so so so much smoother.") == ["It got so so so much smoother"]


@pytest.mark.parametrize(
    "text",
    [
        "Refunds fell by 40%.",
        "It got massively better, from 2.8 seconds to 400 milliseconds.",
        "The official map came out later.",
        "It wasn't a big improvement.",
        "I rang the baker.",
        "They went up to the loft.",
        "We went down there with two buckets.",
    ],
)
def test_a_number_in_reach_or_no_outcome_is_not(text):
    assert quotes(text) == []


def test_a_situation_has_no_outcome_yet():
    assert quotes("The old screen was a huge success.", star="S") == []


def test_two_claims_in_two_clauses_are_two():
    assert len(quotes("The drivers were a lot happier, and people loved it.")) == 2


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gives_verbatim_quotes(sentences):
    for one in find_vague(sentences, find_metrics(sentences), round_="product-sense").told:
        assert one.text and one.text in sentences[one.sentence]


@pytest.mark.parametrize(
    "text",
    [
        "How well did it go? It was stopped halfway.",
        "The report called that a success.",
        "The dashboard counted it as a big improvement.",
        "The old sheet marked every one of those as a good result.",
        "All it gave us was a much quicker way of losing parents.",
        "It had been quite good like that for so many years.",
        "The closed stations stayed shut for good.",
    ],
)
def test_what_is_asked_recorded_or_said_of_a_loss_claims_no_outcome(text):
    first = text.split("?")[0] + "?" if "?" in text else text
    assert quotes(first) == []


@pytest.mark.parametrize(
    "text",
    [
        "We called it a great success.",
        "The report came late, but it was a huge success.",
        "It was a much quicker way to book.",
    ],
)
def test_the_candidates_own_word_for_it_still_does(text):
    assert quotes(text)


def test_for_good_says_that_it_lasts():
    assert without_idioms("They left for good, a good hour ago.").split() == ["They", "left", ",", "ago."]


def test_no_pattern_repeats_a_group_without_a_bound() -> None:
    """Two such groups, one in the other, make the time for a sentence of one word said over and over explode."""
    text = (
        resources.files("voicemock.scoring.models")
        .joinpath("lexicons/vague.toml")
        .read_text(encoding="utf-8")
    )
    assert not re.findall(r".{20}\)[*+]", text)


@pytest.mark.parametrize(("score", "told"), [(6.0, 1), (-12.0, 0)])
def test_how_it_reads_in_the_whole_has_a_say_in_what_is_told_and_none_in_what_costs_points(score, told):
    text = "People loved it."
    whole = InContext((text,), (np.full((4, len(COLUMNS)), score),))
    found = find_vague([text], [], ["R"], "behavioral", default_encoder(), whole)
    assert (len(found.told), len(found.plain)) == (told, 1)
