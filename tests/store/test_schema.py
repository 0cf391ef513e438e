"""A new folder may be opened by two processes at once; what the triggers keep follows what is written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

import voicemock
from tests.stored import add_answer, score, shows, spoken
from voicemock.coaching.correct import correct, replaced, undo
from voicemock.coaching.stories import assign, match_new
from voicemock.errors import StoreError
from voicemock.store.database import DATABASE
from voicemock.store.names import remember
from voicemock.store.schema import OLD_SEALS, STEPS
from voicemock.store.store import CORRECTED, Store
from voicemock.store.stories import confirm, rename
from voicemock.store.verify import verify

OPEN = (
    "import sys, pathlib; from voicemock.store.store import Store; Store(pathlib.Path(sys.argv[1])).close()"
)


class TestFirstOpening:
    """The schema is made once, whoever comes first."""

    def test_several_processes_open_a_new_folder_at_once(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", OPEN, str(tmp_path / "new")]
        here = {**os.environ, "PYTHONPATH": str(Path(voicemock.__file__).parents[1])}
        running = [subprocess.Popen(command, stderr=subprocess.PIPE, env=here) for _ in range(4)]
        assert [process.communicate()[1] for process in running] == [b""] * 4
        assert [process.returncode for process in running] == [0] * 4

    def test_one_that_is_just_being_made_is_taken_for_nobody_else_s(self, tmp_path: Path) -> None:
        def first(folder: Path, together: Barrier) -> None:
            together.wait()
            Store(folder).close()

        with ThreadPoolExecutor(3) as pool:
            for number in range(40):
                together = Barrier(3)
                begun = [pool.submit(first, tmp_path / str(number), together) for _ in range(3)]
                assert [one.exception() for one in begun] == [None] * 3

    def test_a_newer_schema_is_refused_in_one_line(self, tmp_path: Path) -> None:
        Store(tmp_path).close()
        with sqlite3.connect(tmp_path / DATABASE) as db:
            db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
        db.close()
        with pytest.raises(StoreError, match="newer voicemock"):
            Store(tmp_path)


class Refusing(sqlite3.Connection):
    """A database that refuses one statement, as a full disk does: the transaction is over by then."""

    refused = ""

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        if self.refused and sql.strip().startswith(self.refused):
            if self.in_transaction:
                super().execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *values)  # type: ignore[arg-type]


class TestAnOpeningThatFails:
    """The line says why, nothing is half made, and nothing stays open."""

    @pytest.mark.parametrize("refused", ["CREATE INDEX", "COMMIT"])
    def test_a_disk_that_fills_up_is_what_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
    ) -> None:
        made: list[Refusing] = []
        real = sqlite3.connect

        def connect(*values: Any, **options: Any) -> sqlite3.Connection:
            made.append(real(*values, factory=Refusing, **options))
            made[-1].refused = refused
            return made[-1]

        monkeypatch.setattr(sqlite3, "connect", connect)
        with pytest.raises(StoreError, match="disk is full"):
            Store(tmp_path)
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            made[0].total_changes  # noqa: B018 - raises where the connection is closed
        monkeypatch.undo()
        with Store(tmp_path) as store:
            assert store.schema_is_ours()

    def test_a_newer_schema_leaves_nothing_open(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Store(tmp_path) as store:
            store.read(f"PRAGMA user_version = {len(STEPS) + 1}")
        made: list[sqlite3.Connection] = []
        real = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *v, **o: made.append(real(*v, **o)) or made[-1])
        with pytest.raises(StoreError, match="newer voicemock"):
            Store(tmp_path)
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            made[0].execute("SELECT 1")


class TestWriting:
    """What is written is on the disk when it is said to be, and no transaction stays open."""

    def test_where_there_is_no_write_ahead_log_every_transaction_is_brought_to_the_disk(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class WithoutLog(sqlite3.Connection):
            def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
                return super().execute(sql.replace("= WAL", "= DELETE"), *values)  # type: ignore[arg-type]

        real = sqlite3.connect
        with Store(tmp_path / "log") as store:
            assert store.read("PRAGMA synchronous")[0][0] == 1  # NORMAL
        monkeypatch.setattr(sqlite3, "connect", lambda *v, **o: real(*v, factory=WithoutLog, **o))
        with Store(tmp_path / "none") as store:
            assert store.read("PRAGMA synchronous")[0][0] == 2  # FULL

    def test_a_signal_right_after_the_beginning_leaves_no_transaction_open(self, tmp_path: Path) -> None:
        with Store(tmp_path) as store:
            real = store._db
            store._db = InterruptedOnceBegun(real)  # type: ignore[assignment]
            with pytest.raises(KeyboardInterrupt):
                store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
            store._db = real
            assert not real.in_transaction


class InterruptedOnceBegun:
    """A connection that gets Ctrl-C after BEGIN."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        cursor = self._database.execute(sql, *values)
        if sql.startswith("BEGIN"):
            raise KeyboardInterrupt
        return cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


