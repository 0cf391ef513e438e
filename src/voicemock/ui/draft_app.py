"""The screen on which a story is drafted: its parts as fields, and beside them what the scorer reads in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, cast

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer, Input, Select, Static, TextArea

from voicemock.coaching.draft import PARTS, Draft, DraftCheck, too_long
from voicemock.coaching.draft_marks import Mark
from voicemock.errors import StoreError, VoicemockError
from voicemock.rounds import PRINCIPLES
from voicemock.terminal.printable import printable
from voicemock.terminal.signals import Interrupts
from voicemock.ui.app import WIDE_COLUMNS, background
from voicemock.ui.live import native_noise_kept_out, terminal_put_back
from voicemock.ui.widgets import FloorBar
from voicemock.wording import clock, counted, target_words

PAUSE_S = 0.5  # without a key: what was typed is kept, and read
SIGNS = {True: "✓", False: "✗", None: "·"}
STYLES = {True: "$text-success", False: "$text-error", None: "$foreground-muted"}
NEEDS_SHOWN = 4  # at once: more is not worked on
UNBROKEN = "\N{NO-BREAK SPACE}"
BAR_S = 180.0  # the bar ends where an answer is cut off

Keep = Callable[[Draft], Draft]
Check = Callable[[Draft], DraftCheck]


class Readings(VerticalScroll):
    """What is read in the draft as it stands."""

    can_focus = False

    def compose(self) -> ComposeResult:
        yield Static("Reading …", id="time")
        yield FloorBar(id="bar")
        yield Static(id="overall")
        yield Static(id="marks")
        yield Static(id="needs")
        yield Static(id="kept")

    def show(self, check: DraftCheck) -> None:
        self._shown = check
        low, high = check.target_s
        words = {"short": "too short for", "good": "within", "long": "too long for"}[check.length]
        self.query_one("#time", Static).update(
            Content.assemble((clock(check.seconds), "bold"), f" {words} {target_words(check.target_s)}")
        )
        self.query_one(FloorBar).show(min(check.seconds, BAR_S), BAR_S, (low, high))
        overall = check.not_scored or f"{check.overall:.1f} as it stands, {check.verdict}"
        self.query_one("#overall", Static).update(Content.assemble(("Overall ", "bold"), printable(overall)))
        self._show_marks(check.marks)
        needs = [f"▸ {printable(need)}" for need in check.missing[:NEEDS_SHOWN]]
        title = Content.styled("Still missing" if needs else "Nothing is missing: tell it aloud.", "bold")
        self.query_one("#needs", Static).update(Content("\n").join([title, *map(Content, needs)]))

    _shown: DraftCheck | None = None

    def on_resize(self) -> None:
        if self._shown is not None:
            self._show_marks(self._shown.marks)

    def _show_marks(self, marks: Sequence[Mark]) -> None:
        """A line each with what was found; where there is no room for that, their names in a row."""
        wide = self.app.size.width >= WIDE_COLUMNS
        found = [
            Content.assemble(
                (f"{SIGNS[mark.good]}{UNBROKEN}", STYLES[mark.good]),
                (mark.label.replace(" ", UNBROKEN) if not wide else mark.label, "bold" if wide else ""),
                f"  {printable(mark.says)}" if wide else "",
            )
            for mark in marks
        ]
        self.query_one("#marks", Static).update(Content("\n" if wide else "   ").join(found))

    def say(self, text: str, *, wrong: bool = False) -> None:
        """A line about keeping it."""
        style = "$text-error bold" if wrong else "$foreground-muted"
        self.query_one("#kept", Static).update(Content.styled(printable(text), style))


class DraftApp(App[Draft]):
    """Gives what is typed to `keep` and `check`, and shows what they say; knows nothing of the store."""

    TITLE = "voicemock"
    CSS_PATH = Path(__file__).with_name("draft_app.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "next part", priority=True),
        Binding("ctrl+s", "keep", "keep", priority=True),
        Binding("escape", "leave", "keep and leave", priority=True),
        Binding("ctrl+q", "leave", "leave", show=False, priority=True),
    ]

    def __init__(self, draft: Draft, keep: Keep, check: Check, pace: str, pause_s: float = PAUSE_S) -> None:
        super().__init__()
        self._pause_s = pause_s
        self.draft = draft
        self._keep = keep
        self._check = check
        self._pace = pace
        self._changed = False
        self._failed = False  # the last try to keep it
        self._pause: Timer | None = None
        self._loop_here: asyncio.AbstractEventLoop | None = None
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_COLUMNS, "-wide")]
        self.theme = f"textual-{background()}"

    def compose(self) -> ComposeResult:
        with Container(id="sides"):
            with VerticalScroll(id="parts", can_focus=False):
                yield _titled(Input(self.draft.title, id="title"), "What you call the story")
                principles = [(each.title, slug) for slug, each in PRINCIPLES.items()]
                chosen = self.draft.principle or Select.NULL
                yield _titled(
                    Select(principles, value=chosen, prompt="Choose one", id="principle"), "Principle"
                )
                yield _titled(Input(self.draft.question, id="question"), "Question, if you have one in mind")
                for part in PARTS:
                    area = TextArea(self.draft.text(part.key), id=part.key, highlight_cursor_line=False)
                    area.border_subtitle = part.hint
                    yield _titled(area, part.title)
            yield Readings()
        yield Footer()

    def on_mount(self) -> None:
        self._loop_here = asyncio.get_running_loop()
        self.query_one(Readings).border_title = f"At {self._pace}"
        self._read()
        first = next((part.key for part in PARTS if not self.draft.text(part.key)), PARTS[0].key)
        self.query_one("#title" if not self.draft.title else f"#{first}").focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def typed(self) -> None:
        """Keep and read it at the next pause."""
        now = self._typed_so_far()
        if now == self.draft:
            return
        self.draft, self._changed = now, True
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(self._pause_s, self._paused)

    def _typed_so_far(self) -> Draft:
        principle = self.query_one("#principle", Select).value
        return Draft(
            self.draft.id,
            self.query_one("#title", Input).value,
            cast("str", principle) if principle in PRINCIPLES else None,
            self.query_one("#question", Input).value,
            {part.key: text for part in PARTS if (text := self.query_one(f"#{part.key}", TextArea).text)},
        )

    @property
    def waits(self) -> bool:
        """Whether there is something to keep and to read at the next pause."""
        return self._pause is not None

    def _paused(self) -> None:
        self._pause = None
        self._write()
        self._read()

    def _write(self) -> None:
        """Keep what was typed. What can't be kept is told, and tried again at the next pause."""
        if not self._changed or (self.draft.empty and not self.draft.id):
            return
        readings = self.query_one(Readings)
        try:
            kept = self._keep(self.draft)
        except StoreError as error:
            self._failed = True
            readings.say(f"Not kept: {error}", wrong=True)
            return
        self.draft = Draft(
            kept.id, self.draft.title, self.draft.principle, self.draft.question, self.draft.parts
        )
        self._changed = self._failed = False
        cut = [
            f"{_name(key)} is {counted(over, 'character')} too long."
            for key, over in too_long(self.draft).items()
        ]
        but = f", cut short: {' '.join(cut)}" if cut else "."
        readings.say(f"Kept as {kept.id}{but}", wrong=bool(cut))

    def _read(self) -> None:
        self.run_worker(
            lambda: self._read_in_thread(self.draft), thread=True, exclusive=True, group="reading"
        )

    def _read_in_thread(self, draft: Draft) -> None:
        try:
            check = self._check(draft)
        except VoicemockError as error:
            self.call_from_thread(self.query_one(Readings).say, str(error), wrong=True)
        else:
            self.call_from_thread(self._show, draft, check)

    def _show(self, draft: Draft, check: DraftCheck) -> None:
        if draft.parts != self.draft.parts or draft.principle != self.draft.principle:
            return  # something was typed meanwhile, and is read next
        self.query_one(Readings).show(check)
        for part in check.parts:
            self.query_one(f"#{part.key}").border_title = f"{part.title} · {clock(part.seconds)}"

    def action_keep(self) -> None:
        self._changed = True
        self._write()

    def action_leave(self) -> None:
        """Keep it and leave; where it can't be kept, the second time leaves without."""
        select = self.query_one("#principle", Select)
        if select.expanded:
            select.expanded = False
            return
        failed_before = self._failed
        self._write()
        if self._failed and not failed_before:
            self.query_one(Readings).say("Not kept. Press escape again to leave without it.", wrong=True)
            return
        self.exit(self.draft)

    def stop_from_outside(self) -> bool:
        """A signal: keep it and leave. False where the screen is not shown."""
        if self._loop_here is None or not self.is_running:
            return False
        self._loop_here.call_soon_threadsafe(self._stop)
        return True

    def _stop(self) -> None:
        self._write()
        self.exit(self.draft)


def _name(key: str) -> str:
    """What a field is called."""
    return next((part.title for part in PARTS if part.key == key), key.capitalize())


def _titled(widget: Widget, title: str) -> Widget:
    widget.border_title = title
    return widget


def write_draft(draft: Draft, keep: Keep, check: Check, pace: str) -> Draft:
    """Let a person write on `draft`; returns it as it was left. Each pause calls `keep`."""
    app = DraftApp(draft, keep, check, pace)
    with Interrupts(app.stop_from_outside).watch(), terminal_put_back(), native_noise_kept_out():
        app.run()
    return app.draft
