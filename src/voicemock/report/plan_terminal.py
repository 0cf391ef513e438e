"""A plan for the terminal: today first, then the coming days, what is behind, and how far it all leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from voicemock.coaching.plan.kept import Standing
from voicemock.coaching.plan.model import ASKED, INTERVIEW, REST, STORY, Day
from voicemock.coaching.plan.ticks import Against, Seen
from voicemock.report.cells import console, table
from voicemock.report.plan_words import EMPTY, against_words, headline, kinds_words, short_day
from voicemock.wording import counted, number

if TYPE_CHECKING:
    from rich.console import Console

WEEK = 7  # days ahead that are shown without --all


def print_plan(standing: Standing, *, whole: bool = False, plain: bool = False) -> None:
    """Print it; the `whole` of it, or today and the coming week."""
    out = console(plain)
    out.print(headline(standing), style="bold")
    if whole and standing.behind.days:
        _print_behind(out, standing.behind, plain)
    elif standing.behind.days:
        out.print(against_words(standing.behind))
    if standing.today:
        _print_today(out, standing.today, standing.drafts)
    days = standing.ahead if whole else standing.ahead[:WEEK]
    if days:
        out.print(f"\n{'All days' if whole else 'The coming days'}", style="bold")
        _print_days(out, days, plain)
        if left := len(standing.ahead) - len(days):
            out.print(f"  … and {counted(left, 'day')} more: voicemock plan --all")
    out.print("\nBy the interview", style="bold")
    rows = table("", "Done", "By the day", "Wanted", plain=plain)
    for target in standing.plan.targets:
        short = "" if target.reached else ", fewer than wanted"
        figures = map(number, (target.done, target.by_the_day, target.wanted))
        rows.add_row(f"{target.name}{short}", *figures)
    out.print(rows)
    for line in standing.plan.short:
        out.print(f"  {line}")


def _print_today(out: Console, seen: Seen, drafts: Mapping[str, str]) -> None:
    day = seen.day
    heading = {REST: "rest", INTERVIEW: "the interview"}.get(day.kind, f"{day.minutes} minutes")
    out.print(f"\nToday: {heading}", style="bold")
    if not day.tasks:
        out.print(f"  {EMPTY.get(day.kind, 'Nothing is left to do.')}")
    for task, done in zip(day.tasks, seen.done, strict=True):
        style = "dim" if done else ""
        out.print(_hung(f"{'✓' if done else '○'} {task.title}", 2, style))
        out.print(_hung(f"{task.why}, {task.minutes} minutes", 4, style))
        out.print(_hung(task.command, 4, style))
        if task.kind == STORY and not done:
            out.print(_hung(_from_draft(task.principle or "", drafts), 4, style))
    if seen.beside:
        out.print(f"  and {counted(seen.beside, 'more answer')} today, outside the plan")
    if any(task.kind in ASKED for task in seen.left):
        out.print("  Begin with the first that is open: voicemock practice")


def _from_draft(principle: str, drafts: Mapping[str, str]) -> str:
    """The way to a story by its draft."""
    if draft := drafts.get(principle):
        return f"or tell what you drafted: voicemock practice --draft {draft}"
    return f"or write it first: voicemock stories draft --principle {principle}"


def _hung(text: str, by: int, style: str) -> Padding:
    """The text further in, those of its lines too that are broken."""
    return Padding(Text(text, style), (0, 0, 0, by), expand=False)


def _print_days(out: Console, days: Sequence[Day], plain: bool) -> None:
    rows = table("Day", "Minutes", "What", plain=plain)
    rows.columns[2].justify = "left"
    for day in days:
        rows.add_row(short_day(day.on), str(day.minutes) if day.minutes else "–", kinds_words(day))
    out.print(rows)


def _print_behind(out: Console, behind: Against, plain: bool) -> None:
    out.print("\nBehind you", style="bold")
    rows = table("Day", "Planned", "Done", "What", plain=plain)
    rows.columns[3].justify = "left"
    for day, done in behind.days:
        rows.add_row(short_day(day.on), str(len(day.tasks)), str(done), kinds_words(day))
    out.print(rows)
    out.print(against_words(behind))
