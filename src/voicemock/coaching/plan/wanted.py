"""What a user asks of a plan, read from what was typed (pure). Raises UsageProblem, with what to type instead."""

from __future__ import annotations

from datetime import date, datetime, time

from voicemock.coaching.plan.model import MOST_DAYS, WEEKDAYS
from voicemock.errors import UsageProblem

NONE = "none"  # no days of rest, no time of day


def read_day(text: str) -> date:
    """Any day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageProblem(f"“{text}” is no day", "write it as YYYY-MM-DD") from None


def read_date(text: str, today: date) -> date:
    """The day of the interview."""
    day = read_day(text)
    if day < today:
        raise UsageProblem(f"{day.isoformat()} is over", "give a day from today on")
    if (day - today).days > MOST_DAYS:
        raise UsageProblem(f"{day.isoformat()} is more than a year away", "plan when it is nearer")
    return day


def read_rest(text: str) -> tuple[int, ...]:
    """Weekdays, Monday is 0."""
    names = [name.strip().lower()[:3] for name in text.split(",") if name.strip()]
    if [name.strip().lower() for name in text.split(",")] == [NONE]:
        return ()
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown or not names:
        raise UsageProblem(f"“{text}” names no days", f"some of {', '.join(WEEKDAYS)}, or {NONE}")
    if len(set(names)) == len(WEEKDAYS):
        raise UsageProblem("that leaves no day to practise", "rest on six days at most")
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))


def read_time(text: str) -> time | None:
    """A time of day, or none."""
    if text.strip().lower() == NONE:
        return None
    try:
        return datetime.strptime(text.strip(), "%H:%M").time()
    except ValueError:
        raise UsageProblem(f"“{text}” is no time of day", "write it as HH:MM, such as 19:00") from None
