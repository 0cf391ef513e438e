"""Two attempts side by side, for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from voicemock.coaching.comparison import Comparison, Pair
from voicemock.coaching.metric_pairs import MetricPair
from voicemock.report.cells import change, points, table
from voicemock.wording import STAR_NAMES, clock

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_FIGURES = {
    "pace_wpm": "words a minute",
    "fillers_per_min": "fillers a minute",
    "longest_pause_s": "longest pause, s",
}
_MARKS = {"done": "✓", "better": "↗", "not yet": "✗", "can't tell": "?"}


def print_comparison(out: Console, comparison: Comparison, first: str, second: str) -> None:
    """Print what changed between two answers; `first` and `second` name them."""
    from rich.text import Text

    out.print(_figures(comparison, first, second))
    for title, lines in _metric_sections(comparison):
        out.print(f"\n{title}", style="bold")
        for line in lines:
            out.print(Text(f"  {line}"))
    if comparison.fixes:
        out.print("\nWhat the first attempt was asked to fix", style="bold")
        for fix in comparison.fixes:
            out.print(Text(f"  {_MARKS[fix.outcome]} {fix.outcome}: {fix.dimension}: {fix.say}"))


def _figures(comparison: Comparison, first: str, second: str) -> Table:
    rows = table("", first, second, "Change")
    for pair in (comparison.overall, *comparison.dimensions):
        _row(rows, pair, pair.name, points)
    for pair in comparison.phases:
        _row(rows, pair, STAR_NAMES[pair.name].lower(), _time)
    for pair in comparison.delivery:
        shown = _time if pair.name == "floor_time_s" else _number
        _row(rows, pair, _FIGURES.get(pair.name, "time"), shown)
    _row(rows, comparison.vague, "vague claims", _number)
    _row(rows, comparison.interrupts, "interruptions due", _number)
    return rows


def _row(rows: Table, pair: Pair, name: str, shown: Callable[[float | None], str]) -> None:
    by = change(pair.before, pair.after, " s" if shown is _time else "")
    rows.add_row(name, shown(pair.before), shown(pair.after), by)


def _time(seconds: float | None) -> str:
    return "–" if seconds is None else clock(seconds)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _metric_sections(comparison: Comparison) -> Iterable[tuple[str, list[str]]]:
    metrics = comparison.metrics
    sections = {
        "Numbers that differ: decide which is right": [_changed(pair) for pair in metrics.changed],
        "Metrics kept": [pair.second.text for pair in metrics.kept],
        "Metrics lost": [metric.text for metric in metrics.lost],
        "Metrics gained": [metric.text for metric in metrics.gained],
    }
    return ((title, lines) for title, lines in sections.items() if lines)


def _changed(pair: MetricPair) -> str:
    return f"“{pair.first.text}” became “{pair.second.text}”"
