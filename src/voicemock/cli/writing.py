"""`voicemock writing`: the review of the writing sample."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.options import json_option, plain_option, recordings_option
from voicemock.cli.output import echo, echo_json
from voicemock.errors import TranscriptError
from voicemock.limits import ANSWER_BYTES, read_up_to

if TYPE_CHECKING:
    from voicemock.coaching.writing import WritingReview

QUOTED = 5  # lines of each check; the rest is counted
STANDARD_INPUT = "-"


@click.command()
@click.argument("file")
@recordings_option
@json_option
@plain_option
def writing(file: str, recordings: Path, as_json: bool, plain: bool) -> None:
    """Review the writing sample, a narrative of 300 to 500 words in FILE (.txt, .md, or - for standard
    input). Where you have a plan, the review ticks it; the text is not kept.

    \b
    Examples:
      voicemock writing sample.md
      pbpaste | voicemock writing - --json
    """
    from voicemock.coaching.writing import review_writing

    review = review_writing(read_text(file))
    if as_json:
        echo_json({**asdict(review), "good": review.good})
    else:
        _print(review, plain)
    _tick(recordings, review)


def _tick(recordings: Path, review: WritingReview) -> None:
    """Note in the plan that the sample was reviewed, where there is a plan."""
    from voicemock.store.database import DATABASE

    if not (recordings / DATABASE).is_file():
        return
    from voicemock.cli.stored import open_recordings
    from voicemock.coaching.plan.kept import kept_settings, note_writing

    with open_recordings(recordings) as store:
        if kept_settings(store) is None:
            return
    with open_recordings(recordings, writes=True) as store:
        note_writing(store, review.good)
    echo(
        "Noted in your plan." if review.good else "Noted in your plan; it passes once every check does.",
        err=True,
    )


def read_text(file: str) -> str:
    """The text of a file or of standard input. Raises TranscriptError when there is none."""
    from voicemock.coaching.writing import AS_TEXT, usable_text

    try:
        most = ANSWER_BYTES
        data = sys.stdin.buffer.read(most + 1) if file == STANDARD_INPUT else read_up_to(Path(file), most)
        if data is None or len(data) > most:
            raise TranscriptError(f"{file} is larger than {most >> 10} KiB", "give the writing sample alone")
        return usable_text(data.decode("utf-8-sig"), file)
    except OSError as error:
        raise TranscriptError(f"can't read {file} ({error.strerror})", "give a .txt or .md file") from error
    except UnicodeDecodeError as error:
        raise TranscriptError(f"{file} is no text", AS_TEXT) from error


def _print(review: WritingReview, plain: bool) -> None:
    from voicemock.report.cells import console

    out = console(plain)
    for check in review.checks:
        mark = "✓" if check.good else "✗"
        out.print(f"{mark} {check.name}: {check.found}", style=None if check.good else "bold")
        if check.advice:
            out.print(f"    {check.advice}")
        quotes = () if check.good else check.quotes
        for quote in quotes[:QUOTED]:
            out.print(f"    line {quote.line}: “{quote.text}”")
        if len(quotes) > QUOTED:
            out.print(f"    and {len(quotes) - QUOTED} more")
