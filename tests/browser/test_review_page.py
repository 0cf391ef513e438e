"""The page in a real browser, opened from a file: it plays, seeks, obeys keys, prints, and asks nobody."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.report.builders import stored_session
from voicemock.report.build import review_session
from voicemock.report.html import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
SOON_S = 15.0  # a shared machine may take seconds for the first sound
NARROW = {"width": 360, "height": 740}


@dataclass
class Watched:
    """A page, with whatever it complained about or asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def time(self) -> float:
        return float(self.page.evaluate("document.querySelector('audio').currentTime"))

    def wait(self, expression: str) -> None:
        """Until `expression` is true. Playwright's own wait needs eval, which the page forbids."""
        deadline = time.monotonic() + SOON_S
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, f"never true: {expression}"
            self.page.wait_for_timeout(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("session")
    with stored_session(folder) as store:
        (folder / "review.html").write_text(render_page(review_session(store, "last")), encoding="utf-8")
    return folder / "review.html"


def opened(browser: Browser, page_file: Path, **options: Any) -> Watched:
    watched = Watched(browser.new_context(**options).new_page())
    watched.page.on("console", lambda message: watched.complaints.append(message.text))
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on("request", lambda request: watched.requests.append(request.url))
    watched.page.goto(page_file.as_uri())
    return watched


@pytest.fixture
def watched(browser: Browser, page_file: Path) -> Iterator[Watched]:
    watched = opened(browser, page_file)
    yield watched
    watched.page.context.close()
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith(("file:", "blob:", "data:"))] == []


class TestPlaying:
    def test_the_button_plays_and_pauses(self, watched: Watched) -> None:
        watched.page.click("#answer-1 .play")
        watched.wait("document.querySelector('audio').currentTime > 0.2")
        assert watched.page.get_attribute("#answer-1 .play", "aria-label") == "Pause answer 1"
        watched.page.click("#answer-1 .play")
        watched.wait("document.querySelector('audio').paused")

    def test_words_light_up_as_they_are_spoken(self, watched: Watched) -> None:
        watched.page.click("#answer-1 .play")
        watched.wait("document.querySelector('.w.now')?.textContent === 'bakery'")

    def test_the_sound_is_as_long_as_the_recording(self, watched: Watched) -> None:
        watched.page.click("#answer-1 .play")
        watched.wait("Math.abs(document.querySelector('audio').duration - 75) < 0.1")

    def test_a_second_answer_stops_the_first(self, watched: Watched) -> None:
        watched.page.click("#answer-1 .play")
        watched.wait("!document.querySelector('#answer-1 audio').paused")
        watched.page.click("#answer-2 .play")
        watched.wait("document.querySelector('#answer-1 audio').paused")


class TestSeeking:
    def test_a_click_on_a_word_plays_from_it(self, watched: Watched) -> None:
        watched.page.get_by_text("traces", exact=True).click()
        watched.wait("document.querySelector('audio').currentTime > 26.9")
        assert watched.time() < 35

    def test_a_click_on_a_time_plays_from_its_sentence(self, watched: Watched) -> None:
        watched.page.click(".transcript [data-seek='53.0']")
        watched.wait("document.querySelector('audio').currentTime >= 53")

    def test_a_click_in_the_middle_of_the_timeline_goes_to_the_middle(self, watched: Watched) -> None:
        watched.page.click("#answer-1 .seek", position={"x": 1, "y": 50})
        box = watched.page.locator("#answer-1 .seek").bounding_box()
        assert box is not None
        watched.page.click("#answer-1 .seek", position={"x": box["width"] / 2, "y": 50})
        assert watched.time() == pytest.approx(37.5, abs=0.5)

    def test_the_speed_can_be_changed(self, watched: Watched) -> None:
        watched.page.click("#answer-1 .speed")
        assert watched.page.inner_text("#answer-1 .speed") == "1.25×"


class TestKeys:
    """Everything without a mouse."""

    def test_space_plays_and_pauses(self, watched: Watched) -> None:
        watched.page.keyboard.press("Space")
        watched.wait("!document.querySelector('audio').paused")
        watched.page.keyboard.press("Space")
        watched.wait("document.querySelector('audio').paused")

    def test_space_on_a_button_presses_the_button(self, watched: Watched) -> None:
        watched.page.focus("#answer-1 .speed")
        watched.page.keyboard.press("Space")
        assert watched.page.inner_text("#answer-1 .speed") == "1.25×"
        assert watched.page.evaluate("document.querySelector('audio').paused")

    def test_arrows_go_five_seconds(self, watched: Watched) -> None:
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
            watched.page.keyboard.press(key)
        assert watched.time() == pytest.approx(5, abs=0.1)
        assert watched.page.get_attribute("#answer-1 .seek", "aria-valuetext") == "0:05"

    def test_j_and_k_go_to_the_next_and_the_last_sentence(self, watched: Watched) -> None:
        for key in ("j", "j", "j", "k"):
            watched.page.keyboard.press(key)
        assert watched.time() == pytest.approx(6.9, abs=0.1)
        assert "We had built" in watched.page.inner_text(".sentence.now")

    def test_the_tab_key_reaches_the_player_and_every_section(self, watched: Watched) -> None:
        reached = set()
        for _ in range(60):
            watched.page.keyboard.press("Tab")
            reached.add(
                watched.page.evaluate("document.activeElement.className || document.activeElement.tagName")
            )
        assert {"play", "seek", "speed", "at", "SUMMARY"} <= reached


class TestOnPaperAndOnAPhone:
    def test_it_prints_to_pdf_with_everything_unfolded(self, watched: Watched, tmp_path: Path) -> None:
        pdf = watched.page.pdf(format="A4")
        assert pdf.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2

    def test_a_phone_need_not_be_scrolled_sideways(self, browser: Browser, page_file: Path) -> None:
        watched = opened(browser, page_file, viewport=NARROW)
        wide = watched.page.evaluate("document.documentElement.scrollWidth")
        watched.page.context.close()
        assert wide <= NARROW["width"]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_text_stands_out_from_its_paper(self, browser: Browser, page_file: Path, scheme: str) -> None:
        """WCAG AA: 4.5 to 1, for the text and for its softer sibling."""
        watched = opened(browser, page_file, color_scheme=scheme)
        colors = watched.page.evaluate(
            "['body', '.small'].map((s) => getComputedStyle(document.querySelector(s)).color)"
            ".concat(getComputedStyle(document.body).backgroundColor)"
        )
        watched.page.context.close()
        ink, soft, paper = (luminance(color) for color in colors)
        for text in (ink, soft):
            assert (max(text, paper) + 0.05) / (min(text, paper) + 0.05) >= 4.5


def luminance(color: str) -> float:
    """The relative luminance of rgb(r, g, b), as WCAG 2 defines it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
