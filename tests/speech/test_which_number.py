"""Numbers that sound alike, and what is said to "Nineteen or ninety?"."""

from __future__ import annotations

import pytest

from voicemock.speech.scripted import evenly
from voicemock.speech.which_number import (
    WhichNumber,
    is_hesitation,
    reply_to,
    sound_alike,
    twin,
    which_number,
)
from voicemock.transcript import Doubt


def asked(heard: str = "19", *readings: str) -> WhichNumber:
    found = which_number(Doubt(1.0, 2.0, heard, readings or ("90",)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [(13, 30), (14, 40), (15, 50), (16, 60), (17, 70), (18, 80), (19, 90), (119, 190), (13_000, 30_000),
     (19.5, 90.5), (115, 1500), (17_000_000, 70_000_000), (2_016, 2_060)],
)  # fmt: skip
def test_these_sound_alike_both_ways(one: float, other: float) -> None:
    assert sound_alike(one, other)
    assert sound_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [(19, 19), (12, 20), (6, 60), (19, 900), (1.5, 15), (205_000, 5_200), (13, 40), (0, 100)],
)
def test_these_do_not(one: float, other: float) -> None:
    assert not sound_alike(one, other)


def test_the_question_holds_the_smaller_number_first_and_in_words() -> None:
    assert asked("90", "9", "19").spoken == ("nineteen", "ninety")
    assert asked("$30,000", "$13,000").spoken == ("thirteen thousand", "thirty thousand")
    assert asked("115", "1,500").spoken == ("one hundred fifteen", "fifteen hundred")
    assert which_number(Doubt(1.0, 2.0, "19", ("29", "9"))) is None


@pytest.mark.parametrize(
    ("reply", "number"),
    [
        ("Nineteen.", "19"),
        ("Ninety percent.", "90"),
        ("90%.", "90"),
        ("Um, it was ninety, thanks.", "90"),
        ("One nine.", "19"),
        ("Nine zero.", "90"),
        ("1-9.", "19"),
        ("Ninety, not nineteen.", "90"),
        ("Not ninety, nineteen.", "19"),
        ("Nineteen, no, ninety.", "90"),
        ("The first.", "19"),
        ("The lower one.", "19"),
        ("It was the second number.", "90"),
        ("The higher of the two.", "90"),
    ],
)
def test_a_reply_names_the_number_or_points_at_it(reply: str, number: str) -> None:
    said = reply_to(asked(), evenly(reply, 0.0, 2.0))
    assert said is not None
    assert (said.number, said.words) == (number, len(reply.split()))


@pytest.mark.parametrize("reply", ["Yes.", "Neither.", "I don't remember exactly.", "Eighteen.", "18%."])
def test_a_reply_may_settle_nothing(reply: str) -> None:
    said = reply_to(asked(), evenly(reply, 0.0, 2.0))
    assert said is not None
    assert said.number is None


@pytest.mark.parametrize(
    "text",
    [
        "First, we asked the customers.",
        "And then we rolled it out everywhere.",
        "We had more customers in the second month.",
        "",
        "It is the number that our finance team had in its own report, ninety thousand in all.",
        "Revenue rose 12%.",
        "We hired 12.",
        "NPS hit 45.",
    ],
)
def test_the_answer_going_on_is_no_reply(text: str) -> None:
    assert reply_to(asked(), evenly(text, 0.0, 2.0)) is None


def test_the_reply_is_its_first_sentence() -> None:
    said = reply_to(asked(), evenly("Ninety. It then stayed there for 19 weeks.", 0.0, 4.0))
    assert said is not None
    assert (said.number, said.words) == ("90", 1)


def test_a_scale_or_a_part_is_enough() -> None:
    large = asked("19 million", "90 million")
    assert (reply_to(large, evenly("Ninety.", 0.0, 1.0))) is not None
    turned = asked("115", "1,500")
    for text, number in (("Fifteen hundred.", "1,500"), ("A hundred and fifteen.", "115")):
        said = reply_to(turned, evenly(text, 0.0, 1.0))
        assert said is not None
        assert said.number == number


def test_a_hesitation_is_waited_out() -> None:
    assert is_hesitation(evenly("Um, uh.", 0.0, 1.0))
    assert not is_hesitation(evenly("Um, ninety.", 0.0, 1.0))


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("19", "90"), ("$40", "$14"), ("13,000", "30,000"), ("119", "190"), ("1,190", "1,119"), ("15.5", "50.5"),
        ("nineteen", "ninety"), ("one hundred and fifteen", "one hundred and fifty"),
    ],
)  # fmt: skip
def test_the_twin_of_a_number_is_written_as_it_is(written: str, other: str) -> None:
    assert twin(written) == other


@pytest.mark.parametrize(
    "written", ["20", "100", "1.19", "0.19", "13,500", "ninety-five", "95", "200", "1,500,000"]
)
def test_most_numbers_have_none(written: str) -> None:
    assert twin(written) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("It's 90, it isn't 19.", "90"), ("Not the first.", None), ("No, not the lower one.", None)],
)
def test_what_is_denied_is_not_chosen(text: str, number: str | None) -> None:
    said = reply_to(asked("19", "90"), evenly(text, 0.0, 2.0))
    assert (said.number if said else None) == number


@pytest.mark.parametrize("text", ["Not the first.", "No, not the lower one."])
def test_a_denial_is_a_reply_and_no_part_of_the_answer(text: str) -> None:
    assert reply_to(asked("19", "90"), evenly(text, 0.0, 2.0)) is not None
