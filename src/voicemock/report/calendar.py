"""A calendar file (iCalendar, RFC 5545): what other calendars take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from voicemock.coaching.plan.calendar import escaped, fold

MAKER = "-//voicemock//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a time where you are. `id` is the same each time that the file is made, so that an entry is moved
    and not doubled.
    """

    id: str
    start: datetime
    end: datetime
    title: str
    text: str = ""


def calendar_text(entries: Iterable[Entry], made_at: datetime) -> str:
    """The file; `made_at` has a time zone, the entries have none."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN"]
    for entry in entries:
        lines += _event(entry, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event(entry: Entry, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}@voicemock"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART:{entry.start:%Y%m%dT%H%M%S}"
    yield f"DTEND:{entry.end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{escaped(entry.text)}"
    yield "END:VEVENT"
