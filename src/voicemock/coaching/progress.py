"""How far the preparation is: trends by round, principles and stories, the targets of rubric section 8."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from voicemock.coaching.advice import Advice, advise
from voicemock.coaching.kept_outcomes import kept_outcomes
from voicemock.coaching.outcomes import OutcomeSeen, seen
from voicemock.coaching.self_rating import SelfRatings, marked_answers, self_ratings
from voicemock.coaching.stories import match_new
from voicemock.coaching.story_bank import StoryBank, story_bank
from voicemock.coaching.trends import Point, RoundTrend, round_trends
from voicemock.rounds import DIMENSIONS, HOURS, MOCKS, PRINCIPLES, QUESTIONS, STORIES
from voicemock.store.store import Store
from voicemock.store.stories import story_answers
from voicemock.store.summaries import (
    AnswerSummary,
    answer_summaries,
    demonstrated_principles,
    full_mocks,
    practice_seconds,
    self_marks,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One preparation target: how much of it is done."""

    name: str
    done: float
    wanted: float

    @property
    def share(self) -> float:
        return min(1.0, self.done / self.wanted)


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the progress page and the terminal show."""

    answers: int
    rounds: tuple[RoundTrend, ...]
    bank: StoryBank
    targets: tuple[Target, ...]
    advice: tuple[Advice, ...]
    marks: SelfRatings | None = None
    outcomes: tuple[OutcomeSeen, ...] = ()


def read_progress(store: Store) -> Progress:
    """The progress of all stored practice; new answers are put into the story bank first."""
    match_new(store)
    answers = answer_summaries(store)
    bank = story_bank(story_answers(store), demonstrated_principles(store), {})
    trends = round_trends(answers)
    mocks = full_mocks(store)
    return Progress(
        answers=len(answers),
        rounds=trends,
        bank=bank,
        targets=_targets(answers, bank, mocks, practice_seconds(store)),
        advice=advise(answers, trends, bank, mocks),
        marks=self_ratings(marked_answers(answers, self_marks(store))),
        outcomes=seen(kept_outcomes(store), answers),
    )


def as_dict(progress: Progress) -> dict[str, Any]:
    """The JSON form."""
    return {
        "answers": progress.answers,
        "rounds": [_round_dict(trend) for trend in progress.rounds],
        "stories": [
            {
                "id": story.id, "title": story.title, "answers": len(story.answers),
                "principles": dict(story.principles), "asked_for": list(story.asked_for),
                "best": story.best.overall if story.best else None, "latest": story.latest.overall,
                "overused": story.overused,
            }
            for story in progress.bank.stories
        ],
        "missing_principles": list(progress.bank.missing),
        "targets": [{"name": t.name, "done": t.done, "wanted": t.wanted} for t in progress.targets],
        "next": [{"why": each.why, "command": each.command} for each in progress.advice],
        "self_ratings": asdict(progress.marks) if progress.marks else None,
        "outcomes": [each.as_dict() for each in progress.outcomes],
    }  # fmt: skip


def _targets(
    answers: Sequence[AnswerSummary], bank: StoryBank, mocks: int, seconds: float
) -> tuple[Target, ...]:
    questions = len({answer.question_id for answer in answers})
    return (
        Target("questions practised", questions, QUESTIONS),
        Target("full mocks", mocks, MOCKS),
        Target("hours", round(seconds / 3600, 1), HOURS),
        Target("principles with a story", len(PRINCIPLES) - len(bank.missing), len(PRINCIPLES)),
        Target("stories", len(bank.stories), STORIES[0]),
    )


def _round_dict(trend: RoundTrend) -> dict[str, Any]:
    return {
        "round": trend.round,
        "answers": trend.answers,
        "best": trend.best,
        "target_s": trend.target_s,
        "within_target": trend.within_target,
        "first": _point_dict(trend.first),
        "latest": _point_dict(trend.latest),
        "points": [_point_dict(point) for point in trend.points],
    }


def _point_dict(point: Point) -> dict[str, Any]:
    values = {name: getattr(point, name) for name in Point.__slots__ if name != "dimensions"}
    return {**values, "dimensions": dict(zip(DIMENSIONS, point.dimensions, strict=True))}
