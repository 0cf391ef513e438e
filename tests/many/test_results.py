"""Rows lie in the file once each, in order, whenever the run was stopped."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.many.tasks import echo
from voicemock.errors import StoreError, UsageProblem
from voicemock.many.results import Results, read_rows

ITEMS = ["a.txt", "b é.txt", "c.txt"]


def run(path: Path, *, resume: bool = False, stop_after: int = 99) -> int:
    """How many rows this run wrote."""
    with Results(path, ITEMS, resume=resume) as results:
        todo = ITEMS[results.done :][:stop_after]
        for item in todo:
            results.write(echo(item))
        if results.done + len(todo) == len(ITEMS):
            results.finish()
    return len(todo)


class TestResuming:
    def test_cut_off_at_any_byte_it_ends_as_if_it_had_not_been(self, tmp_path: Path) -> None:
        whole = tmp_path / "whole.jsonl"
        run(whole)
        content = whole.read_bytes()
        for length in range(len(content) + 1):
            cut = tmp_path / f"{length}.jsonl"
            cut.write_bytes(content[:length])
            run(cut, resume=True)
            assert cut.read_bytes() == content

    def test_what_is_done_is_not_done_again(self, tmp_path: Path) -> None:
        path = tmp_path / "out.jsonl"
        assert [run(path, stop_after=2), run(path, resume=True), run(path, resume=True)] == [2, 1, 0]

    def test_rows_of_other_files_are_refused_and_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "out.jsonl"
        path.write_text(echo("z.txt").line + "\n")
        with pytest.raises(UsageProblem, match=r"other files \(z\.txt\)"):
            run(path, resume=True)
        assert path.read_text() == echo("z.txt").line + "\n"

    @pytest.mark.parametrize("content", ['{"note": 1}\n{"note": 2}\n', "a line of notes\n", '["a.txt"]\n'])
    def test_a_file_that_is_somebody_elses_is_refused_and_kept(self, content: str, tmp_path: Path) -> None:
        path = tmp_path / "notes.jsonl"
        path.write_text(content)
        with pytest.raises(UsageProblem, match="was not written by `score --output`"):
            run(path, resume=True)
        assert path.read_text() == content

    @pytest.mark.parametrize("name", ["done.csv", "done.parquet"])
    def test_a_finished_table_of_other_files_is_refused_and_kept(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / name
        run(path)
        content = path.read_bytes()
        for items in (ITEMS[:2], [*ITEMS, "d.txt"], ["a.txt", "c.txt", "b é.txt"]):
            with pytest.raises(UsageProblem, match="rows of other files"):
                Results(path, items, resume=True)
        assert run(path, resume=True) == 0
        assert path.read_bytes() == content

    def test_rows_that_were_made_with_another_round_are_not_gone_on_with(self, tmp_path: Path) -> None:
        path = tmp_path / "rows.jsonl"
        path.write_text('{"source": "a.txt", "round": "behavioral"}\n')
        with pytest.raises(UsageProblem, match="another round"):
            Results(path, ITEMS, resume=True, asked={"round": "portfolio"})
        with Results(path, ITEMS, resume=True, asked={"round": "behavioral"}) as results:
            assert results.done == 1

    def test_a_file_that_is_there_is_not_written_over(self, tmp_path: Path) -> None:
        path = tmp_path / "out.jsonl"
        path.write_text("mine")
        with pytest.raises(UsageProblem, match="--resume"):
            run(path)
        assert path.read_text() == "mine"

    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "link.jsonl").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreError):
            run(tmp_path / "link.jsonl", resume=True)
        assert not (tmp_path / "elsewhere").exists()


class TestTables:
    def test_csv_comes_at_the_end_and_its_rows_resume(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        run(path, stop_after=1)
        assert not path.exists()
        run(path, resume=True)
        with path.open(newline="") as file:
            assert [row["source"] for row in csv.DictReader(file)] == ITEMS
        assert run(path, resume=True) == 0
        assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]

    def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(self, tmp_path: Path) -> None:
        from voicemock.many.tables import write_csv

        write_csv([{"source": "=cmd()", "overall": None, "error": "+1"}], tmp_path / "x.csv")
        assert "'=cmd()" in (tmp_path / "x.csv").read_text()

    def test_parquet_has_numbers_as_numbers(self, tmp_path: Path) -> None:
        from pyarrow import parquet

        from voicemock.many.tables import write_parquet

        score = {"source": "a", "overall": 3, "dimensions": {"metrics": 2.5}, "metrics": [{"role": "result"}]}
        write_parquet([score, {"source": "b", "overall": None, "error": "damaged"}], tmp_path / "x.parquet")
        first, second = parquet.read_table(tmp_path / "x.parquet").to_pylist()
        assert (first["overall"], first["metrics"], first["result_metrics"], first["error"]) == (
            3.0,
            2.5,
            1.0,
            None,
        )
        assert (second["overall"], second["error"]) == (None, "damaged")


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text(json.dumps({"source": "a"}) + "\nnonsense")
    assert next(read_rows(path)) == {"source": "a"}
