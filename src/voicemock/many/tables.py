"""Score objects as a flat table for spreadsheets and data tools, written row by row so that memory stays flat."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from voicemock.errors import UsageProblem
from voicemock.files import replacing
from voicemock.rounds import DIMENSIONS
from voicemock.terminal.printable import harmless_cell

NEXT_STEP = "free some space, then go on with --resume"
TEXT = ("source", "round", "target_principle", "question", "analytical_type")
NUMBERS = (
    "floor_time_s",
    "words",
    "pace_wpm",
    "fillers_per_min",
    "longest_pause_s",
    "result_metrics",
    "metric_depth",
)
COLUMNS = (
    *TEXT,
    *NUMBERS,
    "customer_signal",
    *DIMENSIONS,
    "overall",
    "verdict",
    "checks",
    "not_scored",
    "error",
)
FLOATS = frozenset({*NUMBERS, *DIMENSIONS, "overall"})
ROWS_AT_ONCE = 1_000  # of Parquet: a few hundred KiB


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of one score object, or of a row that tells of a failure.

    `principle` and `customer` are the dimensions here, as in the CSV of `export`.
    """
    dimensions = row.get("dimensions") or {}
    values = {name: row.get(name) for name in COLUMNS} | {name: dimensions.get(name) for name in DIMENSIONS}
    values |= {"target_principle": row.get("principle"), "customer_signal": row.get("customer")}
    metrics = row.get("metrics")
    values["result_metrics"] = None if metrics is None else sum(m["role"] == "result" for m in metrics)
    values["checks"] = " ".join(check["kind"] for check in row.get("checks") or ()) or None
    return values


def write_csv(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    with replacing(path, NEXT_STEP) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(harmless_cell(cell) for cell in flat(row).values())
        file.detach()  # the file is closed by whoever opened it


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Needs pyarrow, the extra `parquet`."""
    arrow, parquet = _pyarrow()
    schema = arrow.schema([(name, arrow.float64() if name in FLOATS else arrow.string()) for name in COLUMNS])
    with replacing(path, NEXT_STEP) as file, parquet.ParquetWriter(file, schema) as writer:
        for some in _some_at_once(map(flat, rows)):
            writer.write_table(arrow.Table.from_pylist([_floats(row) for row in some], schema=schema))


def told_in_csv(path: Path) -> list[tuple[str, bool]]:
    """Each row's source, as its cell has it, and whether it tells of a failure."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [(row["source"], bool(row["error"])) for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise _no_table(path) from error


def told_in_parquet(path: Path) -> list[tuple[str, bool]]:
    _, parquet = _pyarrow()
    try:
        table = parquet.read_table(path, columns=["source", "error"])
    except (OSError, ValueError, KeyError) as error:
        raise _no_table(path) from error
    return [(row["source"], row["error"] is not None) for row in table.to_pylist()]


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageProblem(
            "Parquet needs pyarrow", "pip install 'voicemock[parquet]', then go on with --resume"
        ) from None
    return pyarrow, parquet


def _no_table(path: Path) -> UsageProblem:
    return UsageProblem(f"{path} was not written by `score --output`", "choose another name")


def _some_at_once(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield some


def _floats(row: dict[str, Any]) -> dict[str, Any]:
    return {name: float(cell) if name in FLOATS and cell is not None else cell for name, cell in row.items()}
