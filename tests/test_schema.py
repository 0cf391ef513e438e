"""A new folder may be opened by two processes at once; what the triggers keep follows what is written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import voicemock
from tests.stored import add_answer, score, shows, spoken
from voicemock.errors import StoreError
from voicemock.schema import STEPS
from voicemock.store import CORRECTED, DATABASE, Store

OPEN = "import sys, pathlib; from voicemock.store import Store; Store(pathlib.Path(sys.argv[1])).close()"


class TestFirstOpening:
    """The schema is made once, whoever comes first."""

    def test_several_processes_open_a_new_folder_at_once(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", OPEN, str(tmp_path / "new")]
        here = {**os.environ, "PYTHONPATH": str(Path(voicemock.__file__).parents[1])}
        running = [subprocess.Popen(command, stderr=subprocess.PIPE, env=here) for _ in range(4)]
        assert [process.communicate()[1] for process in running] == [b""] * 4
        assert [process.returncode for process in running] == [0] * 4

    def test_a_newer_schema_is_refused_in_one_line(self, tmp_path: Path) -> None:
        Store(tmp_path).close()
        with sqlite3.connect(tmp_path / DATABASE) as db:
            db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        db.close()
        with pytest.raises(StoreError, match="newer voicemock"):
            Store(tmp_path)


class TestWhatFollows:
    """Summaries, principles and searchable text are those of the score that counts."""

    def test_a_score_is_summed_up(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            add_answer(store, scored=score(3.2, principles=shows("frugality")))
            assert store.read("SELECT overall, metrics FROM summaries")[0]["overall"] == 3.2
            assert [row["slug"] for row in store.read("SELECT slug FROM answer_principles")] == ["frugality"]

    def test_a_correction_counts_and_the_recognised_score_does_not_come_back(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            add_answer(store, text="cooper netties it was")
            store.add_words("s1/1", spoken("Kubernetes it was"), CORRECTED)
            store.add_score("s1/1", score(3.8), CORRECTED)
            store.add_score("s1/1", score(1.0))
            assert [tuple(row) for row in store.read("SELECT overall FROM summaries")] == [(3.8,)]
            assert [row["text"] for row in store.read("SELECT text FROM transcripts")] == [
                "Kubernetes it was"
            ]

    def test_a_deleted_session_leaves_no_word_in_the_files(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            add_answer(store, "s1/1", "the quokka incident was mine")
            add_answer(store, "s2/1", "the wombat incident was not")
            store.delete_session("s1")
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert b"quokka" not in kept
        assert b"wombat" in kept
