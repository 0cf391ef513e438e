"""Which metrics of two tellings of a story are the same claim, and whether their numbers agree (pure).

A number that differs between attempts is an inconsistency (rubric
section 2).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicemock.scoring.language.stems import stem
from voicemock.scoring.model import Metric
from voicemock.scoring.models.lexicon import lexicon, words

CLOSE = 0.02  # relative; "1.8 seconds" and "1.79" are the same number rounded
RELATED = 0.3  # share of the smaller claim's words that the other has too; less is another claim
_FIELDS = ("before", "after", "change_pct")
_WORD = re.compile(r"[^\W\d_]+")
# What claims say whatever they are about: no sign that two are about the same thing.
_FILLING = words("filling", "filling")


@dataclass(frozen=True, slots=True)
class MetricPair:
    """The same claim in two tellings; `differs` names the fields whose numbers disagree."""

    first: Metric
    second: Metric
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MetricChanges:
    """What became of the metrics of one telling in another."""

    kept: tuple[MetricPair, ...]
    changed: tuple[MetricPair, ...]
    lost: tuple[Metric, ...]
    gained: tuple[Metric, ...]


def metric_changes(first: Sequence[Metric], second: Sequence[Metric]) -> MetricChanges:
    """Pair the metrics of two tellings, the likeliest pairs first; each metric is in one pair at most."""
    likely = sorted(_candidates(first, second), key=lambda pair: (-pair[0], pair[1], pair[2]))
    pairs: list[MetricPair] = []
    left, right = set(range(len(first))), set(range(len(second)))
    for _, i, j in likely:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append(MetricPair(first[i], second[j], _differences(first[i], second[j])))
    return MetricChanges(
        kept=tuple(pair for pair in pairs if not pair.differs),
        changed=tuple(pair for pair in pairs if pair.differs),
        lost=tuple(first[i] for i in sorted(left) if not _said_elsewhere(first[i], second)),
        gained=tuple(second[j] for j in sorted(right) if not _said_elsewhere(second[j], first)),
    )


def _candidates(first: Sequence[Metric], second: Sequence[Metric]) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be one claim, with how likely that is: shared words, and a point for each number that
    agrees.
    """
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            shared = _shared_words(one, other)
            agree = sum(_agree(one, other, name) is True for name in _FIELDS)
            if one.kind == other.kind and _comparable(one, other) and (agree or shared >= RELATED):
                yield agree + shared, i, j


def _shared_words(one: Metric, other: Metric) -> float:
    mine, theirs = _subject(one), _subject(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _subject(metric: Metric) -> frozenset[str]:
    """The words of a claim that say what it is about."""
    said = _WORD.findall(metric.text.casefold())
    return frozenset(stem(word) for word in said if word not in _FILLING and len(word) > 1)


def _said_elsewhere(metric: Metric, others: Sequence[Metric]) -> bool:
    """Whether the number is still said, as part of another claim: "it took 12 seconds" in "from 12 to
    1.8".
    """
    return any(
        other.kind == metric.kind
        and math.isclose(mine * _scale(metric), theirs * _scale(other), rel_tol=CLOSE)
        for other in others
        for mine in _values(metric)
        for theirs in _values(other)
    )


def _values(metric: Metric) -> list[float]:
    return [value for value in (metric.before, metric.after) if value is not None]


def _comparable(one: Metric, other: Metric) -> bool:
    return any(_agree(one, other, name) is not None for name in _FIELDS)


def _differences(one: Metric, other: Metric) -> tuple[str, ...]:
    return tuple(name for name in _FIELDS if _agree(one, other, name) is False)


def _agree(one: Metric, other: Metric, name: str) -> bool | None:
    """Whether a number of two claims is the same; None where one of them does not give it."""
    mine, theirs = getattr(one, name), getattr(other, name)
    if mine is None or theirs is None:
        return None
    scales = (1.0, 1.0) if name == "change_pct" else (_scale(one), _scale(other))
    return math.isclose(mine * scales[0], theirs * scales[1], rel_tol=CLOSE, abs_tol=1e-9)


def _scale(metric: Metric) -> float:
    seconds = lexicon("numbers")["seconds"] if metric.kind == "time" else {}
    return float(seconds.get(metric.unit, 1))
