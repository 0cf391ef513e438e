"""Numbers as one says them, and the blanks that stand for them."""

from __future__ import annotations

import re

from voicemock.scoring.model import Metric

A_WEEK_H = 7 * 24  # from here on one counts days
MANY = 3  # hours below which one does not say 0.75
ROUNDED = 0.011
THIRDS = {33.3: "a third", 66.7: "two thirds"}  # nobody says 33.3%
UNITS = {
    "s": "second", "ms": "millisecond", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month",
    "qtr": "quarter", "yr": "year", "bps": "basis point", "pp": "point",
}  # fmt: skip


def figure(value: float | None, unit: str | None) -> str | None:
    """A number with its unit as one says it: "6.8%", "$310,000", "12 seconds"; None where the unit is not known."""
    if value is None:
        return None
    if unit == "%":
        return THIRDS.get(round(value, 1), f"{value:g}%")
    if unit in ("$", "£", "€"):
        return f"{unit}{_large(value)}"
    if unit == "points":
        return f"{'minus ' if value < 0 else ''}{_large(abs(value))}"
    if unit == "x":
        return f"{value:g} times"
    if unit in UNITS:
        value, unit = _as_said(value, unit)
        return f"{_large(value)} {UNITS[unit]}{'' if value == 1 else 's'}"
    return _large(value) if unit is None or unit in ("count",) or unit.isalpha() else None


_STEPS = {"s": ("min", 60), "min": ("h", 60), "h": ("d", 24)}


def _as_said(value: float, unit: str) -> tuple[float, str]:
    """A time in the unit that one would say: 624 hours are 26 days, and two thirds of an hour 40 minutes."""
    if unit == "h" and value >= A_WEEK_H and value % 24 == 0:
        return value / 24, "d"
    for smaller, (larger, times) in _STEPS.items():
        within = round(value * times, 2)
        small = value < 1 or (larger == "h" and value < MANY)
        if unit == larger and value % 1 and small and abs(within - round(within)) <= ROUNDED:
            return float(round(within)), smaller
    return value, unit


def unit_of(metric: Metric) -> str | None:
    """The unit as it was said: "26 a month" is a rate, and no percentage."""
    if metric.unit == "%" and not re.search(
        r"(?i)%|per ?cent|half|third|quarter|tenth|fifth|point", metric.text
    ):
        return None
    return metric.unit


def hole(unit: str | None) -> str:
    """The blank that this unit leaves: "___%", "$___", "___ minutes"."""
    if unit == "%":
        return "___%"
    if unit in ("$", "£", "€"):
        return f"{unit}___"
    return f"___ {UNITS[unit]}s" if unit in UNITS and unit != "pp" else "___"


def _large(value: float) -> str:
    if abs(value) >= 1e9:
        return f"{value / 1e9:g} billion"
    if abs(value) >= 1e6:
        return f"{value / 1e6:g} million"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"