class TestOlderDatabases:
    """What an older voicemock stored is kept, and guarded from then on."""

    def test_its_rows_are_there_and_their_digest_is_taken_as_they_are_found(self, tmp_path: Path) -> None:
        made_by_an_older_voicemock(tmp_path)
        with Store(tmp_path) as store:
            assert [word.text for word in store.words("s1/1")] == ["flour"]
            assert store.answer("s1/1").audio_sha256 is None
            assert store.damaged() == []
            assert store.schema_is_ours()
        damage(tmp_path, "UPDATE words SET text = 'floor'")
        with Store(tmp_path) as store:
            assert store.damaged() == ["s1/1"]

    def test_the_digests_of_single_rows_and_their_triggers_go(self, tmp_path: Path) -> None:
        made_by_an_older_voicemock(tmp_path)
        with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as db:
            db.execute("ALTER TABLE answers ADD COLUMN audio_sha256 TEXT")
            db.create_function("digest_of", -1, lambda *_: 7, deterministic=True)
            for table in OLD_SEALS:
                db.execute(f"ALTER TABLE {table} ADD COLUMN digest INTEGER")
                for what, when in (("new", "INSERT"), ("changed", "UPDATE")):
                    db.execute(
                        f"CREATE TRIGGER {what}_{table}_are_sealed AFTER {when} ON {table}"
                        f" WHEN new.digest IS digest_of(new.digest) BEGIN SELECT 1; END"
                    )
            db.execute("PRAGMA user_version = 2")
        with Store(tmp_path) as store:
            assert store.schema_is_ours()
            assert store.damaged() == []
        damage(
            tmp_path, "INSERT INTO hints (text, answer_id) VALUES ('Redis', 's1/1')"
        )  # no function is missing


