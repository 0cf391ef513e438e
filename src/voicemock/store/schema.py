"""The database's schema and its versions: a change is a new step.

What is derived (`summaries`, `answer_principles`, `transcripts` and its index) is kept in step by triggers,
so that no writer can forget it and no reader parses thousands of score objects.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

from voicemock.errors import StoreError
from voicemock.store.integrity import seal_all

APPLICATION_ID = 0x566F4D6B  # "VoMk": whose database it is stands in the file's header
OLD_SEALS = ("sessions", "answers", "words", "events", "scores", "hints", "stories", "answer_stories")
FIRST_SEALED = ("sessions", "answers", "stories")
SUMMED_UP = """
    CREATE TRIGGER score_is_summed_up AFTER INSERT ON scores
    WHEN new.version = 'corrected'
        OR NOT EXISTS (SELECT 1 FROM scores WHERE answer_id = new.answer_id AND version = 'corrected')
    BEGIN
        DELETE FROM summaries WHERE answer_id = new.answer_id;
        INSERT INTO summaries SELECT
            new.answer_id, new.overall, new.body ->> '$.dimensions.structure',
            new.body ->> '$.dimensions.metrics', new.body ->> '$.dimensions.principle',
            new.body ->> '$.dimensions.customer', new.body ->> '$.dimensions.ownership',
            new.body ->> '$.dimensions.delivery', new.body ->> '$.words', new.body ->> '$.pace_wpm',
            new.body ->> '$.fillers_per_min', new.body ->> '$.longest_pause_s', new.body ->> '$.floor_time_s';
        DELETE FROM answer_principles WHERE answer_id = new.answer_id;
        INSERT INTO answer_principles SELECT
            new.answer_id, value ->> '$.slug', value ->> '$.named', value ->> '$.demonstrated'
            FROM json_each(new.body, '$.principles');
        DELETE FROM transcripts WHERE answer_id = new.answer_id;
        INSERT INTO transcripts (answer_id, text)
            SELECT new.answer_id, group_concat(text, ' ') FROM (
                SELECT text FROM words WHERE answer_id = new.answer_id AND version = new.version
                ORDER BY position
            ) HAVING count(*) > 0;
    END;
