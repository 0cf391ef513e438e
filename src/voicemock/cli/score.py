"""`voicemock score`: recordings, transcripts and labelled answers in, scores out."""

from __future__ import annotations

import json
from typing import Any

import click

from voicemock.rounds import PRINCIPLES, ROUNDS


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One score object a line, in the order of the files.")
@click.option("--explain", is_flag=True, help="Show how each dimension and the overall came about.")
@click.option(
    "--duration", type=click.FloatRange(min=0, min_open=True), help="Floor time of a transcript, in seconds."
)
@click.option(
    "--round", "round_", type=click.Choice(list(ROUNDS)), default=None, help="The kind of interview."
)
@click.option(
    "--principle", type=click.Choice(list(PRINCIPLES)), default=None, help="The principle asked about."
)
@click.option("--question", default=None, help="The question asked: its id in the packs, or its text.")
@click.option("--model", default=None, help="Recogniser for audio files: a name or a folder.")
def score(
    files: tuple[str, ...],
    as_json: bool,
    explain: bool,
    duration: float | None,
    round_: str | None,
    principle: str | None,
    question: str | None,
    model: str | None,
) -> None:
    """Score recordings or transcripts; `-` reads a transcript from standard input.

    A .txt or .md transcript has one sentence a line; a single line is split into sentences.
    """
    from voicemock.answer_files import Wanted, read_answer
    from voicemock.phrases import load_phrases
    from voicemock.report.score_table import show_score
    from voicemock.scoring.assemble import score_answer

    wanted = Wanted(round_, principle, question, duration, model)
    wording = load_phrases().wording
    for file in files:
        result = score_answer(read_answer(file, wanted), wording=wording)
        if as_json:
            click.echo(_line(result.as_dict()))
        else:
            show_score(result, explain=explain)


def _line(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False)
