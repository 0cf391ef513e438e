from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from tests.ui.scripted import OWNERSHIP, QUESTIONS, event, meter, play
from voicemock.speech.requests import Request
from voicemock.ui.plain import PlainScreen

GOLDEN = Path(__file__).with_name("golden_plain.txt")
WIDEST = max(QUESTIONS.values(), key=lambda q: len(q.exhibit.columns) if q.exhibit else 0)


class FakeKeys:
    """Gives each of `presses` in turn; remembers whether it is open."""

    def __init__(self, presses: Sequence[str] = ()) -> None:
        self._presses = list(presses)
        self.is_open = False

    def open(self) -> None:
        self.is_open = True

    def pressed(self) -> str:
        return self._presses.pop(0) if self._presses else ""

    def close(self) -> None:
        self.is_open = False


class Pipe(io.StringIO):
    def screen(self, width: int = 80) -> PlainScreen:
        return PlainScreen(Console(file=self, width=width))

    @property
    def lines(self) -> list[str]:
        return self.getvalue().splitlines()


@pytest.fixture
def pipe() -> Pipe:
    return Pipe()


class TestInAPipe:
    """Plain text, each fact once, in the order in which it became known."""

    def test_an_answer_reads_like_a_script(self, pipe: Pipe) -> None:
        play(pipe.screen())
        assert pipe.getvalue() == GOLDEN.read_text()

    def test_there_are_no_control_characters(self, pipe: Pipe) -> None:
        play(pipe.screen())
        pipe.screen().question(WIDEST, 2, 2)
        assert [c for c in pipe.getvalue() if not c.isprintable() and c != "\n"] == []

    @pytest.mark.parametrize("width", [60, 80, 200])
    def test_no_line_is_wider_than_the_terminal(self, pipe: Pipe, width: int) -> None:
        play(pipe.screen(width))
        assert max(map(len, pipe.lines)) <= width

    def test_every_cell_of_the_widest_exhibit_is_whole(self, pipe: Pipe) -> None:
        pipe.screen().question(WIDEST, 1, 1)
        assert WIDEST.exhibit is not None
        for row in WIDEST.exhibit.rows:
            assert [line for line in pipe.lines if all(cell in line for cell in row)], row

    def test_markup_in_what_is_said_is_just_text(self, pipe: Pipe) -> None:
        pipe.screen().on_event(event("utterance", start=1.0, text="[bold]Ten[/bold] \x1b[31mred"))
        assert "[bold]Ten[/bold]" in pipe.getvalue()
        assert "\x1b" not in pipe.getvalue()


