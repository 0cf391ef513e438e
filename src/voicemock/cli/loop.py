"""`voicemock loop`."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.desk import RunOptions, run_options
from voicemock.cli.options import (
    STYLES,
    json_option,
    model_option,
    plain_option,
    prompts_option,
    recordings_option,
    seed_option,
)
from voicemock.cli.output import echo_json
from voicemock.cli.stored import damage_told
from voicemock.limits import SEEDS

if TYPE_CHECKING:
    from voicemock.interview.loop.plan import Level, LoopPlan
    from voicemock.scoring.gaps.policy import Style
    from voicemock.store.store import Store

NEWEST = "newest"  # what --resume means without a session


@click.command(
    epilog="""\b
Examples:
  voicemock loop                                   four interviews and a debrief, some 40 minutes
  voicemock loop --level senior                    five, with system design
  voicemock loop --resume                          go on with the loop that was stopped last
  voicemock loop --resume 20260401-093000
  voicemock loop --candidate a.wav --candidate b.wav --pace fast --json
"""
)
@click.option(
    "--level", type=click.Choice(["pm", "senior"]), default="pm", show_default=True,
    help="pm: four interviews; senior: five, with system design.",
)  # fmt: skip
@click.option(
    "--resume", is_flag=False, flag_value=NEWEST, metavar="[SESSION]",
    help="Continue an unfinished loop; by default the newest.",
)  # fmt: skip
@click.option(
    "--style", type=click.Choice(STYLES),
    help="How interviewers cut in; by default the bar raiser as bar-raiser, the others politely.",
)  # fmt: skip
@click.option("--voice", metavar="NAME", help="One voice for all; by default each interviewer has their own.")
@model_option
@run_options
@json_option
@plain_option
@seed_option
@prompts_option
@recordings_option
def loop(
    level: Level, resume: str | None, style: Style | None, seed: int | None, as_json: bool, **options: Any
) -> int:
    """Go through a whole interview loop: an interviewer after the other, your questions to each, the debrief.

    Stop with Ctrl-C whenever you like: what you said is kept, and `--resume` goes on from there.
    """
    from voicemock.cli.loop_run import print_outcome, run_loop
    from voicemock.errors import UsageProblem
    from voicemock.store.store import Store

    run = RunOptions(**options)
    if as_json and run.events == "-":
        raise UsageProblem("--json and --events - both write to standard output", "give --events a file")
    if resume is not None and (seed is not None or style is not None):
        raise UsageProblem("a resumed loop keeps its own --seed and --style", "leave them out")
    with Store(run.recordings) as store:
        with damage_told(store):
            session_id = None if resume is None else find_loop(store, resume)
            plan = plan_of(store, session_id) if session_id else new_plan(store, run, level, seed, style)
        outcome = run_loop(store, plan, run, session_id, quiet=as_json)
        if as_json:
            echo_json(outcome.as_dict())
        else:
            print_outcome(store, outcome, run)
        return outcome.exit_code


def new_plan(store: Store, run: RunOptions, level: Level, seed: int | None, style: Style | None) -> LoopPlan:
    """A plan of new questions; without a `style` each interviewer keeps to their own."""
    from voicemock.interview.loop.plan import plan_loop
    from voicemock.packs.questions import load_questions
    from voicemock.speech.voice import loop_voices
    from voicemock.store.history import practised

    seed = random.randrange(SEEDS) if seed is None else seed
    return plan_loop(load_questions(run.prompts), level, seed, practised(store), style, loop_voices())


def find_loop(store: Store, name: str) -> str:
    """The id of the loop called `name`; NEWEST is the newest that is not over. Raises UsageProblem."""
    from voicemock.errors import UsageProblem
    from voicemock.interview.loop.steps import SETTING

    if name == NEWEST:
        open_loops = [s for s in store.sessions() if SETTING in s.settings and "debrief" not in s.settings]
        if not open_loops:
            raise UsageProblem("no loop was left unfinished", "`voicemock loop` begins one")
        return open_loops[-1].id
    found = store.session(name)
    if SETTING not in found.settings:
        raise UsageProblem(f"session {found.id} is no loop", "`voicemock loop` begins one")
    if "debrief" in found.settings:
        raise UsageProblem(f"loop {found.id} is over", f"`voicemock review {found.id}` shows its debrief")
    return found.id


def plan_of(store: Store, session_id: str) -> LoopPlan:
    """The plan that the session was begun with."""
    from voicemock.interview.loop.steps import SETTING, from_stored

    return from_stored(store.session(session_id).settings[SETTING])
