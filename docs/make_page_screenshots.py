"""Draws the pictures of the page that the README shows: an answer in progress, and its review.

    PYTHONPATH=. python docs/make_page_screenshots.py [FOLDER] [--all]

Needs Debian's chromium and the extra `dev`. What is shown is told to the page as an interview would tell it, so that
the picture is the same each time. `--all` draws every size and both schemes, to look at.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.report.builders import SESSION, stored_session
from tests.web.serving import Served, serving

from voicemock.interview.desk import Meter
from voicemock.interview.events import Event
from voicemock.packs.questions import Question
from voicemock.web.room import Room

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTION = Question(
    "shown", "behavioral", "Tell me about a time you went further for a customer than anyone had asked you to.",
    principle="customer-obsession",
)  # fmt: skip
SAID = (
    (0.9, "Nurses in two hospitals were waiting twelve minutes for a bed to show as free."),
    (
        10.1,
        "I was the product manager for the bed board, and our own dashboard said that everything was fine.",
    ),
    (18.8, "Then a night nurse wrote to us, so I went and stood next to her for a whole shift."),
    (28.4, "We changed the process, and it made a huge difference for everybody on the ward."),
    (37.1, "A huge difference: give me the figure, from what to what?"),
    (37.9, "From twelve minutes to ninety seconds, in six weeks, on the four wards that we measured."),
)
CUT_IN = SAID[4]
METER = Meter(
    47.0,
    180.0,
    0.4,
    speaking=True,
    interviewer_speaks=False,
    countdown_s=None,
    lag_s=0.3,
    marks=(120.0, 150.0),
)
SIZES = {"": (1280, 800), "-wide": (1680, 1000), "-phone": (390, 844)}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


def told(room: Room, wanted: Mapping[str, Any]) -> None:  # noqa: ARG001
    """An interview as it stands after three quarters of a minute."""
    room.screen.question(QUESTION, 1, 3)
    for said in SAID:
        t, text = said
        fields = {"question": text} if said is CUT_IN else {"start": t, "text": text}
        room.screen.on_event(Event("interrupt" if said is CUT_IN else "utterance", t, 0.0, fields))
    while not room.screen.stopping():
        room.screen.on_meter(METER)
        room.source().read()


def draw(
    browser: Browser, served: Served, size: tuple[int, int], scheme: str, room: Path, review: Path
) -> None:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, device_scale_factor=1
    )
    page.goto(served.server.guard.address())
    page.wait_for_selector("#setup:visible")
    page.goto(f"{page.url}review/{SESSION}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=review)
    page.goto(page.url.split("review/")[0])
    enter(page)
    page.screenshot(path=room)
    page.evaluate("window.onbeforeunload = null")
    served.room.stop()
    served.room.wait(10.0)
    page.close()


def enter(page: Page) -> None:
    page.click("#begin")
    page.wait_for_selector("#room:visible")
    page.get_by_text("ninety seconds").wait_for()
    page.wait_for_timeout(1500)  # for the ring and the level


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    assert chromium, "apt install chromium"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        stored_session(Path(name)).close()
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with serving(Path(name), told) as served:
            for size in SIZES if given.all else ("",):
                for scheme in ("light", "dark") if given.all else ("light",):
                    mark = f"{size}-{scheme}" if given.all else size
                    room, review = (given.folder / f"page-{what}{mark}.png" for what in ("room", "review"))
                    draw(browser, served, SIZES[size], scheme, room, review)
        browser.close()


if __name__ == "__main__":
    main()
