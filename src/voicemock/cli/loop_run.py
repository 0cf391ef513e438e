"""Running a loop in front of a person: who comes in, the waits between, the debrief."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from voicemock.cli.desk import RunOptions, SourceFor, open_desk
from voicemock.cli.output import echo, tell
from voicemock.cli.run import console_for, run_in_lines, wants_live_screen
from voicemock.cli.stored import damage_told, tell_before_practice
from voicemock.errors import StoreError
from voicemock.interview.loop.asks import Prepared, prepared_for
from voicemock.interview.loop.plan import LoopPlan
from voicemock.interview.loop.run import Loop, OpenVoice, session_plan, who_comes_in
from voicemock.interview.loop.steps import steps
from voicemock.interview.session import Session
from voicemock.store.store import Store
from voicemock.terminal.signals import EXIT_INTERRUPTED
from voicemock.ui.screen import Screen, attached


@dataclass(frozen=True, slots=True)
class LoopOutcome:
    """What a sitting came to; without a debrief the loop was stopped before its end."""

    session_id: str
    debrief: dict[str, Any] | None
    left: int

    @property
    def exit_code(self) -> int:
        return 0 if self.debrief else EXIT_INTERRUPTED

    def as_dict(self) -> dict[str, Any]:
        return {"session": self.session_id, "finished": self.debrief is not None, "debrief": self.debrief}


@dataclass(frozen=True, slots=True)
class Before:
    """What there is to go by before interview `number`, from 0, of the session."""

    screen: Screen
    console: Console
    options: RunOptions
    plan: LoopPlan
    number: int
    session_id: str

    @property
    def is_person(self) -> bool:
        """Whether somebody is there to press a key."""
        return not self.options.candidate and sys.stdin.isatty()

    def say_who_comes_in(self) -> None:
        self.console.print(f"\n{who_comes_in(self.plan, self.number)}", style="bold", soft_wrap=True)


Between = Callable[[Before], bool]


def _prepared(store: Store, plan: LoopPlan) -> Prepared:
    """What the candidate wants to ask. What can't be read is told, and is no reason not to hold the loop."""
    try:
        with damage_told(store):
            return prepared_for(store, plan)
    except StoreError as error:
        tell(error)
        return ()


def run_loop(
    store: Store,
    plan: LoopPlan,
    options: RunOptions,
    session_id: str | None,
    *,
    quiet: bool = False,
    source_for: SourceFor | None = None,
    between: Between | None = None,
) -> LoopOutcome:
    """Do what is left of the loop; `quiet` keeps standard output for the JSON.

    `between` is what happens before each interview: by default who comes in is said, and a person says when they are
    ready.
    """
    console = console_for(replace(options, events="-") if quiet else options)
    tell_before_practice(store)

    def loop_on(screen: Screen) -> LoopOutcome:
        with open_desk(options, store, screen.progress, source_for) as desk:
            prepared = _prepared(store, plan)
            questions = [step.question for step in steps(plan, desk.phrases)]
            seated = attached(screen, desk, questions, prepared)
            if screen.stopping():
                raise KeyboardInterrupt  # stopped while things loaded
            session = Session(seated, session_plan(plan), store, stop=screen.stopping, continues=session_id)

            def come_in(number: int) -> bool:
                return (between or announce)(Before(screen, console, options, plan, number, session.id))

            loop = Loop(
                session,
                store,
                plan,
                open_voice=voices(options),
                come_in=come_in,
                stop=screen.stopping,
                prepared=prepared,
            )
            found = loop.run()
            left = {step.interview for step in loop.left()}
            return LoopOutcome(session.id, found, len(left))

    if wants_live_screen(options) and not quiet:
        from voicemock.ui.live import run_with_screen

        return run_with_screen(loop_on)
    return run_in_lines(loop_on, console, options, "You")


def voices(options: RunOptions) -> OpenVoice | None:
    """Each interviewer's own voice, unless one was chosen for all."""
    if options.voice is not None:
        return None
    from voicemock.speech.voice import DEFAULT_RATE_WPM
    from voicemock.speech.voice_engines import open_voice

    return lambda name: open_voice(name, options.voice_rate or DEFAULT_RATE_WPM)


def announce(before: Before) -> bool:
    """Say who comes in; a person says when they are ready, or stops here. Whether to go on."""
    go_on = True

    def show() -> None:
        nonlocal go_on
        before.say_who_comes_in()
        if before.is_person:
            go_on = ready(before.number)

    before.screen.aside(show)
    return go_on


def ready(number: int) -> bool:
    """Wait for a key; Ctrl-C stops between interviews."""
    echo("Press any key when you are ready" + (", Ctrl-C to stop here …" if number else " …"), err=True)
    try:
        click.getchar()
    except (KeyboardInterrupt, EOFError):
        return False
    return True


def print_outcome(store: Store, outcome: LoopOutcome, options: RunOptions, go_on: str = "") -> None:
    """The debrief and where more of it is; or how to go on, by default as a loop."""
    from voicemock.report.build import review_session
    from voicemock.report.lines import debrief_lines
    from voicemock.report.terminal import render_debrief

    console = console_for(options)
    console.print()
    if outcome.debrief is None:
        some = "1 interview is" if outcome.left == 1 else f"{outcome.left} interviews are"
        console.print(f"Stopped; everything so far is kept, {some} left.")
        go_on = go_on or f"voicemock loop --resume {outcome.session_id}"
        console.print(Text.assemble("Go on: ", (go_on, "bold")))
        return
    debrief = review_session(store, outcome.session_id).debrief
    assert debrief is not None
    if options.plain:
        console.print("\n".join(debrief_lines(debrief)), soft_wrap=True)
    else:
        render_debrief(console, debrief)
    console.print(Text.assemble("\nEach answer: ", (f"voicemock review {outcome.session_id} --html", "bold")))
