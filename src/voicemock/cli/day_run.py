"""Holding a day in front of a person: the waits until the rounds, the breaks, and the debrief."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from math import ceil

from rich.console import Console
from rich.live import Live
from rich.text import Text

from voicemock.cli.desk import RunOptions
from voicemock.cli.loop_run import Before, print_outcome, ready, run_loop
from voicemock.cli.output import echo_json
from voicemock.errors import UsageProblem
from voicemock.interview.loop.day import Day, wait_s
from voicemock.interview.loop.kept_days import begun
from voicemock.interview.loop.planned_day import as_it_stands, is_over
from voicemock.store.store import Store
from voicemock.ui.keys import Keys, terminal_keys
from voicemock.wording import clock

LOOK_S = 0.1  # between two looks at the keys


class Breaks:
    """What happens before each round: the wait for its time, or the break, which a key ends."""

    def __init__(
        self,
        store: Store,
        day: Day,
        *,
        at_once: bool,
        now: Callable[[], datetime] = datetime.now,
        wait: Callable[[float], None] = time.sleep,
        keys: Callable[[], Keys] = terminal_keys,
    ) -> None:
        self._store = store
        self._day = day
        self._at_once = at_once
        self._now = now
        self._wait = wait
        self._keys = keys
        self._begun = False  # in this sitting

    def __call__(self, before: Before) -> bool:
        """Whether to go on."""
        if self._day.session is None:
            self._day = begun(self._store, self._day, before.session_id)
        seconds = wait_s(self._day, before.number, self._now(), at_once=self._at_once, first=not self._begun)
        self._begun = True
        go_on = True

        def show() -> None:
            nonlocal go_on
            before.say_who_comes_in()
            if before.is_person:
                go_on = (
                    self.count_down(seconds, before.console, before.options.plain)
                    if seconds
                    else ready(before.number)
                )

        before.screen.aside(show)
        return go_on

    def count_down(self, seconds: float, console: Console, plain: bool) -> bool:
        """Show how long it is, each second, or in plain lines each minute; any key ends it. False where Ctrl-C does."""
        console.print("Any key begins it now, Ctrl-C stops here.")
        until, shown = self._now().timestamp() + seconds, -1
        with self._open_keys() as keys, _shown(console, plain) as show:
            try:
                while (left := ceil(until - self._now().timestamp())) > 0 and not keys.pressed():
                    if left != shown:
                        show(left)
                        shown = left
                    self._wait(LOOK_S)
            except KeyboardInterrupt:
                return False
        return True

    @contextmanager
    def _open_keys(self) -> Iterator[Keys]:
        keys = self._keys()
        keys.open()
        try:
            yield keys
        finally:
            keys.close()


@contextmanager
def _shown(console: Console, plain: bool) -> Iterator[Callable[[int], None]]:
    """What shows the seconds that are left: in one place, or in a line at each whole minute and at the start."""
    if plain:
        told: list[int] = []

        def say(left: int) -> None:
            if not told or left % 60 == 0:
                told.append(left)
                console.print(f"Begins in {clock(left)}.")

        yield say
        return
    with Live(console=console, auto_refresh=False, transient=True) as live:
        yield lambda left: live.update(Text(f"Begins in {clock(left)}", style="bold"), refresh=True)


def hold(store: Store, day: Day, run: RunOptions, *, at_once: bool, as_json: bool) -> int:
    """What is left of the day, then its debrief; the exit code. Raises UsageProblem where it is over."""
    day = as_it_stands(store, day)
    if is_over(store, day):
        raise UsageProblem(
            f"the day of {day.date} is over", f"`voicemock review {day.session}` shows its debrief"
        )
    if day.date > datetime.now().astimezone().date() and not at_once:
        raise UsageProblem(
            f"{day.date} is not today", "hold it on its day, or add --now to rehearse it at once"
        )
    breaks = Breaks(store, day, at_once=at_once)
    outcome = run_loop(store, day.plan, run, day.session, quiet=as_json, between=breaks)
    if as_json:
        echo_json({"date": day.date.isoformat(), **outcome.as_dict()})
    else:
        now = " --now" if at_once else ""
        print_outcome(store, outcome, run, f"voicemock day --date {day.date.isoformat()} --go{now}")
    return outcome.exit_code
