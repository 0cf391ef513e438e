"""`voicemock models`: list, fetch, and show where they are."""

from __future__ import annotations

import sys
from typing import Any

import click

from voicemock.cli.output import echo, echo_json
from voicemock.errors import ModelError
from voicemock.speech.models import (
    DEFAULT_MODEL,
    KNOWN,
    KnownModel,
    Progress,
    find_here,
    known_model,
    resolve_model,
)

MEGABYTE = 1_000_000  # bytes, as downloads count


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  voicemock models
  voicemock models fetch base.en
  voicemock practice --model base.en
""",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List, fetch and locate recogniser models."""
    if context.invoked_subcommand is None:
        context.invoke(list_models, as_json=as_json)


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
def list_models(as_json: bool) -> None:
    """The models that have a name, and which of them are on this machine."""
    rows = [_row(known) for known in KNOWN]
    if as_json:
        echo_json(rows)
        return
    for row in rows:
        place = "here" if row["path"] else row["problem"] or f"{row['megabytes']} MB to fetch"
        default = " (default)" if row["name"] == DEFAULT_MODEL else ""
        echo(f"{row['name']:<16} {place:<18} {row['note']}{default}")


@models.command("fetch")
@click.argument("name", default=DEFAULT_MODEL)
def fetch_model(name: str) -> None:
    """Download the model NAME, unless it is here already."""
    length = known_model(name).megabytes * MEGABYTE
    with click.progressbar(length=length, label=name, file=sys.stderr) as bar:
        folder = resolve_model(name, _moves(bar))
    echo(str(folder.path))


@models.command("path", short_help="Print the folder of the model NAME.")
@click.argument("name", default=DEFAULT_MODEL)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def path_of_model(name: str, as_json: bool) -> None:
    """Print the folder of the model NAME; fails when it is not on this machine."""
    known = known_model(name)
    found = find_here(known)
    if found is None:
        raise ModelError(f"the model {name} is not here", f"fetch it: voicemock models fetch {name}")
    if as_json:
        echo_json(_row(known), indent=None)
    else:
        echo(found.path)


def _row(known: KnownModel) -> dict[str, Any]:
    found, problem = None, None
    try:
        found = find_here(known)
    except ModelError as error:
        problem = error.problem  # one that is damaged hides no other
    return {
        "name": known.name,
        "path": str(found.path) if found else None,
        "verified": bool(found and found.verified),
        "problem": problem,
        "megabytes": known.megabytes,
        "note": known.note,
        "default": known.name == DEFAULT_MODEL,
    }


def _moves(bar: Any) -> Progress:
    def progress(so_far: int, total: int) -> None:
        bar.length = total or bar.length
        bar.update(max(0, so_far - bar.pos))

    return progress
