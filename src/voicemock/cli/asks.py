"""`voicemock asks`: what to ask the interviewers, kept and practised in a loop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.options import json_option, plain_option, recordings_option, refuse_before, round_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import damage_told, open_for_list, open_recordings

if TYPE_CHECKING:
    from voicemock.coaching.asks import Ask


@click.group(invoke_without_command=True)
@json_option
@plain_option
@recordings_option
@click.pass_context
def asks(ctx: click.Context, as_json: bool, plain: bool, recordings: Path) -> None:
    """Keep what you want to ask the interviewers: three for each round.

    In a loop's “your questions” they stand on the screen, and are ticked once you ask them, in these words or others;
    where you keep fewer than three, suggestions fill up. Alone it lists them.

    \b
    Examples:
      voicemock asks
      voicemock asks add "What did the team stop building this year?" --round product-sense
      voicemock asks suggest --round analytical
      voicemock asks move a2 1
      voicemock asks remove a1
    """
    if ctx.invoked_subcommand:
        refuse_before(ctx)
    else:
        _list(as_json=as_json, plain=plain, recordings=recordings)


@asks.command()
@click.argument("text")
@round_option
@json_option
@recordings_option
def add(text: str, round: str | None, as_json: bool, recordings: Path) -> None:
    """Keep a question; without --round it suits any interviewer.

    \b
    Examples:
      voicemock asks add "Which principle did your team argue about last?" --round behavioral
      voicemock asks add "What surprised you when you joined?"
    """
    from voicemock.coaching import kept_asks
    from voicemock.coaching.asks import told_text
    from voicemock.store.store import Store

    said = told_text(text)
    with Store(recordings) as store, damage_told(store):
        kept = kept_asks.add(store, said, round)
    if as_json:
        echo_json({"id": kept.id, **kept.as_body()})
    else:
        echo(f"Kept as {kept.id}.")


@asks.command("list")
@json_option
@plain_option
@recordings_option
def list_asks(as_json: bool, plain: bool, recordings: Path) -> None:
    """List what you want to ask, by round.

    \b
    Examples:
      voicemock asks list
      voicemock asks list --json
    """
    _list(as_json=as_json, plain=plain, recordings=recordings)


@asks.command()
@round_option
@json_option
def suggest(round: str | None, as_json: bool) -> None:
    """Show suggestions, by round.

    \b
    Examples:
      voicemock asks suggest
      voicemock asks suggest --round behavioral
    """
    from voicemock.packs.asks import load_asks
    from voicemock.wording import round_title

    found = {slug: texts for slug, texts in load_asks().items() if round in (None, slug)}
    if as_json:
        echo_json(found)
        return
    for slug, texts in found.items():
        echo(f"{round_title(slug)} (--round {slug})")
        for text in texts:
            echo(f"  {text}")


@asks.command(short_help="Change its words, or whom it is for.")
@click.argument("ask_id", metavar="ID")
@click.argument("text", required=False)
@click.option("--anybody", is_flag=True, help="It suits any interviewer.")
@round_option
@json_option
@recordings_option
def edit(
    ask_id: str, text: str | None, anybody: bool, round: str | None, as_json: bool, recordings: Path
) -> None:
    """Change the words of a question, or whom it is for; what you don't give stays.

    \b
    Examples:
      voicemock asks edit a1 "What would you stop building?"
      voicemock asks edit a1 --round analytical
      voicemock asks edit a1 --anybody
    """
    from voicemock.coaching import kept_asks
    from voicemock.coaching.asks import told_text
    from voicemock.errors import UsageProblem

    if (anybody and round) or not (text is not None or anybody or round):
        raise UsageProblem("say what changes", "give other words, --round, or --anybody")
    with open_recordings(recordings, writes=True) as store:
        before = kept_asks.kept_ask(store, ask_id)
        said = before.text if text is None else told_text(text)
        ask = kept_asks.change(store, ask_id, said, None if anybody else round or before.round)
    if as_json:
        echo_json({"id": ask.id, **ask.as_body()})
    else:
        echo(f"{ask.id} is changed.")


@asks.command(short_help="Put a question in another place.")
@click.argument("ask_id", metavar="ID")
@click.argument("place", type=click.IntRange(min=1))
@recordings_option
def move(ask_id: str, place: int, recordings: Path) -> None:
    """Put a question in another place: the first three for a round are asked.

    \b
    Examples:
      voicemock asks move a3 1
    """
    from voicemock.coaching.kept_asks import move as move_ask

    with open_recordings(recordings, writes=True) as store:
        order = [ask.id for ask in move_ask(store, ask_id, place)]
    echo(f"The order is now {', '.join(order)}.")


@asks.command()
@click.argument("ask_id", metavar="ID")
@recordings_option
def remove(ask_id: str, recordings: Path) -> None:
    """Remove a question.

    \b
    Examples:
      voicemock asks remove a1
    """
    from voicemock.coaching.kept_asks import remove as remove_ask

    with open_recordings(recordings, writes=True) as store:
        remove_ask(store, ask_id)
    echo(f"{ask_id} is removed.")


def _list(*, as_json: bool, plain: bool, recordings: Path) -> None:
    from voicemock.coaching.kept_asks import kept_asks

    with open_for_list(recordings) as store:
        found = kept_asks(store)
    if as_json:
        echo_json([{"id": ask.id, **ask.as_body()} for ask in found])
    elif found:
        _print(found, plain)
    else:
        echo("Nothing is kept yet: `voicemock asks suggest` has some, `voicemock asks add TEXT` keeps yours.")


def _print(found: list[Ask], plain: bool) -> None:
    from rich.text import Text

    from voicemock.coaching.asks import short_of
    from voicemock.report.cells import console, table
    from voicemock.scoring.rubric.own_questions import PREPARED
    from voicemock.wording import round_title

    out = console(plain)
    rows = table("", "Round", "Question", plain=plain)
    for column in rows.columns:
        column.justify = "left"
    for ask in found:
        rows.add_row(*map(Text, (ask.id, round_title(ask.round) if ask.round else "any", ask.text)))
    out.print(rows)
    short = short_of(found)
    if short:
        out.print(f"\nFewer than {PREPARED} for: {', '.join(map(round_title, short))}.", soft_wrap=plain)
