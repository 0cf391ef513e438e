"""The progress page in a real browser, opened from a file: nothing to complain about, nobody asked,
readable anywhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.test_review_page import NARROW, browser, opened
from tests.stored import add_answer, score, shows
from voicemock.coaching.progress import read_progress
from voicemock.report.progress_html import render_progress
from voicemock.store.store import Store

__all__ = ["browser"]  # the fixture is used by its name
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress")
    with Store(folder) as store:
        for number, overall in enumerate((2.1, 2.6, None, 3.4), start=1):
            add_answer(
                store, f"s1/{number}", scored=score(overall, principles=shows("ownership")), interrupts=number
            )
        (folder / "progress.html").write_text(render_progress(read_progress(store)), encoding="utf-8")
    return folder / "progress.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_a_complaint_or_a_request(browser, page_file: Path, scheme: str) -> None:  # type: ignore[no-untyped-def]
    watched = opened(browser, page_file, color_scheme=scheme)
    curves = watched.page.locator(".curve svg")
    assert curves.count() == 12
    assert curves.first.get_attribute("aria-label") is not None
    assert watched.page.locator(".gap").count() == 15
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith(("file:", "data:"))] == []
    watched.page.context.close()


def test_a_phone_shows_it_without_scrolling_sideways(browser, page_file: Path) -> None:  # type: ignore[no-untyped-def]
    watched = opened(browser, page_file, viewport=NARROW)
    wide = watched.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide == 0
    watched.page.context.close()
