"""Which question comes next (pure): what is due, what has no story, what is weakest or was practised least.

A `Book` is what was asked until now. It is written on as days are planned, as if each task were done, and well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import fmean

from fsrs import Rating

from voicemock.coaching.plan.model import History, Settings
from voicemock.coaching.plan.spacing import HARD, Known, known_questions, reviewed
from voicemock.packs.questions import Question
from voicemock.rounds import BAR, PRINCIPLES, ROUNDS

LATEST = 5  # answers that count as how it goes now
SHARE_IF_UNKNOWN = 0.05  # of a round that interviews seldom have
SENIOR = {
    "system-design": 2.5
}  # how much more of a round a senior loop has: it is one of five interviews there
NAMED = 2.0  # how much more of a principle that the job names
MINUTES = {  # with its probes, and with the review read afterwards
    "behavioral": 10,
    "product-sense": 15,
    "analytical": 15,
    "system-design": 15,
    "portfolio": 30,
}


class Book:
    """What was asked, how it went, and what that makes the next question."""

    def __init__(self, settings: Settings, questions: Iterable[Question], history: History) -> None:
        self._questions = {question.id: question for question in questions}
        known = known_questions(history.answers)
        self._known = {id: each for id, each in known.items() if id in self._questions}
        self._asked: Counter[str] = Counter()  # by question, topic and round
        for answer in history.answers:
            self._count(answer.question_id, answer.round, answer.principle)
        self._fresh: dict[str, list[Question]] = defaultdict(list)  # never asked, by round
        for question in sorted(self._questions.values(), key=lambda each: (each.difficulty, each.id)):
            if not self._asked[question.id]:
                self._fresh[question.round].append(question)
        named = settings.job.principles if settings.job else ()
        self._missing = sorted(history.missing, key=lambda slug: slug not in named)
        self._weight = _weights(settings, history)

    @property
    def missing(self) -> Sequence[str]:
        """Principles without a story, those that the job names first."""
        return self._missing

    def due(self, on: date, but: set[str]) -> Iterator[Question]:
        """Those due again, the longest overdue first."""
        found = [
            (known.due, known.overall if known.overall is not None else BAR, id)
            for id, known in self._known.items()
            if known.due <= on and id not in but
        ]
        return (self._questions[id] for _, _, id in sorted(found))

    def best(self) -> Iterator[Question]:
        """Behavioral questions that went well, the best first, to warm up with."""
        scored = ((known.overall, id) for id, known in self._known.items() if known.overall is not None)
        found = [(-overall, id) for overall, id in scored if overall >= HARD]
        return (
            question for _, id in sorted(found) if (question := self._questions[id]).round == "behavioral"
        )

    def for_story(self, but: set[str]) -> Question | None:
        """A question for a principle that has no story, of those the one that was asked for least."""
        for slug in sorted(self._missing, key=lambda slug: self._asked[slug]):
            choices = [q for q in self._questions.values() if q.principle == slug and q.id not in but]
            if choices:
                return min(choices, key=lambda each: (self._asked[each.id], each.difficulty, each.id))
        return None

    def fresh(self, minutes: int, but: set[str]) -> Question | None:
        """A question never asked that fits into these minutes, of the round and principle that need it most."""
        for slug in sorted(ROUNDS, key=self._need, reverse=True):
            choices = [q for q in self._fresh[slug] if q.id not in but] if MINUTES[slug] <= minutes else []
            if choices:
                return max(choices, key=lambda each: self._need(each.principle or each.type or ""))
        return None

    def write(self, question: Question, on: date) -> None:
        """Count the question as answered on that day, and well: what comes after is planned for that."""
        known: Known | None = self._known.get(question.id)
        self._known[question.id] = reviewed(known, Rating.Good, on, known.overall if known else None)
        if question in self._fresh[question.round]:
            self._fresh[question.round].remove(question)
        self._count(question.id, question.round, question.principle)

    def told(self, slug: str) -> None:
        """The principle has its story now."""
        self._missing.remove(slug)

    def _count(self, question_id: str, round: str, principle: str | None) -> None:
        question = self._questions.get(question_id)
        topic = principle or (question.type if question else None)
        self._asked.update([question_id, round] if topic is None else [question_id, round, topic])

    def _need(self, topic: str) -> float:
        """Shares are given out as seats are: to whoever has most votes for each seat with one more."""
        return self._weight.get(topic, 1.0) / (1 + self._asked[topic])


def _weights(settings: Settings, history: History) -> dict[str, float]:
    """How much each round and each principle counts: its share, the level, the job, and how far below the bar it is."""
    job = settings.job
    lines = sum(job.rounds.values()) if job else 0
    weights = {}
    for slug, round in ROUNDS.items():
        share = round.share or SHARE_IF_UNKNOWN
        if settings.level == "senior":
            share *= SENIOR.get(slug, 1.0)
        if job and lines:
            share *= 1 + job.rounds.get(slug, 0) / lines
        weights[slug] = share * _weakness([a.overall for a in history.answers if a.round == slug])
    for slug in PRINCIPLES:
        named = NAMED if job and slug in job.principles else 1.0
        weights[slug] = named * _weakness([a.overall for a in history.answers if a.principle == slug])
    return weights


def _weakness(overalls: Sequence[float | None]) -> float:
    """1 at the bar or where nothing is known, more below it."""
    latest = [overall for overall in overalls if overall is not None][-LATEST:]
    return 1 + max(0.0, BAR - fmean(latest)) if latest else 1.0
