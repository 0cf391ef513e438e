"""`voicemock retry`: the same question again, then both attempts side by side."""

from __future__ import annotations

import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import asdict
from typing import Any

import click

from voicemock.cli.desk import RunOptions, run_options
from voicemock.cli.options import (
    json_option,
    model_option,
    plain_option,
    prompts_option,
    recordings_option,
    style_option,
    voice_option,
)
from voicemock.cli.output import echo_json
from voicemock.cli.stored import damage_told, open_existing
from voicemock.errors import UsageProblem
from voicemock.packs.questions import Question
from voicemock.store.rescoring import question_of
from voicemock.store.store import AnswerRow, Store


@click.command()
@click.argument("answer")
@click.option("--compare", metavar="OTHER", help="Compare with this stored answer; nothing is asked.")
@style_option
@model_option
@voice_option
@run_options
@json_option
@plain_option
@prompts_option
@recordings_option
def retry(answer: str, compare: str | None, as_json: bool, **options: Any) -> int:
    """Answer the same question again, and see what became better.

    ANSWER is SESSION/NUMBER; a session alone means its first answer, `last` the newest session's.

    \b
    Examples:
      voicemock retry last
      voicemock retry 20260401-093000/2 --style bar-raiser
      voicemock retry 20260401-093000/2 --compare 20260408-181500/1 --json
    """
    run = RunOptions(**options)
    exit_code = 0
    with open_existing(run.recordings, writes=compare is None) as store:
        with damage_told(store):
            first = store.answer(answer)
            question = question_of(first)
            second = store.answer(compare) if compare is not None else None
        if compare is None:
            # what goes on while speaking must not get into what a script reads
            with redirect_stdout(sys.stderr) if as_json and run.events is None else nullcontext():
                second, exit_code = _ask_again(store, first.id, question, run)
        if second is not None:
            with damage_told(store):
                _show(store, first, second, run, as_json=as_json)
    return exit_code


def _ask_again(store: Store, first: str, question: Question, run: RunOptions) -> tuple[AnswerRow | None, int]:
    """Ask the question in a session of its own; the new answer is None where it was broken off before it
    began.
    """
    from voicemock.cli.run import run_session
    from voicemock.interview.session import Plan

    told_from = store.answer(first).details.get("draft")
    notes = {"retry_of": first, **({"draft": told_from} if told_from else {})}
    plan = Plan([question], run.style, mode="retry", notes=notes)
    outcome = run_session(store, plan, run)
    answers = store.answers(outcome.session_id)
    return (answers[0] if answers else None), outcome.exit_code


def _show(store: Store, first: AnswerRow, second: AnswerRow, run: RunOptions, *, as_json: bool) -> None:
    from voicemock.coaching.comparison import compare
    from voicemock.report.cells import console
    from voicemock.report.comparison_terminal import print_comparison

    scores = [store.score(row.id) for row in (first, second)]
    for row, score in zip((first, second), scores, strict=True):
        if score is None:
            raise UsageProblem(
                f"{row.id} has no score to compare", "`voicemock recover` scores what a crash left"
            )
    comparison = compare(*scores)  # type: ignore[arg-type] # both are there
    events = run.events == "-"
    if as_json:
        body = {"first": first.id, "second": second.id, **asdict(comparison)}
        body = {"type": "comparison", **body} if events else body
        echo_json(body, indent=None if events else 2)
    else:
        out = console(run.plain, stderr=events)
        print_comparison(out, comparison, first.id, second.id)
