"""A question's table, as wide as there is room: headings wrap, cells never do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from voicemock.packs.questions import Exhibit
from voicemock.terminal.printable import printable

GAP = 2  # between columns


class ExhibitTable:
    """A rich renderable."""

    def __init__(self, exhibit: Exhibit) -> None:
        cells = tuple(tuple(map(printable, row)) for row in exhibit.rows)
        self._exhibit = Exhibit(printable(exhibit.title), tuple(map(printable, exhibit.columns)), cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text(self._exhibit.title, style="italic")
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
        widths = column_widths(self._exhibit, options.max_width)
        for number, column in enumerate(self._exhibit.columns):
            heading = Text(column, justify="right" if number else "left")
            table.add_column(heading, vertical="bottom", width=widths[number], no_wrap=False)
        for row in self._exhibit.rows:
            table.add_row(*(Text(cell, justify="right" if i else "left") for i, cell in enumerate(row)))
        yield table


def column_widths(exhibit: Exhibit, available: int) -> Sequence[int]:
    """Each column's width: what its heading asks for, less where that does not fit; no cell is cut."""
    columns = list(zip(exhibit.columns, *exhibit.rows, strict=True))
    least = [max(*map(len, heading.split()), *map(len, cells)) for heading, *cells in columns]
    widths = [max(len(heading), fewest) for (heading, *_), fewest in zip(columns, least, strict=True)]
    while sum(widths) + GAP * (len(widths) - 1) > available and widths != least:
        slack = [width - fewest for width, fewest in zip(widths, least, strict=True)]
        widths[slack.index(max(slack))] -= 1
    return widths
