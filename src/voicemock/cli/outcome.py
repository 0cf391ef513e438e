"""`voicemock outcome`: what real interviews brought, kept beside the practice."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from voicemock.cli.options import json_option, plain_option, recordings_option, refuse_before, round_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import damage_told, open_for_list, open_recordings

RESULTS = ("offer", "next", "no")


@click.group(invoke_without_command=True)
@json_option
@plain_option
@recordings_option
@click.pass_context
def outcome(ctx: click.Context, as_json: bool, plain: bool, recordings: Path) -> None:
    """Keep what real interviews brought: `progress` shows each beside the mocks of the four weeks before.

    Alone it lists them.

    \b
    Examples:
      voicemock outcome
      voicemock outcome add --company Northwind --result next --round behavioral
      voicemock outcome list
      voicemock outcome change o1 --result offer
      voicemock outcome remove o1
    """
    if ctx.invoked_subcommand:
        refuse_before(ctx)
    else:
        _list(as_json=as_json, plain=plain, recordings=recordings)


@outcome.command()
@click.option("--company", required=True, metavar="NAME", help="Whose interview it was.")
@click.option(
    "--result", required=True, type=click.Choice(RESULTS), help="An offer, on to the next round, or no."
)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When it was; today by default."
)  # fmt: skip
@round_option
@click.option("--note", default="", metavar="TEXT", help="What you want to remember of it.")
@json_option
@recordings_option
def add(
    company: str,
    result: Any,
    day: datetime | None,
    round: str | None,
    note: str,
    as_json: bool,
    recordings: Path,
) -> None:
    """Keep a real interview; without --round it was a whole loop.

    \b
    Examples:
      voicemock outcome add --company Northwind --result offer
      voicemock outcome add --date 2026-06-15 --company "Northwind" --round behavioral --result no \\
          --note "they wanted the numbers"
    """
    from voicemock.coaching import kept_outcomes
    from voicemock.coaching.outcomes import Outcome, told_outcome
    from voicemock.store.store import Store

    today = datetime.now().astimezone().date()
    told = told_outcome(Outcome("", day.date() if day else today, company, round, result, note), today)
    with Store(recordings) as store, damage_told(store):
        kept = kept_outcomes.add(store, told)
    if as_json:
        echo_json({"id": kept.id, **kept.as_body()})
    else:
        echo(f"Kept as {kept.id}; `voicemock progress` shows it beside the mocks before it.")


@outcome.command("list", short_help="List real interviews, the latest first.")
@json_option
@plain_option
@recordings_option
def list_outcomes(as_json: bool, plain: bool, recordings: Path) -> None:
    """List real interviews, the latest first, with how the mocks went before each.

    \b
    Examples:
      voicemock outcome list
      voicemock outcome list --json
    """
    _list(as_json=as_json, plain=plain, recordings=recordings)


def _list(*, as_json: bool, plain: bool, recordings: Path) -> None:
    from voicemock.coaching.kept_outcomes import outcomes_seen

    with open_for_list(recordings) as store:
        found = outcomes_seen(store)
    if as_json:
        echo_json([each.as_dict() for each in found])
    elif found:
        from voicemock.report.cells import console
        from voicemock.report.progress_terminal import outcome_table

        console(plain).print(outcome_table(found, plain))
    else:
        echo("No real interview is kept yet: voicemock outcome add --company NAME --result next")


@outcome.command(short_help="Change what is kept of a real interview.")
@click.argument("outcome_id", metavar="ID")
@click.option("--company", metavar="NAME", help="Whose interview it was.")
@click.option("--result", type=click.Choice(RESULTS), help="An offer, on to the next round, or no.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="When it was.")
@round_option
@click.option("--all-rounds", is_flag=True, help="It was a whole loop.")
@click.option("--note", metavar="TEXT", help="What you want to remember of it.")
@json_option
@recordings_option
def change(
    outcome_id: str,
    company: str | None,
    result: Any,
    day: datetime | None,
    round: str | None,
    all_rounds: bool,
    note: str | None,
    as_json: bool,
    recordings: Path,
) -> None:
    """Change what is kept of a real interview; what you don't give stays.

    \b
    Examples:
      voicemock outcome change o1 --result offer
      voicemock outcome change o1 --date 2026-06-16 --note "they asked for the numbers twice"
    """
    from dataclasses import replace

    from voicemock.coaching import kept_outcomes
    from voicemock.coaching.outcomes import told_outcome
    from voicemock.errors import UsageProblem

    given = {"company": company, "result": result, "date": day and day.date(), "round": round, "note": note}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if (all_rounds and round) or not (changes or all_rounds):
        raise UsageProblem("say what changes", "`voicemock outcome change --help` has examples")
    if all_rounds:
        changes["round"] = None
    with open_recordings(recordings, writes=True) as store:
        before = kept_outcomes.kept_outcome(store, outcome_id)
        told = told_outcome(replace(before, **changes), datetime.now().astimezone().date())
        kept = kept_outcomes.change(store, told)
    if as_json:
        echo_json({"id": kept.id, **kept.as_body()})
    else:
        echo(f"{kept.id} is changed.")


@outcome.command()
@click.argument("outcome_id", metavar="ID")
@recordings_option
def remove(outcome_id: str, recordings: Path) -> None:
    """Remove a real interview.

    \b
    Examples:
      voicemock outcome remove o1
    """
    from voicemock.coaching.kept_outcomes import remove as remove_outcome

    with open_recordings(recordings, writes=True) as store:
        remove_outcome(store, outcome_id)
    echo(f"{outcome_id} is removed.")
