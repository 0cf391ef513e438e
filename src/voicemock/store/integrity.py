"""One digest for each session, answer, story and note: it tells what was changed by anything but voicemock.

The database knows nothing of it, so that other tools can read and write it; what they change is told as such.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a table that belong to a place. Text is read as bytes: damage may have left what is no text."""

    table: str
    where: str
    order: str
    text: str
    numbers: str = ""

    @property
    def query(self) -> str:
        columns = [f"CAST({name} AS BLOB)" for name in self.text.split()] + self.numbers.split()
        return f"SELECT {', '.join(columns)} FROM {self.table} WHERE {self.where} ORDER BY {self.order}"


# What can't be derived again, by the table whose row has the digest; the first part is that row.
PLACES: dict[str, tuple[Part, ...]] = {
    "sessions": (
        Part("sessions", "id = ?", "id", "id mode started_at ended_at settings"),
        Part("events", "session_id = ? AND answer_id IS NULL", "id", "type body", "t"),
    ),
    "answers": (
        Part(
            "answers", "id = ?", "id",
            "id session_id question_id question round principle audio started_at reason details audio_sha256",
            "number floor_time_s complete",
        ),
        Part("words", "answer_id = ?", "version, position", "version text", "position start end probability"),
        Part("events", "answer_id = ?", "id", "session_id type body", "t"),
        Part("scores", "answer_id = ?", "version", "version body", "overall"),
        Part("hints", "answer_id = ?", "text", "text"),
    ),
    "stories": (
        Part("stories", "id = ?", "id", "title", "id"),
        Part("answer_stories", "story_id = ?", "answer_id", "answer_id because", "confirmed"),
    ),
    "notes": (Part("notes", "id = ?", "id", "id kind key written_at body"),),
}  # fmt: skip


def digest_of(db: sqlite3.Connection, table: str, key: str | int) -> str | None:
    """The digest of what is stored of a place; None where it has no row."""
    digest = hashlib.sha256()
    for number, part in enumerate(PLACES[table]):
        rows = db.execute(part.query, (key,)).fetchall()
        if not number and not rows:
            return None
        digest.update(repr([tuple(row) for row in rows]).encode())
    return digest.hexdigest()


def is_sound(db: sqlite3.Connection, table: str, key: str | int) -> bool:
    """Whether a place is as voicemock wrote it; one that is not there yet is."""
    kept = db.execute(f"SELECT digest FROM {table} WHERE id = ?", (key,)).fetchall()
    return not kept or kept[0][0] == digest_of(db, table, key)


def seal(db: sqlite3.Connection, table: str, key: str | int) -> None:
    """Keep the digest of what is stored now."""
    db.execute(f"UPDATE {table} SET digest = ? WHERE id = ?", (digest_of(db, table, key), key))


def seal_all(db: sqlite3.Connection, tables: Iterable[str] = PLACES) -> None:
    """Keep the digests of everything in these tables, as it is found."""
    for table in tables:
        for (key,) in db.execute(f"SELECT id FROM {table}").fetchall():
            seal(db, table, key)


def damaged(db: sqlite3.Connection) -> Iterator[str]:
    """The session, answer, story or note that is not as voicemock wrote it: its name, as `verify` tells it."""
    for table in PLACES:
        for key, kept in db.execute(f"SELECT CAST(id AS BLOB), digest FROM {table}").fetchall():
            name = key.decode(errors="replace")
            if kept is None or kept != digest_of(db, table, int(name) if table == "stories" else name):
                yield f"story {name}" if table == "stories" else name
