"""One line for each mistake, nothing said that is not so, and nothing silently left out."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import voicemock
from tests.stored import BAKERY, add_answer, write_wav
from voicemock.cli import COMMANDS, main
from voicemock.cli.desk import RunOptions
from voicemock.cli.run import run_in_lines, show_score
from voicemock.cli.stored import open_recordings
from voicemock.errors import StoreError
from voicemock.store.database import DATABASE
from voicemock.store.store import Store
from voicemock.ui.keys import NoKeys

Run = Callable[..., tuple[int, str, str]]
ANSWER = "I moved the night bus by ten minutes and missed connections fell from 31% to 9% in two months.\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`voicemock ARGUMENTS`: the exit code, standard output and standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    with Store(folder) as store:
        add_answer(store, "s1/1", BAKERY)
    write_wav(folder / "s1" / "1.wav", 60.0)
    return folder


def full_disk(*_: object, **__: object) -> None:
    raise sqlite3.OperationalError("disk I/O error")


class TestWrongUsage:
    """One line that says what is wrong and where to read on, exit code 2."""

    @pytest.mark.parametrize(
        ("words", "command"),
        [
            (["practice", "--round", "nope"], "voicemock practice"),
            (["practice", "--count", "0"], "voicemock practice"),
            (["score", "--bogus", "x"], "voicemock score"),
            (["search"], "voicemock search"),
            (["nope"], "voicemock"),
        ],
    )
    def test_is_one_line_that_names_the_help(self, run: Run, words: list[str], command: str) -> None:
        code, out, err = run(*words)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert err.startswith("voicemock: ")
        assert err.endswith(f": see `{command} --help`\n")

    @pytest.mark.parametrize("seconds", ["nan", "inf", "0", "-3"])
    def test_a_duration_is_a_number_of_seconds(self, run: Run, tmp_path: Path, seconds: str) -> None:
        (tmp_path / "a.txt").write_text(ANSWER)
        code, out, err = run("score", "a.txt", "--duration", seconds)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "--duration" in err

    def test_an_option_before_a_subcommand_is_not_left_unheard(self, run: Run, recordings: Path) -> None:
        code, _, err = run("stories", "--recordings", str(recordings), "show", "1")
        assert code == 2
        assert "put it after: `voicemock stories show … --recordings`" in err

    @pytest.mark.usefixtures("recordings")
    def test_an_answer_has_a_number(self, run: Run) -> None:
        code, out, err = run("review", "s1/x")
        assert (code, out) == (2, "")
        assert "'x' is no answer's number" in err


class TestManyFiles:
    def test_one_that_cannot_be_read_does_not_keep_the_others_from_their_score(
        self, run: Run, tmp_path: Path
    ) -> None:
        (tmp_path / "a.txt").write_text(ANSWER)
        (tmp_path / "b.json").write_text("{")
        code, out, err = run("score", "a.txt", "gone.txt", "b.json", "a.txt", "--json")
        assert code == 1
        assert [json.loads(line)["source"] for line in out.splitlines()] == ["a.txt", "a.txt"]
        gone, broken = err.splitlines()
        assert gone == "voicemock: gone.txt does not exist: check the name"
        assert broken.startswith("voicemock: b.json is not an answer")


LISTS = (
    ("review",),
    ("progress",),
    ("stories",),
    ("stories", "draft", "list"),
    ("search", "oven"),
    ("plan",),
    ("asks",),
    ("asks", "list"),
    ("outcome",),
    ("outcome", "list"),
)


class TestNothingThere:
    @pytest.mark.parametrize("there", [False, True], ids=["no-folder", "nothing-in-it"])
    @pytest.mark.parametrize("command", LISTS, ids=" ".join)
    def test_an_empty_list_is_one_line_with_the_next_step_and_no_error(
        self, run: Run, tmp_path: Path, command: tuple[str, ...], there: bool
    ) -> None:
        if there:
            Store(tmp_path / "recordings").close()
        code, out, err = run(*command)
        assert (code, err, out.count("\n")) == (0, "", 1)
        assert "voicemock " in out
        assert run(*command, "--json")[0] == 0
        assert (tmp_path / "recordings").exists() == there

    def test_an_export_of_all_sessions_where_there_is_none_says_so_beside(
        self, run: Run, tmp_path: Path
    ) -> None:
        code, out, err = run("export", "--format", "json")
        assert (code, out) == (0, "[]\n")
        assert "voicemock practice" in err
        assert run("export", "last")[0] == 1

    def test_recordings_without_their_database_are_no_empty_list(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "recordings" / "s1"
        folder.mkdir(parents=True)
        write_wav(folder / "1.wav", 1.0)
        code, _, err = run("progress")
        assert (code, "voicemock recover" in err) == (1, True)

    def test_last_of_no_sessions(self, run: Run, tmp_path: Path) -> None:
        Store(tmp_path / "recordings").close()
        _, _, err = run("review", "last")
        assert err == "voicemock: there is no session yet: `voicemock practice` makes the first\n"

    @pytest.mark.usefixtures("recordings")
    def test_one_answer_is_one_answer(self, run: Run) -> None:
        assert run("verify", "--quick")[1] == "All is well: 1 answer checked.\n"


class TestCorrect:
    @pytest.mark.usefixtures("recordings")
    def test_undo_speaks_json_where_json_is_asked_for(self, run: Run) -> None:
        run("correct", "s1/1", "--replace", "bakery=brewery")
        code, out, _ = run("correct", "s1/1", "--undo", "--json")
        assert code == 0
        assert json.loads(out)["answer"] == "s1/1"


class TestAfterACrash:
    def test_review_says_that_a_recording_waits(self, run: Run, recordings: Path) -> None:
        with Store(recordings) as store:
            store.add_session("s2", "practice", "2026-01-01T00:00:00+00:00", {})
            store.end_session("s2", "2026-01-01T00:01:00+00:00")
        write_wav(recordings / "s2" / "1.wav", 5.0)
        for words in (["review"], ["review", "s2"]):
            assert "1 recording was cut short and never scored: `voicemock recover`" in run(*words)[2]

    def test_a_damaged_database_is_told_from_a_folder_that_cannot_be_opened(
        self, run: Run, recordings: Path
    ) -> None:
        (recordings / DATABASE).write_bytes(b"no database at all" * 100)
        code, _, err = run("review")
        assert (code, err.count("\n")) == (1, 1)
        assert "is damaged" in err
        assert f"move {recordings / DATABASE} aside, and `voicemock recover`" in err

    @pytest.mark.parametrize("command", ["review", "verify", "progress", "export"])
    def test_recordings_whose_database_is_gone_are_not_denied(
        self, run: Run, recordings: Path, command: str
    ) -> None:
        for file in recordings.glob(f"{DATABASE}*"):
            file.unlink()
        code, out, err = run(command, "--recordings", str(recordings))
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "has recordings and no database: `voicemock recover`" in err

    def test_a_full_disk_is_not_told_as_a_broken_folder(
        self, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
        monkeypatch.setattr(sqlite3, "connect", full_disk)
        with pytest.raises(StoreError, match=r"no space left .*: free some space"):
            Store(recordings)

    def test_recover_begins_a_new_database_where_the_old_is_gone(self, run: Run, tmp_path: Path) -> None:
        write_wav(tmp_path / "recordings" / "s1" / "1.wav", 5.0)
        code, out, _ = run("recover")
        assert code == 1
        assert out.startswith("s1/1: left as it is")  # no sidecar says what was asked


class TestWhatIsNoDamage:
    """A fault of ours, or of where something is printed, is not put down to what is stored."""

    def test_what_is_stored_is_printed_where_not_every_letter_can_be(
        self, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with Store(recordings) as store:
            add_answer(store, "s2/1", "we moved to Łódź", question="Why “Łódź” 🙂?")
        printed = io.BytesIO()
        monkeypatch.setattr("sys.stdout", io.TextIOWrapper(printed, encoding="cp1252"))
        with pytest.raises(SystemExit) as ended:
            main(["review", "s2/1", "--json"])
        assert not ended.value.code
        assert json.loads(printed.getvalue().decode("cp1252"))["question"] == "Why “Łódź” 🙂?"

    def test_the_variable_shows_where_it_came_from(
        self, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("VOICEMOCK_DEBUG", "1")
        with pytest.raises(LookupError), open_recordings(recordings):
            raise LookupError

    def test_what_goes_wrong_in_a_session_is_not_put_down_to_a_stored_row(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise LookupError("no such key")

        monkeypatch.setattr("voicemock.cli.run.run_session", broken)
        code, _, err = run("retry", "s1/1", "--recordings", str(recordings))
        assert code == 1
        assert "unexpected error" in err
        assert "not as it was written" not in err

    @pytest.mark.parametrize(
        "error",
        [
            MemoryError("Unable to allocate 62.5 MiB for an array"),
            RuntimeError("mkl_malloc: failed to allocate memory"),
            ImportError("libavcodec.so.60: failed to map segment from shared object"),
        ],
    )
    def test_too_little_memory_is_told_as_that(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        def starved(*_: object) -> None:
            raise error

        monkeypatch.setattr("voicemock.cli.run.run_session", starved)
        code, _, err = run("retry", "s1/1", "--recordings", str(recordings))
        assert code == 1
        assert "not enough memory" in err
        assert "smaller model" in err
        assert "unexpected" not in err and "damaged" not in err


class TestAtATerminal:
    """What would hold up a run that nobody watches."""

    def test_no_keys_are_offered_where_none_are_heard(self, capsys: pytest.CaptureFixture[str]) -> None:
        from rich.console import Console

        for options in (RunOptions(pace="fast"), RunOptions(candidate=(Path("a.wav"),))):
            run_in_lines(lambda _: None, Console(), options, "You")
        assert "Keys:" not in capsys.readouterr().out

    def test_a_hurried_demo_waits_for_no_key(self, recordings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from rich.console import Console

        from tests.cli.test_afterwards_commands import ASKED
        from voicemock.interview.session import AnswerDone, Plan
        from voicemock.packs.questions import Question

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("click.pause", lambda _: pytest.fail("it waited for a key"))
        asked = Question("q", "behavioral", ASKED)
        with Store(recordings) as store:
            done = AnswerDone("s1/1", asked, None, {})  # type: ignore[arg-type]
            plan = Plan((asked, Question("r", "behavioral", ASKED)))
            show_score(store, done, plan, RunOptions(pace="fast", silent=True), Console())


def test_ctrl_c_ends_the_answer_without_any_keys() -> None:
    from rich.console import Console

    from voicemock.speech.requests import Request
    from voicemock.ui.plain import PlainScreen

    assert PlainScreen(Console(), NoKeys(), stopping=lambda: True).keys() == (Request.DONE,)


class TestHelp:
    """Each command shows how it is used, and no line of help breaks off."""

    @pytest.mark.parametrize("command", list(COMMANDS))
    def test_it_has_examples_and_whole_sentences(self, run: Run, command: str) -> None:
        code, out, _ = run(command, "--help")
        assert code == 0
        assert f"  voicemock {command}" in out.partition("Examples:")[2]
        assert not [line for line in out.splitlines()[1:] if line.endswith("...")]


class TestOddSurroundings:
    """Whatever the shell, the terminal and the disk are like, a line says what is wrong and what to do."""

    @staticmethod
    def voicemock(
        *arguments: str, folder: Path, script: str = "{}", **surroundings: str
    ) -> tuple[int, str, str]:
        command = shlex.join((sys.executable, "-m", "voicemock", *arguments))
        done = subprocess.run(
            ["sh", "-c", script.format(command)],
            cwd=folder, capture_output=True, text=True, check=False, timeout=60,
            env={**os.environ, "PYTHONPATH": str(Path(voicemock.__file__).parents[1]), **surroundings},
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        with Store(tmp_path / "recordings") as store:
            add_answer(store)
        return tmp_path

    @pytest.mark.parametrize(
        "command", ["progress", "stories", "search oven", "review last", "export --format csv"]
    )
    def test_letters_that_the_locale_lacks_are_spelled(self, folder: Path, command: str) -> None:
        surroundings = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "", "PYTHONCOERCECLOCALE": "0"}
        code, out, err = self.voicemock(*command.split(), folder=folder, **surroundings)
        assert (code, err) == (0, "")
        assert out.isascii()

    @pytest.mark.parametrize("command", ["review last", "progress --json", "export --format csv"])
    def test_a_full_disk_behind_the_output_is_said(self, folder: Path, command: str) -> None:
        code, _, err = self.voicemock(*command.split(), folder=folder, script="{} > /dev/full")
        assert code == 1
        assert err == (
            "voicemock: what is printed can't be written (No space left on device):"
            " let it go somewhere else, or free some space\n"
        )

    @pytest.mark.parametrize("command", ["review", "practice --silent", "score a.wav"])
    def test_a_folder_that_was_removed_is_said(self, tmp_path: Path, command: str) -> None:
        here = tmp_path / "here"
        here.mkdir()
        code, _, err = self.voicemock(*command.split(), folder=here, script=f"rmdir {here} && {{}}")
        assert code == 2
        assert err == "voicemock: the folder you are in was removed: go to another, such as `cd ~`\n"

    def test_a_reader_of_events_who_leaves_is_no_fault(self, folder: Path) -> None:
        write_wav(folder / "a.wav", 30.0)
        practice = ("practice", "--candidate", "a.wav", "--pace", "fast", "--silent", "--events", "-")
        _, out, err = self.voicemock(*practice, folder=folder, script="{} | head -1")
        assert json.loads(out)["type"] == "session_started"
        assert "unexpected error" not in err
