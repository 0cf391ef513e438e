"""The list of sessions, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.builders import SESSION, add_answer, score, stored_session
from voicemock.report.listing import list_json, list_lines, plain_list_lines
from voicemock.store.store import CORRECTED, Store

MANY = 50  # how long 2,000 take is measured by benchmarks/stored_sessions.py, as a ratio between sizes


def test_each_session_is_a_line_under_its_headings(tmp_path: Path) -> None:
    with stored_session(tmp_path, audio_s=0) as store:
        heading, line = list_lines(store.outlines())
    assert heading.split() == ["session", "date", "mode", "rounds", "answers", "scores", "best"]
    assert line.split() == [
        SESSION,
        "2026-04-01",
        "09:30",
        "practice",
        "behavioral",
        "+1",
        "2",
        "3.4",
        "–",
        "3.4",
    ]


def test_plain_lines_have_no_columns(tmp_path: Path) -> None:
    with stored_session(tmp_path, audio_s=0) as store:
        (line,) = plain_list_lines(store.outlines())
    assert line == f"{SESSION}, 2026-04-01 09:30, practice, behavioral +1, 2 answers, scores 3.4 –"


def test_the_newest_session_comes_first(tmp_path: Path) -> None:
    with stored_session(tmp_path, audio_s=0) as store:
        store.add_session("later", "demo", "2026-04-02T00:00:00+00:00", {})
        assert [outline.id for outline in store.outlines()] == ["later", SESSION]


def test_a_session_without_answers_has_no_best(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add_session("empty", "practice", "2026-04-02T00:00:00+00:00", {})
        (entry,) = list_json(store.outlines())
    assert (entry["answers"], entry["best"], entry["rounds"]) == (0, None, [])


def test_the_score_of_corrected_words_counts(tmp_path: Path) -> None:
    with stored_session(tmp_path, audio_s=0) as store:
        store.add_score(f"{SESSION}/1", score(overall=3.9), CORRECTED)
        assert store.outlines()[0].overalls == (3.9, None)


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        with store.transaction():
            for number in range(MANY):
                session = f"s{number:05d}"
                store.add_session(session, "practice", f"2026-01-01T00:00:00.{number:06d}+00:00", {})
                for answer in (1, 2):
                    add_answer(store, answer, session=session, spoken=[], events=(), details={})
        yield store


def test_many_sessions_take_no_more_queries_than_one(many: Store) -> None:
    queries: list[str] = []
    with many.transaction() as db:
        db.set_trace_callback(queries.append)
        lines = list(list_lines(many.outlines()))
        db.set_trace_callback(None)
    assert len(lines) == MANY + 1
    assert len([query for query in queries if query.startswith("SELECT")]) == 1
