"""The plan on the page: shown, made, changed, taken along as a calendar, forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from voicemock.coaching.plan import kept
from voicemock.coaching.plan.calendar import as_calendar
from voicemock.coaching.plan.job import read_job
from voicemock.coaching.plan.kept import Standing
from voicemock.coaching.plan.model import (
    INTERVIEW,
    LEVELS,
    LIGHT,
    MINUTES,
    MINUTES_RANGE,
    MOCK,
    REST,
    WEEKDAYS,
    WRITING,
    Day,
)
from voicemock.coaching.plan.wanted import NONE, read_date, read_rest, read_time
from voicemock.errors import UnknownSession
from voicemock.report import plan_words
from voicemock.store.store import Store
from voicemock.web.interviews import one_of, whole_number, written
from voicemock.web.replies import CALENDAR, Reply, download
from voicemock.web.site import Site

JOB_CHARACTERS = 20_000  # of a job's text: four pages
JOB_NAME = "the job that you pasted"
SHORT = {REST: "rest", LIGHT: "light", INTERVIEW: "the day"}
MARKED = {MOCK: "mock", WRITING: "writing"}  # what a day is known by, the first that it has


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the plan's calendar; `done` is how much was done of it, None where it is to come."""

    on: date
    kind: str
    label: str
    words: str
    minutes: int
    planned: int
    done: int | None
    today: bool


def plan_page(site: Site) -> Reply:
    """The plan, or the way to make one."""
    with site.store() as store:
        stands = standing(site, store)
    return site.page(
        "plan.html.j2",
        plan=stands,
        cells=list(_cells(stands)) if stands else (),
        words=plan_words,
        levels=LEVELS,
        weekdays=WEEKDAYS,
        usual_minutes=MINUTES,
        minutes_range=MINUTES_RANGE,
        most_job=JOB_CHARACTERS,
        today=kept.local_today(),
    )


def calendar(site: Site) -> Reply:
    """The calendar file. Raises UnknownSession where there is no plan."""
    with site.store() as store:
        stands = standing(site, store)
    if stands is None:
        raise UnknownSession("there is no plan to take along", "make one on the page of the plan")
    return download(as_calendar(stands.plan, datetime.now(UTC)).encode(), "interview.ics", CALENDAR)


def standing(site: Site, store: Store) -> Standing | None:
    return kept.standing_if_any(store, lambda: site.questions)


def change_plan(store: Store, given: Mapping[str, Any]) -> None:
    """Make the plan, or change it, as a form says. Raises UsageProblem."""
    kept.change(store, dict(_changes(given)))


def _changes(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if until := written(given, "date", 20):
        yield "until", read_date(until, kept.local_today())
    if level := one_of(given, "level", LEVELS):
        yield "level", level
    if (minutes := whole_number(given, "minutes", *MINUTES_RANGE)) is not None:
        yield "minutes", minutes
    if "rest" in given:
        yield "rest", read_rest(written(given, "rest", 60) or NONE)
    if "at" in given:
        yield "at", read_time(written(given, "at", 10) or NONE)
    if job := written(given, "job", JOB_CHARACTERS):
        yield "job", read_job(JOB_NAME, job.splitlines())


def _cells(stands: Standing) -> Iterator[Cell]:
    """Every day from the one the plan was made on to the interview."""
    for day, done in stands.behind.days:
        yield _cell(day, done)
    if stands.today:
        yield _cell(stands.today.day, sum(stands.today.done), today=True)
    for day in stands.ahead:
        yield _cell(day)


def _cell(day: Day, done: int | None = None, *, today: bool = False) -> Cell:
    kinds = {task.kind for task in day.tasks}
    marked = next((label for kind, label in MARKED.items() if kind in kinds), "")
    return Cell(
        day.on, day.kind, SHORT.get(day.kind, marked), plan_words.kinds_words(day), day.minutes,
        len(day.tasks), done, today,
    )  # fmt: skip
