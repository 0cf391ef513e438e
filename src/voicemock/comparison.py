"""Two attempts at the same question, side by side (pure): score objects in, a `Comparison` out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicemock.metric_pairs import MetricChanges, metric_changes
from voicemock.rescoring import ScoreObject

CLEARLY = 0.5  # points on the scale of 1 to 4; the smallest step that an interviewer would write down
DELIVERY = ("floor_time_s", "pace_wpm", "fillers_per_min", "longest_pause_s")


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure in both attempts; None where it could not be told."""

    name: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class FixCheck:
    """A fix of the first attempt and what became of it: "done", "better", "not yet" or "can't tell"."""

    dimension: str
    say: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`phases` are the seconds spent in each part of STAR, empty for rounds without; `vague` and `interrupts`
    are counts."""

    overall: Pair
    dimensions: tuple[Pair, ...]
    phases: tuple[Pair, ...]
    delivery: tuple[Pair, ...]
    vague: Pair
    interrupts: Pair
    metrics: MetricChanges
    fixes: tuple[FixCheck, ...]


def compare(first: ScoreObject, second: ScoreObject) -> Comparison:
    """Compare two attempts, the earlier one first."""
    before, after = first["dimensions"], second["dimensions"]
    return Comparison(
        overall=Pair("overall", first["overall"], second["overall"]),
        dimensions=_pairs(before, after),
        phases=_pairs(first["star_seconds"] or {}, second["star_seconds"] or {}),
        delivery=tuple(Pair(name, first[name], second[name]) for name in DELIVERY),
        vague=_counts("vague", first, second),
        interrupts=_counts("interrupts", first, second),
        metrics=metric_changes(first["metrics"], second["metrics"]),
        fixes=tuple(_check(fix, before, after, float(second["bar"])) for fix in first["fixes"]),
    )


def _pairs(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> tuple[Pair, ...]:
    return tuple(Pair(name, before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after)))


def _counts(name: str, first: ScoreObject, second: ScoreObject) -> Pair:
    return Pair(name, len(first[name]), len(second[name]))


def _check(
    fix: Mapping[str, Any], before: Mapping[str, float | None], after: Mapping[str, float | None], bar: float
) -> FixCheck:
    """A fix is judged by the dimension it was to raise: the words themselves can be put in many ways."""
    old, new = before.get(fix["dimension"]), after.get(fix["dimension"])
    if old is None or new is None:
        outcome = "can't tell"
    elif new - old >= CLEARLY or (new >= bar and new > old):
        outcome = "done"
    else:
        outcome = "better" if new > old else "not yet"
    return FixCheck(fix["dimension"], fix["say"], outcome)
