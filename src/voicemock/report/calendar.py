"""A calendar file (iCalendar, RFC 5545): what other calendars take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_BYTES = 75  # of a line; longer ones are folded
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
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}@voicemock"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART:{entry.start:%Y%m%dT%H%M%S}"
    yield f"DTEND:{entry.end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{_escaped(entry.text)}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most `LINE_BYTES`, none of them within a letter; those after the first begin with a space."""
    piece = ""
    for char in line:
        if len((piece + char).encode()) > LINE_BYTES:
            yield piece
            piece = " "
        piece += char
    yield piece
