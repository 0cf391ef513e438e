"""`voicemock verify` and `voicemock recover`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicemock.cli.options import json_option, model_option, plain_option, recordings_option, round_option
from voicemock.cli.output import echo, echo_json
from voicemock.cli.stored import open_recordings

if TYPE_CHECKING:
    from voicemock.speech.live import Transcript
    from voicemock.store.recover import Recovered, Transcriber
    from voicemock.store.store import Store
    from voicemock.store.verify import Fault

EXIT_FAULTS = 1  # something stored is damaged, or something lost could not be brought back


@click.command()
@click.option("--quick", is_flag=True, help="Skip reading all audio and rescoring every answer.")
@recordings_option
@json_option
@plain_option
def verify(quick: bool, recordings: Path, as_json: bool, plain: bool) -> int:
    """Check what is stored: sound, words, scores and the database itself. Changes nothing.

    \b
    Examples:
      voicemock verify
      voicemock verify --quick --json
    """
    del plain  # it is lines already
    from voicemock.store.rescoring import score_stored
    from voicemock.store.verify import verify as find_faults
    from voicemock.wording import counted

    with open_recordings(recordings) as store:
        faults = find_faults(store, score=None if quick else score_stored, sound=not quick)
        answers = store.answer_count() if not faults else 0
    if as_json:
        echo_json([asdict(fault) for fault in faults])
    else:
        good = f"All is well: {counted(answers, 'answer')} checked."
        echo("\n".join(map(_fault_line, faults)) or good)
    return EXIT_FAULTS if faults else 0


@click.command()
@click.option("--rescore", is_flag=True, help="Rescore all stored answers, for example after an update.")
@round_option
@model_option
@recordings_option
@json_option
@plain_option
def recover(
    rescore: bool, round: str | None, model: str | None, recordings: Path, as_json: bool, plain: bool
) -> int:
    """Bring back what a crash left: transcribe, score and complete it. Recordings are only read.

    \b
    Examples:
      voicemock recover
      voicemock recover --round behavioral
      voicemock recover --rescore
    """
    del plain  # it is lines already
    from voicemock.store.recover import find_lost
    from voicemock.store.recover import recover as bring_back
    from voicemock.store.recover import rescore as score_again
    from voicemock.store.search import index_is_sound, rebuild_index

    with open_recordings(recordings, writes=True, rebuild=True) as store:
        if not index_is_sound(store):
            rebuild_index(store)
        transcribe = _transcriber(store, model)
        results = [bring_back(store, lost, transcribe, round=round) for lost in find_lost(store)]
        if rescore:
            for row in store.answers():
                score_again(store, row.id)
    if as_json:
        echo_json([asdict(result) for result in results])
    else:
        echo("\n".join(map(_result_line, results)) or "Nothing was lost.")
        if back := {each.answer_id.partition("/")[0] for each in results if not each.left}:
            # of several sessions the list comes first
            echo(" ".join(("Next: voicemock review", *(back if len(back) == 1 else ()))))
    return EXIT_FAULTS if any(result.left and not result.in_use for result in results) else 0


def _transcriber(store: Store, model: str | None) -> Transcriber:
    """Transcribes with that model, which is loaded only when something is to be transcribed."""

    def transcribe(path: Path) -> Transcript:
        from voicemock.speech.batch import transcribe_file
        from voicemock.speech.models import own_folder
        from voicemock.store.names import hints

        own = f" with {model}, your own, not verified" if model and own_folder(model) else ""
        echo(f"Transcribing {path.parent.name}/{path.name}{own} …", err=True)
        return transcribe_file(path, model, hints=hints(store))

    return transcribe


def _fault_line(fault: Fault) -> str:
    return f"{fault.place}: {fault.problem}. Next: {fault.next_step}"


def _result_line(result: Recovered) -> str:
    if result.left:
        return f"{result.answer_id}: left as it is: {result.left}"
    score = "not scored" if result.overall is None else f"scored {result.overall:.1f}"
    return f"{result.answer_id}: brought back, {result.seconds:.0f} s, {result.words} words, {score}"
