"""What the story bank says: coverage, best and latest attempt, overuse, numbers that drift (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from voicemock.coaching.metric_pairs import metric_changes
from voicemock.rounds import PRINCIPLES
from voicemock.scoring.model import Metric
from voicemock.store.stories import StoryAnswer

MOST_PRINCIPLES = (
    3  # asked of one story; "two or three is usual, a story that shows eight shows none" (rubric 4)
)
KEY_NUMBERS = 4  # shown of a story


@dataclass(frozen=True, slots=True)
class Attempt:
    """One telling and its score."""

    answer_id: str
    started_at: str
    overall: float | None


@dataclass(frozen=True, slots=True)
class Drift:
    """A number that an earlier telling has otherwise than the latest."""

    earlier: str
    earlier_answer: str
    latest: str
    latest_answer: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story. `principles` are demonstrated in it: slug → in how many tellings; `asked_for` are those of
    its questions; `proposed` are the answers that the user has not confirmed.
    """

    id: int
    title: str
    answers: tuple[StoryAnswer, ...]
    principles: Mapping[str, int]
    asked_for: tuple[str, ...]
    best: Attempt | None
    latest: Attempt
    key_numbers: tuple[str, ...]
    drifts: tuple[Drift, ...]
    proposed: tuple[str, ...]

    @property
    def overused(self) -> bool:
        """Whether the story is told for more principles than one story can carry."""
        return len(self.asked_for) > MOST_PRINCIPLES


@dataclass(frozen=True, slots=True)
class StoryBank:
    """All stories, and the principles that none of them demonstrates."""

    stories: tuple[Story, ...]
    missing: tuple[str, ...]


def story_bank(
    answers: Iterable[StoryAnswer],
    demonstrated: Mapping[str, frozenset[str]],
    metrics: Mapping[str, Sequence[Metric]],
) -> StoryBank:
    """The bank of these answers, which come by story and then by time.

    `demonstrated` has the principles and `metrics` the metrics of each answer; an answer missing there has
    none.
    """
    stories = tuple(
        _story(tuple(group), demonstrated, metrics) for _, group in groupby(answers, key=lambda a: a.story_id)
    )
    covered = {slug for story in stories for slug in story.principles}
    return StoryBank(stories, tuple(slug for slug in PRINCIPLES if slug not in covered))


def _story(
    answers: tuple[StoryAnswer, ...],
    demonstrated: Mapping[str, frozenset[str]],
    metrics: Mapping[str, Sequence[Metric]],
) -> Story:
    shown = Counter(slug for answer in answers for slug in sorted(demonstrated.get(answer.answer_id, ())))
    attempts = [Attempt(a.answer_id, a.started_at, a.overall) for a in answers]
    scored = [attempt for attempt in attempts if attempt.overall is not None]
    return Story(
        id=answers[0].story_id,
        title=answers[0].title,
        answers=answers,
        principles=dict(shown.most_common()),
        asked_for=tuple(dict.fromkeys(a.principle for a in answers if a.principle)),
        best=max(scored, key=lambda attempt: attempt.overall or 0, default=None),
        latest=attempts[-1],
        key_numbers=_key_numbers(answers, metrics),
        drifts=_drifts(answers, metrics),
        proposed=tuple(a.answer_id for a in answers if not a.confirmed),
    )


def _key_numbers(answers: Sequence[StoryAnswer], metrics: Mapping[str, Sequence[Metric]]) -> tuple[str, ...]:
    """The results of the latest telling that has any."""
    for answer in reversed(answers):
        results = [m.text for m in metrics.get(answer.answer_id, ()) if m.role == "result"]
        if results:
            return tuple(results[:KEY_NUMBERS])
    return ()


def _drifts(answers: Sequence[StoryAnswer], metrics: Mapping[str, Sequence[Metric]]) -> tuple[Drift, ...]:
    """Where earlier tellings contradict the latest one that has metrics."""
    telling = [answer for answer in answers if metrics.get(answer.answer_id)]
    found: dict[tuple[str, str], Drift] = {}
    for earlier in telling[:-1]:
        changes = metric_changes(metrics[earlier.answer_id], metrics[telling[-1].answer_id])
        for pair in changes.changed:
            said, now = pair.first.text, pair.second.text
            found[said, now] = Drift(said, earlier.answer_id, now, telling[-1].answer_id)
    return tuple(found.values())
