"""`voicemock day`: a whole onsite day, planned and gone through."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.desk import RunOptions, run_options
from voicemock.cli.options import (
    STYLES,
    json_option,
    model_option,
    plain_option,
    prompts_option,
    recordings_option,
    seed_option,
)
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import damage_told
from voicemock.errors import UsageProblem

if TYPE_CHECKING:
    from voicemock.interview.loop.day import Day


class TimeOfDay(click.ParamType):  # type: ignore[type-arg] # generic for type checkers only
    """ "09:00"."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        try:
            return datetime.strptime(str(value), "%H:%M").time()
        except ValueError:
            self.fail(f"{value!r} is no time of day like 09:00", param, ctx)


@click.command(
    epilog="""\b
Examples:
  voicemock day                                    five rounds of 45 minutes from 09:00, today
  voicemock day --date 2027-01-15 --start 10:00 --break 30 --ics day.ics
  voicemock day --level pm --rounds 3
  voicemock day --go                               hold it: each round at its time
  voicemock day --go --now                         one round after the other, with the breaks
"""
)
@click.option(
    "--date",
    "on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Which day; today by default.",
)
@click.option("--start", type=TimeOfDay(), metavar="HH:MM", help="When it begins; 09:00 by default.")
@click.option(
    "--rounds", type=click.IntRange(1, 5), metavar="N", help="How many; 5 by default, 4 for --level pm."
)
@click.option("--minutes", type=click.IntRange(10, 180), metavar="N", help="Of each round; 45 by default.")
@click.option(
    "--break", "pause", type=click.IntRange(0, 180), metavar="MINUTES", help="Between rounds; 15 by default."
)
@click.option(
    "--level",
    type=click.Choice(["pm", "senior"]),
    help="As in your plan; without one senior, with system design.",
)
@click.option("--style", type=click.Choice(STYLES), help="How interviewers cut in; by default as in `loop`.")
@click.option(
    "--ics", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a calendar file."
)
@click.option("--go", is_flag=True, help="Hold the day, or go on with it.")
@click.option(
    "--now", "at_once", is_flag=True, help="With --go: do not wait for the times, only in the breaks."
)
@click.option("--remove", is_flag=True, help="Forget the plan of that day; what was said stays.")
@click.option("--voice", metavar="NAME", help="One voice for all; by default each interviewer has their own.")
@model_option
@run_options
@json_option
@plain_option
@seed_option
@prompts_option
@recordings_option
def day(
    on: datetime | None,
    start: time | None,
    rounds: int | None,
    minutes: int | None,
    pause: int | None,
    level: Any,
    style: Any,
    seed: int | None,
    ics: Path | None,
    go: bool,
    at_once: bool,
    remove: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Plan a whole onsite day, and hold it: a loop whose rounds have their times, with breaks that a key ends.

    The plan is kept, one a date. Ctrl-C stops the day; --go goes on from there, and a debrief ends it.
    """
    from voicemock.interview.loop.kept_days import remove_day
    from voicemock.interview.loop.planned_day import Wishes, day_as_wished
    from voicemock.packs.questions import load_questions
    from voicemock.store.store import Store

    run = RunOptions(**options)
    when = on.date() if on else datetime.now().astimezone().date()
    wishes = Wishes(start, rounds, minutes, pause, level, style, seed)
    _refuse(
        go=go,
        at_once=at_once,
        remove=remove,
        as_json=as_json,
        changes=wishes.any or ics is not None,
        events=run.events,
    )
    with Store(run.recordings) as store:
        with damage_told(store):
            if remove:
                if not remove_day(store, when):
                    raise UsageProblem(f"no day is planned for {when}", "`voicemock day` plans one")
                echo(f"The plan of {when} is removed.")
                return 0
            kept = day_as_wished(store, lambda: load_questions(run.prompts), when, wishes)
            if ics is not None:
                _write_calendar(ics, kept)
        if go:
            from voicemock.cli.day_run import hold

            return hold(store, kept, run, at_once=at_once, as_json=as_json)
        _show(kept, as_json=as_json, plain=run.plain)
    return 0


def _refuse(
    *, go: bool, at_once: bool, remove: bool, as_json: bool, changes: bool, events: str | None
) -> None:
    """What does not fit together. Raises UsageProblem."""
    if at_once and not go:
        raise UsageProblem("--now is about holding the day", "add --go")
    if remove and (go or as_json or changes):
        raise UsageProblem("--remove and other options do not go together", "leave them out")
    if as_json and events == "-":
        raise UsageProblem("--json and --events - both write to standard output", "give --events a file")


def _show(planned: Day, *, as_json: bool, plain: bool) -> None:
    from voicemock.interview.loop.day import rows

    if as_json:
        body = planned.as_body()
        slots = [
            {"start": s.start.isoformat(timespec="minutes"), "end": s.end.isoformat(timespec="minutes")}
            for s in planned.slots
        ]
        echo_json({"date": planned.date.isoformat(), **body, "slots": slots})
        return
    from rich.text import Text

    from voicemock.report.cells import console, table

    out = console(plain)
    out.print(f"{planned.date:%A} {planned.date.isoformat()}", style="bold")
    shown = table("From", "To", "", "With", plain=plain)
    for column in shown.columns:
        column.justify = "left"
    for cells in rows(planned):
        shown.add_row(*map(Text, cells))
    out.print(shown)
    today = planned.date == datetime.now().astimezone().date()
    out.print(f"\nHold it: voicemock day --go{'' if today else f' --date {planned.date.isoformat()}'}")


def _write_calendar(path: Path, planned: Day) -> None:
    from voicemock.files import write_file
    from voicemock.interview.loop.planned_day import day_calendar

    text = day_calendar(planned, datetime.now().astimezone())
    write_file(path, text.encode(), "name another file: --ics FILE")
    echo(str(path), err=True)
