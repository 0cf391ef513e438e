"""The live screen: what a candidate needs to see while speaking, and no score."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widgets import Footer

from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question
from voicemock.speech.requests import Request
from voicemock.ui import wording
from voicemock.ui.widgets import Asked, FloorPanel, Loading, Transcript

KEY_SHOWN = {Request.DONE: "d/↵"}  # 80 columns have no room for a word more
MARK_KEYS = {**{digit: digit for digit in "012345"}, "full_stop": ".", "comma": ",", "backspace": "\b"}
WIDE_COLUMNS = 110  # from here the transcript stands beside the question, with some 55 columns each


def _ask(request: Request, words: str) -> Binding:
    keys = f"{request.value},enter" if request is Request.DONE else request.value
    return Binding(keys, f"ask('{request.name}')", words, key_display=KEY_SHOWN.get(request, request.value))


class InterviewApp(App[None]):
    """Shows what it is told and collects what is pressed; knows nothing of sessions and threads."""

    TITLE = "voicemock"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(_ask(request, words) for request, words in wording.KEYS.items()),
        *(Binding(key, f"type('{char}')", show=False) for key, char in MARK_KEYS.items()),
        Binding("q", "stop", "stop"),
        Binding("ctrl+c", "stop", "stop", show=False, priority=True),
        Binding("l", "light", "light or dark", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pressed: deque[Request] = deque()
        self.typed: deque[str] = deque()
        self._mark: str | None = None  # as typed so far, from the answer's end on; None before and afterwards
        self._mark_is_asked_for = False
        self.stops = 0
        self._latest = 0.0  # seconds of the answer: of what was told last
        self.at_stake = False  # whether there is an answer to keep
        self._aside = False
        self._loop_here: asyncio.AbstractEventLoop | None = None
        self.when_mounted: Callable[[], None] = lambda: None
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_COLUMNS, "-wide")]
        self.theme = f"textual-{background()}"

    def compose(self) -> ComposeResult:
        with Container(id="sides", classes="-waiting"):
            with Vertical(id="room"):
                yield Asked()
                yield Loading()
                yield FloorPanel()
            yield Transcript()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Loading).border_title = "Getting ready"
        self.query_one(Transcript).border_title = "What is said"
        self._loop_here = asyncio.get_running_loop()
        self.when_mounted()

    # --- what the session tells -----------------------------------------------------------------------------

    def show_question(self, question: Question, number: int, count: int) -> None:
        self.pressed.clear()  # what was pressed before the question is not about it
        self.query_one("#sides").set_classes("-asking")
        self.query_one(Transcript).clear()
        self.query_one("#room").set_class(question.exhibit is not None, "-exhibit")
        self.query_one(Asked).show(question, number, count)

    def show_event(self, event: Event) -> None:
        self._add(event)
        # what is told in the middle of a sentence stands above it: times never run backwards
        if event.type == "question_started":
            self._latest = 0.0
            self._no_mark()
        elif event.type != "utterance":
            self._latest = max(self._latest, event.t)

    def _add(self, event: Event) -> None:
        add = self.query_one(Transcript).add
        match event.type, event.fields:
            case "utterance", {"text": text, "start": start}:
                add(max(start, self._latest), text, "candidate")
            case "interrupt", {"question": text}:
                add(event.t, text, "interviewer", f"▸ {wording.INTERVIEWER} cuts in:")
            case ("probe" | "follow_up", {"question": text}) | ("says", {"text": text}):
                add(event.t, text, "interviewer", f"▸ {wording.INTERVIEWER}:")
                if event.fields.get("line") == wording.RATE:
                    self._mark_is_asked_for = True
                    self._show_mark(self._mark or "")
            case "request", fields:
                add(event.t, wording.understood(fields), "notice")
            case "closing", {"take_back_s": seconds}:
                add(event.t, wording.take_back(seconds), "notice")
            case "warning", {"remaining_s": remaining}:
                add(event.t, wording.left(remaining), "notice")
            case "notice" | "device_lost" | "device_back" | "sound_lost", {"text": text}:
                add(event.t, text, "notice")
            case "answer_ended", fields:
                add(event.t, wording.ended(fields), "notice")
                self.query_one(FloorPanel).over(wording.ended(fields), fields["floor_time_s"])
                self.typed.clear()
                self._mark = ""

            case "asks", fields:
                for line in wording.to_ask(fields):
                    add(None, line, "notice")
            case "self_rating", fields:
                add(None, wording.rated(fields), "notice")
                self._no_mark()
                self.query_one(FloorPanel).aside(wording.rated(fields))

    def _show_mark(self, mark: str) -> None:
        self._mark = mark
        self.query_one(FloorPanel).aside(wording.HOW_TO_RATE, f"Your mark, such as 2.5: {mark}▏")

    def show_meter(self, meter: Meter) -> None:
        self.query_one(FloorPanel).show(meter)

    def show_progress(self, what: str, done: int, total: int) -> None:
        self.query_one(Loading).show(what, done, total)

    def show_aside(self, show: Callable[[], None]) -> None:
        """Print below the screen that was there before. Ctrl-C and signals meanwhile are a wish to stop."""
        self._aside = True
        try:
            with self.suspend(), suppress(KeyboardInterrupt):
                show()
                return
            self.stops += 1
        finally:
            self._aside = False

    def show_note(self, text: str) -> None:
        self.query_one(Transcript).add(None, text, "notice")

    # --- keys -----------------------------------------------------------------------------------------------

    def action_ask(self, name: str) -> None:
        self.pressed.append(Request[name])
        if Request[name] is Request.DONE:
            self._type("\n")

    def action_type(self, char: str) -> None:
        self._type(char)

    def _type(self, char: str) -> None:
        """For the mark, which some type before it is asked for; once it is, it is seen there."""
        if self._mark is None:
            return
        self.typed.append(char)
        self._mark = {"\n": "", "\b": self._mark[:-1]}.get(char, self._mark + char)
        if self._mark_is_asked_for:
            self._show_mark(self._mark)

    def _no_mark(self) -> None:
        self._mark, self._mark_is_asked_for = None, False

    def action_stop(self) -> None:
        """The first time: end the answer and keep it. The second, or where there is none: leave now."""
        self.stops += 1
        self._show_stop()

    def stop_from_outside(self) -> bool:
        """The same, from a signal's handler: between any two steps of the main thread, which draws and waits.

        False where the screen is not shown: then somebody else has to stop what is going on.
        """
        if self._aside or self._loop_here is None or not self.is_running:
            return False
        self.stops += 1
        self._loop_here.call_soon_threadsafe(self._show_stop)
        return True

    def _show_stop(self) -> None:
        if self.stops == 1 and self.at_stake:
            self.show_note("Stopping: what you said so far is kept. Press q again to leave at once.")
        else:
            self.exit()

    def action_light(self) -> None:
        self.theme = "textual-dark" if self.theme == "textual-light" else "textual-light"


def background() -> str:
    """ "light" where the terminal says that its background is, by the COLORFGBG that some terminals set."""
    colour = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if colour in ("7", "15") else "dark"
