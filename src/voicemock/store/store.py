"""What is kept of sessions: one SQLite database beside the recordings.

Write order: audio first, brought to the disk; then, in one transaction, the answer's row, what was heard and scored,
and the mark that says complete. A recording without a complete row is recoverable and never deleted.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, groupby
from string import ascii_lowercase
from typing import Any

from voicemock.errors import StoreError, UnknownSession
from voicemock.limits import BOUNDS, STORED_ANSWER_S
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.model import Score
from voicemock.store.database import BUSY_TIMEOUT_MS, DATABASE, WAL_RETRY_MS, Database, read_as_written
from voicemock.transcript import Word

RECOGNISED = "recognised"
CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One run of `practice`, `demo`, `loop` or `retry`; times are ISO 8601, UTC."""

    id: str
    mode: str
    started_at: str
    ended_at: str | None
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer; `id` is SESSION/NUMBER, `audio` is relative to the recordings folder.

    `audio_sha256` is the recorder's digest; None where an older voicemock recorded.
    """

    id: str
    session_id: str
    number: int
    question_id: str
    question: str
    round: str
    principle: str | None
    audio: str
    started_at: str
    floor_time_s: float
    reason: str | None
    complete: bool
    details: Mapping[str, Any]
    audio_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SessionOutline:
    """A session as the list shows it: the round and the overall (None: not scored) of each answer, in order.

    What the candidate asked the interviewers of a loop is left out.
    """

    id: str
    mode: str
    started_at: str
    rounds: tuple[str, ...]
    overalls: tuple[float | None, ...]


class Store(Database):
    """What is kept of sessions. Each method that writes is one transaction, or a part of the one around it."""

    # --- writing ------------------------------------------------------------------------------------------------

    def add_session(self, session_id: str, mode: str, started_at: str, settings: Mapping[str, Any]) -> bool:
        """Whether the name was free; one that is taken, by whichever process, is left as it is."""
        with self.changing("sessions", session_id) as db:
            added = db.execute(
                "INSERT INTO sessions (id, mode, started_at, settings) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO NOTHING",
                (session_id, mode, started_at, json.dumps(settings)),
            )
        return bool(added.rowcount)

    def begin_session(self, start: str, mode: str, started_at: str, settings: Mapping[str, Any]) -> str:
        """Add a session under the first name that is free, and return it.

        The name is the start: it sorts, and a person can type it. Whoever begins in the same second gets a letter; the
        row itself decides who was first, since others may begin in other processes.
        """
        return next(name for name in _names_from(start) if self.add_session(name, mode, started_at, settings))

    def end_session(self, session_id: str, ended_at: str) -> None:
        with self.changing("sessions", session_id) as db:
            db.execute("UPDATE sessions SET ended_at = ? WHERE id = ?", (ended_at, session_id))

    def reopen_session(self, session_id: str) -> None:
        """The session goes on: it has no end any more."""
        with self.changing("sessions", session_id) as db:
            db.execute("UPDATE sessions SET ended_at = NULL WHERE id = ?", (session_id,))

    def change_settings(self, session_id: str, changes: Mapping[str, Any]) -> None:
        """Put `changes` over the session's settings; the others stay."""
        with self.changing("sessions", session_id) as db:
            settings = {**self.session(session_id).settings, **changes}
            db.execute("UPDATE sessions SET settings = ? WHERE id = ?", (json.dumps(settings), session_id))

    def add_answer(self, answer: AnswerRow) -> None:
        with self.changing("answers", answer.id) as db:
            db.execute(
                "INSERT INTO answers (id, session_id, number, question_id, question, round, principle, audio,"
                " started_at, floor_time_s, reason, complete, details, audio_sha256)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?,0,?,?)",
                (
                    answer.id, answer.session_id, answer.number, answer.question_id, answer.question, answer.round,
                    answer.principle, answer.audio, answer.started_at, answer.floor_time_s, answer.reason,
                    json.dumps(answer.details), answer.audio_sha256,
                ),
            )  # fmt: skip

    def change_details(self, answer_id: str, changes: Mapping[str, Any]) -> None:
        """Put `changes` over the answer's details; the others stay."""
        with self.changing("answers", answer_id) as db:
            details = {**self.answer(answer_id).details, **changes}
            db.execute("UPDATE answers SET details = ? WHERE id = ?", (json.dumps(details), answer_id))

    def add_words(self, answer_id: str, words: Sequence[Word], version: str = RECOGNISED) -> None:
        with self.changing("answers", answer_id) as db:
            db.execute("DELETE FROM words WHERE answer_id = ? AND version = ?", (answer_id, version))
            db.executemany(
                "INSERT INTO words (answer_id, version, position, text, start, end, probability)"
                " VALUES (?,?,?,?,?,?,?)",
                [(answer_id, version, i, w.text, w.start, w.end, w.probability) for i, w in enumerate(words)],
            )

    def add_events(self, session_id: str, answer_id: str | None, events: Iterable[Mapping[str, Any]]) -> None:
        place = ("answers", answer_id) if answer_id else ("sessions", session_id)
        with self.changing(*place) as db:
            db.executemany(
                "INSERT INTO events (session_id, answer_id, type, t, body) VALUES (?,?,?,?,?)",
                [(session_id, answer_id, e["type"], e["t"], json.dumps(e)) for e in events],
            )

    def add_score(self, answer_id: str, score: Score, version: str = RECOGNISED) -> None:
        body = score.as_dict()
        with self.changing("answers", answer_id) as db:
            db.execute(
                "INSERT OR REPLACE INTO scores (answer_id, version, overall, body) VALUES (?,?,?,?)",
                (answer_id, version, body["overall"], json.dumps(body)),
            )

    def drop_version(self, answer_id: str, version: str) -> None:
        """Forget the words of that version and their score."""
        with self.changing("answers", answer_id) as db:
            for table in ("words", "scores"):
                db.execute(f"DELETE FROM {table} WHERE answer_id = ? AND version = ?", (answer_id, version))

    def mark_complete(self, answer_id: str) -> None:
        with self.changing("answers", answer_id) as db:
            db.execute("UPDATE answers SET complete = 1 WHERE id = ?", (answer_id,))

    def delete_session(self, session_id: str) -> None:
        """Remove every row of the session, overwriting the freed pages; the caller removes the audio.

        Raises StoreError where another process reads on: the rows are gone, and not yet overwritten.
        """
        self.session(session_id)
        told = self.read(
            "SELECT DISTINCT story_id FROM answer_stories WHERE answer_id IN"
            " (SELECT id FROM answers WHERE session_id = ?)",
            session_id,
        )
        with self.changing("stories", *(row["story_id"] for row in told)) as db:
            db.execute("PRAGMA secure_delete = ON")
            db.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
        self.overwrite(session_id)

    def overwrite(self, name: str) -> None:
        """Bring what was removed through the write-ahead log. SQLite waits for readers, and not for another process
        that does the same.
        """
        until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
        while self.read("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:  # busy
            if time.monotonic() > until:
                raise StoreError(
                    f"{name} is removed, but its words are still in {self.folder / DATABASE}-wal",
                    "close every other voicemock and it is overwritten",
                )
            time.sleep(WAL_RETRY_MS / 1000)

    # --- reading ------------------------------------------------------------------------------------------------

    def sessions(self) -> list[SessionRow]:
        """All sessions, oldest first."""
        return [_session(row) for row in self.read("SELECT * FROM sessions ORDER BY started_at, id")]

    def session(self, session_id: str) -> SessionRow:
        """The session of that id; `last` is the newest."""
        if session_id == "last":
            rows = self.read("SELECT * FROM sessions ORDER BY started_at DESC, id DESC LIMIT 1")
        else:
            rows = self.read("SELECT * FROM sessions WHERE id = ?", session_id)
        if not rows and session_id == "last":
            raise UnknownSession("there is no session yet", "`voicemock practice` makes the first")
        if not rows:
            raise UnknownSession(f"no session is called {session_id!r}", "`voicemock review` lists them")
        return _session(rows[0])

    def outlines(self) -> list[SessionOutline]:
        """Every session with its rounds and scores, newest first, in one query that reads no score's body."""
        rows = self.read(
            "SELECT s.id, s.mode, s.started_at, a.round,"
            " CASE WHEN c.answer_id IS NULL THEN r.overall ELSE c.overall END AS overall FROM sessions s"
            " LEFT JOIN answers a ON a.session_id = s.id AND a.round <> ?"
            " LEFT JOIN scores c ON c.answer_id = a.id AND c.version = ?"
            " LEFT JOIN scores r ON r.answer_id = a.id AND r.version = ?"
            " ORDER BY s.started_at DESC, s.id DESC, a.number",
            CANDIDATE_QUESTIONS,
            CORRECTED,
            RECOGNISED,
        )
        outlines = []
        for key, group in groupby(rows, key=lambda row: (row["id"], row["mode"], row["started_at"])):
            answers = [row for row in group if row["round"] is not None]
            rounds = tuple(row["round"] for row in answers)
            outlines.append(SessionOutline(*key, rounds, tuple(row["overall"] for row in answers)))
        return outlines

    def answers(self, session_id: str | None = None) -> list[AnswerRow]:
        """The answers of one session, or all, oldest first."""
        if session_id is None:
            return [_answer(row) for row in self.read("SELECT * FROM answers ORDER BY started_at, id")]
        return [
            _answer(r)
            for r in self.read("SELECT * FROM answers WHERE session_id = ? ORDER BY number", session_id)
        ]

    def answer_count(self) -> int:
        return int(self.read("SELECT count(*) FROM answers")[0][0])

    def answer(self, answer_id: str) -> AnswerRow:
        """The answer SESSION/NUMBER; a session alone means its first answer."""
        session_id, _, number = answer_id.partition("/")
        session_id = self.session(session_id).id
        rows = self.read("SELECT * FROM answers WHERE id = ?", f"{session_id}/{number or 1}")
        if not rows:
            name = f"{session_id}/{number or 1}"
            raise UnknownSession(
                f"no answer is called {name!r}", f"`voicemock review {session_id}` shows them"
            )
        return _answer(rows[0])

    def words(self, answer_id: str, version: str | None = None) -> tuple[Word, ...]:
        """The words of an answer: the corrected ones if there are any, unless a version is asked for."""
        for wanted in (version,) if version else (CORRECTED, RECOGNISED):
            rows = self.read(
                "SELECT text, start, end, probability FROM words WHERE answer_id = ? AND version = ?"
                " ORDER BY position",
                answer_id,
                wanted,
            )
            if rows:
                with read_as_written(f"what was said in {answer_id}"):
                    return tuple(map(_word, rows))
        return ()

    def events(self, answer_id: str) -> list[dict[str, Any]]:
        rows = self.read("SELECT body FROM events WHERE answer_id = ? ORDER BY id", answer_id)
        with read_as_written(f"what happened in {answer_id}"):
            return [_event(row["body"]) for row in rows]

    def score(self, answer_id: str, version: str | None = None) -> Score | None:
        """The score of an answer: that of the corrected words if there are any."""
        for wanted in (version,) if version else (CORRECTED, RECOGNISED):
            rows = self.read("SELECT body FROM scores WHERE answer_id = ? AND version = ?", answer_id, wanted)
            if rows:
                with read_as_written(f"the score of {answer_id}"):
                    return Score.from_dict(json.loads(rows[0]["body"]))
        return None


def _names_from(start: str) -> Iterator[str]:
    letters = (f"{start}{letter}" for letter in ascii_lowercase[1:])
    numbers = (f"{start}-{number}" for number in count(len(ascii_lowercase) + 1))
    return chain((start,), letters, numbers)


def _session(row: sqlite3.Row) -> SessionRow:
    with read_as_written(f"session {row['id']}"):
        return SessionRow(
            row["id"], row["mode"], row["started_at"], row["ended_at"], _object(row["settings"])
        )


def _answer(row: sqlite3.Row) -> AnswerRow:
    values = {name: row[name] for name in AnswerRow.__slots__}
    with read_as_written(row["id"]):
        if not 0 <= row["floor_time_s"] <= STORED_ANSWER_S:  # a page draws a tick for every minute
            raise ValueError(f"it has lasted {row['floor_time_s']:g} s")
        values |= {"complete": bool(row["complete"]), "details": _object(row["details"])}
        return AnswerRow(**values)


def _object(stored: str) -> Mapping[str, Any]:
    """A JSON object; anything else is no settings and no details."""
    found = json.loads(stored)
    if not isinstance(found, dict):
        raise ValueError(f"{type(found).__name__} where an object was written")
    return found


def _event(stored: str) -> dict[str, Any]:
    found = dict(_object(stored))
    low, high = BOUNDS["t"]
    if not isinstance(found.get("type"), str) or not isinstance(found.get("t"), int | float):
        raise ValueError("an event without a type or a time")
    if not low <= found["t"] <= high:
        raise ValueError(f"an event at {found['t']:g} s")
    return found


def _word(row: sqlite3.Row) -> Word:
    if not 0 <= row["start"] <= row["end"] <= STORED_ANSWER_S:
        raise ValueError(f"a word from {row['start']:g} to {row['end']:g} s")
    return Word(*row)
