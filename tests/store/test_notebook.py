"""Notes: what a user keeps that is no answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from voicemock.errors import NotAsWritten
from voicemock.store.database import DATABASE
from voicemock.store.notebook import Note, add_note, note, notes, remove_note, write_note
from voicemock.store.store import Store

MONDAY, TUESDAY = "2026-04-06T09:30:00+00:00", "2026-04-07T09:30:00+00:00"


def damage(folder: Path, statement: str) -> None:
    """Change a row as another program does."""
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as db:
        db.execute(statement)


def test_a_note_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        write_note(store, "draft", "1", {"hook": "Nurses waited – 12 min"}, MONDAY)
        assert note(store, "draft", "1") == Note("draft", "1", MONDAY, {"hook": "Nurses waited – 12 min"})
        assert note(store, "draft", "2") is None
        assert store.damaged() == []


def test_notes_of_a_kind_come_oldest_first(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        write_note(store, "draft", "1", {}, TUESDAY)
        write_note(store, "draft", "2", {}, MONDAY)
        write_note(store, "plan", "1", {}, MONDAY)
        assert [one.key for one in notes(store, "draft")] == ["2", "1"]


def test_a_note_of_the_same_name_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        write_note(store, "plan", "plan", {"date": "2027-01-15"}, MONDAY)
        write_note(store, "plan", "plan", {"date": "2027-01-22"}, TUESDAY)
        assert notes(store, "plan") == [Note("plan", "plan", TUESDAY, {"date": "2027-01-22"})]
        assert store.damaged() == []


def test_names_go_on_from_the_highest_whatever_else_is_there(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert [add_note(store, "draft", "d", {}, MONDAY) for _ in range(2)] == ["d1", "d2"]
        write_note(store, "draft", "d11", {}, MONDAY)
        write_note(store, "draft", "of somebody else", {}, MONDAY)
        remove_note(store, "draft", "d2")
        assert add_note(store, "draft", "d", {}, MONDAY) == "d12"


def test_what_was_removed_is_gone_from_the_disk(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        write_note(store, "outcome", "1", {"company": "Unforgettable Ltd"}, MONDAY)
        assert remove_note(store, "outcome", "1")
        assert not remove_note(store, "outcome", "1")
    assert b"Unforgettable" not in (tmp_path / DATABASE).read_bytes()


@pytest.mark.parametrize(
    "statement", ["UPDATE notes SET body = '{\"a\": 2}'", "UPDATE notes SET written_at = ''"]
)
def test_a_changed_note_is_told_until_it_is_written_anew(tmp_path: Path, statement: str) -> None:
    with Store(tmp_path) as store:
        write_note(store, "draft", "1", {"a": 1}, MONDAY)
    damage(tmp_path, statement)
    with Store(tmp_path) as store:
        assert store.damaged() == ["draft/1"]
        write_note(store, "draft", "1", {"a": 3}, TUESDAY)
        assert store.damaged() == []


@pytest.mark.parametrize("body", ["", "[]", "{", "nul"])
def test_a_note_that_is_no_object_says_so(tmp_path: Path, body: str) -> None:
    with Store(tmp_path) as store:
        write_note(store, "draft", "1", {}, MONDAY)
    damage(tmp_path, f"UPDATE notes SET body = '{body}'")
    with Store(tmp_path) as store, pytest.raises(NotAsWritten, match="draft/1 is not as it was written"):
        note(store, "draft", "1")
