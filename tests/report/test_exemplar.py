"""What good sounds like, marked up: everything shown is a finding of the scorer's, at the sentence that it rests on."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from voicemock.packs.examples import Example
from voicemock.packs.questions import find_question, load_questions
from voicemock.report.exemplar import Exemplar, Reason, exemplar, exemplar_json
from voicemock.report.exemplar_terminal import SIDE_BY_SIDE, plain_lines, render_exemplar

GOOD = (
    "Every morning 40 patients waited two hours for blood results that were lying in a tray. "
    "I was asked to halve that by spring. "
    "I sat in the waiting room for three days, and an old man told me he had missed his bus again. "
    "I decided to change the order of the tubes instead of buying a second machine, because the machine stood idle. "
    "I wrote the new order on a board and I checked it each night. "
    "Within six weeks the wait fell from 120 to 35 minutes, and we saved $90,000 a year. "
    "That was ownership for me, and I now ask who owns the tray."
)
FAIR = "We had long waits in the lab. So we looked at how it was done. After that it was much better for everyone."


@pytest.fixture(scope="module")
def found() -> Exemplar:
    return exemplar(find_question(load_questions(), "own-01"), Example("own-01", GOOD, FAIR))


def printed(found: Exemplar, width: int) -> str:
    out = io.StringIO()
    render_exemplar(Console(file=out, width=width), found)
    return out.getvalue()


def test_the_time_is_that_of_150_words_a_minute(found: Exemplar) -> None:
    assert found.good.spoken_s == pytest.approx(len(GOOD.split()) / 150 * 60)
    assert found.good.time_line == "0:43 at 150 words a minute"


def test_each_reason_stands_at_its_sentence(found: Exemplar) -> None:
    assert Reason("customer", "customer heard") in found.good.reasons[2]
    assert Reason("trade-off", "trade-off") in found.good.reasons[3]
    assert Reason("principle", "Ownership, named") in found.good.reasons[6]


def test_only_numbers_that_count_are_marked(found: Exemplar) -> None:
    marked = {sentence.number for sentence in found.good.sentences if sentence.marks}
    assert marked == {5}


def test_a_wide_terminal_has_them_side_by_side_and_a_narrow_one_below_each_other(found: Exemplar) -> None:
    wide = printed(found, SIDE_BY_SIDE)
    assert any(
        "What good sounds like" in line and "The same, told vaguely" in line for line in wide.splitlines()
    )
    narrow = printed(found, SIDE_BY_SIDE - 1)
    assert not any(
        "What good sounds like" in line and "The same, told" in line for line in narrow.splitlines()
    )
    assert max(map(len, wide.splitlines())) <= SIDE_BY_SIDE


def test_signs_are_explained_and_only_those_that_are_used(found: Exemplar) -> None:
    shown = printed(found, 140)
    for sign in ("[number]", "‹principle›", "‹trade-off›", "‹customer›", "~vague claim~"):
        assert sign in shown
    assert "‹part›" not in shown


def test_of_the_vague_one_it_is_told_what_is_missing(found: Exemplar) -> None:
    assert found.fair.score.fixes
    assert "What is missing" in printed(found, 140)
    assert any(line.startswith("  Missing: ") for line in plain_lines(found))


def test_in_plain_marks_are_words(found: Exemplar) -> None:
    lines = list(plain_lines(found))
    assert any("instead of buying" in line and line.endswith("(trade-off)") for line in lines)
    assert "[" not in "".join(lines)


def test_as_json_both_texts_have_their_scores_times_and_reasons(found: Exemplar) -> None:
    stored = json.loads(json.dumps(exemplar_json(found)))
    assert stored["question"] == "own-01"
    assert stored["good"]["text"] == GOOD
    assert stored["good"]["spoken_s"] == 43.6
    assert {"sentence": 3, "kind": "trade-off", "label": "trade-off"} in stored["good"]["reasons"]
    assert stored["fair"]["score"]["overall"] == found.fair.score.overall


def test_a_proposal_is_marked_by_its_parts() -> None:
    text = (
        "The goal is that households eat well and order again, which pays for the couriers. "
        "My north star is good meals a week, and I'd aim for 900,000 by June. "
        "As a guardrail courier pay must not fall below $17 an hour. "
        "The trade-off is speed against an honest promise, and I'd accept a minute more."
    )
    question = find_question(load_questions(), "an-01")
    found = exemplar(question, Example("an-01", text, text))
    labels = {reason.label for reasons in found.good.reasons.values() for reason in reasons}
    assert {"north star", "guardrail"} <= labels
    assert not any(sentence.star for sentence in found.good.sentences)
