"""How well the browser does as a microphone and a screen, in Debian's Chromium with a microphone that plays a file.

    python -m benchmarks.page --minutes 20      blocks from the page: how late, and whether any is lost; first paint
    python -m benchmarks.page --interview       an answer in the page and at a desk: when its words and cut-ins come

The desk is virtual (pulseaudio, pulseaudio-utils, libportaudio2, libasound2-plugins). Both sides of
each comparison are measured in the same run: on a busy machine only their difference means anything.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.spoken import espeak
from tests.desk.conftest import virtual_desk
from tests.sounds import write_wav

from voicemock.audio.sound import RATE, Samples
from voicemock.cli.desk import RunOptions, open_desk
from voicemock.cli.practice import choose
from voicemock.interview.candidate import load_scripts
from voicemock.store.store import Store
from voicemock.web.blocks import read_block
from voicemock.web.interviews import Interviews, Services
from voicemock.web.room import Room
from voicemock.web.run import server_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
BREATH_S = 2.5  # most of a question fits into it
SENTENCES = (0, 1, 5, 6, 10, 11, 14, 18, 24, 25)  # of the demo's rambling answer: most leave something to ask
STYLE = "debrief"  # asks after a sentence whenever there is something to ask
PATIENCE_MS = 400_000
LISTEN_ANEW = (
    "document.querySelector('#device').dispatchEvent(new Event('change'))"  # from the file's beginning
)


class Arrivals(Room):
    """A room that notes when each block came."""

    def __init__(self, interview: Any) -> None:
        super().__init__(interview)
        self.late_ms: list[float] = []
        self.numbers: list[int] = []

    def hear(self, outbox: Any, block: bytes) -> None:
        read = read_block(block)
        self.late_ms.append(time.time() * 1000 - read.recorded_ms)
        self.numbers.append(read.number)
        super().hear(outbox, block)


def listens(room: Room, wanted: Mapping[str, Any]) -> None:  # noqa: ARG001
    """An interview that only reads."""
    source = room.source()
    room.wire.turn("asking")
    while not room.screen.stopping():
        source.read()


@contextmanager
def page_of(room: Room, sound: Path, services: Services) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    server = server_at(None, room, services)
    server.start()
    chromium = shutil.which("chromium")
    assert chromium, "apt install chromium"
    try:
        with sync_playwright() as playwright:
            played = f"--use-file-for-fake-audio-capture={sound}%noloop"
            browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, played])
            page = browser.new_page()
            page.goto(server.guard.address())
            page.wait_for_selector("#setup:visible")
            yield page
            browser.close()
    finally:
        room.stop()
        room.wait(10.0)
        server.close()


def blocks(minutes: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = write_wav(folder / "room.wav", room_noise(minutes * 60 + 60))
        room = Arrivals(listens)
        services = Services(folder / "recordings", None, None, None, nothing, None, choose, nothing)
        with page_of(room, sound, services) as page:
            print(f"first paint: {first_paint(page):.0f} ms; {weight(page)}")
            page.reload()
            page.wait_for_selector("#setup:visible")
            print(f"once it was made: {first_paint(page):.0f} ms")
            page.click("#begin")
            page.wait_for_url("**/interview")
            page.wait_for_selector("#room:visible")
            page.wait_for_timeout(2000)
            room.late_ms.clear()
            room.numbers.clear()
            page.wait_for_timeout(minutes * 60_000)
            print(f"first paint of the room: {first_paint(page):.0f} ms; {weight(page)}")
        late, numbers = sorted(room.late_ms), room.numbers
        expected = numbers[-1] - numbers[0] + 1
        print(f"{len(numbers)} blocks in {minutes:g} min, {expected - len(numbers)} lost")
        print(
            f"from the page to the server: median {statistics.median(late):.1f} ms, 95 % {percentile(late, 95):.1f} ms"
        )


def first_paint(page: Page) -> float:
    return float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"))


def weight(page: Page) -> str:
    """What the page and all that it loads come to."""
    script = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, each) => sum + each.encodedBodySize, 0)"""
    return f"{page.evaluate(script) / 1000:.0f} kB"


