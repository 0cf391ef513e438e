"""The interview as lines, one after the other: for a pipe, a screen reader, or whoever likes it plain.

A line is written when its fact is known and never changed, so the output can be read aloud, paged and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question
from voicemock.report.exhibit_terminal import ExhibitView
from voicemock.speech.requests import Request
from voicemock.terminal.printable import printable
from voicemock.ui import wording
from voicemock.ui.keys import Keys, NoKeys, requests_of
from voicemock.wording import clock

TIME_WIDTH = 5  # "12:30"
NAME_WIDTH = len(wording.INTERVIEWER)
GUTTER = TIME_WIDTH + 2 + NAME_WIDTH + 2
TEXT_WIDTH = 76  # longer lines are hard to read, however wide the terminal is
COUNTDOWN_TOLD_S = 1.0  # most pauses end before this; telling each would drown the answer
PROGRESS_STEP = 25  # per cent


class PlainScreen:
    """Writes to `console` as things happen; `candidate` is the name before what the candidate says."""

    def __init__(
        self,
        console: Console,
        keys: Keys | None = None,
        candidate: str = wording.CANDIDATE,
        stopping: Callable[[], bool] = lambda: False,
        at_stake: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._at_stake = at_stake  # told whether there is something to lose if all is left at once
        self._stopping = stopping
        self._console = console
        self._keys = keys if keys is not None else NoKeys()
        self._candidate = candidate
        self._told: dict[str, int] = {}
        self._counting = self._thinking = False
        self._latest = 0.0  # seconds of the answer: of what was told last

    def start(self) -> None:
        self._keys.open()
        if not isinstance(self._keys, NoKeys):
            self._notice(f"Keys: {wording.key_line()} · Ctrl-C stop")

    def close(self) -> None:
        self._keys.close()

    def question(self, question: Question, number: int, count: int) -> None:
        self._keys.pressed()  # what was pressed before the question is not about it
        self._counting = False
        self._console.print()
        self._console.print(Text(f"{wording.place(number, count)}: {wording.about(question)}", style="bold"))
        self._line(None, wording.INTERVIEWER, question.text)
        if question.exhibit is not None:
            table = ExhibitView(question.exhibit, drawn=False)
            _print_exact(self._console, Padding(table, (1, 0, 1, TIME_WIDTH + 2), expand=False))

    def on_event(self, event: Event) -> None:
        self._show(event)
        # what is told in the middle of a sentence stands above it: times never run backwards
        if event.type == "question_started":
            self._latest = 0.0
        elif event.type != "utterance":
            self._latest = max(self._latest, event.t)

    def _show(self, event: Event) -> None:
        match event.type, event.fields:
            case ("session_started" | "session_ended") as what, _:
                self._at_stake(what == "session_started")
            case "utterance", {"text": text, "start": start}:
                self._line(max(start, self._latest), self._candidate, text)
            case "interrupt", {"question": text}:
                self._line(event.t, wording.INTERVIEWER, text, cuts_in=True)
            case ("probe", {"question": text}) | ("says", {"text": text}):
                self._line(event.t, wording.INTERVIEWER, text)
                if event.fields.get("line") == wording.RATE:
                    self._notice(f"{wording.HOW_TO_RATE}.")
            case "follow_up", {"question": text}:
                self._line(event.t, wording.INTERVIEWER, text)
            case "request", fields:
                self._notice(f"{wording.understood(fields)}.", event.t)
            case "closing", {"take_back_s": seconds}:
                self._notice(f"{wording.take_back(seconds)}.", event.t)
            case "warning", {"remaining_s": remaining}:
                self._notice(f"{wording.left(remaining)}.", event.t)
            case "notice" | "device_lost" | "device_back" | "sound_lost", {"text": text}:
                self._notice(f"{text}.", event.t)
            case "answer_ended", fields:
                self._notice(wording.ended(fields))
            case "asks", fields:
                for line in wording.to_ask(fields):
                    self._notice(line)
            case "self_rating", fields:
                self._notice(f"{wording.rated(fields)}.")

    def on_meter(self, meter: Meter) -> None:
        """Tell of a silence that is about to end the answer, once a silence."""
        if meter.thinking_s is not None and not self._thinking:
            self._notice(f"{wording.thinking(meter.thinking_s)}.")
        self._thinking = meter.thinking_s is not None
        counting = meter.countdown_s is not None and meter.countdown_s <= COUNTDOWN_TOLD_S
        if counting and not self._counting:
            self._notice(f"{wording.closing(meter.countdown_s or 0.0)}.", meter.floor_time_s)
        self._counting = counting

    def keys(self) -> Sequence[Request]:
        """While the session is being stopped: that's my answer, so that it ends and is kept."""
        return (Request.DONE,) if self._stopping() else requests_of(self._keys.pressed())

    def typed(self) -> str:
        return self._keys.pressed()

    def progress(self, what: str, done: int, total: int) -> None:
        """A line at the start, at each quarter and at the end."""
        step = done * 100 // total // PROGRESS_STEP if total else 0
        if self._told.get(what, -1) < step:
            self._told[what] = step
            self._notice(wording.progress(what, done, total))

    def note(self, text: str) -> None:
        self._notice(text)

    def stopping(self) -> bool:
        return self._stopping()

    def aside(self, show: Callable[[], None]) -> None:
        self._at_stake(False)  # the answer is stored
        show()
        self._at_stake(True)

    def _line(self, time_s: float | None, name: str, text: str, cuts_in: bool = False) -> None:
        """The time and the name once, the text hanging beside them."""
        style = "bold cyan" if name == wording.INTERVIEWER else "bold"
        text = printable(text)
        said = Text("cuts in: ", style="bold") + Text(text) if cuts_in else Text(text)
        width = max(20, min(TEXT_WIDTH, self._console.width - GUTTER))
        head = Text.assemble((f"{clock(time_s):>{TIME_WIDTH}}  ", "dim"), (f"{name:<{NAME_WIDTH}}  ", style))
        for number, part in enumerate(said.wrap(self._console, width)):
            part.rstrip()
            _print_exact(self._console, (Text(" " * GUTTER) if number else head) + part)

    def _notice(self, text: str, time_s: float | None = None) -> None:
        """Something that nobody said, wrapped between words where it is longer than a line."""
        indent = " " * (TIME_WIDTH + 2)
        width = max(20, min(TEXT_WIDTH, self._console.width - len(indent)))
        for number, part in enumerate(Text(text).wrap(self._console, width)):
            part.rstrip()
            head = indent if number else f"{clock(time_s):>{TIME_WIDTH}}  "
            _print_exact(self._console, Text(f"{head}{part.plain}", style="dim"))


def _print_exact(console: Console, content: Text | Padding) -> None:
    """Print as it is: a terminal of 60 columns wraps by itself, and numbers are not coloured."""
    console.print(content, highlight=False, soft_wrap=isinstance(content, Text))
