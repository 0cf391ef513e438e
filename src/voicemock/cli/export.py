"""`voicemock export`: sessions for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from voicemock.cli.options import recordings_option
from voicemock.cli.output import echo
from voicemock.cli.stored import open_recordings
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.files import write_file
from voicemock.limits import NUMBER_DIGITS
from voicemock.terminal.printable import printable_lines

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
    from dataclasses import replace

    from voicemock.report.build import review_session
    from voicemock.report.exports import exported

    form = form or _form_of(output)
    name, _, number = (session or "").partition("/")
    wanted = answer or (int(number) if number.isdecimal() and len(number) <= NUMBER_DIGITS else None)
    if wanted and not name:
        raise UsageProblem(
            "--answer needs a session", "say which, such as `voicemock export last --answer 1`"
        )
    with open_recordings(recordings) as store:
        names = [name] if name else [row.id for row in store.sessions()]
        sessions = [review_session(store, each) for each in names]
        if wanted:
            only = tuple(each for each in sessions[0].answers if each.number == wanted)
            if not only:
                raise UnknownSession(
                    f"session {sessions[0].id} has no answer {wanted}", f"`voicemock review {name}`"
                )
            sessions = [replace(sessions[0], answers=only)]
        text = exported(sessions, form, one=bool(name))
    _write(text, output)


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    if ending and ending not in FORMATS:
        raise UsageProblem(f"no format is called {ending!r}", f"choose with --format: {', '.join(FORMATS)}")
    return ending or "md"


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        echo(text, nl=False)
        return
    write_file(output, printable_lines(text).encode(), "name a file in a folder that exists")
    echo(str(output), err=True)
