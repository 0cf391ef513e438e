"""Two attempts at the same question, side by side (pure): scores in, a `Comparison` out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voicemock.coaching.metric_pairs import MetricChanges, metric_changes
from voicemock.scoring.feedback.fixes import MOST_FIXES
from voicemock.scoring.model import Fix, Score

CLEARLY = 0.5  # points on the scale of 1 to 4; the smallest step that an interviewer would write down
DELIVERY = ("floor_time_s", "pace_wpm", "fillers_per_min", "longest_pause_s")
_QUOTED = re.compile(r'"[^"]*"')


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


def compare(first: Score, second: Score) -> Comparison:
    """Compare two attempts, the earlier one first."""
    before, after = first.dimensions, second.dimensions
    return Comparison(
        overall=Pair("overall", first.overall, second.overall),
        dimensions=_pairs(before, after),
        phases=_pairs(first.star_seconds or {}, second.star_seconds or {}),
        delivery=tuple(Pair(name, getattr(first, name), getattr(second, name)) for name in DELIVERY),
        vague=_counts("vague", first.vague, second.vague),
        interrupts=_counts("interrupts", first.interrupts, second.interrupts),
        metrics=metric_changes(first.metrics, second.metrics),
        fixes=tuple(FixCheck(fix.dimension, fix.say, _outcome(fix, first, second)) for fix in first.fixes),
    )


def _pairs(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> tuple[Pair, ...]:
    return tuple(Pair(name, before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after)))


def _counts(name: str, first: Sequence[object], second: Sequence[object]) -> Pair:
    return Pair(name, len(first), len(second))


def _outcome(fix: Fix, first: Score, second: Score) -> str:
    """Done: not asked for again, and its dimension rose to the bar, or is good or clearly better with no fix left."""
    name, bar = fix.dimension, second.bar
    old, new = first.dimensions.get(name), second.dimensions.get(name)
    if old is None or new is None:
        return "can't tell"
    if new < old or _ask(fix) in map(_ask, second.fixes):
        return "better" if new > old else "not yet"
    if old < new >= bar or ((new >= bar or new - old >= CLEARLY) and _nothing_left(name, second)):
        return "done"
    return "better" if new > old else "not yet"


def _nothing_left(name: str, second: Score) -> bool:
    """Whether no fix for a dimension means that there was none: a full list may have had no room for it."""
    return len(second.fixes) < MOST_FIXES and all(fix.dimension != name for fix in second.fixes)


def _ask(fix: Fix) -> tuple[str, str]:
    """What a fix asks for, whichever sentence it quotes: what comes after its colon."""
    return fix.dimension, _QUOTED.sub("", fix.say).rpartition(":")[2]
