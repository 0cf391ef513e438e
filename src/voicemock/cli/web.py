"""`voicemock web`: the same interview in a browser."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.mind import MindOptions, mind_options, open_mind
from voicemock.cli.options import model_option, prompts_option, recordings_option, voice_option

if TYPE_CHECKING:
    from voicemock.interview.desk import Desk
    from voicemock.scoring.gaps.policy import Style
    from voicemock.scoring.model import Score
    from voicemock.store.kept import Told
    from voicemock.web.uploads import Asked


@click.command(
    epilog="""\b
Examples:
  voicemock web
  voicemock web --port 8500 --no-open
  voicemock web --rate-yourself
"""
)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="N", help="Serve on this port of the loopback."
)
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@click.option("--rate-yourself", is_flag=True, help="Mark each answer from 1 to 4 before you see its score.")
@model_option
@voice_option
@mind_options
@prompts_option
@recordings_option
def web(
    port: int | None,
    no_open: bool,
    rate_yourself: bool,
    model: str | None,
    voice: str | None,
    mind: str | None,
    mind_may_leave: bool,
    mind_log: Path | None,
    prompts: Path | None,
    recordings: Path,
) -> int:
    """Hold interviews, and look at what came of them, in a page on this machine.

    The address holds a key that is good until this ends. Ctrl-C ends it: an answer that is going on is kept.
    """
    from voicemock.cli.desk import RunOptions, open_desk
    from voicemock.cli.loop_run import voices
    from voicemock.cli.practice import choose
    from voicemock.web.interviews import Services
    from voicemock.web.run import run_web

    def desk_for(style: Style, *ends: Any) -> AbstractContextManager[Desk]:
        options = RunOptions(
            style=style, model=model, voice=voice, headphones=True, prompts=prompts, recordings=recordings,
            mind=mind, mind_may_leave=mind_may_leave, mind_log=mind_log, mind_log_goes_on=True,
            rate_yourself=rate_yourself,
        )  # fmt: skip
        return open_desk(options, *ends)

    def score(path: Path, asked: Asked) -> tuple[tuple[Told, ...], list[Score]]:
        return score_file(path, asked, model, recordings)

    with open_mind(MindOptions(mind, mind_may_leave, mind_log, prompts)):
        pass  # what is wrong with these options is said now, and not in the page when an interview begins
    open_voice = voices(RunOptions(voice=voice))
    services = Services(recordings, prompts, model, voice, desk_for, open_voice, choose, score)
    return run_web(services, port, open_browser=not no_open)


def score_file(
    path: Path, asked: Asked, model: str | None, recordings: Path
) -> tuple[tuple[Told, ...], list[Score]]:
    """The answers in a file that came from the page, read and scored as `voicemock score` does."""
    from dataclasses import replace

    from voicemock.cli.answer_files import Wanted
    from voicemock.cli.score_call import told_in
    from voicemock.cli.stored import corrected_names
    from voicemock.packs.phrases import load_phrases
    from voicemock.scoring.assemble import score_answer

    names = corrected_names(recordings)
    wanted = Wanted(asked.round, asked.principle, asked.question, asked.duration_s, model, names)
    found = told_in(str(path), wanted, asked.speaker, ask=False)
    told = tuple(replace(one, answer=replace(one.answer, source=asked.name)) for one in found)
    wording = load_phrases().questions
    return told, [score_answer(one.answer, wording=wording) for one in told]
