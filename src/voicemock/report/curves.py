"""The curves of the progress page as coordinates (pure): values over time in a box of fixed size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from voicemock.coaching.self_rating import SelfRatings
from voicemock.coaching.trends import Point, RoundTrend
from voicemock.report.cells import moved, points, whole
from voicemock.rounds import BAR, DIMENSIONS, FILLERS_PER_MIN, HIGHEST, LONG_PAUSE_S, LOWEST, PACE_WPM
from voicemock.wording import clock, name_of, span, target_words

WIDTH, HEIGHT = 300.0, 72.0  # units of the drawing; the page scales it
MARGIN = 5.0  # units, so that a dot on the edge is whole
AGREES = 0.5  # a mark and a score
SCALE = (LOWEST, HIGHEST)  # of a score
Shown = Callable[[float | None], str]


@dataclass(frozen=True, slots=True)
class Curve:
    """One figure over time. `runs` are stretches without a gap, each a list of (x, y); `zone` is the good
    stretch of the y axis as (top, height); `note` says the target in words."""

    name: str
    now: str
    note: str
    runs: tuple[tuple[tuple[float, float], ...], ...]
    labels: tuple[str, ...]
    zone: tuple[float, float] | None


def score_curves(trend: RoundTrend) -> tuple[Curve, ...]:
    """Overall, then each dimension, on the scale of 1 to 4 with the bar."""
    zone = (BAR, SCALE[1])
    yours = [_curve("overall", trend, lambda p: p.overall, points, SCALE, zone, f"bar {BAR}")]
    for at, name in enumerate(DIMENSIONS):
        yours.append(_curve(name, trend, lambda p, at=at: p.dimensions[at], points, SCALE, zone, ""))  # type: ignore[misc]
    return tuple(yours)


def delivery_curves(trend: RoundTrend) -> tuple[Curve, ...]:
    """Time to answer, pace, fillers, pauses and interruptions, with what rubric section 6 asks for."""
    target = trend.target_s
    told = f"target {target_words(target)}" if target else ""
    fillers, pauses = f"under {FILLERS_PER_MIN:g} a minute", f"longest, under {LONG_PAUSE_S:g} s"
    return (
        _curve("time", trend, lambda p: p.floor_time_s, _time, None, target, told),
        _curve("pace", trend, lambda p: p.pace_wpm, whole, None, PACE_WPM, f"{span(PACE_WPM)} a minute"),
        _curve("fillers", trend, lambda p: p.fillers_per_min, points, None, (0, FILLERS_PER_MIN), fillers),
        _curve("pauses", trend, lambda p: p.longest_pause_s, points, None, (0, LONG_PAUSE_S), pauses),
        _curve("interruptions", trend, lambda p: p.interruptions, points, None, None, "an answer"),
    )


def gap_curve(marks: SelfRatings) -> Curve:
    """The candidate's own marks less the scores: in the zone they agree to half a point."""
    gaps = [point.gap for point in marks.points]
    widest = max(1.0, *(abs(gap) for gap in gaps))
    return Curve(
        name="your mark less the score",
        now=moved(gaps[-1]),
        note="within half a point is good",
        runs=tuple(_runs(gaps, -widest, widest)),
        labels=tuple(f"{point.at}: {moved(point.gap)}" for point in marks.points),
        zone=_zone((-AGREES, AGREES), -widest, widest),
    )


def _zone(good: tuple[float, float], low: float, high: float) -> tuple[float, float]:
    top, bottom = _y(min(good[1], high), low, high), _y(max(good[0], low), low, high)
    return top, round(bottom - top, 1)


def _curve(
    name: str,
    trend: RoundTrend,
    figure: Callable[[Point], float | None],
    shown: Shown,
    scale: tuple[float, float] | None,
    good: tuple[float, float] | None,
    note: str,
) -> Curve:
    """`scale` is the y axis; None begins at 0 and ends above all values and what is good."""
    values = [figure(point) for point in trend.points]
    known = [value for value in values if value is not None]
    low, high = scale or (0.0, max([1.0, *known, *(good or ())]) * 1.05)
    return Curve(
        name=name_of(name),
        now=shown(figure(trend.latest)),
        note=note,
        runs=tuple(_runs(values, low, high)),
        labels=tuple(
            f"{point.at}: {shown(value)}"
            for point, value in zip(trend.points, values, strict=True)
            if value is not None
        ),
        zone=_zone((good[0], good[1]), low, high) if good else None,
    )


def _runs(
    values: Sequence[float | None], low: float, high: float
) -> Iterator[tuple[tuple[float, float], ...]]:
    step = (WIDTH - 2 * MARGIN) / max(1, len(values) - 1)
    placed = [(MARGIN + i * step, value) for i, value in enumerate(values)]
    for missing, run in groupby(placed, key=lambda each: each[1] is None):
        if not missing:
            yield tuple((round(x, 1), _y(value or 0.0, low, high)) for x, value in run)


def _y(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low)
    return round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1)


def _time(value: float | None) -> str:
    return "–" if value is None else clock(value)
