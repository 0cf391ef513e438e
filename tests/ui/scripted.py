"""An interview as a script: what a session would tell its screen."""

from __future__ import annotations

from voicemock.audio.source import Trouble
from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question, load_questions
from voicemock.ui.screen import Screen

QUESTIONS = {question.id: question for question in load_questions()}
OWNERSHIP = Question(
    "own-99", "behavioral", "Tell me about a time you took on something nobody owned.", principle="ownership"
)
LONG = "We found that [two] in three people left the page before it had loaded, so I timed every step of it."


def event(type: str, t: float = 0.0, **fields: object) -> Event:
    return Event(type, t, t, fields)


def meter(
    floor_time_s: float = 61.0,
    cap_s: float = 180.0,
    level: float = 0.25,
    speaking: bool = True,
    interviewer_speaks: bool = False,
    countdown_s: float | None = None,
    lag_s: float = 0.2,
    trouble: Trouble | None = None,
    thinking_s: float | None = None,
) -> Meter:
    return Meter(
        floor_time_s, cap_s, level, speaking, interviewer_speaks, countdown_s, lag_s, trouble,
        (cap_s - 60.0, cap_s - 30.0), thinking_s,
    )  # fmt: skip


def play(screen: Screen) -> None:
    """One answer with everything that can happen in it."""
    screen.progress("Loading tiny.en", 0, 0)
    screen.question(OWNERSHIP, 1, 2)
    screen.on_event(event("question_started", question_id=OWNERSHIP.id, text=OWNERSHIP.text))
    screen.on_event(event("answer_started", answer="20260101-120000/1"))
    screen.on_event(event("utterance", 9.4, start=1.2, end=8.9, text=LONG, words=[], latency_s=0.4))
    cut_in = "You keep saying we. What did you do yourself?"
    screen.on_event(event("interrupt", 12.1, kind="your-part", question=cut_in, after="we", latency_s=0.7))
    screen.on_event(
        event("utterance", 16.0, start=12.4, end=15.2, text="I timed it.", words=[], latency_s=0.3)
    )
    screen.on_event(event("warning", 120.02, remaining_s=59.98))
    for countdown in (None, 1.5, 1.0, 0.5):
        screen.on_meter(meter(131.0, countdown_s=countdown, speaking=False))
    screen.on_event(event("answer_ended", 132.0, reason="silence", floor_time_s=132.0))
    screen.on_event(event("score", 132.0, overall=3.4, verdict="below the bar"))
