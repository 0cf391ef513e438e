"""How the figures of a round moved over time (pure): answers in, a few points out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from voicemock.rounds import DIMENSIONS, ROUNDS
from voicemock.store.summaries import AnswerSummary
from voicemock.wording import local_day

MOST_POINTS = 30  # of a curve: more can't be told apart in a terminal or on a phone
LATEST = 5  # answers that count as how it goes now


@dataclass(frozen=True, slots=True)
class Point:
    """The mean of some answers that follow each other; None where none of them was judged. `at` is the
    last's day.
    """

    at: str
    answers: int
    overall: float | None
    dimensions: tuple[float | None, ...]
    floor_time_s: float
    pace_wpm: float | None
    fillers_per_min: float | None
    longest_pause_s: float | None
    interruptions: float


@dataclass(frozen=True, slots=True)
class RoundTrend:
    """One round over time. `latest` and `first` are the means of the latest and the first `LATEST` answers; the first
    are the first half at most, so that there is a change to see. `within_target` is the share of the latest that
    kept to the target time, None where the round has none.
    """

    round: str
    answers: int
    best: float | None
    first: Point
    latest: Point
    points: tuple[Point, ...]
    target_s: tuple[int, int] | None
    within_target: float | None


def round_trends(answers: Sequence[AnswerSummary]) -> tuple[RoundTrend, ...]:
    """The trend of every round that was practised, in the order of the rubric; `answers` are oldest first."""
    by_round = {slug: [answer for answer in answers if answer.round == slug] for slug in ROUNDS}
    return tuple(_trend(slug, some) for slug, some in by_round.items() if some)


def _trend(slug: str, answers: Sequence[AnswerSummary]) -> RoundTrend:
    target = ROUNDS[slug].target_s
    latest = answers[-LATEST:]
    kept = [target[0] <= answer.floor_time_s <= target[1] for answer in latest] if target else []
    begun_with = max(1, min(LATEST, len(answers) // 2))
    return RoundTrend(
        round=slug,
        answers=len(answers),
        best=max((a.overall for a in answers if a.overall is not None), default=None),
        first=_point(answers[:begun_with]),
        latest=_point(latest),
        points=tuple(map(_point, _chunks(answers))),
        target_s=target,
        within_target=sum(kept) / len(kept) if kept else None,
    )


def _chunks(answers: Sequence[AnswerSummary]) -> Iterable[Sequence[AnswerSummary]]:
    """Cut into at most `MOST_POINTS` runs of about the same length."""
    count = min(MOST_POINTS, len(answers))
    return (answers[len(answers) * i // count : len(answers) * (i + 1) // count] for i in range(count))


def _point(answers: Sequence[AnswerSummary]) -> Point:
    def mean(figure: Callable[[AnswerSummary], float | None]) -> float | None:
        values = [value for answer in answers if (value := figure(answer)) is not None]
        return round(fmean(values), 2) if values else None

    return Point(
        at=local_day(answers[-1].started_at),
        answers=len(answers),
        overall=mean(lambda a: a.overall),
        dimensions=tuple(mean(lambda a, i=i: a.dimensions[i]) for i in range(len(DIMENSIONS))),  # type: ignore[misc]
        floor_time_s=round(fmean(a.floor_time_s for a in answers), 1),
        pace_wpm=mean(lambda a: a.pace_wpm),
        fillers_per_min=mean(lambda a: a.fillers_per_min),
        longest_pause_s=mean(lambda a: a.longest_pause_s),
        interruptions=round(fmean(a.interruptions for a in answers), 2),
    )
