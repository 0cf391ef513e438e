"""`voicemock score` over folders, lists and calls, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from voicemock.cli import main

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
        assert "7 of them before" in resumed.stderr

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
