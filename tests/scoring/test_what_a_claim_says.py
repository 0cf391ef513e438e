"""What a claim measures, of whom, whose doing it is, and whether it happened."""

import pytest

from voicemock.scoring.claims.metrics import find_metrics


def only(text):
    (metric,) = find_metrics([text])
    return metric


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Lost bags fell from 9% to 3%.", "Lost bags"),
        ("So we cut the loading time by 40%.", "the loading time"),
        ("We called 40 patients.", "patients"),
        ("It was a 30% drop in refunds.", "refunds"),
        ("29% of sockets came back within 90 days.", "sockets"),
        ("After that it fell from 9% to 3%.", None),
        ("And they were at 14%.", None),
    ],
)
def test_what_is_measured_is_a_noun_phrase_of_the_candidates_or_nothing(text, of):
    assert only(text).of == of


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("In the pilot group refunds fell by 12%.", "the pilot group"),
        ("Refunds fell by 12% in Utrecht.", "Utrecht"),
        ("Refunds fell by 12% in June.", None),
    ],
)
def test_the_part_of_the_whole_is_named(text, group):
    assert only(text).group == group


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("I cut it by 40%.", "I"),
        ("We cut it by 40%.", "we"),
        ("Our competitor grew by 40%.", "other"),
        ("Refunds fell by 40%.", "none"),
    ],
)
def test_whose_doing_it_is(text, actor):
    assert only(text).actor == actor


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Refunds fell by 40%.", "done"),
        ("Refunds did not fall by 40%.", "negated"),
        ("Refunds would fall by 40%.", "hypothetical"),
        ("We hoped that refunds would fall by 40%.", "planned"),
        ("Those who could not wait fell by 40%.", "done"),
        ("A study says that refunds fall by 40%.", "quoted"),
        ("I'd built it by May, and refunds fell by 40%.", "done"),
    ],
)
def test_whether_it_happened(text, mode):
    assert only(text).mode == mode
