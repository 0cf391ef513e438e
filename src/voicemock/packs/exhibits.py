"""What is shown with a question: a table, the chart drawn of it where its pack asks for one, and its query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicemock.packs.reader import Entry
from voicemock.terminal.printable import HUGE_BITS, excerpt, printable_lines

CHARTS = ("line", "bars")
KEYS = ("title", "columns", "rows", "chart", "query")
MOST_SERIES = 6  # more can't be told apart, whatever their colours and signs
_NUMBER = re.compile(
    r"(?P<sign>[-−+]?)\s?(?P<before>[$€£₹¥]?)\s?(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)\s?"
    r"(?P<scale>(?:k|K|m|M|bn|B)(?![^\W\d]))?\s?(?P<after>%|[^\W\d]+(?:/[^\W\d]+)?)?"
)
_SCALES = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "bn": 1e9, "B": 1e9}


@dataclass(frozen=True)
class Exhibit:
    """Every row has as many cells as there are columns; in a chart the first column labels, each other is a series."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chart: str | None = None
    query: str = ""


def figure_of(cell: str) -> tuple[float, str] | None:
    """The value of a cell and its unit: "1,200" is 1200 of "", "$3.4M" 3400000 of "$"; None where it is no number."""
    found = _NUMBER.fullmatch(cell.strip())
    if found is None:
        return None
    value = float(found["digits"].replace(",", "")) * _SCALES.get(found["scale"] or "", 1)
    return -value if found["sign"] in ("-", "−") else value, found["before"] or found["after"] or ""


def read_exhibit(path: Path, question_id: str, content: object) -> Exhibit:
    """Check and return the exhibit of a question; raise PackError."""
    entry = Entry(path, f"exhibit of {question_id}", content)
    entry.only(KEYS)
    columns = entry.texts("columns")
    rows = tuple(_row(entry, row, len(columns)) for row in entry.items("rows"))
    if not columns or not rows:
        entry.fail("columns and rows are needed")
    chart = entry.choice("chart", CHARTS) if "chart" in entry.content else None
    if chart:
        _check_chart(entry, chart, columns, rows)
    return Exhibit(entry.text("title"), columns, rows, chart, _query(entry))


def stored_exhibit(stored: object) -> Exhibit | None:
    """The exhibit that `dataclasses.asdict` and JSON made `stored` of; older ones have no chart and no query."""
    if not isinstance(stored, Mapping):
        return None
    rows = tuple(tuple(str(cell) for cell in row) for row in stored.get("rows", ()))
    columns = tuple(map(str, stored.get("columns", ())))
    chart: Any = stored.get("chart")
    return Exhibit(
        str(stored.get("title", "")),
        columns,
        rows,
        chart if chart in CHARTS else None,
        str(stored.get("query") or ""),
    )


def _row(exhibit: Entry, row: object, width: int) -> tuple[str, ...]:
    if not isinstance(row, list) or len(row) != width:
        exhibit.fail(f"each row must be a list of {width} cells", "a cell with a comma in it needs quotes")
    for cell in row:
        if type(cell) not in (str, int, float) or (isinstance(cell, int) and cell.bit_length() > HUGE_BITS):
            exhibit.fail(f"a cell must be text or a number, not {excerpt(cell)}", "put it in quotes")
    return tuple(exhibit.shown("a cell", str(cell)) for cell in row)


def _check_chart(
    entry: Entry, chart: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    if not 2 <= len(columns) <= MOST_SERIES + 1:
        entry.fail(
            f"a chart has 2 to {MOST_SERIES + 1} columns",
            "the first holds the labels, each other one is drawn",
        )
    if chart == "line" and len(rows) < 2:
        entry.fail("a line needs two rows or more", "draw bars")
    for name, *cells in zip(columns[1:], *(row[1:] for row in rows), strict=True):
        figures = [figure for cell in cells if (figure := figure_of(cell))]
        if len(figures) < (2 if chart == "line" else 1):
            entry.fail(
                f"column {excerpt(name)} has too few numbers for a chart", "write them as 1,200, 3.5% or $2M"
            )
        if len({unit for _, unit in figures}) > 1:
            entry.fail(
                f"column {excerpt(name)} mixes units, which no axis can show", "give each unit a column"
            )


def _query(entry: Entry) -> str:
    """The text of a query with its lines as they are written."""
    if "query" not in entry.content:
        return ""
    entry.text("query")
    query = str(entry.content["query"]).strip("\n").rstrip()
    if printable_lines(query) != query:
        entry.fail("query has a tab or a control character", "indent it with spaces")
    return query
