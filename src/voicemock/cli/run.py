"""Running a planned session in front of a person: the screen, each answer's score, and how it ended."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click
from rich.console import Console

from voicemock.cli import EXIT_INTERRUPTED
from voicemock.cli.desk import Interrupts, RunOptions, SourceFor, open_desk
from voicemock.interview.session import AnswerDone, Plan, Session
from voicemock.report.build import review_answer
from voicemock.report.terminal import render_answer
from voicemock.store import Store
from voicemock.ui.keys import NoKeys, terminal_keys
from voicemock.ui.plain import PlainScreen
from voicemock.ui.screen import Screen, attach


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
    store: Store, plan: Plan, options: RunOptions, source_for: SourceFor | None = None
) -> Outcome:
    """Ask the questions of `plan`, showing each score as it comes."""
    console = console_for(options)
    screen: Screen = PlainScreen(console, NoKeys() if options.candidate else terminal_keys())
    interrupts = Interrupts()
    with interrupts.watch():
        screen.start()
        try:
            with open_desk(options, screen.progress, source_for) as desk:
                attach(screen, desk, plan.questions)
                desk.keys = interrupts.or_keys(screen.keys)
                session = Session(desk, plan, store, stop=lambda: interrupts.pressed)

                def show(done: AnswerDone) -> None:
                    render_answer(console, review_answer(store, done.answer_id))
                    wait_for_next(done, plan, options, interrupts)

                answers = session.run(show)
        finally:
            screen.close()
    return Outcome(session.id, answers, interrupts.pressed)


def console_for(options: RunOptions) -> Console:
    """Standard output, or standard error where standard output carries events."""
    return Console(stderr=options.events == "-", no_color=options.plain or None, highlight=False)


def wait_for_next(done: AnswerDone, plan: Plan, options: RunOptions, interrupts: Interrupts) -> None:
    """A person reads the score before the next question; a file does not."""
    last = done.question is plan.questions[-1]
    if not last and not options.candidate and sys.stdin.isatty() and not interrupts.pressed:
        click.pause("\nPress any key for the next question …")
