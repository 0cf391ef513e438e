"""The parts of the live screen. Each says its meaning in words or shapes; colour only repeats it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Label, ProgressBar, Static

from voicemock.interview.desk import Meter
from voicemock.packs.exhibits import Exhibit
from voicemock.packs.questions import Question
from voicemock.report.charts import panels
from voicemock.report.exhibit_terminal import ExhibitView
from voicemock.terminal.printable import printable
from voicemock.ui import wording
from voicemock.wording import clock

LATE_S = (60.0, 30.0)  # before the cap: the clock changes its look
LEVEL_CELLS = 20
ROOM, ROOM_WIDE, WIDE = 0.6, 0.75, 100  # shares of the window for question and exhibit, as in app.tcss
AROUND = 9  # lines of these for the frame, the question, a title and the headings
FOLD_ABOVE = 6  # rows of a table in a low window
CHART_LINES = 12  # of each panel of a chart, at most
LEVEL_CURVE = 0.5  # loudness is heard roughly as a root of the amplitude; quiet speech still moves the meter


class Asked(Vertical):
    """The question, whole, and its exhibit. A question too long for half the screen scrolls."""

    def compose(self) -> ComposeResult:
        yield Static(id="question")
        yield Static(id="exhibit")

    def show(self, question: Question, number: int, count: int) -> None:
        title = f"{wording.place(number, count)} · {wording.about(question)}"
        self.border_title = Content(printable(title))  # a str would be markup
        self.query_one("#question", Static).update(Content(printable(question.text)))
        exhibit = self.query_one("#exhibit", Static)
        exhibit.display = question.exhibit is not None
        if question.exhibit is not None:
            exhibit.update(
                ExhibitView(_with_room(question.exhibit, self.app.size.height, self.app.size.width >= WIDE))
            )


def _with_room(exhibit: Exhibit, height: int, wide: bool) -> Exhibit:
    """Without its chart, then without its query, where the window is too low: the figures to read from come first."""
    room = round(height * (ROOM_WIDE if wide else ROOM)) - AROUND - len(exhibit.rows)
    query = len(exhibit.query.splitlines()) + 1 if exhibit.query else 0
    chart = CHART_LINES * len(panels(exhibit)) if exhibit.chart else 0
    left_out = [
        name for name, lines in (("chart", chart), ("query", query)) if lines and chart + query > room
    ]
    if not left_out:
        return exhibit
    title = f"{exhibit.title} ({left_out[0]}: in a higher window)"
    exhibit = replace(exhibit, chart=None, query="" if "query" in left_out else exhibit.query, title=title)
    return folded(exhibit) if len(exhibit.rows) > FOLD_ABOVE and not wide else exhibit


def folded(exhibit: Exhibit) -> Exhibit:
    """The table in two halves side by side."""
    half = (len(exhibit.rows) + 1) // 2
    empty = ("",) * len(exhibit.columns)
    rows = tuple(
        one + other for one, other in zip_longest(exhibit.rows[:half], exhibit.rows[half:], fillvalue=empty)
    )
    return replace(exhibit, columns=exhibit.columns * 2, rows=rows)


class FloorBar(Static):
    """Floor time as a line up to the cap, with the two warnings marked and named beneath."""

    def show(self, floor_time_s: float, cap_s: float, marks: Sequence[float] = ()) -> None:
        self._shown = (floor_time_s, cap_s, tuple(marks))
        self.refresh()

    _shown: tuple[float, float, tuple[float, ...]] = (0.0, 180.0, ())

    def render(self) -> Content:
        floor_time_s, cap_s, marks = self._shown
        width = max(10, self.content_size.width)
        return Content("\n").join(bar_lines(floor_time_s, cap_s, width, marks))


def bar_lines(
    floor_time_s: float, cap_s: float, width: int, marks: Sequence[float] = ()
) -> tuple[Content, Content]:
    """The line and its labels, each `width` cells; a label that has no room beside the one before is left out."""
    filled = min(width, round(width * floor_time_s / cap_s))
    cells = ["━"] * filled + ["┈"] * (width - filled)
    labels = [" "] * width
    free = width + 1  # from the end: the cap is the most important
    for at in sorted({*marks, cap_s}, reverse=True):
        cell = min(width - 1, round(width * at / cap_s))
        cells[cell] = "┃"
        label = clock(at)
        first = max(0, min(width - len(label), cell - len(label) // 2))
        if first + len(label) < free:
            labels[first : first + len(label)] = label
            free = first
    bar = Content("".join(cells)).stylize("$text-primary", 0, filled).stylize("$foreground-muted", filled)
    return bar, Content("".join(labels)).stylize("$foreground-muted")


class FloorPanel(Vertical):
    """Who has the floor, the clock against the cap, the level, and what is about to happen."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="floor-row"):
            yield Digits("0:00", id="clock")
            with Vertical(id="floor-lines"):
                yield Label("Getting ready", id="floor")
                yield Label("", id="level")
                yield Label("", id="notice")
        yield FloorBar(id="bar")

    def show(self, meter: Meter) -> None:
        self.query_one("#clock", Digits).update(clock(meter.floor_time_s))
        self.query_one(FloorBar).show(meter.floor_time_s, meter.cap_s, meter.marks)
        left_s = self._show_left(meter.floor_time_s, meter.cap_s)
        self.set_class(left_s <= LATE_S[0], "-late")
        self.set_class(left_s <= LATE_S[1], "-last")
        self.set_class(meter.interviewer_speaks, "-interviewer")
        self.query_one("#floor", Label).update(floor_words(meter))
        self.query_one("#level", Label).update(level_bar(meter.level))
        self.query_one("#notice", Label).update(notice_words(meter))

    def _show_left(self, floor_time_s: float, cap_s: float) -> float:
        self._cap_s = cap_s
        left_s = max(0.0, cap_s - floor_time_s)
        self.border_title = f"Floor time · {clock(math.ceil(round(left_s, 1)))} left of {clock(cap_s)}"
        return left_s

    _cap_s = 0.0

    def over(self, words: str, floor_time_s: float) -> None:
        self.query_one("#clock", Digits).update(clock(floor_time_s))
        self._show_left(floor_time_s, self._cap_s)
        self.query_one("#floor", Label).update(Content(words))
        self.query_one("#level", Label).update("")
        self.query_one("#notice", Label).update("Writing it down and scoring …")

    def aside(self, words: str, notice: str = "") -> None:
        """What is asked once the answer is over."""
        self.query_one("#floor", Label).update(Content(words))
        self.query_one("#notice", Label).update(Content(notice))


