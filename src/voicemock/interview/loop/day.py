"""A whole onsite day: a loop whose rounds have their times, with breaks between them. Pure: the clock is handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from voicemock.errors import UsageProblem
from voicemock.interview.loop.plan import Interview, LoopPlan
from voicemock.interview.loop.steps import as_stored, from_stored

MOST_MINUTES = 180


@dataclass(frozen=True, slots=True)
class Slot:
    """A round's place in the day, in local time."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """The rounds of a day and when each of them is. `session` is the one that it is held in, once it was begun."""

    date: date
    start: time
    minutes: int
    break_minutes: int
    plan: LoopPlan
    session: str | None = None

    @property
    def slots(self) -> tuple[Slot, ...]:
        first = datetime.combine(self.date, self.start)
        step = timedelta(minutes=self.minutes + self.break_minutes)
        length = timedelta(minutes=self.minutes)
        starts = (first + step * number for number in range(len(self.plan.interviews)))
        return tuple(Slot(start, start + length) for start in starts)

    def as_body(self) -> dict[str, Any]:
        """As it is stored: the date is the note's key."""
        return {
            "start": self.start.isoformat("minutes"),
            "minutes": self.minutes,
            "break_minutes": self.break_minutes,
            "plan": as_stored(self.plan),
            "session": self.session,
        }


def plan_day(day: date, start: time, minutes: int, break_minutes: int, plan: LoopPlan, rounds: int) -> Day:
    """A day of the first `rounds` interviews of the plan, the bar raiser's always among them. Raises UsageProblem."""
    if rounds > len(plan.interviews):
        most = f"{len(plan.interviews)} rounds are all that a {plan.level} day has"
        raise UsageProblem(most, "`--level senior` has five")
    found = Day(day, start, minutes, break_minutes, replace(plan, interviews=chosen(plan, rounds)))
    if found.slots[-1].end.date() != day:
        raise UsageProblem(
            "the day would end after midnight", "begin earlier, or with fewer or shorter rounds"
        )
    return found


def chosen(plan: LoopPlan, rounds: int) -> tuple[Interview, ...]:
    """So many interviews in their order: others leave before the bar raiser does."""
    left = list(plan.interviews)
    while len(left) > rounds:
        left.remove(next(each for each in reversed(left) if not each.interviewer.bar_raiser))
    return tuple(left)


def read_day(key: str, body: Mapping[str, Any]) -> Day:
    """From a note. Raises ValueError, KeyError or TypeError where it is not as it was written."""
    minutes, break_minutes = body["minutes"], body["break_minutes"]
    if not all(isinstance(each, int) and 0 <= each <= MOST_MINUTES for each in (minutes, break_minutes)):
        raise ValueError(f"{minutes!r} and {break_minutes!r} are no minutes")
    start = time.fromisoformat(body["start"])
    return Day(
        date.fromisoformat(key), start, minutes, break_minutes, from_stored(body["plan"]), body["session"]
    )


def wait_s(day: Day, number: int, now: datetime, *, at_once: bool, first: bool) -> float:
    """How long it is until round `number`. At once: the break alone, and none before the `first` of a sitting; else
    until its time on the clock, which may have come already.
    """
    if at_once:
        return 0.0 if first else day.break_minutes * 60.0
    return max(0.0, (day.slots[number].start - now).total_seconds())


def rows(day: Day) -> Sequence[tuple[str, str, str, str]]:
    """Each round and each break in order: from, to, what, with whom."""
    found: list[tuple[str, str, str, str]] = []
    for number, (slot, interview) in enumerate(zip(day.slots, day.plan.interviews, strict=True)):
        if number and day.break_minutes:
            found.append((_clock(day.slots[number - 1].end), _clock(slot.start), "Break", ""))
        who = interview.interviewer
        name = f"{who.name}, bar raiser" if who.bar_raiser else who.name
        found.append((_clock(slot.start), _clock(slot.end), interview.title, name))
    return found


def _clock(at: datetime) -> str:
    return at.strftime("%H:%M")
