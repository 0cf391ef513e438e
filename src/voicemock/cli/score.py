"""`voicemock score`: recordings, transcripts and labelled answers in, scores out."""

from __future__ import annotations

import math
from pathlib import Path

import click

from voicemock.cli.options import model_option, principle_option, recordings_option, round_option
from voicemock.cli.output import echo_json, tell
from voicemock.errors import AudioFileError, TranscriptError, UsageProblem

EXIT_UNREAD = 1  # a file could not be read; the others are scored


@click.command(
    epilog="""\b
Examples:
  voicemock score answer.wav --question own-01
  voicemock score answer.txt --duration 128 --explain
  voicemock score *.wav --json
  pbpaste | voicemock score - --round product-sense
"""
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One score object a line, in the order of the files.")
@click.option("--explain", is_flag=True, help="Show how each dimension and the overall came about.")
@click.option(
    "--duration",
    type=click.FloatRange(0, 86_400, min_open=True),  # a day; past it no figure means anything
    metavar="SECONDS",
    help="Floor time of a transcript, in seconds.",
)
@round_option
@principle_option
@click.option(
    "--question", metavar="ID-or-text", help="The question asked: its id in the packs, or its text."
)
@click.option(
    "--track",
    type=click.IntRange(min=1),
    metavar="N",
    help="Take this track of a recording with several, instead of the one that holds the voice.",
)
@model_option
@recordings_option
def score(
    files: tuple[str, ...],
    as_json: bool,
    explain: bool,
    duration: float | None,
    round: str | None,
    principle: str | None,
    question: str | None,
    track: int | None,
    model: str | None,
    recordings: Path,
) -> int:
    """Score recordings or transcripts; `-` reads either from standard input.

    A .txt or .md transcript has one sentence a line; a single line is split into sentences. A file that can't be
    read is named on standard error, the others are scored, and the exit code is 1.
    """
    from voicemock.cli.answer_files import Wanted, read_answer
    from voicemock.cli.stored import corrected_names
    from voicemock.packs.phrases import load_phrases
    from voicemock.report.score_table import show_score
    from voicemock.scoring.assemble import score_answer
    from voicemock.speech.models import own_folder

    if duration is not None and math.isnan(duration):
        raise UsageProblem("--duration nan is no number of seconds", "such as --duration 128")
    wanted = Wanted(round, principle, question, duration, model, corrected_names(recordings), track)
    wording = load_phrases().questions
    status = 0
    for file in files:
        try:
            answer = read_answer(file, wanted)
        except (AudioFileError, TranscriptError) as error:
            tell(error)
            status = EXIT_UNREAD
            continue
        result = score_answer(answer, wording=wording)
        if as_json:
            echo_json(result.as_dict(), indent=None)
        else:
            show_score(result, explain=explain)
    if model is not None and own_folder(model) is not None:
        tell(f"the model {model} is your own, whose digest is not known")
    return status
