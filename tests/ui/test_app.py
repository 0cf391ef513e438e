from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.ui.scripted import LONG, OWNERSHIP, QUESTIONS, event, meter, play
from voicemock.packs.exhibits import Exhibit
from voicemock.packs.questions import Question
from voicemock.rounds import ROUNDS
from voicemock.speech.requests import Request
from voicemock.ui.app import InterviewApp, background
from voicemock.ui.live import LiveScreen
from voicemock.ui.widgets import bar_lines, level_bar

SIZES = [(80, 24), (120, 40)]
LONGEST = {
    max((q for q in QUESTIONS.values() if q.round == slug), key=lambda q: len(q.text)).id for slug in ROUNDS
} | {q.id for q in QUESTIONS.values() if q.exhibit}
PARTS = ("#question", "#clock", "#floor", "#level", "#bar", "Transcript", "Footer")


class Shown:
    """A running app, the session's end of it, and what can be read on it."""

    def __init__(self, app: InterviewApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.screen = LiveScreen(app)

    async def settle(self) -> None:
        await self.pilot.pause()
        await self.pilot.pause()  # what was mounted is laid out, then scrolled to

    def part(self, selector: str) -> Widget:
        return self.app.screen.query_one(selector)

    def text(self, selector: str | None = None) -> str:
        """The words on the screen, or in one part of it, as a person reads them."""
        strips = self.app.screen._compositor.render_strips()
        lines = ["".join(segment.text for segment in strip) for strip in strips]
        if selector is not None:
            area = self.part(selector).region.intersection(self.app.screen.region)
            lines = [line[area.x : area.right] for line in lines[area.y : area.bottom]]
        return re.sub(r"\s+", " ", " ".join(lines)).strip()


@asynccontextmanager
async def shown(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Shown]:
    app = InterviewApp()
    async with app.run_test(size=size) as pilot:
        yield Shown(app, pilot)


@pytest.mark.parametrize("size", SIZES)
class TestEverythingIsVisible:
    """At 80×24 as on a wide terminal."""

    async def test_no_part_is_clipped_or_covered(self, size: tuple[int, int]) -> None:
        async with shown(size) as look:
            play(look.screen)
            look.screen.on_meter(meter())
            await look.settle()
            regions = [look.part(part).region for part in PARTS]
            for part, region in zip(PARTS, regions, strict=True):
                assert region.area > 0, part
                assert look.app.screen.region.contains_region(region), part
            assert not [
                (a, b) for i, a in enumerate(regions) for b in regions[i + 1 :] if a.intersection(b).area
            ]

    @pytest.mark.parametrize("id", sorted(LONGEST))
    async def test_the_longest_questions_and_all_exhibits_are_whole(
        self, size: tuple[int, int], id: str
    ) -> None:
        question = QUESTIONS[id]
        async with shown(size) as look:
            look.screen.question(question, 1, 5)
            look.screen.on_meter(meter())
            await look.settle()
            assert question.text in look.text("Asked")
            for row in question.exhibit.rows if question.exhibit else ():
                assert " ".join(row) in look.text("#exhibit")
            assert look.part("Transcript").region.height >= 4
            assert "q stop" in look.text("Footer")

    async def test_a_chart_is_drawn_where_there_is_room_and_its_table_always(
        self, size: tuple[int, int]
    ) -> None:
        rows = tuple((f"Week {week}", f"{week + 3}.1%", f"{9 - week}.4%") for week in range(1, 7))
        exhibit = Exhibit("Late orders", ("Week", "Porto", "Lyon"), rows, "line")
        question = Question("zz-01", "analytical", "Read this to me.", type="exhibit", exhibit=exhibit)
        async with shown(size) as look:
            look.screen.question(question, 1, 5)
            look.screen.on_meter(meter())
            await look.settle()
            for row in rows:
                assert " ".join(row) in look.text("#exhibit")
            assert ("● Porto ▲ Lyon" in look.text("#exhibit")) == (size == SIZES[1])
            assert look.part("#bar").region.area > 0

    async def test_every_key_is_named(self, size: tuple[int, int]) -> None:
        async with shown(size) as look:
            await look.settle()
            named = "r repeat t let me think h time left d/↵ that's my answer s skip q stop"
            assert look.text("Footer") == named


class TestWhatIsSaid:
    async def test_utterances_and_interruptions_stand_in_their_order(self) -> None:
        async with shown() as look:
            play(look.screen)
            await look.settle()
            said = look.text("Transcript")
            cut_in = "▸ Interviewer cuts in: You keep saying we. What did you do yourself?"
            parts = [LONG, cut_in, "I timed it.", "1:00 left", "Answer over after 2:12"]
            places = [said.find(part) for part in parts]
            assert -1 not in places
            assert all(earlier < later for earlier, later in pairwise(places))

    async def test_the_newest_line_is_in_view(self) -> None:
        async with shown() as look:
            look.screen.question(OWNERSHIP, 1, 1)
            for second in range(30):
                look.screen.on_event(event("utterance", second, start=second, text=f"Sentence {second}."))
            await look.settle()
            assert "Sentence 29." in look.text("Transcript")
            assert "Sentence 0." not in look.text("Transcript")

    async def test_a_new_question_begins_with_an_empty_page(self) -> None:
        async with shown() as look:
            play(look.screen)
            look.screen.question(OWNERSHIP, 2, 2)
            await look.settle()
            assert look.text("Transcript").strip("─ ") == "What is said"
            assert "Question 2 of 2" in look.text("Asked")

    async def test_a_probe_and_a_line_of_the_interviewer_are_shown(self) -> None:
        async with shown() as look:
            look.screen.on_event(event("probe", 60.0, question="What was the problem?", number=0))
            look.screen.on_event(event("says", 61.0, text="About two minutes."))
            await look.settle()
            assert "Interviewer: What was the problem? 1:01 ▸ Interviewer: About" in look.text()

    async def test_there_is_no_score(self) -> None:
        async with shown() as look:
            play(look.screen)
            await look.settle()
            assert "3.4" not in look.text()
            assert "bar" not in look.text()


class TestTheFloor:
    """Who has it, the clock against the cap, and what is about to happen: in words, never by colour alone."""

    @pytest.mark.parametrize(
        ("seen", "words"),
        [
            (meter(interviewer_speaks=True), "◆ The interviewer is speaking; the clock is paused"),
            (meter(speaking=True), "● You have the floor, speaking"),
            (meter(speaking=False), "○ You have the floor, silent"),
            (meter(61.0, 180.0), "1:59 left of 3:00"),
            (meter(countdown_s=1.5), "Silence ends the answer in 1.5 s"),
            (meter(lag_s=3.4), "The text is 3 s behind; nothing is lost"),
            (meter(trouble="stopped"), "✕ No sound from the microphone"),
            (meter(trouble="stopped"), "Plug the microphone in; the clock is paused"),
            (meter(trouble="zeros", countdown_s=1.5), "Unmute the microphone, or plug it in again"),
        ],
    )
    async def test_it_is_said(self, seen: object, words: str) -> None:
        async with shown() as look:
            look.screen.question(OWNERSHIP, 1, 1)
            look.screen.on_meter(seen)  # type: ignore[arg-type]
            await look.settle()
            assert words in look.text("FloorPanel")

    async def test_a_short_lag_is_not_worth_a_word(self) -> None:
        async with shown() as look:
            look.screen.question(OWNERSHIP, 1, 1)
            look.screen.on_meter(meter(lag_s=1.9))
            await look.settle()
            assert "behind" not in look.text()

    async def test_the_words_are_the_same_in_light_in_dark_and_without_colour(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        texts = set()
        for no_color, keys in (("", ()), ("", ("l",)), ("1", ())):
            monkeypatch.setenv("NO_COLOR", no_color)
            async with shown() as look:
                play(look.screen)
                await look.pilot.press(*keys)
                await look.settle()
                texts.add(look.text())
        assert len(texts) == 1

    def test_the_bar_fills_and_marks_the_two_warnings_and_the_cap(self) -> None:
        bar, labels = bar_lines(90.0, 180.0, 60, (120.0, 150.0))
        assert bar.plain == "━" * 30 + "┈" * 10 + "┃" + "┈" * 9 + "┃" + "┈" * 8 + "┃"
        assert labels.plain.split() == ["2:00", "2:30", "3:00"]

    @pytest.mark.parametrize(("level", "full"), [(0.0, 0), (0.25, 10), (1.0, 20), (7.0, 20)])
    def test_the_level_meter_has_a_shape_for_loud_and_one_for_quiet(self, level: float, full: int) -> None:
        assert level_bar(level) == "Level " + "▮" * full + "▯" * (20 - full)


class TestKeys:
    @pytest.mark.parametrize(("key", "request_"), [*((r.value, r) for r in Request), ("enter", Request.DONE)])
    async def test_each_is_a_request(self, key: str, request_: Request) -> None:
        async with shown() as look:
            look.screen.question(OWNERSHIP, 1, 1)
            await look.settle()
            await look.pilot.press(key)
            assert look.screen.keys() == [request_]
            assert look.screen.keys() == []

    async def test_a_mark_is_typed_seen_and_ended_with_enter(self) -> None:
        async with shown() as look:
            play(look.screen)
            look.screen.on_event(event("says", line="rate", text="How good was that?"))
            await look.settle()
            await look.pilot.press("2", ".", "5")
            await look.settle()
            assert "such as 2.5: 2.5" in look.text("FloorPanel")
            await look.pilot.press("enter")
            assert look.screen.typed() == "2.5\n"
            look.screen.on_event(event("self_rating", rating=2.5, by="key"))
            await look.settle()
            assert "Your own mark: 2.5 of 4" in look.text("FloorPanel")

    async def test_a_mark_typed_between_the_answer_and_its_question_is_seen_there(self) -> None:
        async with shown() as look:
            play(look.screen)
            await look.pilot.press("1")
            look.screen.on_event(event("answer_ended", reason="key", floor_time_s=9.0))
            await look.settle()
            await look.pilot.press("3")
            look.screen.on_event(event("says", line="rate", text="How good was that?"))
            await look.settle()
            assert "such as 2.5: 3" in look.text("FloorPanel")
            await look.pilot.press("enter")
            assert look.screen.typed() == "3\n"
            look.screen.on_event(event("self_rating", rating=3.0, by="key"))
            await look.pilot.press("2")
            assert look.screen.typed() == ""

    async def test_what_was_pressed_before_the_question_is_not_about_it(self) -> None:
        async with shown() as look:
            await look.pilot.press("s")
            look.screen.question(OWNERSHIP, 1, 1)
            await look.settle()
            assert look.screen.keys() == []

    @pytest.mark.parametrize("key", ["q", "ctrl+c"])
    async def test_stop_ends_the_answer_and_says_that_it_is_kept(self, key: str) -> None:
        async with shown() as look:
            look.screen.on_event(event("session_started", session="20260101-120000"))
            assert not look.screen.stopping()
            await look.pilot.press(key)
            await look.settle()
            assert look.screen.stopping()
            assert look.screen.keys() == (Request.DONE,)
            assert "what you said so far is kept" in look.text()

    async def test_stop_twice_leaves_at_once(self) -> None:
        async with shown() as look:
            look.screen.on_event(event("session_started", session="20260101-120000"))
            await look.pilot.press("ctrl+c", "ctrl+c")
            with pytest.raises(KeyboardInterrupt):
                look.screen.keys()

    async def test_stop_while_things_load_leaves_at_once(self) -> None:
        async with shown() as look:
            look.screen.progress("Loading tiny.en", 0, 0)
            await look.pilot.press("q")
            assert not look.app.is_running
            with pytest.raises(KeyboardInterrupt):
                look.screen.progress("Loading tiny.en", 1, 1)


class TestGettingReady:
    async def test_a_download_and_a_load_have_a_bar_each(self) -> None:
        async with shown() as look:
            look.screen.progress("Downloading tiny.en", 10, 80)
            look.screen.progress("Downloading tiny.en", 20, 80)
            look.screen.progress("Loading tiny.en", 0, 0)
            await look.settle()
            assert "Downloading tiny.en: 25 %" in look.text()
            assert "Loading tiny.en …" in look.text()
            assert len(look.app.query("ProgressBar")) == 2

    async def test_the_bars_make_room_for_the_question(self) -> None:
        async with shown() as look:
            look.screen.progress("Loading tiny.en", 1, 1)
            look.screen.question(OWNERSHIP, 1, 1)
            await look.settle()
            assert "Loading" not in look.text()
            assert OWNERSHIP.text in look.text()


@pytest.mark.parametrize(
    ("colours", "expected"), [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("", "dark")]
)
def test_the_theme_follows_the_terminal_where_it_tells(
    monkeypatch: pytest.MonkeyPatch, colours: str, expected: str
) -> None:
    monkeypatch.setenv("COLORFGBG", colours)
    assert background() == expected
