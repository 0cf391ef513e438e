"""`voicemock plan`: what to do each day until the interview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.options import json_option, plain_option, prompts_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import damage_told, open_for_list, open_recordings
from voicemock.coaching.plan.model import LEVELS, MINUTES, MINUTES_RANGE
from voicemock.errors import UsageProblem

if TYPE_CHECKING:
    from voicemock.coaching.plan.kept import Standing
    from voicemock.coaching.plan.model import Day, Job
    from voicemock.store.store import Store

NO_PLAN = "No plan yet. Make one with the day of the interview: voicemock plan --date YYYY-MM-DD"


@click.command()
@click.option("--date", "until", metavar="DAY", help="The day of the interview, as YYYY-MM-DD.")
@click.option(
    "--level", type=click.Choice(LEVELS), help="senior: more system design, and mocks of five interviews."
)
@click.option(
    "--minutes",
    type=click.IntRange(*MINUTES_RANGE),
    metavar="N",
    help=f"Minutes a day; {MINUTES} unless given.",
)
@click.option("--rest", metavar="DAYS", help="Days of rest, such as sat,sun, or none; Sundays unless given.")
@click.option("--at", metavar="HH:MM", help="When a day's work begins, for the calendar; none for all day.")
@click.option(
    "--job", type=click.Path(path_type=Path), metavar="FILE",
    help="The job's description (PDF, Word or text): what it names comes first.",
)  # fmt: skip
@click.option("--all", "whole", is_flag=True, help="Show every day.")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write a calendar.")
@click.option("--forget", is_flag=True, help="Remove the plan; what you practised stays.")
@prompts_option
@recordings_option
@json_option
@plain_option
def plan(
    until: str | None,
    level: str | None,
    minutes: int | None,
    rest: str | None,
    at: str | None,
    job: Path | None,
    whole: bool,
    ics: Path | None,
    forget: bool,
    prompts: Path | None,
    recordings: Path,
    as_json: bool,
    plain: bool,
) -> None:
    """Plan each day until the interview, and see what of it is done.

    Questions come again when they are due (spaced repetition), then principles that have no story, then what is weakest
    or was practised least; full mocks, the writing sample and days of rest have their places. What you practise ticks
    it; what you miss moves on. Options change the plan there is.

    \b
    Examples:
      voicemock plan --date 2027-01-15
      voicemock plan --date 2027-01-15 --level senior --job job.txt --minutes 45 --rest sat,sun
      voicemock plan
      voicemock plan --all
      voicemock plan --at 19:00 --ics interview.ics
      voicemock plan --forget
    """
    from voicemock.coaching.plan.kept import change, nothing_to_change
    from voicemock.store.database import DATABASE
    from voicemock.store.store import Store

    if forget:
        if whole or ics or any(value is not None for value in (until, level, minutes, rest, at, job)):
            raise UsageProblem("--forget removes the plan", "give it alone")
        _forget(recordings)
        return
    changes = read_changes(until, level, minutes, rest, at, job)
    if changes and (until or (recordings / DATABASE).is_file()):
        with Store(recordings) as store, damage_told(store):
            change(store, changes)
            _show(store, prompts, whole=whole, ics=ics, as_json=as_json, plain=plain)
    elif changes:
        raise nothing_to_change()
    else:
        with open_for_list(recordings) as store:
            _show(store, prompts, whole=whole, ics=ics, as_json=as_json, plain=plain)


def as_dict(standing: Standing) -> dict[str, Any]:
    """The JSON form."""
    plan, today = standing.plan, standing.today
    return {
        **plan.settings.as_dict(),
        "today": None if today is None else _day(today.day, today.done),
        "ahead": [_day(day) for day in standing.ahead],
        "behind": [
            {"date": day.on.isoformat(), "planned": len(day.tasks), "done": done}
            for day, done in standing.behind.days
        ],
        "targets": [
            {"name": t.name, "wanted": t.wanted, "done": t.done, "by_the_day": t.by_the_day}
            for t in plan.targets
        ],
        "short": list(plan.short),
    }


def summary(standing: Standing) -> dict[str, Any]:
    """The plan against what is done, as `progress` has it."""
    behind, today = standing.behind, standing.today
    return {
        "date": standing.plan.settings.until.isoformat(),
        "planned": behind.tasks,
        "done": behind.done,
        "planned_minutes": behind.minutes,
        "done_minutes": behind.minutes_done,
        "today": None if today is None else {"planned": len(today.done), "done": sum(today.done)},
        "short": list(standing.plan.short),
    }


def _day(day: Day, done: tuple[bool, ...] = ()) -> dict[str, Any]:
    return {
        "date": day.on.isoformat(),
        "kind": day.kind,
        "minutes": day.minutes,
        "tasks": [
            {
                "kind": task.kind, "minutes": task.minutes, "title": task.title, "why": task.why,
                "command": task.command, "question": task.question_id, "principle": task.principle,
                **({"done": done[at]} if done else {}),
            }
            for at, task in enumerate(day.tasks)
        ],
    }  # fmt: skip


def read_changes(
    until: str | None,
    level: str | None,
    minutes: int | None,
    rest: str | None,
    at: str | None,
    job: Path | None,
) -> dict[str, Any]:
    """What is to be changed in a plan, by the names that its settings have. Raises VoicemockError."""
    from voicemock.coaching.plan import kept
    from voicemock.coaching.plan.wanted import read_date, read_rest, read_time

    read: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "until": (until, lambda text: read_date(text, kept.local_today())),
        "level": (level, str),
        "minutes": (minutes, int),
        "rest": (rest, read_rest),
        "at": (at, read_time),
        "job": (job, _read_job),
    }
    return {name: reader(given) for name, (given, reader) in read.items() if given is not None}


def _read_job(file: Path) -> Job:
    from voicemock.coaching.plan.job import read_job
    from voicemock.mind.documents import read_document

    return read_job(file.name, read_document(file))


def _show(
    store: Store, prompts: Path | None, *, whole: bool, ics: Path | None, as_json: bool, plain: bool
) -> None:
    from voicemock.coaching.plan.kept import kept_settings, standing
    from voicemock.packs.questions import load_questions

    settings = kept_settings(store)
    if settings is None:
        _none(ics, as_json)
        return
    stands = standing(store, settings, load_questions(prompts))
    if ics is not None:
        write_calendar(stands, ics)
    elif as_json:
        echo_json(as_dict(stands))
    else:
        from voicemock.report.plan_terminal import print_plan

        print_plan(stands, whole=whole, plain=plain)


def write_calendar(standing: Standing, path: Path) -> None:
    """Write the calendar and say where it is."""
    from voicemock.coaching.plan.calendar import as_calendar
    from voicemock.files import write_file

    text = as_calendar(standing.plan, datetime.now(UTC))
    write_file(path, text.encode(), "name a file in a folder that exists: --ics FILE")
    echo(str(path))


def _none(ics: Path | None, as_json: bool) -> None:
    if ics is not None:
        raise UsageProblem("there is no plan to write", "make one with --date YYYY-MM-DD")
    if as_json:
        echo_json(None)
    else:
        echo(NO_PLAN)


def _forget(recordings: Path) -> None:
    from voicemock.coaching.plan.kept import forget
    from voicemock.store.database import DATABASE

    gone = False
    if (recordings / DATABASE).is_file():
        with open_recordings(recordings, writes=True) as store:
            gone = forget(store)
    echo("The plan is removed; what you practised stays." if gone else "There is no plan.")
