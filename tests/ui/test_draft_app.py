"""The screen for drafts: what is typed is kept and read at each pause, and leaving loses nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Select, Static, TextArea

from voicemock.coaching.draft import KEYS, PART_CHARACTERS, Draft, DraftCheck, Pace, check_draft
from voicemock.errors import ModelError, StoreError
from voicemock.scoring.models.encoder import FakeEncoder
from voicemock.ui.draft_app import DraftApp, Readings

SIZES = [(80, 24), (130, 42)]
WARD = Draft(
    "d7", "Ward", "earn-trust", "", {"hook": "A nurse told me that she waits 12 minutes at a printer."}
)
ENCODER = FakeEncoder()
SOON_S = 0.001


class Kept:
    """Keeps what it is given, as the store does; fails while it is told to."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.full = False

    def __call__(self, draft: Draft) -> Draft:
        if self.full:
            raise StoreError("the disk is full", "free some space")
        self.drafts.append(replace(draft, id=draft.id or "d1"))
        return self.drafts[-1]


def check(draft: Draft) -> DraftCheck:
    return check_draft(draft, Pace(), ENCODER)


class Screen:
    def __init__(self, app: DraftApp, kept: Kept, pilot: Pilot[Draft]) -> None:
        self.app, self.kept, self.pilot = app, kept, pilot

    async def settle(self) -> None:
        """Until the pause is over and what was typed is read."""
        await self.pilot.pause()
        while self.app.waits:
            await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def type(self, part: str, text: str) -> None:
        self.app.query_one(f"#{part}").focus()
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.settle()

    def text(self, part: str) -> str:
        return str(self.app.query_one(part, Static).visual)


@asynccontextmanager
async def drafting(draft: Draft = WARD, size: tuple[int, int] = (130, 42)) -> AsyncIterator[Screen]:
    kept = Kept()
    app = DraftApp(draft, kept, check, Pace().brief, pause_s=SOON_S)
    async with app.run_test(size=size) as pilot:
        screen = Screen(app, kept, pilot)
        await screen.settle()
        yield screen


class TestTyping:
    """What is typed is kept and read at the next pause."""

    async def test_it_is_kept_without_a_key_for_it(self) -> None:
        async with drafting(Draft()) as screen:
            await screen.type("task", "I had six weeks")
            assert screen.kept.drafts[-1].parts == {"task": "I had six weeks"}
            await screen.type("task", " left")
            assert {draft.id for draft in screen.kept.drafts} == {"d1"}
            assert screen.kept.drafts[-1].parts == {"task": "I had six weeks left"}

    async def test_its_time_stands_at_the_part(self) -> None:
        async with drafting() as screen:
            assert screen.app.query_one("#hook").border_title == "Hook · 0:04"
            await screen.type("task", "I had to mend it by May")
            assert screen.app.query_one("#task").border_title == "Task · 0:02"

    async def test_its_marks_change(self) -> None:
        async with drafting() as screen:
            assert "· I, not we" in screen.text("#marks").replace("\N{NO-BREAK SPACE}", " ")
            await screen.type("action-1", "I asked her")
            assert "✓ I, not we" in screen.text("#marks").replace("\N{NO-BREAK SPACE}", " ")

    async def test_what_is_only_looked_at_is_not_written_again(self) -> None:
        async with drafting() as screen:
            await screen.pilot.press("tab", "tab")
            await screen.settle()
        assert screen.kept.drafts == []

    async def test_an_empty_draft_is_not_kept(self) -> None:
        async with drafting(Draft()) as screen:
            await screen.pilot.press("ctrl+s", "escape")
        assert screen.kept.drafts == []

    async def test_what_is_too_long_to_be_kept_whole_is_told(self) -> None:
        long = Draft("d7", "Ward", None, "", {"hook": "a" * (PART_CHARACTERS - 1)})
        async with drafting(long) as screen:
            screen.app.query_one("#hook", TextArea).insert("bb", (0, 0))
            await screen.settle()
            assert "Kept as d7, cut short: Hook is 1 character too long." in screen.text("#kept")
            screen.app.query_one("#hook", TextArea).text = "a" * PART_CHARACTERS
            await screen.settle()
            assert screen.text("#kept") == "Kept as d7."

    async def test_a_principle_can_be_chosen(self) -> None:
        async with drafting() as screen:
            screen.app.query_one("#principle", Select).value = "frugality"
            await screen.settle()
            assert screen.kept.drafts[-1].principle == "frugality"

    async def test_a_model_that_is_missing_is_told_and_typing_goes_on(self) -> None:
        def missing(draft: Draft) -> DraftCheck:
            raise ModelError("the sentence encoder is not installed", "install it")

        app = DraftApp(WARD, Kept(), missing, "", pause_s=SOON_S)
        async with app.run_test() as pilot:
            screen = Screen(app, Kept(), pilot)
            await screen.settle()
            assert "not installed: install it" in screen.text("#kept")


