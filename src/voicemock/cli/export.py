"""`voicemock export`: sessions for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.options import recordings_option
from voicemock.cli.output import echo
from voicemock.cli.stored import open_recordings
from voicemock.errors import UnknownSession, UsageProblem
from voicemock.files import write_file
from voicemock.limits import NUMBER_DIGITS
from voicemock.terminal.printable import json_text, printable_lines

if TYPE_CHECKING:
    from voicemock.report.review import AnswerReview, SessionReview

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
        text = _rendered(sessions, form, one=bool(name))
    _write(text, output)


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    if ending and ending not in FORMATS:
        raise UsageProblem(f"no format is called {ending!r}", f"choose with --format: {', '.join(FORMATS)}")
    return ending or "md"


def _rendered(sessions: list[SessionReview], form: str, one: bool) -> str:
    if form == "csv":
        from voicemock.report.table import sessions_csv

        return sessions_csv(sessions)
    if form == "json":
        from voicemock.report.as_json import session_json

        bodies = [session_json(session) for session in sessions]
        return json_text(bodies[0] if one else bodies, indent=2) + "\n"
    if form == "md":
        from voicemock.report.markdown import session_markdown

        return "\n".join(session_markdown(session) for session in sessions)
    from voicemock.report import subtitles

    return {"srt": subtitles.srt, "vtt": subtitles.vtt}[form](_only_answer(sessions, form))


def _only_answer(sessions: list[SessionReview], form: str) -> AnswerReview:
    answers = [answer for session in sessions for answer in session.answers]
    if not answers:
        raise UsageProblem("there is no answer to make subtitles of", "`voicemock review` lists sessions")
    if len(answers) > 1:
        raise UsageProblem(
            f"subtitles belong to one recording, and here are {len(answers)}",
            f"name one, such as `voicemock export {answers[0].id} --format {form}`",
        )
    return answers[0]


def _write(text: str, output: Path | None) -> None:
    if output is None or str(output) == "-":
        echo(text, nl=False)
        return
    write_file(output, printable_lines(text).encode(), "name a file in a folder that exists")
    echo(str(output), err=True)
