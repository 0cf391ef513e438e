"""Running a planned session in front of a person: the screen, each answer's score, and how it ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import click
from rich.console import Console
from rich.text import Text

from voicemock.cli.desk import RunOptions, SourceFor, open_desk
from voicemock.cli.output import echo
from voicemock.cli.stored import tell_before_practice
from voicemock.interview.session import AnswerDone, Plan, Session
from voicemock.packs.examples import load_examples
from voicemock.packs.questions import Question, load_questions
from voicemock.report.build import review_answer
from voicemock.report.plain import answer_text
from voicemock.report.terminal import render_answer
from voicemock.store.store import Store
from voicemock.terminal.safe_console import SafeConsole
from voicemock.terminal.signals import EXIT_INTERRUPTED, Interrupts, readers_may_leave
from voicemock.ui.keys import NoKeys, terminal_keys
from voicemock.ui.plain import PlainScreen
from voicemock.ui.screen import Screen, attached

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a session came to."""

    session_id: str
    answers: Sequence[AnswerDone]
    interrupted: bool

    @property
    def exit_code(self) -> int:
        return EXIT_INTERRUPTED if self.interrupted else 0


def run_session(
    store: Store,
    plan: Plan,
    options: RunOptions,
    source_for: SourceFor | None = None,
    *,
    candidate: str = "You",
) -> Outcome:
    """Ask the questions of `plan`, showing each score as it comes."""
    console = console_for(options)
    tell_before_practice(store)

    def session_on(screen: Screen) -> Outcome:
        with open_desk(options, store, screen.progress, source_for) as desk:
            seated = attached(screen, desk, plan.questions)
            if screen.stopping():
                raise KeyboardInterrupt  # stopped while things loaded: there is no session to keep
            session = Session(seated, plan, store, stop=screen.stopping)

            def show(done: AnswerDone) -> None:
                screen.aside(lambda: show_score(store, done, plan, options, console))

            answers = session.run(show)
            return Outcome(session.id, answers, screen.stopping())

    if wants_live_screen(options):
        from voicemock.ui.live import run_with_screen

        return run_with_screen(session_on)
    return run_in_lines(session_on, console, options, candidate)


def run_in_lines(
    session_on: Callable[[Screen], T], console: Console, options: RunOptions, candidate: str
) -> T:
    """The session with plain lines; Ctrl-C ends the answer and keeps it."""
    interrupts = Interrupts()
    keys = terminal_keys() if options.live and not options.candidate else NoKeys()
    screen = PlainScreen(console, keys, candidate, lambda: interrupts.asked > 0, interrupts.at_stake)
    with interrupts.watch(), readers_may_leave():
        screen.start()
        try:
            return session_on(screen)
        finally:
            screen.close()


def wants_live_screen(options: RunOptions) -> bool:
    """A person at a terminal, at the pace of speech, who did not ask for plain lines."""
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return at_terminal and options.live and not options.plain and options.events != "-"


def console_for(options: RunOptions) -> Console:
    """Standard output, or standard error where standard output carries events."""
    return SafeConsole(stderr=options.events == "-", no_color=options.plain or None)


def show_score(store: Store, done: AnswerDone, plan: Plan, options: RunOptions, console: Console) -> None:
    """The score of an answer. A person reads it before the next question; a file or a hurried demo does not wait."""
    review = review_answer(store, done.answer_id)
    if options.plain:
        console.print(f"\n{answer_text(review)}", soft_wrap=True)
    else:
        render_answer(console, review)
    last = done.question is plan.questions[-1]
    if not last and options.live and not options.candidate and sys.stdin.isatty():
        wait_for_key("\nPress any key for the next question …")


def wait_for_key(prompt: str) -> None:
    """Unlike `click.pause` it does not take Ctrl-C for any key: raises KeyboardInterrupt."""
    echo(prompt, err=True)
    with suppress(EOFError):
        click.getchar()


def tell_next(outcome: Outcome, options: RunOptions, *, followed: bool = False) -> None:
    """What a person may want to do with what was just recorded; `followed` says whether the plan asked for it."""
    if outcome.answers:
        last = outcome.answers[-1].answer_id
        tell_steps(
            console_for(options),
            (f"voicemock retry {last}", "the same question again"),
            *_example_step(outcome.answers[-1].question, options),
            (f"voicemock review {outcome.session_id} --html", "as a page, with the sound"),
            ("voicemock plan", "what is left for today")
            if followed
            else ("voicemock progress", "what to practise next"),
        )


def _example_step(question: Question, options: RunOptions) -> tuple[tuple[str, str], ...]:
    """The way to what a good answer sounds like, where the question has an example."""
    known = {each.id for each in load_questions(options.prompts)}
    if question.id not in known or question.id not in load_examples(known, options.prompts):
        return ()
    return ((f"voicemock questions show {question.id} --good", "what good sounds like"),)


def tell_steps(console: Console, *steps: tuple[str, str]) -> None:
    """Commands to go on with, each with what it is for."""
    console.print()
    width = max(len(command) for command, _ in steps)
    for number, (command, why) in enumerate(steps):
        lead = "" if number else "Next:"
        line = Text.assemble(f"{lead:5} ", (f"{command:{width}}", "bold"), f"  {why}")
        console.print(line, soft_wrap=True)
