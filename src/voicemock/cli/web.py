"""`voicemock web`: the same interview in a browser."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.mind import mind_options
from voicemock.cli.options import model_option, prompts_option, recordings_option, voice_option

if TYPE_CHECKING:
    from voicemock.interview.desk import Desk
    from voicemock.scoring.gaps.policy import Style


@click.command(
    epilog="""\b
Examples:
  voicemock web
  voicemock web --port 8500 --no-open
"""
)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="N", help="Serve on this port of the loopback."
)
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@model_option
@voice_option
@mind_options
@prompts_option
@recordings_option
def web(
    port: int | None,
    no_open: bool,
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
            mind=mind, mind_may_leave=mind_may_leave, mind_log=mind_log,
        )  # fmt: skip
        return open_desk(options, *ends)

    services = Services(recordings, prompts, model, desk_for, voices(RunOptions(voice=voice)), choose)
    return run_web(services, port, open_browser=not no_open)
