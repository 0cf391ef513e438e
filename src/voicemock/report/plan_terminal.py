"""A plan for the terminal: today first, then the coming days, what is behind, and how far it all leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from voicemock.coaching.plan.kept import Standing
from voicemock.coaching.plan.model import (
    ASKED,
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
from voicemock.coaching.plan.ticks import Against, Seen
from voicemock.report.cells import console, table
from voicemock.wording import counted, number

if TYPE_CHECKING:
    from rich.console import Console

WEEK = 7  # days ahead that are shown without --all
NOUNS = {DUE: "repeat", STORY: "story", NEW: "new question", MOCK: "full mock", WRITING: "writing sample"}
PLURALS = {STORY: "stories"}
EMPTY = {REST: "Nothing is planned: it sinks in while you rest.", INTERVIEW: "Nothing is planned. Good luck."}
KINDS = {REST: "rest", INTERVIEW: "the interview", LIGHT: "light"}


def print_plan(standing: Standing, *, whole: bool = False, plain: bool = False) -> None:
    """Print it; the `whole` of it, or today and the coming week."""
    out = console(plain)
    out.print(headline(standing), style="bold")
    if whole and standing.behind.days:
        _print_behind(out, standing.behind, plain)
    elif standing.behind.days:
        out.print(against_words(standing.behind))
    if standing.today:
        _print_today(out, standing.today)
    days = standing.ahead if whole else standing.ahead[:WEEK]
    if days:
        out.print(f"\n{'All days' if whole else 'The coming days'}", style="bold")
        _print_days(out, days, plain)
        if left := len(standing.ahead) - len(days):
            out.print(f"  … and {counted(left, 'day')} more: voicemock plan --all")
    out.print("\nBy the interview", style="bold")
    rows = table("", "Done", "By the day", "Wanted", plain=plain)
    for target in standing.plan.targets:
        short = "" if target.reached else " (short)"
        figures = map(number, (target.done, target.by_the_day, target.wanted))
        rows.add_row(f"{target.name}{short}", *figures)
    out.print(rows)
    for line in standing.plan.short:
        out.print(f"  {line}")


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


def _print_today(out: Console, seen: Seen) -> None:
    day = seen.day
    heading = {REST: "rest", INTERVIEW: "the interview"}.get(day.kind, f"{day.minutes} minutes")
    out.print(f"\nToday: {heading}", style="bold")
    if not day.tasks:
        out.print(f"  {EMPTY.get(day.kind, 'Nothing is left to do.')}")
    for task, done in zip(day.tasks, seen.done, strict=True):
        out.print(f"  {'✓' if done else '○'} {task.title}", style="dim" if done else None)
        out.print(f"      {task.why}, {task.minutes} minutes: {task.command}", style="dim" if done else None)
    if seen.beside:
        out.print(f"  and {counted(seen.beside, 'answer')} beside the plan")
    if any(task.kind in ASKED for task in seen.left):
        out.print("  Begin with the first that is open: voicemock practice")


def _print_days(out: Console, days: Sequence[Day], plain: bool) -> None:
    rows = table("Day", "Minutes", "What", plain=plain)
    rows.columns[2].justify = "left"
    for day in days:
        rows.add_row(_short_day(day.on), str(day.minutes) if day.minutes else "–", kinds_words(day))
    out.print(rows)


def _print_behind(out: Console, behind: Against, plain: bool) -> None:
    out.print("\nBehind you", style="bold")
    rows = table("Day", "Planned", "Done", "What", plain=plain)
    rows.columns[3].justify = "left"
    for day, done in behind.days:
        rows.add_row(_short_day(day.on), str(len(day.tasks)), str(done), kinds_words(day))
    out.print(rows)
    out.print(against_words(behind))


def _short_day(on: date) -> str:
    return f"{on:%a} {on.isoformat()}"
