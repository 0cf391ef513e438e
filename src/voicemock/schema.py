"""The database's schema and its versions. A step is never edited once released: a change is a new step."""

from __future__ import annotations

import sqlite3

from voicemock.errors import StoreError

STEPS = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY, mode TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, settings TEXT NOT NULL
    ) STRICT;
    CREATE TABLE answers (
        id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
        number INTEGER NOT NULL, question_id TEXT NOT NULL, question TEXT NOT NULL, round TEXT NOT NULL,
        principle TEXT, audio TEXT NOT NULL, started_at TEXT NOT NULL, floor_time_s REAL NOT NULL, reason TEXT,
        complete INTEGER NOT NULL, details TEXT NOT NULL
    ) STRICT;
    CREATE INDEX answers_of_session ON answers(session_id, number);
    CREATE TABLE words (
        answer_id TEXT NOT NULL REFERENCES answers(id) ON DELETE CASCADE, version TEXT NOT NULL,
        position INTEGER NOT NULL, text TEXT NOT NULL, start REAL NOT NULL, end REAL NOT NULL,
        probability REAL NOT NULL, PRIMARY KEY (answer_id, version, position)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE events (
        id INTEGER PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
        answer_id TEXT REFERENCES answers(id) ON DELETE CASCADE, type TEXT NOT NULL, t REAL NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_of_answer ON events(answer_id, id);
    CREATE TABLE scores (
        answer_id TEXT NOT NULL REFERENCES answers(id) ON DELETE CASCADE, version TEXT NOT NULL, overall REAL,
        body TEXT NOT NULL, PRIMARY KEY (answer_id, version)
    ) STRICT, WITHOUT ROWID;
    """,
)


def migrate(db: sqlite3.Connection) -> None:
    """Bring `db` to the newest version; refuse one that a newer voicemock made."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise StoreError(
            f"these recordings were made by a newer voicemock (schema {version}, this one knows {len(STEPS)})",
            "update voicemock, or choose another folder with --recordings",
        )
    for number, script in enumerate(STEPS[version:], start=version + 1):
        db.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
