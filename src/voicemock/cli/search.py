"""`voicemock search`: full text over all transcripts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from voicemock.cli.options import json_option, plain_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import NOTHING_YET, open_for_list
from voicemock.report.cells import console
from voicemock.store.search import Hit
from voicemock.store.search import search as find
from voicemock.wording import clock, local_day


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many answers at most."
)
@recordings_option
@json_option
@plain_option
def search(text: tuple[str, ...], limit: int, recordings: Path, as_json: bool, plain: bool) -> None:
    """Find words in everything you have said, with the time of each place.

    Every word must be in the answer, in any form; quoted words must stand together; a star is any ending.

    \b
    Examples:
      voicemock search churn
      voicemock search '"weekly active"' retention
      voicemock search 'kuber*' --json
    """
    with open_for_list(recordings) as store:
        hits = find(store, " ".join(text), limit)
        said = bool(hits or store.sessions())
    if as_json:
        echo_json([asdict(hit) for hit in hits])
        return
    if not hits:
        echo("Nothing found." if said else NOTHING_YET)
    for hit in hits:
        _print(hit, plain)


def _print(hit: Hit, plain: bool) -> None:
    from rich.text import Text

    line = Text(hit.snippet)
    for start, end in hit.matches:
        line.stylize("bold yellow", start, end)
    out = console(plain)
    times = ", ".join(dict.fromkeys(map(clock, hit.at_s)))
    out.print(Text(f"{hit.answer_id} · {local_day(hit.started_at)} · {hit.round} · at {times}", style="dim"))
    out.print(Text("  ") + line)
