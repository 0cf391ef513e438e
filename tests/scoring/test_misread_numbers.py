"""Numbers that were read as something else: a figure put right, a setting, a neighbour's unit, a fall that rises."""

import pytest

from voicemock.scoring.claims.contradictions import find_inconsistencies
from voicemock.scoring.claims.metrics import find_metrics


def metrics_of(*told):
    """The metrics of the last sentence, which is a result of a short story."""
    sentences = ["I keep the books of a ferry company.", "I redrew the form.", *told]
    letters = ["S", "A", *"R" * len(told)]
    return [m for m in find_metrics(sentences, letters) if m.sentence == len(sentences) - 1]


def contradictions_in(text):
    sentences = ["I keep the books of a ferry company.", text]
    return [(one.said, one.computed) for one in find_inconsistencies(sentences, find_metrics(sentences))]


@pytest.mark.parametrize(
    "text",
    [
        "It was 11 of those, not 30.",
        "There were 25 forms, not 70.",
        "They were 6 of us, not 16.",
        "It can't be above 18%, since it's 9% everywhere else.",
        "It was never over 20%, because they're 14% abroad.",
    ],
)
def test_a_figure_that_is_put_right_or_explained_is_no_change(text):
    assert all(metric.before is None for metric in metrics_of(text))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("A crossing is 25 minutes now, not 70.", 70, 25),
        ("A form takes 3 minutes, not 20.", 20, 3),
        ("We send out 4 letters a day, where it had been 30.", 30, 4),
    ],
)
def test_not_so_much_any_more_is_a_change(text, before, after):
    [metric] = metrics_of(text)
    assert (metric.before, metric.after) == (before, after)


@pytest.mark.parametrize(
    ("before_it", "text"),
    [
        ("We kept that up for 10 months.", "On the old boats complaints stayed at 9."),
        ("The office is open 7 hours a day.", "We lost 4, where it had been 7."),
        ("The first repair took six hours.", "so we ran it and open bills fell from 9 to 4"),
        ("A refund took 14 days.", "late forms are down to 12"),
        ("About 40% of the crew had left.", "I called 80 of them."),
    ],
)
def test_what_is_counted_takes_no_unit_from_the_sentence_before(before_it, text):
    assert [(m.kind, m.unit in ("d", "h", "mo")) for m in metrics_of(before_it, text)] == [("count", False)]


def test_what_was_measured_in_hours_still_is():
    [metric] = metrics_of("A refund took 40 hours.", "We got it to 6.")
    assert (metric.before, metric.after, metric.unit) == (40, 6, "h")


@pytest.mark.parametrize(
    "text",
    [
        "in two weeks open claims fell from 80 to 17",
        "By autumn all 5 had it.",
        "8 were lost, where it had been 19.",
    ],
)
def test_an_adjective_or_a_verb_is_nothing_that_is_counted(text):
    assert [metric.unit for metric in metrics_of(text)] == [None]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("By spring seven tenths of the berths were booked.", 70),
        ("So it's 7 tenths of the berths now.", 70),
        ("It was three tenths of a percent.", 0.3),
        ("It fell by three quarters of a percentage point.", 0.75),
    ],
)
def test_tenths_are_a_share_of_what_follows(text, value):
    [metric] = metrics_of(text)
    assert (metric.after, metric.kind) == (value, "rate")


@pytest.mark.parametrize(
    "text",
    [
        "We tried berths of 9, 12 and 15 metres.",
        "I offered 30 days, then 15, then 5.",
        "They could pick 30 days, 15 days or 5.",
        "The default went from 30 days to 15.",
        "The limit was 8 crates and we set it to 5.",
        "Everybody starts on 15 days.",
        "I changed the timeout from 60 seconds to 20.",
        "Once all 6 had it we started.",
    ],
)
def test_what_is_set_or_tried_out_is_no_result(text):
    assert not [metric.text for metric in metrics_of(text) if metric.role == "result"]


@pytest.mark.parametrize(
    ("text", "said", "really"),
    [
        ("Late boats fell from thirteen to thirty.", "fell", "a rise"),
        ("Over the summer no-shows dropped from 14 to 40 a week.", "dropped", "a rise"),
        ("Bookings rose from 60 to 16.", "rose", "a fall"),
        ("We cut the crossing time from 15 to 50 minutes.", "cut", "a rise"),
    ],
)
def test_a_fall_that_rises_is_asked_about(text, said, really):
    assert contradictions_in(text) == [(said, really)]


@pytest.mark.parametrize(
    "text",
    [
        "Late boats fell from 13 a day to 30 a month.",
        "A crossing dropped from 2 hours to 50 minutes.",
        "Fares fell from £1.40 to 90 pence.",
        "It rose from minus 4 to minus 12.",
        "We climbed from place 40 to place 12.",
        "Late boats went from 13 to 30.",
        "Late boats fell from 34 in 10,000 to 3.",
        "We cut fares from 30 to 12 and bookings rose from 12 to 30.",
    ],
)
def test_a_pair_that_goes_as_it_is_told_is_no_contradiction(text):
    assert contradictions_in(text) == []
