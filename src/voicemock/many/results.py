"""Results that grow row by row in a file, and go on after a stop or a kill.

JSON lines are written as they come. CSV and Parquet are made of them at the end: until then the rows lie beside, in
FILE.partial. A row that a kill cut off is dropped and done again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from voicemock.errors import StoreError, UsageProblem
from voicemock.files import PRIVATE_FILE
from voicemock.many.workers import Row
from voicemock.terminal.printable import harmless_cell

FORMATS = ("jsonl", "csv", "parquet")
PARTIAL = ".partial"


def format_of(path: Path) -> str:
    """By the ending; JSON lines where it tells nothing."""
    ending = path.suffix.lstrip(".").lower()
    return ending if ending in FORMATS else "jsonl"


class Results:
    """Rows appended to `path` in the order of `items`; with `resume` those already there count as done.

    `failed` is how many of them tell of a failure. `asked` is the round and the principle that this run
    was given for every answer, if any: rows that were made with another are not gone on with. What else may differ
    between two runs, such as the model, is not looked at. Raises UsageProblem where the file holds anything but the
    rows of these items, and leaves it as it is.
    """

    def __init__(
        self, path: Path, items: Sequence[str], *, resume: bool, asked: Mapping[str, str] | None = None
    ) -> None:
        self.path = path
        self._form = format_of(path)
        self._journal = path if self._form == "jsonl" else path.with_name(path.name + PARTIAL)
        self.finished = self._form != "jsonl" and path.exists() and not self._journal.exists()
        if not resume and (path.exists() or self._journal.exists()):
            there = path if path.exists() else self._journal
            raise UsageProblem(f"{there} exists", "--resume goes on with it; or choose another name")
        if self.finished:
            self.done, self.failed = len(items), _failures(path, self._form, items)
        else:
            self.done, self.failed = _rows_there(self._journal, items, asked or {})
        self._file = None if self.finished else _open(self._journal)

    def __enter__(self) -> Results:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, row: Row) -> None:
        assert self._file is not None
        try:
            self._file.write(row.line.encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"can't write to {self._journal} ({error.strerror})",
                "free some space, then go on with --resume",
            ) from error

    def finish(self) -> None:
        """All rows are there: bring them to the disk, in the form that was asked for."""
        if self._file is None:
            return
        os.fsync(self._file.fileno())
        if self._form == "jsonl":
            return
        from voicemock.many import tables

        write = {"csv": tables.write_csv, "parquet": tables.write_parquet}[self._form]
        write(read_rows(self._journal), self.path)
        self._journal.unlink()


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, one at a time."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _open(path: Path) -> BinaryIO:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.fdopen(os.open(path, flags, PRIVATE_FILE), "ab")
    except OSError as error:
        raise StoreError(
            f"can't write {path} ({error.strerror})", "name a file in a folder that exists"
        ) from error


def _rows_there(journal: Path, items: Sequence[str], asked: Mapping[str, str]) -> tuple[int, int]:
    """How many rows of this run are there, and how many of them failed; what a kill left of the next is cut off."""
    if not journal.exists():
        return 0, 0
    good = count = failed = 0
    with journal.open("rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            row = _row(line, journal)
            if count >= len(items) or row["source"] != items[count]:
                raise _others(journal, row["source"])
            for name, value in asked.items():
                if row.get(name, value) != value:
                    raise UsageProblem(
                        f"{journal} was made with another {name} ({row[name]})",
                        f"go on with the same --{name}, or choose another name",
                    )
            good, count, failed = good + len(line), count + 1, failed + ("error" in row)
    if good < journal.stat().st_size:
        os.truncate(journal, good)
    return count, failed


def _row(line: bytes, journal: Path) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or "source" not in row:
        raise UsageProblem(f"{journal} was not written by `score --output`", "choose another name")
    return row


def _failures(table: Path, form: str, items: Sequence[str]) -> int:
    """Of a table that an earlier run finished."""
    from voicemock.many import tables

    told = {"csv": tables.told_in_csv, "parquet": tables.told_in_parquet}[form](table)
    expected = [harmless_cell(item) for item in items] if form == "csv" else list(items)
    sources = [source for source, _ in told]
    if sources != expected:
        other = next(
            (source for source in sources if source not in expected), "not all of these, or others too"
        )
        raise _others(table, other)
    return sum(failed for _, failed in told)


def _others(path: Path, source: object) -> UsageProblem:
    return UsageProblem(
        f"{path} holds the rows of other files ({source})", "go on with the same files in the same order"
    )
