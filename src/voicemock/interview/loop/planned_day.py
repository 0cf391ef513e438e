"""A day as it is asked for: planned, planned anew, and taken along as a calendar."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import cast

from voicemock.coaching.calendar import Entry, calendar_text
from voicemock.coaching.plan.kept import kept_settings
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.interview.loop.day import Day, plan_day
from voicemock.interview.loop.kept_days import keep_day, kept_day
from voicemock.interview.loop.plan import Level, LoopPlan, plan_loop
from voicemock.limits import SEEDS
from voicemock.packs.questions import Question
from voicemock.scoring.gaps.policy import Style
from voicemock.speech.voice import loop_voices
from voicemock.store.history import practised
from voicemock.store.store import Store

USUAL_START, USUAL_ROUNDS, USUAL_MINUTES, USUAL_BREAK = time(9, 0), 5, 45, 15
USUAL_LEVEL: Level = "senior"  # its loop has five rounds
SHORTEST = 10  # minutes of a round; a break may have none


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of a day; what is None stays as it was, or as it usually is."""

    start: time | None = None
    rounds: int | None = None
    minutes: int | None = None
    pause: int | None = None
    level: Level | None = None
    style: Style | None = None
    seed: int | None = None

    @property
    def any(self) -> bool:
        return self != Wishes()

    @property
    def of_the_loop(self) -> bool:
        """Whether other interviews are asked for, and not only other times."""
        return any(wish is not None for wish in (self.rounds, self.level, self.style, self.seed))


def day_as_wished(store: Store, questions: Callable[[], Iterable[Question]], on: date, wishes: Wishes) -> Day:
    """The day of that date, kept: as it is, or planned as wished. Raises UsageProblem where one that has begun would be
    planned anew, or the wishes don't fit together.
    """
    before = kept_day(store, on)
    if before is not None and not wishes.any:
        return before
    if before is not None and has_begun(store, before):
        raise UsageProblem(
            f"the day of {on} has begun", "`voicemock day --go` goes on with it; --remove forgets its plan"
        )
    if before is not None and not wishes.of_the_loop:
        loop, rounds = before.plan, len(before.plan.interviews)
    else:
        loop = _loop(store, questions, before, wishes)
        same = before is not None and before.plan.level == loop.level
        usual = len(before.plan.interviews) if before and same else USUAL_ROUNDS
        rounds = min(usual, len(loop.interviews)) if wishes.rounds is None else wishes.rounds
    start = wishes.start or (before.start if before else USUAL_START)
    minutes = wishes.minutes or (before.minutes if before else USUAL_MINUTES)
    pause = wishes.pause if wishes.pause is not None else before.break_minutes if before else USUAL_BREAK
    return keep_day(store, plan_day(on, start, minutes, pause, loop, rounds))


def as_it_stands(store: Store, day: Day) -> Day:
    """The day without a session that was deleted since: it can be held again."""
    try:
        if day.session is not None:
            store.session(day.session)
    except UnknownSession:
        return replace(day, session=None)
    return day


def is_over(store: Store, day: Day) -> bool:
    return day.session is not None and "debrief" in store.session(day.session).settings


def has_begun(store: Store, day: Day) -> bool:
    return day.session is not None and bool(store.answers(day.session))


def usual_level(store: Store) -> Level:
    """That of the plan until the interview, where there is one."""
    settings = kept_settings(store)
    return cast("Level", settings.level) if settings else USUAL_LEVEL


def day_calendar(day: Day, made_at: datetime) -> str:
    """The calendar file of a day: an entry a round."""
    rounds = zip(day.slots, day.plan.interviews, strict=True)
    entries = [
        Entry(
            f"day-{day.date.isoformat()}-{number}@voicemock",
            slot.start,
            slot.end,
            f"Mock interview {number} of {len(day.slots)}: {interview.title}",
            f"With {interview.interviewer.name}. voicemock day --go",
        )
        for number, (slot, interview) in enumerate(rounds, 1)
    ]
    return calendar_text(entries, made_at)


def _loop(
    store: Store, questions: Callable[[], Iterable[Question]], before: Day | None, wishes: Wishes
) -> LoopPlan:
    seed = random.randrange(SEEDS) if wishes.seed is None else wishes.seed
    level = wishes.level or (before.plan.level if before else usual_level(store))
    return plan_loop(questions(), level, seed, practised(store), wishes.style, loop_voices())
