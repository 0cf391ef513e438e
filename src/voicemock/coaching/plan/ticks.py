"""What of a plan is done (pure): tasks are ticked by what is stored, never by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voicemock.coaching.plan.model import MOCK, STORY, WRITING, Answered, Day, History, Plan, Task


@dataclass(frozen=True, slots=True)
class Seen:
    """A day's tasks, each with whether it is done, and how many answers there were beside them."""

    day: Day
    done: tuple[bool, ...]
    beside: int

    @property
    def left(self) -> tuple[Task, ...]:
        return tuple(task for task, done in zip(self.day.tasks, self.done, strict=True) if not done)


@dataclass(frozen=True, slots=True)
class Against:
    """What the plan, as it was when it was made, had for the days before this one, and what was done in them."""

    tasks: int
    done: int
    minutes: int
    minutes_done: int
    days: tuple[tuple[Day, int], ...]  # each with how much was done


def ticked(day: Day, history: History) -> Seen:
    """The day's tasks against what is stored of that day. An answer ticks one task."""
    answers = [answer for answer in history.answers if answer.day == day.on]
    mocks = history.mocks.count(day.on)
    written = any(on == day.on for on, _ in history.writing)
    done = []
    for task in day.tasks:
        if task.kind == MOCK:
            done.append(mocks > 0)
        elif task.kind == WRITING:
            done.append(written)
        else:
            match = _answer_to(task, answers)
            done.append(match is not None)
            if match is not None:
                answers.remove(match)
    return Seen(day, tuple(done), sum(not answer.in_mock for answer in answers))


def against(made: Plan, history: History, today: date) -> Against:
    """`made` is the plan of the day it was made on."""
    days = [(day, _done_on(day.on, history)) for day in made.days if day.on < today]
    first = made.settings.made_on
    seconds = sum(seconds for on, seconds in history.seconds if first <= on < today)
    return Against(
        tasks=sum(len(day.tasks) for day, _ in days),
        done=sum(done for _, done in days),
        minutes=sum(day.minutes for day, _ in days),
        minutes_done=round(seconds / 60),
        days=tuple(days),
    )


def _done_on(on: date, history: History) -> int:
    """Everything done that day that a plan has tasks for; a mock's answers are that one mock."""
    answers = sum(answer.day == on and not answer.in_mock for answer in history.answers)
    return answers + history.mocks.count(on) + any(day == on for day, _ in history.writing)


def _answer_to(task: Task, answers: Sequence[Answered]) -> Answered | None:
    """The answer that does the task: to its question, or a story for its principle."""
    for answer in answers:
        if answer.question_id == task.question_id:
            return answer
    if task.kind == STORY:
        return next((answer for answer in answers if answer.principle == task.principle), None)
    return None
