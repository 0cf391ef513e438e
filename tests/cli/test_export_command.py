"""`voicemock export`: formats, files and wrong turns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.report.builders import SESSION, stored_session
from voicemock.cli.answer_files import Wanted, read_answer
from voicemock.cli.export import export
from voicemock.errors import StoreError, TranscriptError, UnknownSession, UsageProblem


@pytest.fixture(autouse=True)
def _recordings(tmp_path: Path) -> None:
    stored_session(tmp_path / "recordings", audio_s=0).close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(export, list(arguments), catch_exceptions=False, standalone_mode=False)


def test_markdown_is_the_default() -> None:
    assert run("last").output.startswith("# Practice, 2026-04-01 09:30")


def test_the_format_follows_the_file_s_ending(tmp_path: Path) -> None:
    run("last/1", "--output", str(tmp_path / "answer.srt"))
    assert (tmp_path / "answer.srt").read_text().startswith("1\n00:00:00,400 --> ")


def test_a_dash_is_standard_output() -> None:
    assert run("last/1", "--format", "vtt", "--output", "-").output.startswith("WEBVTT")


def test_json_of_a_session_is_an_object_and_of_all_a_list() -> None:
    assert json.loads(run("last", "--format", "json").output)["session"] == SESSION
    assert len(json.loads(run("--format", "json").output)) == 1


def test_csv_of_all_sessions_has_a_row_an_answer() -> None:
    assert len(run("--format", "csv").output.splitlines()) == 3


def test_subtitles_of_several_answers_ask_for_one() -> None:
    with pytest.raises(UsageProblem, match=f"`voicemock export {SESSION}/1 --format vtt`"):
        run(SESSION, "--format", "vtt")


def test_an_ending_that_is_no_format_is_a_usage_problem_that_lists_them(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"'pdf'.*md, json, csv, srt, vtt"):
        run("last", "--output", str(tmp_path / "notes.pdf"))
    assert not (tmp_path / "notes.pdf").exists()


def test_a_format_that_is_named_needs_no_ending_of_its_own(tmp_path: Path) -> None:
    run("last", "--format", "md", "--output", str(tmp_path / "notes.txt"))
    assert (tmp_path / "notes.txt").read_text().startswith("# Practice")


def test_an_unknown_answer_is_named() -> None:
    with pytest.raises(UnknownSession, match="no answer 9"):
        run("last", "--answer", "9")


def test_an_answer_without_a_session_is_a_usage_problem() -> None:
    with pytest.raises(UsageProblem, match="needs a session"):
        run("--answer", "1")


def test_a_file_that_can_t_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        run("last", "--output", str(tmp_path / "nowhere" / "notes.md"))


def test_a_report_is_not_scored_as_if_its_verdicts_were_the_candidate_s_words(tmp_path: Path) -> None:
    report = tmp_path / "notes.md"
    run("last", "--output", str(report))
    with pytest.raises(TranscriptError, match="is a report that voicemock wrote"):
        read_answer(str(report), Wanted())
