"""When a question is due again (pure): FSRS, with a score as the rating."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fsrs import Card, Rating, Scheduler

from voicemock.coaching.plan.model import Answered
from voicemock.rounds import BAR

AGAIN, HARD = 2.0, 3.0  # an overall below them

# Days, not minutes: nobody answers a question aloud again ten minutes later. No chance in it either: the same answers
# give the same days.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Known:
    """A question that was answered: when it is due again, and its latest score."""

    card: Card
    overall: float | None

    @property
    def due(self) -> date:
        return self.card.due.date()


def rating_of(overall: float) -> Rating:
    """The rating that an overall stands for."""
    if overall < AGAIN:
        return Rating.Again
    if overall < HARD:
        return Rating.Hard
    return Rating.Good if overall < BAR else Rating.Easy


def reviewed(known: Known | None, rating: Rating, day: date, overall: float | None) -> Known:
    """The same question after it was answered on that day."""
    at = datetime.combine(day, _NOON)
    card = known.card if known else Card(card_id=0, due=at)
    return Known(_SCHEDULER.review_card(card, rating, at)[0], overall)


def known_questions(answers: Iterable[Answered]) -> dict[str, Known]:
    """Every question that was answered and scored, by id; `answers` are the oldest first."""
    found: dict[str, Known] = {}
    for answer in answers:
        if answer.overall is not None:
            rating = rating_of(answer.overall)
            found[answer.question_id] = reviewed(
                found.get(answer.question_id), rating, answer.day, answer.overall
            )
    return found
