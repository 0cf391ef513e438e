"""`voicemock score`: recordings, transcripts and labelled answers in, scores out."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.mind import MindOptions, is_wanted, mind_options, open_mind
from voicemock.cli.options import model_option, principle_option, recordings_option, round_option
from voicemock.cli.output import echo, echo_json, tell
from voicemock.errors import AudioFileError, TranscriptError, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicemock.mind.mind import Mind
    from voicemock.scoring.model import Answer, Score
    from voicemock.store.kept import Told

EXIT_UNREAD = 1  # a file could not be read; the others are scored


@click.command(
    epilog="""\b
Examples:
  voicemock score answer.wav --question own-01
  voicemock score answer.txt --duration 128 --explain
  voicemock score *.wav --json
  pbpaste | voicemock score - --round product-sense
  voicemock score answer.txt --explain --mind http://localhost:11434/v1#qwen2.5:7b
  voicemock score meeting.vtt --speaker "Ravi K" --keep
  voicemock score answers/ --jobs 2 --output results.jsonl
  voicemock score --from list.txt --jobs 2 --output results.csv --resume
"""
)
@click.argument("files", metavar="FILE…", nargs=-1)
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
    help="Use this track of a multi-track recording instead of the one with the voice.",
)
@model_option
@click.option(
    "--from", "listing", metavar="LIST", help="Score the files named in LIST, one a line; `-` reads the list."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Score N files at once, each in a process of its own.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write .jsonl, .csv or .parquet, a row a file.",
)
@click.option("--resume", is_flag=True, help="Go on with --output after a stop: nothing is done twice.")
@click.option("--speaker", metavar="NAME", help="Who you are in the transcript of a call.")
@click.option("--keep", is_flag=True, help="Keep the answers of a call or a recording as a session.")
@click.option("--cluster", metavar="ADDRESS", help="Run on Dask workers: a scheduler's address, or `local`.")
@mind_options
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
    listing: str | None,
    jobs: int | None,
    output: Path | None,
    resume: bool,
    speaker: str | None,
    keep: bool,
    cluster: str | None,
    mind: str | None,
    mind_may_leave: bool,
    mind_log: Path | None,
    recordings: Path,
) -> int:
    """Score recordings or transcripts; `-` reads either from standard input.

    A .vtt, .srt or .json transcript of a call (Zoom, Teams, Meet, Otter) gives a score for each answer, with the
    question it was asked. Where the recording lies beside it under the same name, pauses and fillers come from that.
    What `voicemock export --format json` wrote is read back with the same score.

    A folder stands for every recording and transcript in it. With --jobs, --output, --from, --cluster, a folder or a
    quoted pattern, results are JSON lines in the order of the files, and a file that can't be scored is a row with the
    reason. Each job takes some 0.3 GB for transcripts and 0.5 GB for recordings.

    A .txt or .md transcript has one sentence a line; a single line is split into sentences. A file that can't be
    read is named on standard error, the others are scored, and the exit code is 1.
    """
    from voicemock.cli.answer_files import Wanted
    from voicemock.cli.score_call import is_call, told_in
    from voicemock.cli.stored import corrected_names
    from voicemock.many.inputs import expand, is_many
    from voicemock.packs.phrases import load_phrases
    from voicemock.scoring.assemble import score_answer
    from voicemock.speech.models import own_folder

    if duration is not None and math.isnan(duration):
        raise UsageProblem("--duration nan is not a number of seconds", "such as --duration 128")
    wanted = Wanted(round, principle, question, duration, model, corrected_names(recordings), track)
    if not files and listing is None:
        raise UsageProblem("there is nothing to score", "name files or a folder, or give --from LIST")
    if resume and output is None:
        raise UsageProblem("--resume needs --output FILE", "name the file to go on with")
    if jobs or output or listing or cluster or is_many(files):
        from voicemock.cli.score_many import score_many

        if keep or explain or speaker is not None:
            raise UsageProblem(
                "--keep, --explain and --speaker are for files named one by one",
                "leave them out, or name the files",
            )
        if is_wanted(MindOptions(mind, mind_may_leave, mind_log)):
            tell("--mind words one answer at a time: it is not asked about many files")
        names = expand(files, listing)
        return score_many(names, wanted, jobs=jobs or 1, cluster=cluster, output=output, resume=resume)
    wording = load_phrases().questions
    status = 0
    with open_mind(MindOptions(mind, mind_may_leave, mind_log)) as words:
        if words is not None:
            words.warm_up()
        for file in files:
            try:
                of_a_call, told = is_call(file), told_in(file, wanted, speaker)
                if speaker is not None and not of_a_call:
                    tell(
                        f"{file} is read as one answer: --speaker is for calls in .vtt, .srt and .json files"
                    )
            except (AudioFileError, TranscriptError) as error:
                tell(error)
                status = EXIT_UNREAD
                continue
            results = [score_answer(one.answer, wording=wording) for one in told]
            if keep:  # first: whoever reads what is shown may leave
                _keep(recordings, told, results, file, of_a_call=of_a_call)
            for one, result in zip(told, results, strict=True):
                if of_a_call and result.question and not as_json:
                    echo(f"\n{result.question}")
                _show(one.answer, result, words, as_json=as_json, explain=explain)
    if model is not None and own_folder(model) is not None:
        tell(f"the model {model} is your own and can't be verified")
    return status


def _keep(
    recordings: Path, told: Sequence[Told], scores: Sequence[Score], file: str, *, of_a_call: bool
) -> None:
    """Keep what has times; say the session's name."""
    from voicemock.store.kept import CALL, RECORDING, keep_told
    from voicemock.store.store import Store

    with Store(recordings) as store:
        session = keep_told(store, told, scores, file, CALL if of_a_call else RECORDING)
    if session is None:
        tell(f"{file} is text without times: it was scored, and is not kept")
    else:
        tell(f"kept as {session}: `voicemock review {session} --html` shows it")


def _show(answer: Answer, score: Score, mind: Mind | None, *, as_json: bool, explain: bool) -> None:
    """One score, in the mind's words where there is one and its words may be used."""
    from voicemock.report.score_table import show_score

    written = None
    if mind is not None:
        from voicemock.mind.afterwards import write

        mind.wake()
        written = write(mind, answer, score)
        if trouble := mind.trouble():
            tell(trouble)
    if as_json:
        from voicemock.mind.written import reworded

        body = reworded(score, written).as_dict()
        echo_json(body if written is None else {**body, "mind": written.as_dict()}, indent=None)
    else:
        show_score(score, explain=explain, written=written)
