"""`voicemock writing`: the review of the writing sample."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.options import json_option, plain_option
from voicemock.cli.output import echo_json
from voicemock.errors import TranscriptError
from voicemock.limits import ANSWER_BYTES, read_up_to

if TYPE_CHECKING:
    from voicemock.coaching.writing import WritingReview

QUOTED = 5  # lines of each check; the rest is counted
STANDARD_INPUT = "-"


@click.command()
@click.argument("file")
@json_option
@plain_option
def writing(file: str, as_json: bool, plain: bool) -> None:
    """Review the writing sample, a narrative of 300 to 500 words in FILE (.txt, .md, or - for standard
    input).

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
