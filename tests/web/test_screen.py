"""What happens at the desk reaches the page in the words that the terminal shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from voicemock.interview.events import Event
from voicemock.web.room import Room
from voicemock.web.screen import SHOWN, PageScreen, shown
from voicemock.web.site import HERE
from voicemock.web.wire import PageWire

NOT_IN_WORDS = {"answer_started", "cap"}  # told by the floor and by what the interviewer says


def told(type: str, **fields: Any) -> dict[str, Any]:
    return shown(Event(type, 12.0, 0.0, fields))


@pytest.mark.parametrize(
    ("type", "fields", "text"),
    [
        ("request", {"request": "think", "by": "key"}, "Understood: let me think"),
        ("request", {"request": "done", "by": "voice"}, "Understood: that's my answer, after 2 s of silence"),
        ("request", {"request": None, "by": "voice"}, "Taken back: go on"),
        (
            "closing",
            {"take_back_s": 5.0},
            "Keep talking or press a key within 5 s to go on; d ends the answer now",
        ),
        ("warning", {"remaining_s": 60.2}, "1:00 left"),
        ("self_rating", {"rating": 2.5, "by": "voice"}, "Your own mark: 2.5 of 4"),
        ("self_rating", {"rating": None, "by": None}, "No mark of your own"),
    ],
)
def test_what_was_understood_is_said_as_in_the_terminal(type: str, fields: dict[str, Any], text: str) -> None:
    assert type in SHOWN
    assert told(type, **fields)["text"] == text


def test_a_follow_up_question_is_shown() -> None:
    assert "follow_up" in SHOWN
    assert (
        told("follow_up", question="How do you know?", kind="attribution")["question"] == "How do you know?"
    )


def test_the_page_has_a_line_for_whatever_it_is_told() -> None:
    stage = (HERE / "assets" / "stage.js").read_text(encoding="utf-8")
    cases = set(re.findall(r'case "([a-z_]+)":', stage))
    assert cases == SHOWN - NOT_IN_WORDS


def test_a_page_sends_its_mark() -> None:
    class Page:
        def put(self, message: str | bytes) -> None: ...

    page, room = Page(), Room(lambda _room, _wanted: None)
    room.enter(page, take_over=False)
    room.do(page, "rate", {"mark": "2.5"})
    room.do(page, "rate", {"mark": "9" * 9})
    assert room.screen.typed() == "2.5\n999\n"


def test_a_mark_counts_from_the_end_of_the_answer_on() -> None:
    screen = PageScreen(PageWire())
    screen.rate("1")
    screen.on_event(Event("answer_ended", 9.0, 0.0, {"reason": "key", "floor_time_s": 9.0}))
    screen.rate("3")
    assert screen.typed() == "3\n"


def test_a_mark_that_is_chosen_is_a_line_that_is_typed() -> None:
    screen = PageScreen(PageWire())
    screen.rate("2.5")
    screen.rate("")
    assert (screen.typed(), screen.typed()) == ("2.5\n\n", "")