def floor_words(meter: Meter) -> str:
    if meter.thinking_s is not None:
        return "○ Time to think; the clock has not started"
    if meter.closing_s is not None:
        return "○ Your answer is over, unless you go on"
    if meter.interviewer_speaks:
        return "◆ The interviewer is speaking; the clock is paused"
    if meter.trouble is not None:
        return "✕ No sound from the microphone"
    return "● You have the floor, speaking" if meter.speaking else "○ You have the floor, silent"


def notice_words(meter: Meter) -> str:
    """The most urgent thing to know, if any."""
    if meter.trouble is not None:
        return f"! {wording.TROUBLES[meter.trouble]}"
    if meter.thinking_s is not None:
        return f"▼ {wording.thinking(meter.thinking_s)}"
    if meter.closing_s is not None:
        return f"▼ {wording.take_back(math.ceil(meter.closing_s))}"
    if meter.countdown_s is not None:
        return f"▼ {wording.closing(meter.countdown_s)}"
    if meter.lag_s > wording.LAG_TOLD_S:
        return f"… {wording.behind(meter.lag_s)}"
    return ""


def level_bar(level: float) -> str:
    full = round(LEVEL_CELLS * math.pow(min(1.0, max(0.0, level)), LEVEL_CURVE))
    return "Level " + "▮" * full + "▯" * (LEVEL_CELLS - full)


class Line(Horizontal):
    """One thing said, or a notice: its time, and beside it who and what, hanging."""

    def __init__(self, time_s: float | None, text: str, kind: str, who: str = "") -> None:
        super().__init__(classes=kind)
        self._time = clock(time_s)
        self._text = Content.assemble((who, "bold"), " " if who else "", printable(text))

    def compose(self) -> ComposeResult:
        yield Label(self._time, classes="time")
        yield Static(self._text, classes="text")


class Transcript(VerticalScroll):
    """What was said, newest at the bottom and in view."""

    can_focus = False

    def add(self, time_s: float | None, text: str, kind: str, who: str = "") -> None:
        self.mount(Line(time_s, text, kind, who))
        self.scroll_end(animate=False)

    def clear(self) -> None:
        self.remove_children()


class Loading(Vertical):
    """A bar for each thing that is fetched or loaded; gone when the first question comes."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, tuple[Label, ProgressBar]] = {}

    def show(self, what: str, done: int, total: int) -> None:
        if what not in self._rows:
            self._rows[what] = (Label(markup=False), ProgressBar(show_eta=False, show_percentage=False))
            self.mount(Horizontal(*self._rows[what]))
        label, bar = self._rows[what]
        label.update(wording.progress(what, done, total))
        bar.update(total=total or None, progress=done)
