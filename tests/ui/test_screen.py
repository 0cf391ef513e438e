from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.ui.scripted import OWNERSHIP, event
from voicemock.interview.desk import Audience, Desk
from voicemock.packs.questions import Question
from voicemock.ui.screen import announcer, attached

OTHER = Question("x-1", "product-sense", "Design a bench.", type="design")


class Asked:
    """A screen that remembers only what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Question, int, int]] = []

    def question(self, question: Question, number: int, count: int) -> None:
        self.asked.append((question, number, count))


def told(questions: list[Question], *ids: str) -> list[tuple[Question, int, int]]:
    screen: Any = Asked()
    announce = announcer(screen, questions)
    for id in ids:
        announce(event("question_started", question_id=id, text=""))
    return screen.asked


class TestAnnouncer:
    """The event names a question; the screen gets all of it, with its place in the session."""

    def test_each_question_comes_with_its_place(self) -> None:
        assert told([OWNERSHIP, OTHER], "own-99", "x-1") == [(OWNERSHIP, 1, 2), (OTHER, 2, 2)]

    def test_a_question_asked_twice_counts_on(self) -> None:
        assert told([OTHER, OTHER], "x-1", "x-1") == [(OTHER, 1, 2), (OTHER, 2, 2)]

    def test_an_unknown_question_and_other_events_are_nothing(self) -> None:
        assert told([OTHER], "nobody-knows") == []
        screen: Any = Asked()
        announcer(screen, [OTHER])(event("question_ended", question_id="x-1", text=""))
        assert screen.asked == []


def test_attached_a_screen_hears_after_those_who_were_there_before() -> None:
    screen: Any = SimpleNamespace(on_event=print, on_meter=len, keys=list, stopping=bool, typed=str)
    bare: Any = Desk(repr, None, None, None, audience=Audience((repr,)))  # type: ignore[arg-type]
    audience = attached(screen, bare, [OTHER]).audience
    assert (audience.listeners[0], audience.listeners[-1]) == (repr, print)
    assert (audience.watch, audience.pressed, audience.typed) == (len, list, str)
