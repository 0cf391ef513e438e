"""A story drafted in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.browser.watching import Watched, in_both_schemes, opened, sideways
from tests.coaching.told import DRAFT
from tests.web.serving import Served, serving
from voicemock.coaching.draft import PART_CHARACTERS
from voicemock.coaching.drafts import keep, kept_draft
from voicemock.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("drafts") / "recordings"
    with Store(folder) as store:
        keep(store, replace(DRAFT, id=""))
    with serving(folder) as served:
        yield served


@pytest.fixture
def watched(browser: Browser, served: Served) -> Iterator[Watched]:
    watched = opened(browser, served)
    yield watched
    watched.page.evaluate("0")  # all that the page has said so far is here
    found = (list(watched.complaints), list(watched.elsewhere))
    watched.page.context.close()  # a room that is still being opened complains of this
    assert found == ([], [])


def test_what_is_typed_is_kept_and_read_without_a_click(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto(served.url("draft?principle=frugality"))
    watched.shows("#marks li")
    page.get_by_label("Hook").fill("A nurse told me that she waits 12 minutes.")
    watched.says("Kept as d2.")
    assert page.inner_text("#time-hook") == "0:03"
    assert page.url.endswith("draft/d2")
    page.get_by_label("Action 1").fill("We followed her, we counted, and we asked everybody on that ward.")
    watched.until(
        lambda: "I, not we: not found" in page.inner_text("#changes")
    )  # for who can't see the marks
    with Store(served.folder) as store:
        assert kept_draft(store, "d2").draft.principle == "frugality"


def test_what_is_too_long_stays_in_the_field_and_is_told(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto(served.url("draft/d1"))
    watched.shows("#marks li")
    page.get_by_label("Hook").fill("a" * (PART_CHARACTERS + 13))
    watched.says("The last 13 characters are too many, and not kept.")
    assert len(page.input_value("#hook")) == PART_CHARACTERS + 13
    page.get_by_label("Hook").fill("A nurse waits 12 minutes.")
    watched.until(lambda: page.inner_text("#over-hook") == "")


def test_on_a_phone_the_places_are_one_row_and_the_search_has_room(watched: Watched, served: Served) -> None:
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(served.url("stories"))
    assert (
        page.evaluate("new Set([...document.querySelectorAll('.places a')].map((a) => a.offsetTop)).size")
        == 1
    )
    assert page.evaluate("document.querySelector('nav.top input').offsetWidth") > 150
    assert not sideways(page)


def test_it_can_be_told_from_the_keyboard_alone(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto(served.url("draft/d1"))
    watched.shows("#tell:enabled")
    page.focus("#link")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.locator("#tell:focus").count():
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/interview")


def test_a_draft_is_removed_after_it_was_asked_about(watched: Watched, served: Served) -> None:
    page = watched.page
    page.goto(served.url("draft/d1"))
    watched.shows("#remove")
    page.click("#remove")
    page.click("#sure .danger")
    page.wait_for_url("**/drafts")
    watched.says("No drafts yet.")


@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_keeps_nobody_out(watched: Watched, served: Served, width: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("draft/d1", "drafts", "stories"):
        page.goto(served.url(path))
        if path == "draft/d1":
            watched.shows("#marks li")
        assert in_both_schemes(page) == []
        assert not sideways(page)
