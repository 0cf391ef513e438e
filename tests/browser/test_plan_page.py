"""The plan in a browser: made, followed, forgotten."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.watching import in_both_schemes, opened, sideways
from tests.web.serving import Served
from voicemock.coaching.plan import kept
from voicemock.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AHEAD = timedelta(days=40)
pytestmark = pytest.mark.browser


def test_it_is_made_followed_and_forgotten(browser: Browser, served: Served) -> None:
    watched = opened(browser, served)
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(served.url("plan"))
    assert in_both_schemes(page) == []
    until = (kept.local_today() + AHEAD).isoformat()
    page.fill("#date", until)
    page.click("#make button")
    watched.says("Every day")
    assert in_both_schemes(page) == []
    assert sideways(page) == 0
    with Store(served.folder) as store:
        settings = kept.kept_settings(store)
    assert settings is not None and settings.until.isoformat() == until
    with page.expect_download() as download:
        page.click("a[download]")
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    page.click("#forget")
    page.click("#sure button[value=yes]")
    watched.says("A plan until the day")
    assert (watched.complaints, watched.elsewhere) == ([], [])
    page.context.close()


def test_a_task_on_the_start_page_begins_its_question(browser: Browser, served: Served) -> None:
    with Store(served.folder) as store:
        kept.change(store, {"until": kept.local_today() + AHEAD, "rest": ()})
    watched = opened(browser, served)
    page = watched.page
    page.goto(served.url(""))
    page.set_viewport_size({"width": 390, "height": 844})
    assert in_both_schemes(page) == []
    assert sideways(page) == 0
    page.click("[data-ask] >> nth=0")
    page.wait_for_url("**/interview")
    watched.until(lambda: served.room.busy)
    page.context.close()
