"""`voicemock cohort`: many candidates' scores as a table and a page."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from voicemock.cli.options import json_option, plain_option
from voicemock.cli.output import echo, echo_json, tell
from voicemock.errors import TranscriptError
from voicemock.files import write_file
from voicemock.rounds import HIGHEST, LOWEST

PAGE = "cohort.html"
COLUMNS = "a candidate's folder or a file of theirs, and the name to show"
FIGURES = frozenset(  # of a row; the rest, nine tenths of it, is not kept in memory
    {"source", "overall", "round", "question", "dimensions", "interrupts", "checks", "error"}
)


@click.command()
@click.argument("results", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RESULTS…")
@click.option(
    "--html",
    is_flag=False,
    flag_value=PAGE,
    metavar="[FILE]",
    help=f"Write one page that works offline ({PAGE}).",
)
@click.option(
    "--names",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV: a candidate's folder or a file of theirs, and the name to show. Else candidates are numbered.",
)
@click.option("--with-words", is_flag=True, help="Show an example in a candidate's own words for each gap.")
@json_option
@plain_option
def cohort(
    results: tuple[Path, ...],
    html: str | None,
    names: Path | None,
    with_words: bool,
    as_json: bool,
    plain: bool,
) -> None:
    """See at a glance what many candidates can do, and what to teach them next.

    RESULTS are files of JSON lines, as `voicemock score --output` writes them. A candidate is a folder of answers, or
    the files whose names differ only in a number at the end.

    \b
    Examples:
      voicemock score answers/ --jobs 2 --output results.jsonl
      voicemock cohort results.jsonl
      voicemock cohort results.jsonl --html --names class.csv
    """
    from dataclasses import asdict

    from voicemock.coaching import cohort as many

    needed = {*FIGURES, "sentences"} if with_words else FIGURES
    rows = [
        {key: row[key] for key in needed if key in row}
        for path in dict.fromkeys(results)
        for row in _rows(path)
    ]
    if not rows:
        raise TranscriptError(
            "there is no score in these files", "make them with `voicemock score … --output FILE`"
        )
    shown: Mapping[str, str] = {}
    if names is not None:
        shown, nobody = many.by_candidate(_names(names), [str(row["source"]) for row in rows])
        if nobody:
            tell(f"{names}: no candidate is called {', '.join(nobody)}")
    found = many.cohort(rows, shown, with_words=with_words)
    if html is not None:
        from voicemock.report.cohort_html import render_cohort

        write_file(Path(html), render_cohort(found).encode(), "name another file: --html FILE")
        echo(html)
    elif as_json:
        echo_json(asdict(found))
    else:
        from voicemock.report.cohort_terminal import print_cohort

        print_cohort(found, plain=plain)


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """The score objects of a file, one at a time. Raises TranscriptError for the first line that is none."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(line, path, number)
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise TranscriptError(f"{path} can't be read ({cause})", "give a file of JSON lines") from error


def _row(line: str, path: Path, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not _is_score(row):
        raise TranscriptError(
            f"{path}, line {number} is not a score",
            "make the file with `voicemock score … --output FILE`",
        )
    return row


def _is_score(row: Mapping[str, Any]) -> bool:
    """Whether the row has all that is counted; one that tells of a failure, or of no score, has a source."""
    if not ("source" in row and "overall" in row):
        return False
    if row["overall"] is None:
        return True
    dimensions = row.get("dimensions")
    return (
        "round" in row
        and isinstance(dimensions, dict)
        and _is_figure(row["overall"])
        and all(value is None or _is_figure(value) for value in dimensions.values())
        and _are(row.get("interrupts"), kind=str, after_sentence=int)
        and _are(row.get("checks"), kind=str)
        and _are(row.get("sentences"), text=str)
    )


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and LOWEST <= value <= HIGHEST


def _are(found: object, **fields: type) -> bool:
    """Whether these are mappings with such fields; there may be none."""
    return found is None or (
        isinstance(found, list)
        and all(
            isinstance(one, dict) and all(isinstance(one.get(name), kind) for name, kind in fields.items())
            for one in found
        )
    )


def _names(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TranscriptError(f"{path} can't be read as CSV", f"it needs two columns: {COLUMNS}") from error
    if any(len(row) < 2 for row in rows):
        raise TranscriptError(f"{path} has a line without two columns", f"it needs {COLUMNS}")
    return {row[0].strip(): row[1].strip() for row in rows}