class TestLeaving:
    """Escape, a signal, and a disk that is full."""

    async def test_escape_keeps_what_no_pause_has_kept_yet(self) -> None:
        async with drafting(Draft()) as screen:
            screen.app.query_one("#title").focus()
            await screen.pilot.press("o", "v", "e", "n", "escape")
        assert screen.kept.drafts[-1].title == "oven"
        assert screen.app.return_value == Draft("d1", "oven")

    async def test_escape_in_the_list_of_principles_closes_the_list_only(self) -> None:
        async with drafting() as screen:
            screen.app.query_one("#principle").focus()
            await screen.pilot.press("enter")
            await screen.pilot.press("escape")
            assert screen.app.is_running
            assert not screen.app.query_one("#principle", Select).expanded

    async def test_a_signal_keeps_and_leaves(self) -> None:
        async with drafting() as screen:
            screen.app.query_one("#title").focus()
            await screen.pilot.press("x")
            assert screen.app.stop_from_outside()
            await screen.pilot.pause()
        assert screen.kept.drafts[-1].title.endswith("x")

    async def test_what_cannot_be_kept_is_told_and_not_left_at_once(self) -> None:
        async with drafting() as screen:
            screen.kept.full = True
            await screen.type("task", "I had")
            assert "the disk is full: free some space" in screen.text("#kept")
            screen.app._failed = False
            await screen.pilot.press("escape")
            assert screen.app.is_running
            assert "Press escape again" in screen.text("#kept")
            screen.kept.full = False
            await screen.pilot.press("escape")
        assert screen.kept.drafts[-1].text("task") == "I had"


@pytest.mark.parametrize("size", SIZES)
class TestSizes:
    """At 80×24 as on a wide terminal."""

    async def test_fields_and_readings_are_both_in_view(self, size: tuple[int, int]) -> None:
        async with drafting(size=size) as screen:
            whole = screen.app.screen.region
            assert screen.app.focused is not None
            assert screen.app.focused.id == "task"  # the first part that is not written yet
            for part in ("#task", "#time", "#overall", "#marks"):
                area = screen.app.query_one(part).region
                assert area.intersection(whole) == area, part
                assert area.height > 0

    async def test_every_part_can_be_reached_by_tab(self, size: tuple[int, int]) -> None:
        async with drafting(size=size) as screen:
            screen.app.query_one("#title").focus()
            seen = []
            for _ in range(len(KEYS) + 2):
                await screen.pilot.press("tab")
                seen.append(screen.app.focused.id if screen.app.focused else None)
        assert seen == ["principle", "question", *KEYS]

    async def test_a_bracket_is_no_markup(self, size: tuple[int, int]) -> None:
        async with drafting(
            Draft(parts={"result": "Fell [bold]from 12 to 3[/bold] a week."}), size=size
        ) as screen:
            assert screen.app.query_one(Readings).is_mounted
