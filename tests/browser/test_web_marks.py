"""The candidate's own mark, their warnings and what they want to ask, as the page shows them in a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.watching import QUESTION, Watched, in_both_schemes, opened, sideways
from tests.web.serving import Served, serving
from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question
from voicemock.web.room import Room

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

METER = Meter(
    47.0,
    180.0,
    0.3,
    speaking=True,
    interviewer_speaks=False,
    countdown_s=None,
    lag_s=0.0,
    marks=(60.0, 150.0),
)
ASKS = ("Which principle did your team argue about last?", "How does the team find out that it was wrong?")


def interview(room: Room, wanted: Mapping[str, Any]) -> None:
    """Shows what to ask and the clock; once the answer is over a mark is asked for, until one is chosen."""
    screen = room.screen
    screen.question(Question("x", "behavioral", QUESTION, principle="ownership"), 1, 1)
    asks = [{"text": text, "asked": place == 0} for place, text in enumerate(ASKS)]
    screen.on_event(Event("asks", 0.0, 0.0, {"asks": asks, "new": [ASKS[0]]}))
    while not (pressed := screen.keys()) and not screen.stopping():
        screen.on_meter(METER)
        room.source().read()
    screen.on_event(Event("answer_ended", 47.0, 0.0, {"reason": "key", "floor_time_s": 47.0}))
    screen.on_event(
        Event("says", 47.0, 0.0, {"line": "rate", "text": f"How good was that, {len(pressed)} to 4?"})
    )
    while not (typed := screen.typed()) and not screen.stopping():
        room.source().read()
    mark = float(typed) if typed.strip() else None
    screen.on_event(Event("self_rating", 47.0, 0.0, {"rating": mark, "by": "key" if mark else None}))
    room.wanted = wanted  # type: ignore[attr-defined] # for the test to look at
    while not screen.stopping():
        room.source().read()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "recordings", interview) as served:
        yield served


@pytest.fixture
def watched(browser: Browser, served: Served) -> Iterator[Watched]:
    watched = opened(browser, served)
    yield watched
    watched.page.context.close()
    assert (watched.complaints, watched.elsewhere) == ([], [])


def begun(watched: Watched) -> None:
    page = watched.page
    page.fill("#question", QUESTION)
    page.click(".ways summary")
    page.fill("#think", "30")
    page.fill("#warn", "60, 150")
    page.check("#rate_yourself")
    page.click("#begin")
    watched.shows("#room")
    watched.until(lambda: page.locator("#ticks line").count() == 2)


def test_a_mark_is_chosen_after_the_answer_and_told(watched: Watched, served: Served) -> None:
    page = watched.page
    begun(watched)
    assert page.locator("#asks li.asked").all_inner_texts() == [f"✓\n{ASKS[0]}\nasked"]
    page.keyboard.press("d")
    watched.shows("#rating")
    assert page.locator("#keys").is_hidden()
    assert in_both_schemes(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert sideways(page) == 0
    page.click("[data-mark='2.5']")
    watched.says("Your own mark: 2.5 of 4")
    assert page.locator("#rating").is_hidden()
    wanted = served.room.wanted  # type: ignore[attr-defined]
    assert (wanted["think"], wanted["warn"], wanted["rate_yourself"]) == (30, "60, 150", True)


def test_a_digit_that_comes_before_the_marks_do_is_one_too(watched: Watched, served: Served) -> None:
    begun(watched)
    watched.page.keyboard.press("1")  # within the answer
    watched.page.keyboard.press("d")
    watched.shows("#rating")
    watched.page.evaluate("document.querySelector('#rating').hidden = true")  # as before they are there
    watched.page.keyboard.press("3")
    watched.says("Your own mark: 3.0 of 4")


def test_a_digit_chooses_too(watched: Watched, served: Served) -> None:
    begun(watched)
    watched.page.keyboard.press("d")
    watched.shows("#rating")
    watched.page.keyboard.press("3")
    watched.says("Your own mark: 3.0 of 4")