def interview(folder: Path, times: int) -> None:
    """The same answer in the page and at a desk with a loudspeaker, in turn; all that `folder` holds is counted."""
    question = load_scripts()[1].question.text
    sound = write_wav(folder / "answer.wav", answer())
    begun = len(list(folder.glob("page-*")))
    for number in range(begun, begun + times):
        sides = [(in_page, folder / f"page-{number}"), (at_a_desk, folder / f"desk-{number}")]
        for hold, recordings in sides if number % 2 == 0 else reversed(sides):
            hold(recordings, sound, question)
    for type in ("utterance", "interrupt"):
        print(type)
        for where in ("page", "desk"):
            found = [s for each in folder.glob(f"{where}-*") for s in latencies(each, type)]
            print(f"  {where}: {told(found)}")
    print(f"load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def at_a_desk(recordings: Path, sound: Path, question: str) -> None:
    """`practice` as a user runs it, its voice played; the candidate's comes from the file, and does not wait."""
    command = [
        "practice",
        "--candidate",
        str(sound),
        "--talk-over",
        "--style",
        STYLE,
        "--plain",
        "--count",
        "1",
    ]
    command += ["--question", question, "--recordings", str(recordings)]
    with tempfile.TemporaryDirectory() as runtime, virtual_desk(Path(runtime)) as desk:
        subprocess.run(
            [sys.executable, "-m", "voicemock", *command],
            env=desk.environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def in_page(recordings: Path, sound: Path, question: str) -> None:
    """Until the floor is the candidate's the microphone hears a room; then it plays the answer, and only the page
    and voicemock run: whoever drives a browser has it tell of every frame, which takes part of a processor.
    """

    def desk_for(style: Any, *ends: Any) -> Any:
        return open_desk(RunOptions(style=style, headphones=True), *ends)

    services = Services(recordings, None, None, None, desk_for, None, choose, nothing)
    room = Room(Interviews(services))
    server = server_at(None, room, services)
    server.start()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            heard = write_wav(Path(name) / "heard.wav", room_noise(60.0))
            with chromium_alone(Path(name), heard) as address:
                with driven(address) as page:
                    take_the_floor(page, server.guard.address(), question)
                    shutil.copy(sound, heard)
                    page.evaluate(LISTEN_ANEW)
                deadline = time.monotonic() + PATIENCE_MS / 1000
                while room.wire.state == "asking" and time.monotonic() < deadline:
                    time.sleep(0.5)
        if room.wire.state != "over":
            raise SystemExit(f"the interview ended early: {room.wire.state}")
    finally:
        room.stop()
        room.wait(10.0)
        server.close()


def take_the_floor(page: Page, address: str, question: str) -> None:
    page.goto(address)
    page.wait_for_selector("#setup:visible")
    page.fill("#question", question)
    page.locator(f"label:has(input[value={STYLE}])").click()
    page.click("#begin")
    page.wait_for_url("**/interview")
    page.wait_for_selector("#go:enabled", timeout=PATIENCE_MS)
    page.click("#go")
    page.get_by_text("You have the floor").first.wait_for(timeout=PATIENCE_MS)


@contextmanager
def chromium_alone(profile: Path, heard: Path) -> Iterator[str]:
    """A browser that runs on while nobody drives it, and where it can be driven from."""
    flags = [*FLAGS, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={profile / 'profile'}"]
    command = ["chromium", *flags, f"--use-file-for-fake-audio-capture={heard}%noloop", "about:blank"]
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        told_in = profile / "profile" / "DevToolsActivePort"
        while not (told_in.exists() and told_in.read_text()):
            time.sleep(0.1)
        yield f"http://127.0.0.1:{told_in.read_text().split()[0]}"
    finally:
        browser.terminate()
        browser.wait()


@contextmanager
def driven(address: str) -> Iterator[Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.connect_over_cdp(address)
        yield browser.contexts[0].pages[0]
        browser.close()  # it lets go; the page stays


def latencies(folder: Path, type: str) -> list[float]:
    with Store(folder) as store:
        return [
            event["latency_s"] for event in store.events(store.answer("last").id) if event["type"] == type
        ]


def told(values: Sequence[float]) -> str:
    if not values:
        return "none"
    return f"{len(values)}, median {statistics.median(values):.3f} s, 95 % {percentile(sorted(values), 95):.3f} s"


def percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def answer() -> Samples:
    """The beginning of an answer that leaves much to ask, in a room that is not quite silent."""
    parts = [room_noise(0.5)]
    sentences = load_scripts()[1].sentences
    for number in SENTENCES:
        said = espeak(sentences[number]).samples
        parts += [said + room_noise(len(said) / RATE)[: len(said)], room_noise(BREATH_S)]
    return np.concatenate(
        [*parts, room_noise(30.0)]
    )  # a file that is over gives perfect zeros: a muted microphone


def room_noise(seconds: float) -> Samples:
    return np.random.default_rng(1).normal(0, 12, round(seconds * RATE)).astype(np.int16)


def nothing(*_: object) -> Any:
    raise AssertionError("this interview opens no desk")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--interview", action="store_true")
    parser.add_argument("--times", type=int, default=3, help="interviews on each side")
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep the interviews there; those of earlier runs count too",
    )
    given = parser.parse_args()
    if given.interview:
        with tempfile.TemporaryDirectory() as name:
            folder = given.keep or Path(name)
            folder.mkdir(exist_ok=True)
            interview(folder, given.times)
    else:
        blocks(given.minutes)


if __name__ == "__main__":
    main()
