"""What a user keeps that is no answer: a plan, drafts of stories, what real interviews brought."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicemock.store.database import read_as_written
from voicemock.store.store import Store

LONGEST_NUMBER = 10  # digits; nobody keeps so many


@dataclass(frozen=True, slots=True)
class Note:
    """One note: `key` is unique among those of its `kind`; `written_at` is ISO 8601 in UTC; `body` is JSON."""

    kind: str
    key: str
    written_at: str
    body: Mapping[str, Any]


def notes(store: Store, kind: str) -> list[Note]:
    """Every note of that kind, the oldest first. Raises NotAsWritten where one is damaged."""
    query = "SELECT kind, key, written_at, body FROM notes WHERE kind = ? ORDER BY written_at, key"
    return [_note(row) for row in store.read(query, kind)]


def note(store: Store, kind: str, key: str) -> Note | None:
    """The note of that name, or None. Raises NotAsWritten where it is damaged."""
    rows = store.read("SELECT kind, key, written_at, body FROM notes WHERE kind = ? AND key = ?", kind, key)
    return _note(rows[0]) if rows else None


def write_note(store: Store, kind: str, key: str, body: Mapping[str, Any], written_at: str) -> None:
    """Keep a note, in the place of the one that had its name."""
    name = _name(kind, key)
    with store.changing("notes", name) as db:
        db.execute(
            "INSERT INTO notes (id, kind, key, written_at, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id)"
            " DO UPDATE SET written_at = excluded.written_at, body = excluded.body",
            (name, kind, key, written_at, json.dumps(body, allow_nan=False)),
        )
        store.begun("notes", name)  # all of it is new: damage that was there before is gone


def add_note(store: Store, kind: str, letter: str, body: Mapping[str, Any], written_at: str) -> str:
    """Keep a note under the next name of the kind, such as a1, a2, …; that name."""
    with store.transaction():
        key = f"{letter}{max((number_of(each) for each in _keys(store, kind)), default=0) + 1}"
        write_note(store, kind, key, body, written_at)
    return key


def change_note(store: Store, kind: str, key: str, body: Mapping[str, Any]) -> bool:
    """Another body for the note of that name, which keeps the time at which it was written; whether there is one."""
    with store.transaction():
        found = note(store, kind, key)
        if found is not None:
            write_note(store, kind, key, body, found.written_at)
    return found is not None


def number_of(key: str) -> int:
    """The number in a name such as a12; 0 where there is none."""
    digits = key[1:]
    return int(digits) if digits.isdecimal() and len(digits) < LONGEST_NUMBER else 0


def remove_note(store: Store, kind: str, key: str) -> bool:
    """Remove a note and overwrite what it held; whether there was one."""
    with store.transaction() as db:
        db.execute("PRAGMA secure_delete = ON")
        removed = db.execute("DELETE FROM notes WHERE kind = ? AND key = ?", (kind, key)).rowcount
    if removed:
        store.overwrite(_name(kind, key))
    return bool(removed)


def _keys(store: Store, kind: str) -> list[str]:
    return [row["key"] for row in store.read("SELECT key FROM notes WHERE kind = ?", kind)]


def _name(kind: str, key: str) -> str:
    return f"{kind}/{key}"


def _note(row: sqlite3.Row) -> Note:
    with read_as_written(f"{row['kind']}/{row['key']}"):
        body = json.loads(row["body"])
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return Note(row["kind"], row["key"], row["written_at"], body)
