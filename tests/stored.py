"""Sessions in a store, made in a line: for the tests of what reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from tests import sounds
from voicemock.errors import StoreError
from voicemock.scoring.model import Metric, Score
from voicemock.speech.live import Transcript
from voicemock.store.store import AnswerRow, Store
from voicemock.transcript import Utterance, Word

WORD_S = 0.5  # seconds from the start of a word to that of the next
BAKERY = (
    "A bakery owner in Leeds told me her oven orders vanished."
    " I rebuilt the oven calendar with flour stock in it. Lost orders fell from 12 to 3 a week."
)


def spoken(text: str) -> tuple[Word, ...]:
    """The words of a text, one every half second."""
    return tuple(Word(t, i * WORD_S, i * WORD_S + 0.4, 0.9) for i, t in enumerate(text.split()))


def heard(words: Sequence[Word], pauses: Sequence[tuple[float, float]] = ()) -> Transcript:
    """What a recogniser hands over that heard these words in one breath."""
    said = (Utterance(words[0].start, words[-1].end, tuple(words)),) if words else ()
    return Transcript(said, (), tuple(pauses))


def metric(text: str, kind: str = "count", **values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("before", "after", "unit", "change_pct", "period"))
    return {"sentence": 0, "text": text, "role": "result", "kind": kind, "hedged": False, **empty, **values}


def claim(text: str, kind: str = "count", **values: Any) -> Metric:
    """The same as the scorer has it."""
    return score(metrics=[metric(text, kind, **values)]).metrics[0]


def score(overall: float | None = 3.0, **changes: Any) -> Score:
    """A score in which every dimension is the overall."""
    return Score.from_dict(score_object(overall, **changes))


def score_object(overall: float | None = 3.0, **changes: Any) -> dict[str, Any]:
    """Its JSON form, of schema 1, in which every dimension is the overall."""
    names = ("structure", "metrics", "principle", "customer", "ownership", "delivery")
    return {
        "schema": 1, "source": "", "round": "behavioral", "principle": None, "question": "",
        "floor_time_s": 60.0,
        "words": 100, "pace_wpm": 130, "fillers_per_min": 2.0, "longest_pause_s": 1.0, "sentences": [],
        "star_seconds": {"S": 10.0, "T": 5.0, "A": 30.0, "R": 10.0, "L": 5.0, "O": 0.0}, "metrics": [],
        "inconsistencies": [], "vague": [], "principles": [], "customer": "none", "framework": None,
        "metric_depth": 0, "interrupts": [], "dimensions": dict.fromkeys(names, overall), "overall": overall,
        "bar": 3.5, "verdict": None, "strength": None, "fixes": [], "not_scored": None, **changes,
    }  # fmt: skip


def shows(*slugs: str) -> list[dict[str, Any]]:
    return [{"slug": slug, "named": False, "demonstrated": True, "evidence": [0]} for slug in slugs]


def answer_row(answer_id: str = "s1/1", **changes: Any) -> AnswerRow:
    session, _, number = answer_id.partition("/")
    values: dict[str, Any] = {
        "id": answer_id, "session_id": session, "number": int(number), "question_id": "own-01",
        "question": "Tell me about a time you owned it.", "round": "behavioral", "principle": "ownership",
        "audio": f"{answer_id}.wav", "started_at": f"2026-04-{len(session):02d}T09:30:00+00:00",
        "floor_time_s": 60.0, "reason": "silence", "complete": False, "details": {},
    }  # fmt: skip
    return AnswerRow(**{**values, **changes})


def add_answer(
    store: Store,
    answer_id: str = "s1/1",
    text: str = BAKERY,
    *,
    scored: Score | None = None,
    mode: str = "practice",
    interrupts: int = 0,
    **changes: Any,
) -> AnswerRow:
    """Store a complete answer, with its session where that is new."""
    row = answer_row(answer_id, **changes)
    if row.session_id not in {session.id for session in store.sessions()}:
        store.add_session(row.session_id, mode, row.started_at, {})
    store.add_answer(row)
    store.add_words(row.id, spoken(text))
    events = [{"type": "interrupt", "t": float(i), "kind": "baseline"} for i in range(interrupts)]
    store.add_events(row.session_id, row.id, events)
    store.add_score(row.id, scored or score())
    store.mark_complete(row.id)
    return store.answer(row.id)


def write_wav(path: Path, seconds: float) -> None:
    """A recording in which nothing is heard."""
    sounds.write_wav(path, sounds.silence(seconds))


class FailingDatabase:
    """A connection of which the statement number `fail_at` (from 1), and every later write, fails: a
    full disk.

    A ROLLBACK works, as it does on a full disk.
    """

    def __init__(self, database: sqlite3.Connection, fail_at: int) -> None:
        self._database = database
        self._fail_at = fail_at
        self.statements = 0

    def execute(self, sql: str, *values: Any) -> Any:
        self._count(sql)
        return self._database.execute(sql, *values)

    def executemany(self, sql: str, values: Any) -> Any:
        self._count(sql)
        return self._database.executemany(sql, values)

    def _count(self, sql: str) -> None:
        self.statements += 1
        if self.statements >= self._fail_at and sql.split()[0] not in ("SELECT", "ROLLBACK", "PRAGMA"):
            raise sqlite3.OperationalError("database or disk is full")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


def sweep(folder: Path, act: Callable[[Store], object]) -> Iterator[list[str]]:
    """Let the i-th statement of `act` fail for i = 1, 2, 3 … until it runs clean; after each, the whole
    content.
    """
    for fail_at in count(1):
        with Store(folder) as store:
            real = store._db
            failing = FailingDatabase(real, fail_at)
            store._db = failing  # type: ignore[assignment]
            clean = True
            try:
                act(store)
            except StoreError:
                clean = False
            store._db = real
            yield content(store)
        if clean:
            return


def content(store: Store) -> list[str]:
    """Everything in the database but the search index's own pages."""
    tables = (
        "sessions answers words events scores summaries answer_principles transcripts hints stories"
        " answer_stories"
    )
    return [
        f"{table}: {tuple(row)}" for table in tables.split() for row in store.read(f"SELECT * FROM {table}")
    ]
