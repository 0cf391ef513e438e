"""The days that are kept, as notes: one a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from voicemock.interview.loop.day import Day, read_day
from voicemock.store.database import read_as_written
from voicemock.store.notebook import note, notes, remove_note, write_note
from voicemock.store.store import Store

KIND = "day"


def kept_day(store: Store, day: date) -> Day | None:
    """The day that was planned for that date. Raises NotAsWritten where it is damaged."""
    found = note(store, KIND, day.isoformat())
    if found is None:
        return None
    with read_as_written(f"{KIND}/{found.key}"):
        return read_day(found.key, found.body)


def kept_days(store: Store) -> list[Day]:
    """Every day that is kept, the earliest first. Raises NotAsWritten where one is damaged."""
    found = []
    for each in notes(store, KIND):
        with read_as_written(f"{KIND}/{each.key}"):
            found.append(read_day(each.key, each.body))
    return sorted(found, key=lambda day: day.date)


def keep_day(store: Store, day: Day) -> Day:
    """Keep it in the place of what was planned for its date."""
    write_note(
        store, KIND, day.date.isoformat(), day.as_body(), datetime.now(UTC).isoformat(timespec="seconds")
    )
    return day


def begun(store: Store, day: Day, session_id: str) -> Day:
    """It is held in that session from here on."""
    return keep_day(store, replace(day, session=session_id))


def remove_day(store: Store, day: date) -> bool:
    """Whether there was one; what was said in it stays."""
    return remove_note(store, KIND, day.isoformat())
