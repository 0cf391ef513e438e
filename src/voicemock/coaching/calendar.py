"""The one writer of calendar files (iCalendar, RFC 5545), which other calendars take in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

OCTETS = 75  # of a line; a longer one is folded
MAKER = "-//voicemock//EN"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a time where you are, or from one date to another, which is no time that is taken.

    `id` is the same each time that the file is made, so that an entry is moved and not doubled.
    """

    id: str
    start: date  # or a datetime without a zone
    end: date
    title: str
    text: str = ""


def calendar_text(entries: Iterable[Entry], made_at: datetime, name: str = "") -> str:
    """The file; `made_at` has a time zone, the entries have none."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{MAKER}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines.append(f"X-WR-CALNAME:{escaped(name)}")
    for entry in entries:
        lines += _event(entry, made_at)
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


def _event(entry: Entry, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART{_value(entry.start)}"
    yield f"DTEND{_value(entry.end)}"
    if not isinstance(entry.start, datetime):
        yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{escaped(entry.text)}"
    yield "END:VEVENT"


def _value(at: date) -> str:
    return f":{at:%Y%m%dT%H%M%S}" if isinstance(at, datetime) else f";VALUE=DATE:{at:%Y%m%d}"
