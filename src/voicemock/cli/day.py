"""`voicemock day`: a whole onsite day, planned and gone through."""

from __future__ import annotations

import random
from datetime import date, datetime, time
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
from voicemock.cli.practice import SEEDS
from voicemock.cli.stored import damage_told
from voicemock.errors import UsageProblem

if TYPE_CHECKING:
    from voicemock.interview.loop.day import Day
    from voicemock.store.store import Store

USUAL_START, USUAL_ROUNDS, USUAL_MINUTES, USUAL_BREAK = time(9, 0), 5, 45, 15
USUAL_LEVEL = "senior"  # its loop has five rounds


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
    level: str | None,
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
    from voicemock.interview.loop.kept_days import kept_day, remove_day
    from voicemock.store.store import Store

    run = RunOptions(**options)
    when = on.date() if on else datetime.now().astimezone().date()
    wishes = {"start": start, "rounds": rounds, "minutes": minutes, "pause": pause, "level": level, "style": style,
              "seed": seed}  # fmt: skip
    wanted = any(wish is not None for wish in wishes.values())
    _refuse(
        go=go,
        at_once=at_once,
        remove=remove,
        as_json=as_json,
        changes=wanted or ics is not None,
        events=run.events,
    )
    with Store(run.recordings) as store:
        with damage_told(store):
            if remove:
                if not remove_day(store, when):
                    raise UsageProblem(f"no day is planned for {when}", "`voicemock day` plans one")
                echo(f"The plan of {when} is removed.")
                return 0
            kept = kept_day(store, when)
            if kept is None or wanted:
                kept = _planned(store, run, when, kept, **wishes)
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


def _planned(
    store: Store,
    run: RunOptions,
    when: date,
    before: Day | None,
    *,
    start: time | None,
    rounds: int | None,
    minutes: int | None,
    pause: int | None,
    level: str | None,
    style: Any,
    seed: int | None,
) -> Day:
    """A new plan in the place of the one before, which must not have begun: what is not asked for stays as it was."""
    from voicemock.coaching.plan.kept import kept_settings
    from voicemock.interview.loop.day import plan_day
    from voicemock.interview.loop.kept_days import keep_day
    from voicemock.interview.loop.plan import plan_loop
    from voicemock.packs.questions import load_questions
    from voicemock.speech.voice import loop_voices
    from voicemock.store.history import practised

    if before is not None and before.session is not None and store.answers(before.session):
        raise UsageProblem(
            f"the day of {when} has begun", "`voicemock day --go` goes on with it; --remove forgets its plan"
        )
    if before is not None and level is None and rounds is None and style is None and seed is None:
        loop, most = before.plan, len(before.plan.interviews)
    else:
        seed = random.randrange(SEEDS) if seed is None else seed
        settings = kept_settings(store)
        usual = before.plan.level if before else settings.level if settings else USUAL_LEVEL
        wanted: Any = level or usual
        loop = plan_loop(load_questions(run.prompts), wanted, seed, practised(store), style, loop_voices())
        most = min(USUAL_ROUNDS, len(loop.interviews)) if rounds is None else rounds
    start = start or (before.start if before else USUAL_START)
    length = minutes or (before.minutes if before else USUAL_MINUTES)
    gap = pause if pause is not None else before.break_minutes if before else USUAL_BREAK
    return keep_day(store, plan_day(when, start, length, gap, loop, most))


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
    from voicemock.report.calendar import Entry, calendar_text

    entries = [
        Entry(
            f"day-{planned.date.isoformat()}-{number + 1}",
            slot.start,
            slot.end,
            f"Mock interview {number + 1} of {len(planned.slots)}: {interview.title}",
            f"With {interview.interviewer.name}. voicemock day --go",
        )
        for number, (slot, interview) in enumerate(zip(planned.slots, planned.plan.interviews, strict=True))
    ]
    text = calendar_text(entries, datetime.now().astimezone())
    write_file(path, text.encode(), "name another file: --ics FILE")
    echo(str(path), err=True)
