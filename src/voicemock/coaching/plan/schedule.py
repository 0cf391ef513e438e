"""From today to the interview (pure): the same settings, questions and practice give the same plan.

A plan is made anew each day out of what was done before it, so what was missed moves on by itself. Only full mocks and
the writing sample have days of their own, counted from the day the plan was made: without those they would be put off
for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from voicemock.coaching.plan.choosing import MINUTES, Book
from voicemock.coaching.plan.model import (
    DUE,
    INTERVIEW,
    LIGHT,
    MOCK,
    MOCK_MINUTES,
    NEW,
    REST,
    STORY,
    WORK,
    WRITING,
    Day,
    History,
    Plan,
    Settings,
    Task,
)
from voicemock.coaching.plan.targets import shortfalls, targets
from voicemock.packs.questions import Question
from voicemock.rounds import MOCKS, PRINCIPLES
from voicemock.wording import round_title

STORY_MINUTES = 20  # to find it, draft it and tell it
WRITING_MINUTES = 45
LIGHT_MINUTES = 20  # on the last day
MOCK_SHARE = 0.4  # of all minutes at most
MOCK_AFTER = 10  # answers; a whole loop before that teaches mostly that it is too early
DUE_SHARE = 0.5  # of a day
LEAST = min(MINUTES.values())


def make_plan(settings: Settings, questions: Sequence[Question], history: History, today: date) -> Plan:
    """The plan as it is on the morning of `today`: what was done today ticks it, and does not change it."""
    morning = history.before(today)
    book = Book(settings, questions, morning)
    days = tuple(_Days(settings, book, history, today).all())
    reach = targets(history, morning, days)
    return Plan(settings, days, reach, shortfalls(settings, days, reach))


def kind_of(settings: Settings, on: date) -> str:
    """What kind of day that is."""
    if on == settings.until:
        return INTERVIEW
    if on == settings.until - timedelta(days=1):
        return LIGHT
    return REST if on.weekday() in settings.rest else WORK


def mock_days(settings: Settings, history: History) -> tuple[date, ...]:
    """The days of full mocks: as many as are wanted and fit, evenly up to the last day of work."""
    work = _work_days(settings)
    before = history.before(settings.made_on)
    if len(before.answers) < MOCK_AFTER:
        work = work[len(work) // 4 :]
    takes = MOCK_MINUTES[settings.level]
    if takes > settings.minutes or not work:
        return ()
    room = int(len(work) * settings.minutes * MOCK_SHARE / takes)
    count = max(1, min(MOCKS - len(before.mocks), room, len(work) // 2))
    if len(before.mocks) >= MOCKS:
        return ()
    return tuple(work[(number * len(work)) // count - 1] for number in range(1, count + 1))


def _work_days(settings: Settings) -> list[date]:
    """From the day the plan was made."""
    ahead = range((settings.until - settings.made_on).days)
    days = [settings.made_on + timedelta(days=number) for number in ahead]
    return [day for day in days if kind_of(settings, day) == WORK]


class _Days:
    """The days, one after the other; the book is written as they go."""

    def __init__(self, settings: Settings, book: Book, history: History, today: date) -> None:
        self._settings, self._book, self._today = settings, book, today
        self._mock_days = mock_days(settings, history)
        morning = history.before(today)
        self._mocks = [day for day in morning.mocks if day >= settings.made_on]
        work = _work_days(settings)
        self._write_from = None if morning.written or not work else work[len(work) // 3]
        self._work_left = sum(day >= today for day in work)

    def all(self) -> Iterator[Day]:
        for number in range((self._settings.until - self._today).days + 1):
            on = self._today + timedelta(days=number)
            kind = kind_of(self._settings, on)
            tasks = self._work(on) if kind == WORK else self._light(on) if kind == LIGHT else []
            yield Day(on, kind, tuple(sorted(tasks, key=lambda task: _ORDER.index(task.kind))))

    def _work(self, on: date) -> list[Task]:
        tasks: list[Task] = []
        if task := self._mock(on):
            tasks.append(task)
        if task := self._writing(on, self._left(tasks)):
            tasks.append(task)
        # In a day of a quarter of an hour there is room for one task, so each kind has its turn to go first.
        turn = on.toordinal() % 3
        kinds = [self._due_again if turn == 0 else self._due_half, self._story, self._new]
        for add in (*kinds[turn:], *kinds[:turn]):
            tasks += add(on, tasks)
        while more := self._new(on, tasks) or self._due_again(on, tasks):
            tasks += more
        self._work_left -= 1
        return tasks

    def _left(self, tasks: Sequence[Task]) -> int:
        return self._settings.minutes - sum(task.minutes for task in tasks)

    def _mock(self, on: date) -> Task | None:
        """A mock where fewer were done than should be by now, and not the day after another."""
        wanted = sum(day <= on for day in self._mock_days)
        if len(self._mocks) >= wanted or self._mocks[-1:] == [on - timedelta(days=1)]:
            return None
        self._mocks.append(on)
        level = self._settings.level
        command = "voicemock loop" + (f" --level {level}" if level != "pm" else "")
        why = "rounds in a row, and what a debrief makes of them"
        return Task(MOCK, MOCK_MINUTES[level], "A full mock", why, command)

    def _writing(self, on: date, left: int) -> Task | None:
        takes = min(WRITING_MINUTES, self._settings.minutes)
        if self._write_from is None or on < self._write_from or takes > left:
            return None
        self._write_from = None
        why = "300 to 500 words about one story; the review ticks it once every check passes"
        return Task(WRITING, takes, "The writing sample", why, "voicemock writing FILE")

    def _due_half(self, on: date, tasks: Sequence[Task]) -> list[Task]:
        """What is due again, for half of the day at most."""
        return self._due(on, tasks, int(self._settings.minutes * DUE_SHARE))

    def _due_again(self, on: date, tasks: Sequence[Task]) -> list[Task]:
        """The same; where that has no room for even one, for what is left of the day."""
        return self._due_half(on, tasks) or self._due(on, tasks, self._left(tasks))

    def _due(self, on: date, tasks: Sequence[Task], room: int) -> list[Task]:
        found: list[Task] = []
        room = min(room, self._left(tasks))
        for question in self._book.due(on, _ids(tasks)):
            takes = MINUTES[question.round]
            if takes <= room:
                found.append(self._ask(DUE, question, on, takes, "due again"))
                room -= takes
            if room < LEAST:
                break
        return found

    def _story(self, on: date, tasks: Sequence[Task]) -> list[Task]:
        """A story for a principle that has none; two where the days are fewer than the principles."""
        found: list[Task] = []
        takes = min(STORY_MINUTES, self._settings.minutes)
        for _ in range(2 if len(self._book.missing) > max(1, self._work_left) else 1):
            question = self._book.for_story(_ids([*tasks, *found]))
            if question is None or question.principle is None or takes > self._left([*tasks, *found]):
                break
            why = f"the first story for {PRINCIPLES[question.principle].title}"
            found.append(self._ask(STORY, question, on, takes, why))
            self._book.told(question.principle)
        return found

    def _new(self, on: date, tasks: Sequence[Task]) -> list[Task]:
        """One question that was never asked."""
        question = self._book.fresh(self._left(tasks), _ids(tasks))
        if question is None:
            return []
        why = f"new in {round_title(question.round).lower()}"
        return [self._ask(NEW, question, on, MINUTES[question.round], why)]

    def _light(self, on: date) -> list[Task]:
        tasks: list[Task] = []
        left = min(LIGHT_MINUTES, self._settings.minutes)
        for question in self._book.best():
            takes = MINUTES[question.round]
            if takes > left:
                break
            tasks.append(self._ask(DUE, question, on, takes, "went well: once more, to be sure of it"))
            left -= takes
        return tasks

    def _ask(self, kind: str, question: Question, on: date, minutes: int, why: str) -> Task:
        self._book.write(question, on)
        command = f"voicemock practice --question {question.id}"
        return Task(
            kind, minutes, question.text, why, command, question.id, question.round, question.principle
        )


_ORDER = (DUE, STORY, NEW, MOCK, WRITING)


def _ids(tasks: Sequence[Task]) -> set[str]:
    return {task.question_id for task in tasks if task.question_id}
