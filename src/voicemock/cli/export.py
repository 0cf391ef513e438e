"""`voicemock export`: sessions for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.options import recordings_option
from voicemock.cli.output import echo
from voicemock.cli.stored import NOTHING_YET, open_for_list, open_recordings
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.files import replacing
from voicemock.limits import NUMBER_DIGITS
from voicemock.terminal.printable import printable_lines

if TYPE_CHECKING:
    from voicemock.report.review import SessionReview

FORMATS = ("md", "json", "csv", "srt", "vtt")


@click.command()
@click.argument("session", required=False)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="Default: by the ending of --output, or md."
)
@click.option("--answer", type=click.IntRange(1), metavar="N", help="Only answer N.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Instead of standard output.")
@recordings_option
def export(
    session: str | None, form: str | None, answer: int | None, output: Path | None, recordings: Path
) -> None:
    """Write a session (a name, `last`, or SESSION/ANSWER) for other programs; all sessions without one.

    Subtitles (srt, vtt) are of one recording, so they need an answer where a session has several.

    \b
    Examples:
      voicemock export last
      voicemock export --format csv --output answers.csv
      voicemock export last --answer 2 --output answer-2.srt
    """
    from voicemock.report.build import review_session
    from voicemock.report.exports import exported

    form = form or _form_of(output)
    name, _, number = (session or "").partition("/")
    wanted = answer or (int(number) if number.isdecimal() and len(number) <= NUMBER_DIGITS else None)
    if wanted and not name:
        raise UsageProblem(
            "--answer needs a session", "say which, such as `voicemock export last --answer 1`"
        )
    with (open_recordings if name else open_for_list)(recordings) as store:
        names = [name] if name else [row.id for row in store.sessions()]
        if not names:
            echo(NOTHING_YET, err=True)  # on standard output stands the form's own nothing
        sessions: Iterator[SessionReview] = (review_session(store, each) for each in names)
        if wanted:
            sessions = iter([_only(next(sessions), wanted)])
        _write(exported(sessions, form, one=bool(name)), output)


def _only(session: SessionReview, wanted: int) -> SessionReview:
    """The session with that answer alone."""
    only = tuple(each for each in session.answers if each.number == wanted)
    if not only:
        raise UnknownSession(
            f"session {session.id} has no answer {wanted}", f"`voicemock review {session.id}`"
        )
    return replace(session, answers=only)


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    if ending and ending not in FORMATS:
        raise UsageProblem(f"no format is called {ending!r}", f"choose with --format: {', '.join(FORMATS)}")
    return ending or "md"


def _write(parts: Iterator[str], output: Path | None) -> None:
    if output is None or str(output) == "-":
        for part in parts:
            echo(part, nl=False)
        return
    with replacing(output, "name a file in a folder that exists") as file:
        for part in parts:
            file.write(printable_lines(part).encode())
    echo(str(output), err=True)
