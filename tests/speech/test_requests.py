"""What asks the interviewer for something, in whatever words, and answers that only sound like it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voicemock.speech.requests import SURE, SURE_AT_FIRST, Request, decided, heard_request, is_quoted

SAID = Path(__file__).parent / "said"
FOUND = 0.9  # of the wordings of a set
SETS = {"requests.txt": 100, "requests-second.txt": 50}


def lines(path: Path) -> list[str]:
    return [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]


def wordings(name: str = "requests.txt") -> list[tuple[Request, str]]:
    found, request = [], Request.DONE
    for line in lines(SAID / name):
        if line.startswith("["):
            request = Request[line.strip("[]").upper()]
        else:
            found.append((request, line))
    return found


@pytest.mark.parametrize(("name", "count"), SETS.items())
def test_nine_of_ten_fresh_wordings_are_understood(name: str, count: int) -> None:
    missed = [(request.name, said) for request, said in wordings(name) if heard_request(said) is not request]
    assert len(wordings(name)) == count
    assert len(missed) <= (1 - FOUND) * count, missed


def test_it_is_surer_where_something_was_said_before() -> None:
    """Right after the question what stands alone is asked; in an answer it may belong to the story."""
    unsure = {"repeat": 0.8, "think": 0.05, "answer": 0.15}
    assert SURE_AT_FIRST < 0.85 < SURE
    assert decided(unsure, SURE_AT_FIRST) == "repeat"
    assert decided(unsure, SURE) is None


def test_what_may_be_two_requests_is_none() -> None:
    assert decided({"skip": 0.45, "done": 0.5, "answer": 0.05}, SURE) == "done"
    assert decided({"skip": 0.35, "done": 0.35, "time": 0.28, "answer": 0.02}, SURE) is None


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
        # printed without stops, what came before may be over
        (
            "How much time do I have?",
            "crates in the cellar were broken every week and nobody cared",
            Request.TIME,
        ),
        (
            "How much time do I have?",
            "It was mine. crates in the cellar were broken every week",
            Request.TIME,
        ),
        ("How much time do I have?", "and on the last day my manager said", None),
        ("How much time do I have?", "and then we", None),
        ("How much time do I have?", "Crates in the cellar were broken and I thought", None),
    ],
)
def test_what_came_before_tells_a_request_from_a_quotation(
    said: str, before: str, request_: Request | None
) -> None:
    assert heard_request(said, before) is request_


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Would you mind saying that again?", False),
        ("Huh, say what?", False),
        ("What does the clock say?", False),
        ("I've told you all of it.", False),
        ("That is as far as the story goes", False),
        ("He goes, that's it", True),
        ("She just went can you repeat that", True),
        ("He told me I have told you everything", True),
    ],
)
def test_the_candidates_own_saying_is_no_quotation(said: str, quoted: bool) -> None:
    assert is_quoted(said, "") is quoted
