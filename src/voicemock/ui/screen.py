"""The seam between an interview and what a person sees of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from voicemock.interview.desk import Audience, Desk, Meter
from voicemock.interview.events import Event, Listener
from voicemock.packs.questions import Question
from voicemock.speech.requests import Request
from voicemock.ui.reminder import Reminder


class Screen(Protocol):
    """Every method may be called from the thread of the session and at any rate, also after `close`."""

    def start(self) -> None: ...

    def question(self, question: Question, number: int, count: int) -> None:
        """Question `number` of `count`, from 1, is about to be asked."""

    def on_event(self, event: Event) -> None: ...

    def on_meter(self, meter: Meter) -> None: ...

    def keys(self) -> Sequence[Request]:
        """What was pressed since this was last asked. Raises KeyboardInterrupt if it was to leave at once."""

    def typed(self) -> str:
        """The characters that were typed since this was last asked, for a mark; Enter is a line's end."""

    def progress(self, what: str, done: int, total: int) -> None:
        """`what` ("Downloading tiny.en") has come to `done` of `total`, which is 0 where nobody knows."""

    def note(self, text: str) -> None: ...

    def stopping(self) -> bool:
        """Whether the candidate asked to end the session after what was said so far."""

    def aside(self, show: Callable[[], None]) -> None:
        """Put the screen away, let `show` print and wait for the candidate, and come back."""

    def close(self) -> None: ...


def attached(
    screen: Screen, desk: Desk, questions: Sequence[Question], prepared: Sequence[Sequence[str]] = ()
) -> Desk:
    """The desk with `screen` in front of it, which shows what happens while these questions are asked, and in a loop
    what the candidate has prepared to ask each interviewer.
    """
    reminders = (Reminder(screen.on_event, prepared),) if prepared else ()
    audience = Audience(
        listeners=(*desk.audience.listeners, announcer(screen, questions), screen.on_event, *reminders),
        watch=screen.on_meter,
        pressed=screen.keys,
        stopping=screen.stopping,
        typed=screen.typed,
    )
    return replace(desk, audience=audience)


def announcer(screen: Screen, questions: Sequence[Question]) -> Listener:
    """A listener that gives the screen the whole question, exhibit and all, when it is about to be asked.

    The event names it by its id only; a question asked twice in one session counts on.
    """
    coming = list(enumerate(questions, start=1))

    def announce(event: Event) -> None:
        if event.type != "question_started":
            return
        for place, (number, question) in enumerate(coming):
            if question.id == event.fields["question_id"]:
                del coming[: place + 1]
                screen.question(question, number, len(questions))
                return

    return announce
