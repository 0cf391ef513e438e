"""Results as people tell them aloud: without a before, among the deeds and the scenery."""

import pytest

from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.numbers.quantities import find_quantities

STORY = ["I work for a bakery.", "I built a stand where people could order for the next day."]


def roles_of(text, letter="A", told=STORY):
    """The roles of the numbers of a sentence that follows the candidate's own deed."""
    sentences = [*told, text]
    letters = [*"SA", letter][-len(sentences) :]
    return [m.role for m in find_metrics(sentences, letters) if m.sentence == len(sentences) - 1]


@pytest.mark.parametrize(
    "text",
    [
        "So two hundred and some people signed up that week.",
        "We had sixty families on the list by Sunday.",
        "And 45 of the other bakers bought one.",
        "It's pulling in thousands in bookings.",
        "They sold nine hundred loaves.",
        "And inside four months we'd become the third-largest in town.",
        "The bread was sold out in forty minutes.",
    ],
)
def test_what_came_of_a_deed_is_a_result_whatever_part_the_sentence_is_taken_for(text):
    assert roles_of(text) == ["result"]


def test_takers_before_any_deed_are_no_result():
    assert roles_of("45 of the other bakers bought one.", letter="S", told=["I work for a bakery."]) != [
        "result"
    ]


def test_whom_one_asked_took_up_nothing():
    assert roles_of("I interviewed 45 people who bought bread.") == ["context"]


@pytest.mark.parametrize(
    "text",
    [
        "And that was us behind the counter for nine years.",
        "It's about seven months now, and I still go there.",
        "After ten days of that we sat down.",
        "In six years there I never saw two of them agree.",
        "And all nine ovens ran.",
        "It went well, and all four of us knew why.",
    ],
)
def test_how_long_it_went_on_and_all_of_what_there_is_are_no_results(text):
    assert "result" not in roles_of(text, letter="R")


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("They brought in millions last year.", 1_000_000, "count"),
        ("It's in the thousands by now.", 1_000, "count"),
        ("Hundreds more came.", 100, "count"),
        ("A couple of dozen people wrote to me.", 24, "count"),
        ("From that came my first hundred orders.", 100, "count"),
        ("We got half as much again as I'd asked.", 1.5, "ratio"),
    ],
)
def test_sizes_in_words(text, value, kind):
    [found] = find_quantities(text)
    assert (found.value, found.kind) == (value, kind)


@pytest.mark.parametrize("text", ["We believe in millions.", "The million is hard.", "In hundreds of shops."])
def test_sizes_that_count_nothing(text):
    assert find_quantities(text) == ()


def test_a_start_from_nothing_takes_no_period_from_the_next_clause():
    text = "We built it from nothing, and inside 14 weeks we had become the largest in town."
    [metric] = [m for m in find_metrics([*STORY, text], ["S", "A", "R"]) if m.sentence == 2]
    assert (metric.after, metric.unit, metric.role) == (14, "wk", "result")
