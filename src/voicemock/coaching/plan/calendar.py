"""A plan as a calendar file (pure): one event a day, which keeps its name when the plan changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from voicemock.coaching.calendar import Entry, calendar_text
from voicemock.coaching.plan.model import INTERVIEW, LIGHT, Day, Plan
from voicemock.wording import counted

NAME = "Interview practice"


def as_calendar(plan: Plan, written_at: datetime) -> str:
    """The calendar. A day of rest has no event; with a time of day set, the others have it, where you are."""
    shown = (day for day in plan.days if day.tasks or day.kind == INTERVIEW)
    return calendar_text((_entry(plan, day) for day in shown), written_at, NAME)


def _entry(plan: Plan, day: Day) -> Entry:
    id, title, text = f"{day.on.isoformat()}@plan.voicemock", _title(day), "\n".join(_tasks(day))
    at = plan.settings.at
    if at is None or not day.tasks:
        return Entry(id, day.on, day.on + timedelta(days=1), title, text)
    begins = datetime.combine(day.on, at)
    return Entry(id, begins, begins + timedelta(minutes=day.minutes), title, text)


def _title(day: Day) -> str:
    if day.kind == INTERVIEW:
        return "Interview"
    what = "A light day" if day.kind == LIGHT else NAME
    return f"{what}: {counted(len(day.tasks), 'task')}, {day.minutes} minutes"


def _tasks(day: Day) -> Iterator[str]:
    for task in day.tasks:
        yield f"{task.title} ({task.why}, {task.minutes} minutes)"
        yield task.command
