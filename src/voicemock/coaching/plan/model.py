"""What a plan is made of (pure): what the user set, what was practised, days and their tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from voicemock.rounds import PRINCIPLES, ROUNDS

LEVELS = ("pm", "senior")  # as in a loop
MINUTES = 60  # a day, where nothing else is said
MINUTES_RANGE = (15, 480)
MOST_DAYS = 366  # ahead
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MOCK_MINUTES = {"pm": 50, "senior": 60}  # four or five interviews of some ten minutes, and the debrief

WORK, REST, LIGHT, INTERVIEW = "work", "rest", "light", "interview"  # kinds of days
DUE, STORY, NEW, MOCK, WRITING = "due", "story", "new", "mock", "writing"  # kinds of tasks
ASKED = (DUE, STORY, NEW)  # those in which one question is answered


@dataclass(frozen=True, slots=True)
class Job:
    """What a job's text dwells on: how many of its lines speak of each round, and the principles in it."""

    name: str
    rounds: Mapping[str, int]
    principles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set. `until` is the day of the interview, `rest` are weekdays (Monday is 0), `at` is when a day's
    work begins, for the calendar.
    """

    until: date
    made_on: date
    level: str = LEVELS[0]
    minutes: int = MINUTES
    rest: tuple[int, ...] = ()
    at: time | None = None
    job: Job | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, which `from_dict` reads."""
        job = self.job
        return {
            "date": self.until.isoformat(),
            "made_on": self.made_on.isoformat(),
            "level": self.level,
            "minutes": self.minutes,
            "rest": [WEEKDAYS[day] for day in self.rest],
            "at": self.at.strftime("%H:%M") if self.at else None,
            "job": {"name": job.name, "rounds": dict(job.rounds), "principles": list(job.principles)}
            if job
            else None,
        }

    @classmethod
    def from_dict(cls, body: Mapping[str, Any]) -> Settings:
        """Raises ValueError, TypeError or KeyError where that is no plan of ours."""
        job = body["job"]
        found = cls(
            until=date.fromisoformat(body["date"]),
            made_on=date.fromisoformat(body["made_on"]),
            level=body["level"],
            minutes=int(body["minutes"]),
            rest=tuple(sorted(WEEKDAYS.index(name) for name in body["rest"])),
            at=time.fromisoformat(body["at"]) if body["at"] else None,
            job=Job(job["name"], dict(job["rounds"]), tuple(job["principles"])) if job else None,
        )
        low, high = MINUTES_RANGE
        if found.level not in LEVELS or not low <= found.minutes <= high:
            raise ValueError("not a plan")
        if found.job and not (
            set(found.job.rounds) <= set(ROUNDS) and set(found.job.principles) <= set(PRINCIPLES)
        ):
            raise ValueError("not a plan")
        return found


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that is stored; `shown` are the principles that it demonstrates."""

    day: date
    question_id: str
    round: str
    principle: str | None
    overall: float | None
    shown: frozenset[str] = frozenset()
    in_mock: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What is stored of the user's practice, the oldest first: each with the day on which it was done."""

    answers: tuple[Answered, ...] = ()
    mocks: tuple[date, ...] = ()
    stories: tuple[date, ...] = ()  # when each was first told
    seconds: tuple[tuple[date, float], ...] = ()  # of each session
    writing: tuple[tuple[date, bool], ...] = ()  # reviews of the writing sample, and whether it passed

    def before(self, day: date) -> History:
        """What was done before that day."""
        return History(
            tuple(each for each in self.answers if each.day < day),
            tuple(on for on in self.mocks if on < day),
            tuple(on for on in self.stories if on < day),
            tuple(each for each in self.seconds if each[0] < day),
            tuple(each for each in self.writing if each[0] < day),
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The principles that no answer demonstrates, in the order of the rubric."""
        shown = frozenset().union(*(answer.shown for answer in self.answers))
        return tuple(slug for slug in PRINCIPLES if slug not in shown)

    @property
    def hours(self) -> float:
        return sum(seconds for _, seconds in self.seconds) / 3600

    @property
    def written(self) -> bool:
        """Whether a writing sample passed."""
        return any(good for _, good in self.writing)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. A question's task has its id and round, and its principle where it has one."""

    kind: str
    minutes: int
    title: str
    why: str
    command: str
    question_id: str | None = None
    round: str | None = None
    principle: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day and its place in the plan."""

    on: date
    kind: str
    tasks: tuple[Task, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(task.minutes for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Reach:
    """One preparation target: what is done, and what will be by the day if the plan is kept."""

    name: str
    wanted: float
    done: float
    by_the_day: float

    @property
    def reached(self) -> bool:
        return self.by_the_day >= self.wanted


@dataclass(frozen=True, slots=True)
class Plan:
    """Every day from the one it is seen on to the interview, and how far that leads. `short` says in a sentence each
    what can't be reached, and what would reach it.
    """

    settings: Settings
    days: tuple[Day, ...]
    targets: tuple[Reach, ...]
    short: tuple[str, ...]
