"""`voicemock practice` and `voicemock demo`."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voicemock.cli.desk import RunOptions, candidate_options, run_options
from voicemock.cli.options import (
    STYLES,
    model_option,
    plain_option,
    principle_option,
    prompts_option,
    recordings_option,
    round_option,
    seed_option,
    style_option,
    voice_option,
)
from voicemock.limits import SEEDS

if TYPE_CHECKING:
    from voicemock.packs.questions import Question
    from voicemock.store.store import Store

# Of whoever has practised nothing yet and asked for nothing: a story is what most expect.
FIRST_ROUND = "behavioral"


@click.command(
    epilog="""\b
Examples:
  voicemock practice                               what your plan has next, or what you practised least
  voicemock practice --principle frugality --count 3
  voicemock practice --question "Tell me about a time you failed."
  voicemock practice --draft d1                    tell a story that you drafted, and see what you left out
  voicemock practice --style bar-raiser --half-duplex
  voicemock practice --candidate answer.wav --pace fast --events -
"""
)
@round_option
@principle_option
@click.option("--question", metavar="ID-or-text", help="This question, by id or in your own words.")
@click.option(
    "--draft", metavar="ID", help="Tell the story of this draft; its question, or one of its principle."
)
@click.option("--any", "any_", is_flag=True, help="Leave your plan: a question that you practised least.")
@click.option("--count", type=click.IntRange(1, 50), default=1, show_default=True, help="How many questions.")
@style_option
@model_option
@voice_option
@run_options
@plain_option
@seed_option
@prompts_option
@recordings_option
def practice(
    round: str | None,
    principle: str | None,
    question: str | None,
    draft: str | None,
    any_: bool,
    count: int,
    seed: int | None,
    **options: Any,
) -> int:
    """Answer questions aloud: recorded, transcribed while you speak, interrupted, timed and scored."""
    from voicemock.cli.run import run_session, tell_next
    from voicemock.interview.session import Plan
    from voicemock.store.store import Store

    run = RunOptions(**options)
    with Store(run.recordings) as store:
        seed = random.randrange(SEEDS) if seed is None else seed
        notes: dict[str, Any] = {}
        if draft is not None:
            from voicemock.coaching.drafts import told_from

            round, principle, question, notes = told_from(store, draft, round, principle, question, count)
        free = not any_ and (draft, round, principle, question) == (None,) * 4
        from_plan = planned(store, run.prompts, count, seed) if free else ()
        chosen = from_plan or choose(store, run.prompts, round, principle, question, count, seed)
        outcome = run_session(store, Plan(chosen, run.style, notes=notes, settings={"seed": seed}), run)
    tell_next(outcome, run, followed=bool(from_plan))
    return outcome.exit_code


def planned(store: Store, prompts: Path | None, count: int, seed: int) -> tuple[Question, ...]:
    """What the plan has next, made up to `count` with others; nothing where there is no plan, or nothing in it.

    A plan that can't be read is told, and is no reason not to practise.
    """
    from voicemock.cli.output import echo, tell
    from voicemock.cli.stored import damage_told
    from voicemock.coaching.plan.following import follow
    from voicemock.coaching.plan.kept import standing_if_any
    from voicemock.errors import StoreError
    from voicemock.packs.picker import pick
    from voicemock.packs.questions import load_questions
    from voicemock.store.history import practised

    packs = cache(lambda: load_questions(prompts))
    try:
        with damage_told(store):
            stands = standing_if_any(store, packs)
    except StoreError as error:
        tell(error)
        return ()
    if stands is None or stands.today is None:
        return ()
    found = follow(stands.today, packs(), count)
    echo(found.line, err=True)
    others = [question for question in packs() if question not in found.questions]
    return (*found.questions, *pick(others, count - len(found.questions), seed, practised(store)))


@click.command(
    epilog="""\b
Examples:
  voicemock demo                          as fast as possible, about a minute
  voicemock demo --pace real --sound      as a person would hear it, about six minutes
"""
)
@click.option("--sound", is_flag=True, help="Play the interviewer and the candidate; needs --pace real.")
@click.option(
    "--style",
    type=click.Choice(STYLES),
    default="bar-raiser",
    show_default=True,
    help="How the interviewer cuts in.",
)
@candidate_options("fast")
@model_option
@voice_option
@plain_option
@recordings_option
def demo(sound: bool, **options: Any) -> int:
    """Watch a built-in candidate being interviewed: one good answer, one that rambles into the cap."""
    from voicemock.cli.demo import run_demo
    from voicemock.errors import UsageProblem

    if sound and options["pace"] != "real":
        raise UsageProblem("--sound needs --pace real", "at fast pace there is nothing to listen to")
    options["silent"] = options["silent"] or not sound
    return run_demo(RunOptions(**options))


def choose(
    store: Store,
    prompts: Path | None,
    round: str | None,
    principle: str | None,
    question: str | None,
    count: int,
    seed: int,
) -> tuple[Question, ...]:
    """The questions to ask, the first ever a story unless a round is wanted. Raises VoicemockError when none fits."""
    from voicemock.errors import UnknownQuestion, UsageProblem
    from voicemock.packs.picker import pick
    from voicemock.packs.questions import Question, filter_questions, find_question, load_questions
    from voicemock.store.history import practised

    questions = load_questions(prompts)
    if question is not None:
        try:
            return (find_question(questions, question),)
        except UnknownQuestion:
            if " " not in question.strip():
                raise  # an id that was mistyped is no question of the user's own
            return (Question("own", round or "behavioral", question.strip(), principle=principle),)
    fitting = filter_questions(questions, round=round, principle=principle)
    if not fitting:
        raise UsageProblem(
            f"no question fits --round {round} with --principle {principle}",
            "principles belong to --round behavioral",
        )
    history = practised(store)
    if history or round is not None or principle is not None:
        return pick(fitting, count, seed, history)
    stories = filter_questions(questions, round=FIRST_ROUND) or fitting
    first = pick(stories, 1, seed, history)
    others = [one for one in fitting if one not in first]
    return (*first, *pick(others, count - 1, seed, history))
