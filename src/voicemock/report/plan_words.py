"""A plan in words, the same in the terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from voicemock.coaching.plan.kept import Standing
from voicemock.coaching.plan.model import (
    DUE,
    INTERVIEW,
    LIGHT,
    MOCK,
    NEW,
    REST,
    STORY,
    WEEKDAYS,
    WRITING,
    Day,
)
from voicemock.coaching.plan.ticks import Against
from voicemock.wording import counted

NOUNS = {DUE: "repeat", STORY: "story", NEW: "new question", MOCK: "full mock", WRITING: "writing sample"}
PLURALS = {STORY: "stories"}
EMPTY = {REST: "Nothing is planned: it sinks in while you rest.", INTERVIEW: "Nothing is planned. Good luck."}
KINDS = {REST: "rest", INTERVIEW: "the interview", LIGHT: "light"}


def plan_lines(standing: Standing) -> tuple[str, ...]:
    """The plan against what is done, in a few sentences."""
    return tuple(_lines(standing))


def _lines(standing: Standing) -> Iterator[str]:
    yield headline(standing)
    if standing.behind.days:
        yield against_words(standing.behind)
    if standing.today and standing.today.done:
        yield f"Today: {sum(standing.today.done)} of {counted(len(standing.today.done), 'task')} done."
    yield from standing.plan.short


def headline(standing: Standing) -> str:
    """The interview is on Friday, 15 January 2027: 48 days, …"""
    settings = standing.plan.settings
    on = f"{settings.until:%A}, {long_day(settings.until)}"
    if standing.today is None:
        return f"The interview was on {on}. Make another plan with --date, or remove this one with --forget."
    left = (settings.until - standing.today.day.on).days
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    rest = (
        f", rest on {' and '.join(WEEKDAYS[day].capitalize() for day in settings.rest)}"
        if settings.rest
        else ""
    )
    job = f", for {settings.job.name}" if settings.job else ""
    return f"Interview {when}: {on}{job}. {settings.minutes} minutes a day{rest}, level {settings.level}."


def until_words(standing: Standing) -> str:
    """The interview is in 48 days."""
    if standing.today is None:
        return "the interview is over"
    left = (standing.plan.settings.until - standing.today.day.on).days
    return {0: "the interview is today", 1: "the interview is tomorrow"}.get(
        left, f"the interview is in {left} days"
    )


def against_words(behind: Against) -> str:
    """What was planned and what was done in the days before this one."""
    planned = f"{counted(behind.tasks, 'task')} in {behind.minutes} minutes planned"
    return (
        f"Since {long_day(behind.days[0][0].on)}: {planned}, {behind.done} done in {behind.minutes_done} minutes"
        " of sessions."
    )


def long_day(on: date) -> str:
    """15 January 2027."""
    return f"{on.day} {on:%B %Y}"


def kinds_words(day: Day) -> str:
    """2 repeats, 1 story."""
    counts = {kind: sum(task.kind == kind for task in day.tasks) for kind in NOUNS}
    said = [
        f"{count} {PLURALS[kind]}" if count > 1 and kind in PLURALS else counted(count, NOUNS[kind])
        for kind, count in counts.items()
        if count
    ]
    kind = KINDS.get(day.kind, "")
    return ": ".join(part for part in (kind, ", ".join(said)) if part) or "nothing left to do"


def short_day(on: date) -> str:
    """Fri 2027-01-15."""
    return f"{on:%a} {on.isoformat()}"
