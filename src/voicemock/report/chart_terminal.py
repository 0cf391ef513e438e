"""A chart in the cells of a terminal: lines of braille with a sign at each value, or bars of blocks.

Each series has a sign or a pattern of its own; colour only repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from textwrap import wrap

from rich.text import Text

from voicemock.packs.exhibits import Exhibit
from voicemock.report.charts import Panel, Series, panels
from voicemock.terminal.printable import printable

SIGNS = "●▲■◆○△"
FILLS = "█▒▓░▚▤"
STYLES = ("cyan", "yellow", "magenta", "green", "blue", "red")
ROWS = 8  # of a plot of lines
WIDEST = 64
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a cell, by row and column


def chart_lines(exhibit: Exhibit, available: int) -> Iterator[Text]:
    """The chart, line by line, in `available` columns or less."""
    width = min(available, WIDEST)
    for at, panel in enumerate(panels(exhibit)):
        if at:
            yield Text("")
        signs = FILLS if exhibit.chart == "bars" else SIGNS
        yield from _legend(panel, signs, width)
        yield from _bars(panel, width) if exhibit.chart == "bars" else _plot(panel, width)


def _legend(panel: Panel, signs: str, width: int) -> Iterator[Text]:
    line = Text()
    for series in panel.series:
        name = Text(f"{signs[series.place % len(signs)]} ", style=_style(series)).append(
            printable(series.name), style="default"
        )
        if line and len(line) + 3 + len(name) > width:
            yield line
            line = Text()
        line = line + Text("   ") + name if line else name
    yield line


def _bars(panel: Panel, width: int) -> Iterator[Text]:
    """Each value's bar from zero, with the value as written behind it."""
    labels = [printable(label) for label in panel.labels]
    left = min(max(map(len, labels)), width // 3)
    behind = max(len(printable(cell)) for series in panel.series for cell in series.cells) + 1
    across = max(8, width - left - 3 - behind)
    zero = round(across * panel.share(0.0))
    for at, label in enumerate(labels):
        lines = wrap(label, left) or [""]
        for row in range(max(len(lines), len(panel.series))):
            text = Text(f"{lines[row] if row < len(lines) else '':<{left}} │")
            if row < len(panel.series):
                text.append_text(_bar(panel, panel.series[row], at, zero, across))
            yield text


def _bar(panel: Panel, series: Series, at: int, zero: int, across: int) -> Text:
    value, cell = series.values[at], printable(series.cells[at])
    end = zero if value is None else round(across * panel.share(value))
    if value and end == zero:
        end += 1 if value > 0 else -1
    length = abs(end - zero)
    begin = max(0, min(zero, end))
    fill = FILLS[series.place % len(FILLS)] * length
    return Text(" " * begin).append(fill, style=_style(series)).append(f" {cell}")


def _plot(panel: Panel, width: int) -> Iterator[Text]:
    """The axis with its highest, middle and lowest figure, the lines, and the labels that have room beneath."""
    shown = {0: panel.high, ROWS - 1: panel.low, (ROWS - 1) // 2: None}
    middle = panel.ticks[len(panel.ticks) // 2]
    shown[round((ROWS - 1) * (1 - panel.share(middle)))] = middle
    names = {row: panel.tick_name(tick) for row, tick in shown.items() if tick is not None}
    left = max(map(len, names.values()))
    across = max(10, width - left - 2)
    cells = _drawn(panel, across)
    for row, line in enumerate(cells):
        yield Text(f"{names.get(row, ''):>{left}} {'┤' if row in names else '│'}").append_text(line)
    yield Text(f"{'':>{left}} └{'─' * across}")
    yield Text(" " * (left + 2) + _labels(panel, across))


def _drawn(panel: Panel, across: int) -> list[Text]:
    """The rows of the plot: the lines first, the signs of the values over them."""
    dots = [[0] * across for _ in range(ROWS)]
    owner: dict[tuple[int, int], Series] = {}
    columns = _columns(panel, across)
    signs: dict[tuple[int, int], Series] = {}
    for series in panel.series:
        placed = [
            None if value is None else (2 * x + 0.5, (4 * ROWS - 1) * (1 - panel.share(value)))
            for x, value in zip(columns, series.values, strict=True)
        ]
        for one, other in pairwise(placed):
            for x, y in _between(one, other) if one and other else ():
                dots[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
                owner[y // 4, x // 2] = series
        signs |= {(round(place[1]) // 4, int(place[0]) // 2): series for place in placed if place}
    rows = []
    for row in range(ROWS):
        text = Text()
        for column in range(across):
            if series_here := signs.get((row, column)):
                text.append(SIGNS[series_here.place % len(SIGNS)], style=_style(series_here))
            elif dots[row][column]:
                text.append(chr(_BRAILLE + dots[row][column]), style=_style(owner[row, column]))
            else:
                text.append(" ")
        text.rstrip()
        rows.append(text)
    return rows


def _between(one: tuple[float, float], other: tuple[float, float]) -> Iterator[tuple[int, int]]:
    steps = max(1, round(max(abs(other[0] - one[0]), abs(other[1] - one[1]))))
    for step in range(steps + 1):
        share = step / steps
        yield int(one[0] + share * (other[0] - one[0])), round(one[1] + share * (other[1] - one[1]))


def _columns(panel: Panel, across: int) -> list[int]:
    return [1 + round((across - 3) * place) for place in panel.places()]


def _labels(panel: Panel, across: int) -> str:
    """Beneath their values: the last one always, the others where they leave room."""
    line = [" "] * across
    columns = _columns(panel, across)
    order = [len(columns) - 1, *range(len(columns) - 1)]
    for at in order:
        label = printable(panel.labels[at])[:across]
        begin = min(max(0, columns[at] - len(label) // 2), across - len(label))
        around = line[max(0, begin - 1) : begin + len(label) + 1]
        if not "".join(around).strip():
            line[begin : begin + len(label)] = label
    return "".join(line).rstrip()


def _style(series: Series) -> str:
    return STYLES[series.place % len(STYLES)]