"""


def one_digest_each(db: sqlite3.Connection) -> None:
    """Sessions, answers and stories get a digest each; the digests of single rows, which needed a function of ours in
    every trigger, go. The summary of an answer has the time that it was spoken for.
    """
    for table in OLD_SEALS:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        if "digest" in columns:
            db.execute(f"DROP TRIGGER new_{table}_are_sealed")
            db.execute(f"DROP TRIGGER changed_{table}_are_sealed")
            db.execute(f"ALTER TABLE {table} DROP COLUMN digest")
    for table in FIRST_SEALED:
        db.execute(f"ALTER TABLE {table} ADD COLUMN digest TEXT")
    seal_all(db, FIRST_SEALED)
    db.execute("ALTER TABLE summaries ADD COLUMN floor_time_s REAL")
    db.execute(
        "UPDATE summaries SET floor_time_s = (SELECT body ->> '$.floor_time_s' FROM scores s"
        " WHERE s.answer_id = summaries.answer_id ORDER BY version = 'recognised' LIMIT 1)"
    )
    db.execute("DROP TRIGGER score_is_summed_up")
    db.execute(SUMMED_UP)


STEPS: tuple[str | Callable[[sqlite3.Connection], None], ...] = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY, mode TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT,
        settings TEXT NOT NULL
    ) STRICT;
    CREATE TABLE answers (
        id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
        number INTEGER NOT NULL, question_id TEXT NOT NULL, question TEXT NOT NULL, round TEXT NOT NULL,
        principle TEXT, audio TEXT NOT NULL, started_at TEXT NOT NULL, floor_time_s REAL NOT NULL,
        reason TEXT, complete INTEGER NOT NULL, details TEXT NOT NULL
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
    CREATE INDEX events_of_type ON events(type, answer_id);
    CREATE TABLE scores (
        answer_id TEXT NOT NULL REFERENCES answers(id) ON DELETE CASCADE, version TEXT NOT NULL, overall REAL,
        body TEXT NOT NULL, PRIMARY KEY (answer_id, version)
    ) STRICT, WITHOUT ROWID;

    -- the numbers of the score that counts: of the corrected words if there are any
    CREATE TABLE summaries (
        answer_id TEXT PRIMARY KEY REFERENCES answers(id) ON DELETE CASCADE, overall REAL, structure REAL,
        metrics REAL, principle REAL, customer REAL, ownership REAL, delivery REAL, words INTEGER,
        pace_wpm REAL, fillers_per_min REAL, longest_pause_s REAL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE answer_principles (
        answer_id TEXT NOT NULL REFERENCES answers(id) ON DELETE CASCADE, slug TEXT NOT NULL,
        named INTEGER NOT NULL, demonstrated INTEGER NOT NULL, PRIMARY KEY (answer_id, slug)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE transcripts (
        id INTEGER PRIMARY KEY, answer_id TEXT NOT NULL UNIQUE REFERENCES answers(id) ON DELETE CASCADE,
        text TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE transcript_index USING fts5(
        text, content = 'transcripts', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
    );

    CREATE TRIGGER score_is_summed_up AFTER INSERT ON scores
    WHEN new.version = 'corrected'
        OR NOT EXISTS (SELECT 1 FROM scores WHERE answer_id = new.answer_id AND version = 'corrected')
    BEGIN
        DELETE FROM summaries WHERE answer_id = new.answer_id;
        INSERT INTO summaries SELECT
            new.answer_id, new.overall, new.body ->> '$.dimensions.structure',
            new.body ->> '$.dimensions.metrics', new.body ->> '$.dimensions.principle',
            new.body ->> '$.dimensions.customer', new.body ->> '$.dimensions.ownership',
            new.body ->> '$.dimensions.delivery', new.body ->> '$.words', new.body ->> '$.pace_wpm',
            new.body ->> '$.fillers_per_min', new.body ->> '$.longest_pause_s';
        DELETE FROM answer_principles WHERE answer_id = new.answer_id;
        INSERT INTO answer_principles SELECT
            new.answer_id, value ->> '$.slug', value ->> '$.named', value ->> '$.demonstrated'
            FROM json_each(new.body, '$.principles');
        DELETE FROM transcripts WHERE answer_id = new.answer_id;
        INSERT INTO transcripts (answer_id, text)
            SELECT new.answer_id, group_concat(text, ' ') FROM (
                SELECT text FROM words WHERE answer_id = new.answer_id AND version = new.version
                ORDER BY position
            ) HAVING count(*) > 0;
    END;
    CREATE TRIGGER transcript_is_indexed AFTER INSERT ON transcripts BEGIN
        INSERT INTO transcript_index (rowid, text) VALUES (new.id, new.text);
    END;
    CREATE TRIGGER transcript_is_forgotten AFTER DELETE ON transcripts BEGIN
        INSERT INTO transcript_index (transcript_index, rowid, text) VALUES ('delete', old.id, old.text);
    END;
    -- the index marks words as deleted and keeps them; only merging it removes them from the disk
    CREATE TRIGGER index_is_purged AFTER DELETE ON sessions BEGIN
        INSERT INTO transcript_index (transcript_index) VALUES ('optimize');
    END;

    -- what the user told: names to listen for, and which answers tell the same story
    CREATE TABLE hints (
        text TEXT NOT NULL, answer_id TEXT NOT NULL REFERENCES answers(id) ON DELETE CASCADE,
        PRIMARY KEY (text, answer_id)
    ) STRICT;
    CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;
    CREATE TABLE answer_stories (
        answer_id TEXT PRIMARY KEY REFERENCES answers(id) ON DELETE CASCADE,
        story_id INTEGER NOT NULL REFERENCES stories(id) ON DELETE CASCADE, confirmed INTEGER NOT NULL,
        because TEXT NOT NULL
    ) STRICT;
    CREATE INDEX answers_of_story ON answer_stories(story_id);
    CREATE TRIGGER story_lost_an_answer AFTER DELETE ON answer_stories BEGIN
        DELETE FROM stories WHERE id = old.story_id
            AND NOT EXISTS (SELECT 1 FROM answer_stories WHERE story_id = old.story_id);
    END;
    CREATE TRIGGER answer_changed_story AFTER UPDATE OF story_id ON answer_stories BEGIN
        DELETE FROM stories WHERE id = old.story_id
            AND NOT EXISTS (SELECT 1 FROM answer_stories WHERE story_id = old.story_id);
    END;
    """,
    "ALTER TABLE answers ADD COLUMN audio_sha256 TEXT;",
    one_digest_each,
    """
    -- what a user keeps beside the answers: a plan, drafts of stories, what real interviews brought
    CREATE TABLE notes (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, written_at TEXT NOT NULL, body TEXT NOT NULL,
        digest TEXT, UNIQUE (kind, key)
    ) STRICT;
    """,
)


def migrate(db: sqlite3.Connection) -> None:
    """Bring `db` to the newest version; refuse one that a newer voicemock made.

    The version is read again inside the transaction: another process may be opening the same new folder.
    """
    if _version(db) == len(STEPS):
        return
    try:
        db.execute("BEGIN IMMEDIATE")
        version = _version(db)
        if version > len(STEPS):
            raise StoreError(
                f"these recordings were made by a newer voicemock (schema {version}; known: {len(STEPS)})",
                "update voicemock, or choose another folder with --recordings",
            )
        for step in STEPS[version:]:
            if callable(step):
                step(db)
            else:
                for statement in _statements(step):
                    db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(STEPS)}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("COMMIT")  # a full disk may show only here
    except BaseException:
        if db.in_transaction:  # a full disk has ended it already
            db.execute("ROLLBACK")
        raise


def schema_is_ours(db: sqlite3.Connection) -> bool:
    """Whether tables and triggers are those that the steps make."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        return _schema(db) == _schema(fresh)


def _schema(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """All but the search index's own tables, which differ from one SQLite to the next."""
    own = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT GLOB 'transcript_index_*' ORDER BY 1, 2"
    return [tuple(row) for row in db.execute(own)]


def _version(db: sqlite3.Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements: `executescript` would commit the transaction that protects them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
