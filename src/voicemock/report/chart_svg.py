"""Where everything in the SVG of a chart lies; the template `chart.svg.j2` draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from voicemock.packs.exhibits import Exhibit
from voicemock.report.charts import Panel, Series, in_words, panels

WIDTH = 440
LETTER = 6.6  # widths of text at 12 px can only be estimated here: generously
LINE = 18  # of text, and of a bar with the gap to the next
PLOT = 170  # height of the lines' plot


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar (x, y, width) or a point (x, y) of a series; `name` is told where one points at it."""

    x: float
    y: float
    place: int
    name: str
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart; `paths` are lines as (series, points of a polyline), `rules` the lines of the axes."""

    title: str
    description: str
    height: float
    keys: tuple[tuple[Shape, Words], ...]
    rules: tuple[tuple[float, float, float, float], ...]
    words: tuple[Words, ...]
    values: tuple[Words, ...]
    paths: tuple[tuple[int, str], ...]
    points: tuple[Shape, ...]
    bars: tuple[Shape, ...]


def drawing(exhibit: Exhibit) -> Drawing:
    """The whole chart, one panel below the other."""
    title, *described = in_words(exhibit)
    pen = _Pen()
    for panel in panels(exhibit):
        pen.key(panel)
        if exhibit.chart == "bars":
            pen.bars_of(panel)
        else:
            pen.lines_of(panel)
    return pen.finished(title, ". ".join(described))


class _Pen:
    """Draws downwards; `y` is where it has come to."""

    def __init__(self) -> None:
        self.y = 4.0
        self.keys: list[tuple[Shape, Words]] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.words: list[Words] = []
        self.values: list[Words] = []
        self.paths: list[tuple[int, str]] = []
        self.points: list[Shape] = []
        self.bars: list[Shape] = []

    def finished(self, title: str, description: str) -> Drawing:
        return Drawing(
            title,
            description,
            self.y,
            tuple(self.keys),
            tuple(self.rules),
            tuple(self.words),
            tuple(self.values),
            tuple(self.paths),
            tuple(self.points),
            tuple(self.bars),
        )

    def key(self, panel: Panel) -> None:
        """The names of the series, as many on a line as there is room for."""
        x = 0.0
        for series in panel.series:
            wide = 18 + LETTER * len(series.name) + 20
            if x and x + wide > WIDTH:
                x, self.y = 0.0, self.y + LINE
            self.keys.append(
                (Shape(x + 6, self.y + 8, series.place, ""), Words(x + 18, self.y + 12, series.name))
            )
            x += wide
        self.y += LINE + 8

    def lines_of(self, panel: Panel) -> None:
        names = [panel.tick_name(tick) for tick in panel.ticks]
        left, top = LETTER * max(map(len, names)) + 8, self.y
        for tick, name in zip(panel.ticks, names, strict=True):
            y = round(top + PLOT * (1 - panel.share(tick)), 1)
            self.rules.append((left, y, WIDTH, y))
            self.words.append(Words(left - 6, y + 4, name, "end"))
        inset = 12.0
        places = [round(left + inset + (WIDTH - left - 2 * inset) * place, 1) for place in panel.places()]
        for series in panel.series:
            self._line(panel, series, places, top)
        self._labels(panel.labels, places, top + PLOT + 20)
        self.y = top + PLOT + 40

    def _line(self, panel: Panel, series: Series, places: list[float], top: float) -> None:
        placed = [
            None if value is None else (x, round(top + PLOT * (1 - panel.share(value)), 1))
            for x, value in zip(places, series.values, strict=True)
        ]
        self.paths += [
            (series.place, f"{one[0]},{one[1]} {other[0]},{other[1]}")
            for one, other in pairwise(placed)
            if one and other
        ]
        self.points += [
            Shape(*place, series.place, f"{series.name}, {label}: {cell}")
            for place, label, cell in zip(placed, panel.labels, series.cells, strict=True)
            if place
        ]

    def _labels(self, labels: tuple[str, ...], places: list[float], y: float) -> None:
        """Beneath the plot, those that have room; the first and the last stand within the drawing."""
        self.words += list(_with_room(labels, places, y))

    def bars_of(self, panel: Panel) -> None:
        """Bars lie, so that labels of any length can be read, with their figures at their ends."""
        room = LETTER * max(len(cell) for series in panel.series for cell in series.cells) + 8
        left = room if panel.low < 0 else 0.0
        across = WIDTH - room - left
        zero = left + across * panel.share(0.0)
        top = self.y
        for at, label in enumerate(panel.labels):
            self.words.append(Words(0, self.y + 12, label))
            self.y += LINE
            for series in panel.series:
                self._bar(panel, series, at, zero, left, across)
                self.y += LINE
            self.y += 8
        self.rules.append((round(zero, 1), top, round(zero, 1), self.y - 6))
        self.y += 6

    def _bar(self, panel: Panel, series: Series, at: int, zero: float, left: float, across: float) -> None:
        value, cell = series.values[at], series.cells[at]
        end = zero if value is None else left + across * panel.share(value)
        name = f"{series.name}, {panel.labels[at]}: {cell}"
        begin, width = min(zero, end), abs(end - zero)
        self.bars.append(Shape(round(begin, 1), self.y, series.place, name, round(width, 1)))
        backwards = value is not None and value < 0
        self.values.append(
            Words(
                round(end + (-5 if backwards else 5), 1), self.y + 11, cell, "end" if backwards else "start"
            )
        )


def _with_room(labels: tuple[str, ...], places: list[float], y: float) -> Iterator[Words]:
    """The last label always, and from the first on those that leave room to it and to each other."""
    *before, last = (_beneath(label, x, y) for label, x in zip(labels, places, strict=True))
    free = 0.0
    for words, begin in before:
        end = begin + LETTER * (len(words.text) + 1)
        if begin >= free and end <= last[1]:
            yield words
            free = end
    yield last[0]


def _beneath(label: str, x: float, y: float) -> tuple[Words, float]:
    """A label in the middle under `x`, or at the edge of the drawing, and where it begins."""
    half = LETTER * len(label) / 2
    if x + half > WIDTH:
        return Words(WIDTH, y, label, "end"), WIDTH - 2 * half
    return (Words(x, y, label, "middle"), x - half) if x >= half else (Words(0, y, label), 0.0)
