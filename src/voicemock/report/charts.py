"""The chart of an exhibit: what is drawn together, on which axis, and the same in words. Who draws it comes after.

Series share a panel where one axis can hold them: one unit, and sizes that leave the smaller one readable.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from voicemock.packs.exhibits import Exhibit, figure_of
from voicemock.wording import number

READABLE = 20  # times the largest of one series may exceed that of another on the same axis
STEPS = 4  # between the lines of an axis, about
_SHORT = ((1e9, "B"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class Series:
    """One column; `values` are None where its cell holds no number, `cells` are as written. `place` is its own."""

    name: str
    values: tuple[float | None, ...]
    cells: tuple[str, ...]
    place: int

    @property
    def most(self) -> float:
        return max(abs(value) for value in self.values if value is not None)


@dataclass(frozen=True, slots=True)
class Panel:
    """Series on one axis, whose `ticks` go from the lowest to the highest."""

    series: tuple[Series, ...]
    labels: tuple[str, ...]
    ticks: tuple[float, ...]
    unit: str

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    def share(self, value: float) -> float:
        """Where a value lies on the axis, 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def places(self) -> tuple[float, ...]:
        """Where the labels lie across, 0 to 1: as far apart as their numbers where they are numbers that rise."""
        numbers = [figure[0] for label in self.labels if (figure := figure_of(label)) and not figure[1]]
        last = max(1, len(self.labels) - 1)
        if len(numbers) <= last or any(other <= one for one, other in pairwise(numbers)):
            return tuple(at / last for at in range(len(self.labels)))
        return tuple((each - numbers[0]) / (numbers[-1] - numbers[0]) for each in numbers)

    def tick_name(self, tick: float) -> str:
        return with_unit(tick, self.unit)


def panels(exhibit: Exhibit) -> tuple[Panel, ...]:
    """The panels of an exhibit with a chart, in the order of their first columns."""
    groups: list[tuple[str, list[Series]]] = []
    for place, name in enumerate(exhibit.columns[1:]):
        cells = tuple(row[place + 1] for row in exhibit.rows)
        figures = [figure_of(cell) for cell in cells]
        known = [figure for figure in figures if figure]
        if not known:
            continue  # of an answer stored with another version; packs are checked for it
        series = Series(name, tuple(figure[0] if figure else None for figure in figures), cells, place)
        unit = known[0][1]
        for known_unit, group in groups:
            if known_unit == unit and _readable(group[0].most, series.most):
                group.append(series)
                break
        else:
            groups.append((unit, [series]))
    labels = tuple(row[0] for row in exhibit.rows)
    return tuple(
        Panel(tuple(group), labels, _ticks(group, from_zero=exhibit.chart == "bars"), unit)
        for unit, group in groups
    )


def in_words(exhibit: Exhibit) -> list[str]:
    """What the chart shows, a line for each series."""
    kind = "Line chart" if exhibit.chart == "line" else "Bar chart"
    lines = [f"{kind}: {exhibit.title}"]
    for panel in panels(exhibit):
        for series in panel.series:
            known = [
                (value, label, cell)
                for value, label, cell in zip(series.values, panel.labels, series.cells, strict=True)
                if value is not None
            ]
            lowest, highest = min(known, key=lambda each: each[0]), max(known, key=lambda each: each[0])
            (_, first, start), (_, last, end) = known[0], known[-1]
            way = f"{start} at {first} to {end} at {last}; " if exhibit.chart == "line" else ""
            lines.append(
                f"{series.name}: {way}lowest {lowest[2]} at {lowest[1]}, highest {highest[2]} at {highest[1]}"
            )
    return lines


def told_lines(exhibit: Exhibit) -> list[str]:
    """All of an exhibit but its title, as it is read out: the query, what the chart shows, a line for each row."""
    query = [
        f"Query: {line}" if not at else f"  {line}" for at, line in enumerate(exhibit.query.splitlines())
    ]
    rows = [
        ", ".join(f"{name} {cell}" for name, cell in zip(exhibit.columns, row, strict=False))
        for row in exhibit.rows
    ]
    return query + (in_words(exhibit) if exhibit.chart else []) + rows


def with_unit(value: float, unit: str) -> str:
    """12%, $1.5M, 40 ms."""
    size, letter = next(((size, letter) for size, letter in _SHORT if abs(value) >= size), (1.0, ""))
    said = f"{number(value / size)}{letter}"
    if unit and unit in "$€£₹¥":
        return f"{said[0]}{unit}{said[1:]}" if value < 0 else f"{unit}{said}"
    return f"{said}%" if unit == "%" else f"{said} {unit}".strip()


def _readable(one: float, other: float) -> bool:
    small, large = sorted((one, other))
    return large <= READABLE * small or large == small


def _ticks(group: Sequence[Series], *, from_zero: bool) -> tuple[float, ...]:
    """Round figures around all values. Bars begin at zero, as do lines that come near it."""
    values = [value for series in group for value in series.values if value is not None]
    low, high = min(values), max(values)
    if from_zero or low >= 0 > low - (high - low) or low < 0 < high or low == high:
        low, high = min(low, 0.0), max(high, 0.0)
    step = _round_step((high - low) / STEPS or 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(step * each, 9) for each in range(first, max(last, first + 1) + 1))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= least * (1 - 1e-9))
