"""Two attempts at the same question, side by side (pure): score objects in, a `Comparison` out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicemock.coaching.metric_pairs import MetricChanges, metric_changes
from voicemock.scoring.feedback.fixes import MOST_FIXES
from voicemock.store.rescoring import ScoreObject

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
        fixes=tuple(
            FixCheck(fix["dimension"], fix["say"], _outcome(fix, first, second)) for fix in first["fixes"]
        ),
    )


def _pairs(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> tuple[Pair, ...]:
    return tuple(Pair(name, before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after)))


def _counts(name: str, first: ScoreObject, second: ScoreObject) -> Pair:
    return Pair(name, len(first[name]), len(second[name]))


def _outcome(fix: Mapping[str, Any], first: ScoreObject, second: ScoreObject) -> str:
    """Done: not asked for again, and its dimension rose to the bar, or is good or clearly better with no fix left."""
    name, bar = fix["dimension"], float(second["bar"])
    old, new = first["dimensions"].get(name), second["dimensions"].get(name)
    if old is None or new is None:
        return "can't tell"
    if new < old or _ask(fix) in map(_ask, second["fixes"]):
        return "better" if new > old else "not yet"
    if old < new >= bar or ((new >= bar or new - old >= CLEARLY) and _nothing_left(name, second)):
        return "done"
    return "better" if new > old else "not yet"


def _nothing_left(name: str, second: ScoreObject) -> bool:
    """Whether no fix for a dimension means that there was none: a full list may have had no room for it."""
    fixes = second["fixes"]
    return len(fixes) < MOST_FIXES and all(fix["dimension"] != name for fix in fixes)


def _ask(fix: Mapping[str, Any]) -> tuple[str, str]:
    """What a fix asks for, whichever sentence it quotes: what comes after its colon."""
    return fix["dimension"], _QUOTED.sub("", fix["say"]).rpartition(":")[2]
