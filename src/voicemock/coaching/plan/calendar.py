"""A plan as a calendar file (pure): RFC 5545, one event a day, which keeps its name when the plan changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from voicemock.coaching.plan.model import INTERVIEW, LIGHT, Day, Plan
from voicemock.wording import counted

OCTETS = 75  # of a line; a longer one is folded
PRODUCT = "-//voicemock//plan//EN"


def as_calendar(plan: Plan, written_at: datetime) -> str:
    """The calendar. A day of rest has no event; with a time of day set, the others have it, where you are."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
             "X-WR-CALNAME:Interview practice"]  # fmt: skip
    for day in plan.days:
        if day.tasks or day.kind == INTERVIEW:
            lines += _event(plan, day, written_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Text as a value."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def fold(line: str) -> str:
    """The line in pieces of at most `OCTETS`, each but the first with a space before it; no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece])


def _event(plan: Plan, day: Day, written_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.on.isoformat()}@plan.voicemock"
    yield f"DTSTAMP:{written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield from _times(plan, day)
    yield f"SUMMARY:{escaped(_summary(day))}"
    if day.tasks:
        yield f"DESCRIPTION:{escaped(chr(10).join(_tasks(day)))}"
    yield "END:VEVENT"


def _times(plan: Plan, day: Day) -> Iterator[str]:
    at = plan.settings.at
    if at is None or not day.tasks:
        yield f"DTSTART;VALUE=DATE:{_day(day.on)}"
        yield f"DTEND;VALUE=DATE:{_day(day.on + timedelta(days=1))}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART:{_day(day.on)}T{at:%H%M%S}"
        yield f"DURATION:PT{day.minutes}M"


def _summary(day: Day) -> str:
    if day.kind == INTERVIEW:
        return "Interview"
    what = "A light day" if day.kind == LIGHT else "Interview practice"
    return f"{what}: {counted(len(day.tasks), 'task')}, {day.minutes} minutes"


def _tasks(day: Day) -> Iterator[str]:
    for task in day.tasks:
        yield f"{task.title} ({task.why}, {task.minutes} minutes)"
        yield task.command


def _day(on: date) -> str:
    return f"{on:%Y%m%d}"
