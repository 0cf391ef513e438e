"""What asks the interviewer for something, in whatever words, and answers that only sound like it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voicemock.speech.requests import Request, heard_request, plain

SAID = Path(__file__).parent / "said"
TRAINING = Path(__file__).parents[2] / "training/requests"
FOUND = 0.9  # of a hundred wordings


def lines(path: Path) -> list[str]:
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def wordings() -> list[tuple[Request, str]]:
    found, request = [], Request.DONE
    for line in lines(SAID / "requests.txt"):
        if line.startswith("["):
            request = Request[line.strip("[]").upper()]
        else:
            found.append((request, line))
    return found


def test_nine_of_ten_fresh_wordings_are_understood() -> None:
    missed = [(request.name, said) for request, said in wordings() if heard_request(said) is not request]
    assert len(wordings()) == 100
    assert len(missed) <= (1 - FOUND) * 100, missed


def test_none_of_them_is_a_wording_of_the_training() -> None:
    trained = {plain(line) for line in lines(TRAINING / "requests.txt") if "{" not in line}
    assert [said for _, said in wordings() if plain(said) in trained] == []


@pytest.mark.parametrize("line", lines(SAID / "answers.txt"))
def test_what_belongs_to_an_answer_is_no_request(line: str) -> None:
    before, _, said = line.rpartition(" | ")
    assert heard_request(said, before) is None
    assert re.search(r"\w", said)


@pytest.mark.parametrize(
    ("said", "before", "request_"),
    [
        ("One second.", "", Request.THINK),
        ("Can you repeat the question?", "So we shipped it in May.", Request.REPEAT),
        ("That's my answer.", "It saved two million dollars a year.", Request.DONE),
        ("How much time do I have left?", "I had told them twice.", Request.TIME),
        ("Um, let me think about that for a second.", "", Request.THINK),
        ("Say that again, say that again,", "", Request.REPEAT),  # as the recogniser writes what is short
        ("How much time do I have left", "", Request.TIME),
    ],
)
def test_what_came_before_does_not_hide_a_request(said: str, before: str, request_: Request) -> None:
    assert heard_request(said, before) is request_