def made_by_an_older_voicemock(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as db:
        db.executescript(f"{STEPS[0]} PRAGMA user_version = 1;")
        db.execute("INSERT INTO sessions VALUES ('s1', 'practice', '2026-04-01', NULL, '{}')")
        db.execute(
            "INSERT INTO answers VALUES ('s1/1', 's1', 1, 'own-01', 'Why?', 'behavioral', NULL, 's1/1.wav',"
            " '2026-04-01', 60.0, 'silence', 1, '{}')"
        )
        db.execute("INSERT INTO words VALUES ('s1/1', 'recognised', 0, 'flour', 0.0, 0.4, 0.9)")


def damage(folder: Path, statement: str) -> None:
    """Change a row as another program does: nothing of ours is needed."""
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as db:
        db.execute(statement)


CHANGED = {
    "UPDATE sessions SET settings = '{\"style\": 1}'": "s1",
    "UPDATE answers SET floor_time_s = 59.5": "s1/1",
    "UPDATE words SET probability = 0.5 WHERE position = 3": "s1/1",
    "DELETE FROM words WHERE position = 3": "s1/1",
    "UPDATE events SET t = 7.25 WHERE answer_id IS NOT NULL": "s1/1",
    "UPDATE events SET t = 7.25 WHERE answer_id IS NULL": "s1",
    "UPDATE scores SET body = replace(body, 'verdict', 'Verdict')": "s1/1",
    "UPDATE hints SET text = 'Kafka'": "s1/1",
    "UPDATE stories SET title = 'Another'": "story 1",
    "UPDATE answer_stories SET because = 'oven'": "story 1",
    "UPDATE answers SET digest = NULL": "s1/1",
}


class TestDigests:
    """What changes in any other way than by being written is told from all else."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        with Store(tmp_path) as store:
            add_answer(store, interrupts=1)
            store.add_events("s1", None, [{"type": "session_ended", "t": 0.0}])
            remember(store, "s1/1", ["Redis"])
            match_new(store)
            assert store.damaged() == []
        return tmp_path

    @pytest.mark.parametrize(("statement", "place"), CHANGED.items())
    def test_a_change_is_found_and_stays_found_when_it_is_written_over(
        self, folder: Path, statement: str, place: str
    ) -> None:
        damage(folder, statement)
        with Store(folder) as store:
            assert store.damaged() == [place]
            store.end_session("s1", "2026-04-01T10:00:00+00:00")
            store.mark_complete("s1/1")
            rename(store, 1, "Ovens")
            assert store.damaged() == [place]

    def test_what_users_do_is_no_damage(self, folder: Path) -> None:
        with Store(folder) as store:
            row = store.answer("s1/1")
            correct(
                store, row, replaced(store.words(row.id), [("Leeds", "York")]), score=lambda *_: score(2.0)
            )
            undo(store, row)
            rename(store, 1, "Ovens")
            confirm(store, 1)
            assign(store, row.id, None)
            store.change_settings("s1", {"spent_s": 3.5})
            store.end_session("s1", "2026-04-01T10:00:00+00:00")
            assert store.damaged() == []

    def test_a_story_of_which_one_telling_is_deleted_is_as_it_was_written(self, folder: Path) -> None:
        with Store(folder) as store:
            add_answer(store, "s02/1")
            match_new(store)
            store.delete_session("s1")
            assert store.damaged() == []

    def test_a_trigger_that_was_changed_is_found(self, folder: Path) -> None:
        damage(folder, "DROP TRIGGER score_is_summed_up")
        with Store(folder) as store:
            assert not store.schema_is_ours()

    def test_another_program_can_write(self, folder: Path) -> None:
        damage(folder, "DELETE FROM answers")
        with Store(folder) as store:
            assert store.answers() == []


class TestWhoseDatabase:
    """A database of another program, or elsewhere, is refused before anything is changed."""

    def test_what_another_program_made_is_left_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / DATABASE
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE notes (text)")
        before = path.read_bytes()
        for reads in (True, False):
            with pytest.raises(StoreError, match="was not created by voicemock"):
                Store(tmp_path, reads=reads)
        assert path.read_bytes() == before
        assert [file.name for file in tmp_path.iterdir()] == [DATABASE]

    def test_another_program_s_mark_is_respected(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
            db.execute("PRAGMA application_id = 7")
        with pytest.raises(StoreError, match="was not created by voicemock"):
            Store(tmp_path)

    @pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
    def test_a_link_that_leads_out_of_the_folder_is_refused(self, tmp_path: Path, ending: str) -> None:
        inside, outside = tmp_path / "inside", tmp_path / "outside"
        outside.mkdir()
        Store(inside).close()
        (inside / f"{DATABASE}{ending}").unlink(missing_ok=True)
        (inside / f"{DATABASE}{ending}").symlink_to(outside / "elsewhere.db")
        with pytest.raises(StoreError, match="a link that points outside"):
            Store(inside)
        assert list(outside.iterdir()) == []


class TestReadOnly:
    """A folder that can't be written to can be read; what would be changed is changed in memory alone."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        with Store(tmp_path) as store:
            add_answer(store)
        monkeypatch.setattr(
            os, "access", lambda path, mode: mode != os.W_OK
        )  # who is root may write anywhere
        return tmp_path

    def test_it_is_read_and_nothing_is_made_in_it(self, folder: Path) -> None:
        before = {path: path.read_bytes() for path in folder.iterdir()}
        with Store(folder, reads=True) as store:
            assert len(store.answers()) == 1
            assert match_new(store) == 1
            assert verify(store, score=lambda *_: score(), sound=False)[0].problem.endswith("is missing")
        assert {path: path.read_bytes() for path in folder.iterdir()} == before

    def test_what_a_kill_left_in_the_log_is_read_too(self, folder: Path, tmp_path: Path) -> None:
        killed = tmp_path / "killed"
        with Store(folder) as store:
            store.end_session("s1", "2026-04-01T10:00:00+00:00")
            shutil.copytree(folder, killed, ignore=shutil.ignore_patterns("killed"))
        with Store(killed, reads=True) as store:
            assert store.session("s1").ended_at == "2026-04-01T10:00:00+00:00"


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

    def test_while_another_process_reads_on_it_is_said_that_words_are_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("voicemock.store.store.BUSY_TIMEOUT_MS", 50)
        with Store(tmp_path) as store:
            add_answer(store, "s1/1", "the quokka incident was mine")
            with Store(tmp_path) as reader:
                reader._db.execute("BEGIN")
                reader.sessions()
                with pytest.raises(StoreError, match=r"s1 is removed, but its words are still in .*-wal"):
                    store.delete_session("s1")
            assert store.sessions() == []
