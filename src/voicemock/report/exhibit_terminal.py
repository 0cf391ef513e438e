"""An exhibit in a terminal: query, chart, and table, as wide as there is room: headings wrap, cells never do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from voicemock.packs.exhibits import Exhibit
from voicemock.report.chart_terminal import chart_lines
from voicemock.report.charts import told_lines
from voicemock.terminal.printable import printable, printable_lines

GAP = 2  # between columns


class ExhibitView:
    """A rich renderable. One that is not `drawn` tells a chart in words, for a screen reader or a file."""

    def __init__(self, exhibit: Exhibit, *, drawn: bool = True) -> None:
        cells = tuple(tuple(map(printable, row)) for row in exhibit.rows)
        columns = tuple(map(printable, exhibit.columns))
        self._exhibit = replace(exhibit, title=printable(exhibit.title), columns=columns, rows=cells)
        self._drawn = drawn

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._exhibit.chart and not self._drawn:
            yield from map(Text, told_lines(self._exhibit))
            return
        if self._exhibit.query:
            for line in printable_lines(self._exhibit.query).splitlines():
                yield Text(f"│ {line}", style="dim")
            yield Text("")
        yield Text(self._exhibit.title, style="italic")
        if self._exhibit.chart:
            yield from chart_lines(self._exhibit, options.max_width)
            yield Text("")
        yield self._table(options.max_width)

    def _table(self, available: int) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
        widths = column_widths(self._exhibit, available)
        for number, column in enumerate(self._exhibit.columns):
            heading = Text(column, justify="right" if number else "left")
            table.add_column(heading, vertical="bottom", width=widths[number], no_wrap=False)
        for row in self._exhibit.rows:
            table.add_row(*(Text(cell, justify="right" if i else "left") for i, cell in enumerate(row)))
        return table


def column_widths(exhibit: Exhibit, available: int) -> Sequence[int]:
    """Each column's width: what its heading asks for, less where that does not fit; no cell is cut."""
    columns = list(zip(exhibit.columns, *exhibit.rows, strict=True))
    least = [max(*map(len, heading.split()), *map(len, cells)) for heading, *cells in columns]
    widths = [max(len(heading), fewest) for (heading, *_), fewest in zip(columns, least, strict=True)]
    while sum(widths) + GAP * (len(widths) - 1) > available and widths != least:
        slack = [width - fewest for width, fewest in zip(widths, least, strict=True)]
        widths[slack.index(max(slack))] -= 1
    return widths