class TestWhatIsUnderstood:
    """A request, by voice or by key, is answered on the screen at once."""

    @pytest.mark.parametrize(
        ("request_", "by", "shown"),
        [
            ("repeat", "voice", "Understood: repeat."),
            ("think", "key", "Understood: let me think."),
            ("done", "voice", "Understood: that's my answer, after 2 s of silence."),
            (None, "voice", "Taken back: go on."),
        ],
    )
    def test_it_is_said(self, pipe: Pipe, request_: str | None, by: str, shown: str) -> None:
        pipe.screen().on_event(event("request", 65.0, request=request_, by=by))
        assert pipe.lines == [f" 1:05  {shown}"]

    def test_the_end_says_how_to_go_on(self, pipe: Pipe) -> None:
        pipe.screen().on_event(event("closing", 65.0, reason="silence", take_back_s=5.0))
        assert pipe.lines == [
            " 1:05  Keep talking or press a key within 5 s to go on; d ends the answer now."
        ]

    def test_time_to_think_is_told_once(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        for left_s in (30.0, 29.98, 12.0):
            screen.on_meter(meter(0.0, speaking=False, thinking_s=left_s))
        assert pipe.lines == ["       Think: 0:30 until the clock runs; speak or press a key to begin."]

    def test_a_follow_up_question_is_the_interviewers(self, pipe: Pipe) -> None:
        pipe.screen().on_event(event("follow_up", 65.0, kind="prepared", question="Why that one?"))
        assert pipe.lines == [" 1:05  Interviewer  Why that one?"]

    def test_a_mark_is_asked_for_and_told(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        screen.on_event(event("says", line="rate", text="How good was that?"))
        screen.on_event(event("self_rating", rating=2.5, by="voice"))
        told = " ".join(" ".join(pipe.lines).split())
        assert "How good was that? Say it, or type 1 to 4 and Enter" in told
        assert "Your own mark: 2.5 of 4." in told

    def test_times_never_run_backwards(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        screen.on_event(event("warning", 150.0, remaining_s=30.0))
        screen.on_event(event("utterance", 153.0, start=148.0, end=152.0, text="So we moved it.", words=[]))
        assert [line.split()[0] for line in pipe.lines] == ["2:30", "2:30"]


class TestOnATerminal:
    def test_it_is_in_colour(self) -> None:
        file = io.StringIO()
        play(PlainScreen(Console(file=file, force_terminal=True, width=80, color_system="truecolor")))
        assert "\x1b[1;36m" in file.getvalue()

    def test_the_words_are_those_of_the_pipe(self) -> None:
        """Nothing is told by colour alone."""
        file = io.StringIO()
        play(PlainScreen(Console(file=file, force_terminal=True, width=80, no_color=True, color_system=None)))
        assert file.getvalue() == GOLDEN.read_text()


class TestSilence:
    """Most pauses are short: only one that is about to end the answer is told, and once."""

    def test_a_pause_that_goes_on_is_told_once(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        for countdown in (2.0, 1.5, 1.0, 0.5):
            screen.on_meter(meter(40.0, countdown_s=countdown))
        assert pipe.lines == [" 0:40  Silence ends the answer in 1.0 s."]

    def test_a_short_pause_is_not_told(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        for countdown in (2.0, 1.5, None):
            screen.on_meter(meter(countdown_s=countdown))
        assert pipe.lines == []

    def test_the_next_pause_is_told_again(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        for countdown in (1.0, None, 1.0):
            screen.on_meter(meter(countdown_s=countdown))
        assert len(pipe.lines) == 2


class TestDevices:
    """What has become of microphone and speaker is said with its time, in the words of the event."""

    @pytest.mark.parametrize("type", ["device_lost", "device_back", "sound_lost"])
    def test_each_change_is_a_line(self, pipe: Pipe, type: str) -> None:
        pipe.screen().on_event(event(type, 42.0, device="microphone", text="The microphone is back"))
        assert pipe.lines == [" 0:42  The microphone is back."]


class TestProgress:
    def test_a_download_is_told_in_quarters(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        for done in range(0, 76):
            screen.progress("Downloading tiny.en", done, 75)
        assert [line.split(": ")[1] for line in pipe.lines] == ["0 %", "25 %", "50 %", "76 %", "100 %"]

    def test_work_of_unknown_length_is_told_once(self, pipe: Pipe) -> None:
        screen = pipe.screen()
        for done in range(3):
            screen.progress("Loading tiny.en", done, 0)
        assert [line.strip() for line in pipe.lines] == ["Loading tiny.en …"]


class TestKeys:
    def test_they_are_shown_at_the_start_and_given_back_at_the_end(self, pipe: Pipe) -> None:
        keys = FakeKeys()
        screen = PlainScreen(Console(file=pipe, width=100), keys)
        screen.start()
        assert keys.is_open
        said = " ".join(pipe.getvalue().split())
        assert "r repeat · t let me think · h time left · d or Enter that's my answer · s skip" in said
        screen.close()
        assert not keys.is_open

    def test_each_gives_its_request_and_others_nothing(self, pipe: Pipe) -> None:
        screen = PlainScreen(Console(file=pipe), FakeKeys(["rx", "", "\n", "T", "\x1b[D"]))
        assert [list(screen.keys()) for _ in range(5)] == [
            [Request.REPEAT], [], [Request.DONE], [Request.THINK], [],
        ]  # fmt: skip

    def test_what_was_pressed_before_a_question_is_not_about_it(self, pipe: Pipe) -> None:
        screen = PlainScreen(Console(file=pipe), FakeKeys(["s"]))
        screen.question(OWNERSHIP, 1, 1)
        assert screen.keys() == []


def test_plain_lines_do_not_load_the_live_screen() -> None:
    check = "import sys, voicemock.ui.plain; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
