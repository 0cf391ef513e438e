"""The page of a whole onsite day: seen as a calendar, planned, changed, taken along, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from voicemock.coaching.plan import kept
from voicemock.coaching.plan.model import LEVELS
from voicemock.coaching.plan.wanted import read_day, read_time
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.interview.loop import planned_day
from voicemock.interview.loop.day import MOST_MINUTES, Day, rows
from voicemock.interview.loop.kept_days import kept_day, kept_days, remove_day
from voicemock.interview.loop.plan import Level
from voicemock.interview.loop.planned_day import SHORTEST, USUAL_ROUNDS, Wishes, day_as_wished, has_begun
from voicemock.packs.questions import Question
from voicemock.store.store import Store
from voicemock.web.interviews import one_of, style_of, whole_number, written
from voicemock.web.replies import CALENDAR, Reply, download
from voicemock.web.site import Site

QUARTER = 15  # minutes; as many of them as a round has, so high is it in the calendar
MOST_QUARTERS = MOST_MINUTES // QUARTER
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A round or a break of the day; `quarters` is how high it stands."""

    begins: str
    ends: str
    what: str
    who: str
    quarters: int


def day_page(site: Site, on: str = "") -> Reply:
    """The day of that date, or the next that is planned; where there is none, the way to plan one."""
    today = kept.local_today()
    with site.store() as store:
        found = kept_days(store)
        coming = [day for day in found if day.date >= today]
        when = read_day(on) if on else coming[0].date if coming else today
        day = next((planned_day.as_it_stands(store, each) for each in found if each.date == when), None)
        begun = day is not None and has_begun(store, day)
        over = day is not None and planned_day.is_over(store, day)
        level = day.plan.level if day else planned_day.usual_level(store)
    return site.page(
        "day.html.j2",
        day=day,
        on=when,
        rows=list(_rows(day)) if day else (),
        begun=begun,
        over=over,
        others=[each for each in found if each.date != when],
        level=level,
        usual=planned_day,
        minutes_range=(SHORTEST, MOST_MINUTES),
        most_rounds=USUAL_ROUNDS,
    )


def calendar(site: Site, on: str) -> Reply:
    """The calendar file. Raises UnknownSession where no such day is planned."""
    with site.store() as store:
        day = kept_day(store, read_day(on))
    if day is None:
        raise UnknownSession(f"no day is planned for {on}", "plan it on the page of the day")
    text = planned_day.day_calendar(day, datetime.now(UTC))
    return download(text.encode(), f"day-{day.date.isoformat()}.ics", CALENDAR)


def change_day(store: Store, questions: Callable[[], Iterable[Question]], given: Given) -> None:
    """Plan the day, or plan it anew, as a form says. Raises UsageProblem."""
    start = written(given, "start", 10)
    day_as_wished(
        store,
        questions,
        _date(given),
        Wishes(
            read_time(start) if start else None,
            whole_number(given, "rounds", 1, USUAL_ROUNDS),
            whole_number(given, "minutes", SHORTEST, MOST_MINUTES),
            whole_number(given, "pause", 0, MOST_MINUTES),
            cast("Level | None", one_of(given, "level", LEVELS)),
            style_of(given),
        ),
    )


def forget(store: Store, given: Given) -> None:
    """Forget the plan of a day. Raises UsageProblem where there is none."""
    if not remove_day(store, on := _date(given)):
        raise UsageProblem(f"no day is planned for {on}", "load the page again")


def _date(given: Given) -> date:
    return read_day(written(given, "on", 20))


def _rows(day: Day) -> Iterator[Row]:
    for begins, ends, what, who in rows(day):
        pause = not who
        minutes = day.break_minutes if pause else day.minutes
        yield Row(begins, ends, what, who, max(1, min(MOST_QUARTERS, round(minutes / QUARTER))))
