"""Where commands print: nothing that was said, read or stored reaches a terminal but through here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from voicemock.terminal.native_noise import restore
from voicemock.terminal.printable import json_text, printable, printable_lines

LONGEST_LINE = 2_000  # characters of an error; a path is at most 4,096 bytes, and most of one says which file


def echo(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """`click.echo` of lines that a terminal only shows."""
    click.echo(printable_lines(str(text)), err=err, nl=nl)


def echo_marked(mark: str, colour: str, text: str) -> None:
    """A line that begins with a mark of ours in a colour."""
    click.echo(f"{click.style(mark, fg=colour)}{printable_lines(text)}")


def echo_json(value: Any, *, indent: int | None = 2) -> None:
    """JSON on standard output; without an indent, in one line."""
    click.echo(json_text(value, indent=indent))


def tell(problem: object) -> None:
    """What is wrong, as the one line on standard error."""
    line = printable(str(problem))
    restore()
    click.echo(f"voicemock: {line[:LONGEST_LINE]}{'…' if len(line) > LONGEST_LINE else ''}", err=True)


def tell_notes(name: str, notes: Iterable[str]) -> None:
    """What a person should know of how a file was read."""
    for note in notes:
        tell(f"{name}: {note}")
