"""The targets of rubric section 8, and how far a plan leads towards them (pure). What can't be reached is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import ceil

from voicemock.coaching.plan.model import (
    ASKED,
    MINUTES_RANGE,
    MOCK,
    MOCK_MINUTES,
    STORY,
    WORK,
    WRITING,
    Day,
    History,
    Reach,
    Settings,
)
from voicemock.rounds import HOURS, MOCKS, PRINCIPLES, QUESTIONS, STORIES
from voicemock.wording import counted, number

_QUESTIONS, _MOCKS, _HOURS = "questions practised", "full mocks", "hours"
_PRINCIPLES, _STORIES, _WRITING = "principles with a story", "stories", "writing sample"


def targets(history: History, morning: History, days: Sequence[Day]) -> tuple[Reach, ...]:
    """What is done, and what will be once these days are done after what was so that morning."""
    tasks = [task for day in days for task in day.tasks]
    asked = {task.question_id for task in tasks if task.kind in ASKED}
    minutes = sum(task.minutes for task in tasks)
    told = sum(task.kind == STORY for task in tasks)
    mocks = sum(task.kind == MOCK for task in tasks)
    writes = any(task.kind == WRITING for task in tasks)

    def questions(of: History) -> set[str]:
        return {answer.question_id for answer in of.answers}

    return tuple(
        Reach(name, wanted, done, max(done, ahead))
        for name, wanted, done, ahead in (
            (_QUESTIONS, QUESTIONS, len(questions(history)), len(questions(morning) | asked)),
            (_MOCKS, MOCKS, len(history.mocks), len(morning.mocks) + mocks),
            (_HOURS, HOURS, round(history.hours, 1), round(morning.hours + minutes / 60, 1)),
            (_PRINCIPLES, len(PRINCIPLES), len(PRINCIPLES) - len(history.missing),
             len(PRINCIPLES) - len(morning.missing) + told),
            (_STORIES, STORIES[0], len(history.stories), len(morning.stories) + told),
            (_WRITING, 1, int(history.written), int(morning.written or writes)),
        )
    )  # fmt: skip


def shortfalls(settings: Settings, days: Sequence[Day], reach: Sequence[Reach]) -> tuple[str, ...]:
    """What can't be reached by the day, in sentences."""
    return tuple(_short(settings, days, [target for target in reach if not target.reached]))


def _short(settings: Settings, days: Sequence[Day], missed: Sequence[Reach]) -> Iterator[str]:
    work = sum(day.kind == WORK for day in days)
    if not missed or not days:
        return
    room = ", ".join(f"{number(t.by_the_day)} of {number(t.wanted)} {t.name}" for t in missed)
    yield f"{counted(work, 'day')} of {settings.minutes} minutes lead to {room}; what matters most comes first."
    hours = next((target for target in missed if target.name == _HOURS), None)
    if hours is not None and work:
        a_day = ceil((hours.wanted - hours.done) * 60 / work / 5) * 5
        if a_day <= MINUTES_RANGE[1]:
            yield f"{hours.wanted:g} hours would take {a_day} minutes a day."
        else:
            enough = ceil((hours.wanted - hours.done) * 60 / settings.minutes)
            day = days[0].on + timedelta(days=enough)
            yield f"{hours.wanted:g} hours at this pace take until {day.isoformat()} or longer."
    takes = MOCK_MINUTES[settings.level]
    if takes > settings.minutes and any(target.name == _MOCKS for target in missed):
        yield f"A full mock takes {takes} minutes, longer than any of your days; one that you do besides counts too."
