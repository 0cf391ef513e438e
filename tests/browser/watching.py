"""A page of the app in a browser with a microphone that plays a file, and what a person would notice in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.browser.test_review_page import CHROMIUM_FLAGS
from tests.web.serving import Served
from voicemock.audio.sound import RATE, Samples

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

SOON_MS = 60_000  # what takes a moment alone takes long beside eight other programs
QUESTION = "Tell me about a time you fixed something for a customer."
ANSWER = (
    "Last year our support team could not find old orders, and customers waited for days.",
    "I was responsible for the order search, and my goal was to make it fast.",
    "We decided together that the search had to be rebuilt, and we planned it with everybody.",
    "I measured three hundred searches and found that the index was rebuilt every night.",
    "So I designed a new index with two engineers, and we tested it for two weeks.",
    "The waiting time fell from twelve seconds to two seconds in one month.",
    "After that I wrote down what we had learned, and two other teams built the same.",
)


@dataclass
class Watched:
    """A page, with whatever it complained about and whatever it asked for elsewhere."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def shows(self, selector: str) -> None:
        self.page.wait_for_selector(f"{selector}:visible", timeout=SOON_MS)

    def says(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=SOON_MS)

    def until(self, true: Callable[[], bool]) -> None:
        """Until something outside the page is true."""
        deadline = time.monotonic() + SOON_MS / 1000
        while not true():
            assert time.monotonic() < deadline
            self.page.wait_for_timeout(20)

    def is_heard(self, served: Served, blocks: int = 20) -> None:
        """Until so many more blocks have come to the interview."""
        before = served.interview.blocks
        self.until(lambda: served.interview.blocks >= before + blocks)

    def begin(self, served: Served, question: str = QUESTION, style: str = "bar-raiser") -> None:
        """From the start page to the microphone check."""
        self.page.goto(served.url(""))
        self.page.fill("#question", question)
        self.page.locator(f"label:has(input[value={style}])").click()
        self.page.click("#begin")
        self.page.wait_for_url("**/interview")
        self.shows("#check")

    def take_the_chair(self) -> None:
        """From the microphone check into the room."""
        self.page.wait_for_selector("#go:enabled", timeout=SOON_MS)
        self.page.click("#go")
        self.shows("#room")


def room_noise(seconds: float, seed: int = 1) -> Samples:
    return np.random.default_rng(seed).normal(0, 12, round(seconds * RATE)).astype(np.int16)


def launched(playwright: Playwright, *flags: str) -> Browser:
    """A browser that asks before the microphone is used, as a person's does; `opened` allows or denies it."""
    chromium = shutil.which("chromium")
    assert chromium, "apt install chromium"
    usual = [flag for flag in CHROMIUM_FLAGS if "autoplay" not in flag]
    return playwright.chromium.launch(executable_path=chromium, args=[*usual, *flags])


def opened(browser: Browser, served: Served, *, microphone: bool = True, **options: Any) -> Watched:
    """A page of somebody who was given the address."""
    context = browser.new_context(**options)
    context.grant_permissions(["microphone"] if microphone else [])
    watched = tab(context, served)
    watched.page.goto(served.server.guard.address())
    watched.shows("#setup")
    return watched


def tab(context: Any, served: Served) -> Watched:
    watched = Watched(context.new_page())
    ours = f"http://127.0.0.1:{served.port}/"
    watched.page.on("console", lambda message: watched.complaints.append(message.text))
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on(
        "request",
        lambda r: None if r.url.startswith((ours, "data:", "blob:")) else watched.elsewhere.append(r.url),
    )
    return watched


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps people out."""
    from axe_playwright_python.sync_playwright import Axe

    return keeping_out(Axe().run(page).response)


def keeping_out(found: dict[str, Any]) -> list[str]:
    return [
        f"{each['id']}: {[node['html'][:100] for node in each['nodes'][:3]]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(width))


def in_both_schemes(page: Page) -> list[str]:
    """What keeps people out in the light, and what of the colours does in the dark."""
    page.emulate_media(color_scheme="light")
    found = serious(page)
    page.emulate_media(color_scheme="dark")
    return found + keeping_out(page.evaluate("axe.run({ runOnly: ['color-contrast'] })"))
