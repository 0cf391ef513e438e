"""`voicemock score` over folders, lists and calls, as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voicemock.cli import main, score_many
from voicemock.cli.answer_files import Wanted
from voicemock.cli.configuration import path_of_configuration
from voicemock.scoring.model import Answer

MIND = "http://localhost:11434/v1#qwen2.5:7b"
VOICEMOCK = [sys.executable, "-m", "voicemock"]
STORY = "I phoned nine tenants whose heating failed.\nI cut the repairs from {} days to 2.\nI learned to ask first.\n"
CALL = """WEBVTT

1
00:00:01.000 --> 00:00:05.000
Ana Ruiz: Tell me about a time you fixed something that was nobody's job.

2
00:00:06.000 --> 00:00:20.000
Ben Oye: At the housing office the repair letters went out twice, and 31 percent of the tenants called to ask why.

3
00:00:20.500 --> 00:00:40.000
Ben Oye: I read the print logs myself, I turned the second run off, and calls fell from 310 to 40 a week.
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(STORY.format(number + 20))
    (folder / "no-text.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "sound.wav").write_bytes(b"RIFF nothing")
    return folder


def voicemock(*arguments: str) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def rows(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VOICEMOCK, "score", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        check=False,
    )


class TestManyFiles:
    """One row a file, in order, and a file that can't be scored ends nothing."""

    def test_a_folder_by_two_processes_gives_the_bytes_of_one(self, answers: Path) -> None:
        one, two = run(str(answers)), run(str(answers), "--jobs", "2")
        assert one.stdout == two.stdout
        assert (one.returncode, two.returncode) == (1, 1)
        found = rows(two.stdout)
        assert [Path(str(row["source"])).name for row in found] == sorted(
            path.name for path in answers.iterdir()
        )
        assert ["error" in row for row in found] == [False] * 6 + [True, True]

    def test_a_good_file_has_the_line_that_it_has_alone(self, answers: Path) -> None:
        name = str(answers / "3.txt")
        assert run(name, "--json").stdout == run(name, "--jobs", "1").stdout

    def test_resuming_completes_a_run_that_was_cut_off(self, answers: Path, tmp_path: Path) -> None:
        whole, cut = tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"
        run(str(answers), "--output", str(whole))
        cut.write_bytes(whole.read_bytes()[:-7])
        resumed = run(str(answers), "--output", str(cut), "--resume")
        assert cut.read_bytes() == whole.read_bytes()
        assert "7 already there" in resumed.stderr

    @pytest.mark.skipif(os.name == "nt", reason="pipes with names, and names that are no text")
    @pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
    def test_a_pipe_and_a_name_that_is_no_text_are_rows(
        self, answers: Path, tmp_path: Path, form: str
    ) -> None:
        os.mkfifo(answers / "pipe.txt")
        odd = os.fsencode(answers) + b"/odd\xff.txt"
        Path(os.fsdecode(odd)).write_text(STORY.format(30))
        listing = tmp_path / "list"
        listing.write_text(f"{answers / 'pipe.txt'}\n")
        output = tmp_path / f"out.{form}"
        assert voicemock("score", str(answers), "--from", str(listing), "--output", str(output)) == 1
        assert (
            voicemock("score", str(answers), "--from", str(listing), "--output", str(output), "--resume") == 1
        )
        assert output.exists()
        if form == "jsonl":
            told = {Path(str(row["source"])).name: row for row in rows(output.read_text())}
            assert told["odd\\xff.txt"]["overall"] is not None
            assert "is no regular file" in str(told["pipe.txt"]["error"])

    @pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet"])
    def test_the_same_command_ends_the_same_once_all_is_done(
        self, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        output = tmp_path / f"out.{ending}"
        command = ("score", str(tmp_path / "none.txt"), "--output", str(output), "--resume")
        for before in ("", ", 1 already there"):
            assert voicemock(*command) == 1
            said = capsys.readouterr().err.strip()
            assert (
                said
                == f"voicemock: {output}: 1 row{before}; 1 could not be scored, each has a row that says why"
            )

    @pytest.mark.parametrize("name", ["old.csv", "old.parquet"])
    def test_a_table_of_something_else_is_not_taken_for_results(
        self, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / name).write_text("day,price\n1,2\n")
        assert voicemock("score", "a.txt", "--output", str(tmp_path / name), "--resume") == 2
        assert "was not written by `score --output`" in capsys.readouterr().err

    def test_a_call_is_a_row_that_says_how_it_is_scored(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        calls = tmp_path / "calls"
        calls.mkdir()
        (calls / "meeting.vtt").write_text(CALL)
        (calls / "meeting.srt").write_text(CALL)
        (calls / "otter.json").write_text('[{"speaker": "Ana Ruiz", "text": "Tell me more."}]')
        assert voicemock("score", str(calls)) == 1
        reason = "a transcript of a call is scored by itself: voicemock score FILE --speaker NAME"
        assert [row["error"] for row in rows(capsys.readouterr().out)] == [reason] * 3

    @pytest.mark.parametrize("option", [["--keep"], ["--explain"], ["--speaker", "Ben"]])
    def test_what_is_for_files_named_one_by_one_is_not_dropped(
        self, tmp_path: Path, option: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert voicemock("score", str(tmp_path), *option) == 2
        assert "--keep, --explain and --speaker are for files named one by one" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "configured", "told"),
        [
            (["--mind", "off"], True, False),
            ([], True, True),
            ([], False, False),
            (["--mind", MIND], False, True),
        ],
    )
    def test_a_mind_that_is_not_asked_is_told_where_there_is_one(
        self, tmp_path: Path, arguments: list[str], configured: bool, told: bool,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        if configured:
            path_of_configuration().parent.mkdir(parents=True)
            path_of_configuration().write_text(f'mind = "{MIND}"\n')
        voicemock("score", str(tmp_path / "none.txt"), "--jobs", "1", *arguments)
        assert ("it is not asked about many files" in capsys.readouterr().err) == told

    def test_an_address_that_can_t_be_read_is_told_from_one_that_can_t_be_fetched(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(name: str, wanted: Wanted) -> Answer:
            raise PermissionError("the model is locked")

        (tmp_path / "a.txt").write_text(STORY)
        task = score_many.ScoreFile(Wanted(), str(tmp_path))
        assert "can't be fetched" in task((tmp_path / "none.txt").as_uri()).line
        monkeypatch.setattr(score_many, "read_answer", broken)
        line = task((tmp_path / "a.txt").as_uri()).line
        assert "the model is locked" in line and "can't be fetched" not in line

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [([], "there is nothing to score"), (["a.txt", "--resume"], "--resume needs --output")],
    )
    def test_what_does_not_fit_together_is_usage(self, arguments: list[str], says: str) -> None:
        refused = run(*arguments)
        assert refused.returncode == 2
        assert says in refused.stderr


class TestCalls:
    """Each answer of a call is scored with the question it was asked."""

    @pytest.fixture
    def call(self, tmp_path: Path) -> Path:
        path = tmp_path / "meeting.vtt"
        path.write_text(CALL)
        return path

    def test_the_candidate_s_answer_and_not_the_interviewer_s_words(self, call: Path) -> None:
        (row,) = rows(run(str(call), "--speaker", "ben", "--json").stdout)
        assert row["question"] == "Tell me about a time you fixed something that was nobody's job."
        assert (row["round"], row["floor_time_s"], row["source"]) == ("behavioral", 34.0, f"{call}#1")
        assert "Tell me" not in json.dumps(row["sentences"])

    def test_without_a_terminal_the_speakers_are_listed(self, call: Path) -> None:
        refused = run(str(call))
        assert refused.returncode == 2
        assert "Ana Ruiz: 12 words" in refused.stderr
        assert "--speaker NAME" in refused.stderr

    @pytest.mark.parametrize("form", ["json", "vtt"])
    def test_kept_exported_and_read_back_it_scores_the_same(
        self, call: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        store = str(tmp_path / "kept")
        assert (
            voicemock("score", str(call), "--speaker", "Ben", "--json", "--keep", "--recordings", store) == 0
        )
        (before,) = rows(capsys.readouterr().out)
        out = str(tmp_path / f"export.{form}")
        assert voicemock("export", "last", "--recordings", store, "--output", out) == 0
        assert voicemock("verify", "--recordings", store) == 0
        capsys.readouterr()
        assert voicemock("score", out, "--json") == 0
        (after,) = rows(capsys.readouterr().out)
        same = ("round", "question", "overall", "dimensions", "floor_time_s", "metrics", "words", "fixes")
        assert {key: after[key] for key in same} == {key: before[key] for key in same}
