"""The list of sessions, and how quickly it comes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.report.builders import SESSION, add_answer, score, stored_session
from voicemock.report.listing import list_json, list_lines, plain_list_lines
from voicemock.store import CORRECTED, Store

MANY = 2_000
BAR_S = 0.5  # issue 6: with 2,000 stored sessions the list answers in under half a second


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
def many(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    with store.transaction():
        for number in range(MANY):
            session = f"s{number:05d}"
            store.add_session(session, "practice", f"2026-01-01T00:00:00.{number:06d}+00:00", {})
            for answer in (1, 2):
                add_answer(store, answer, session=session, spoken=[], events=(), details={})
    return store


def test_two_thousand_sessions_are_listed_in_under_half_a_second(many: Store) -> None:
    started = time.perf_counter()
    lines = list(list_lines(many.outlines()))
    assert time.perf_counter() - started < BAR_S
    assert len(lines) == MANY + 1
