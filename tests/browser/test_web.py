"""The interview in a real browser with a microphone that plays a file: the whole product, as a person meets it."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from benchmarks.spoken import espeak

from tests.browser.test_review_page import CHROMIUM_FLAGS
from tests.report.builders import SESSION, stored_session
from tests.sounds import write_wav
from tests.stored import BAKERY, add_answer
from tests.web.serving import Listening, Served, no_desk, serving
from voicemock import rounds, web
from voicemock.audio.sound import RATE, Samples
from voicemock.cli import cli
from voicemock.cli.desk import RunOptions, open_desk
from voicemock.cli.practice import choose
from voicemock.store.store import Store
from voicemock.web.interviews import Interviews, Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

pytestmark = pytest.mark.browser

CAP_S = 32  # in the last sentence
QUESTION = "Tell me about a time you fixed something for a customer."
ANSWER = (
    "Last year our support team could not find old orders, and customers waited for days.",
    "I was responsible for the order search, and my goal was to make it fast.",
    "We improved the search a lot and customers were really happy.",
    "I measured three hundred searches and found that the index was rebuilt every night.",
    "So I designed a new index with two engineers, and we tested it for two weeks.",
    "The waiting time fell from twelve seconds to two seconds in one month.",
    "After that I wrote down what we had learned, and two other teams built the same.",
)
BREATH_S = 0.7
SOON_MS = 60_000  # what takes a moment alone takes long beside eight other programs
MICROPHONE = ["--use-fake-device-for-media-stream"]


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

    def begin(self, question: str = QUESTION, style: str = "bar-raiser") -> None:
        """From the start page to the microphone check."""
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


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answer as a recording; its room is never perfectly silent."""
    parts = [room_noise(0.5)]
    for sentence in ANSWER:
        said = espeak(sentence).samples
        parts += [said + room_noise(len(said) / RATE)[: len(said)], room_noise(BREATH_S)]
    samples = np.concatenate([*parts, room_noise(1.0)])
    return write_wav(tmp_path_factory.mktemp("spoken") / "answer.wav", samples)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


def launched(playwright: Playwright, *flags: str) -> Browser:
    chromium = shutil.which("chromium")
    assert chromium, "apt install chromium"
    usual = [flag for flag in CHROMIUM_FLAGS if "autoplay" not in flag]  # as a person's browser has it
    return playwright.chromium.launch(executable_path=chromium, args=[*usual, *flags])


@pytest.fixture(scope="module")
def browser(playwright: Playwright, spoken: Path) -> Iterator[Browser]:
    played = f"--use-file-for-fake-audio-capture={spoken}%noloop"
    browser = launched(playwright, *MICROPHONE, "--use-fake-ui-for-media-stream", played)
    yield browser
    browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server whose interviewer asks and listens, and has no engines to load."""
    with serving(tmp_path / "recordings", Waiting()) as served:
        yield served


class Waiting(Listening):
    """Asks once the page says that it is ready."""

    def __call__(self, room: Any, wanted: Any) -> None:
        if room.screen.wait("ready", questions=1):
            super().__call__(room, wanted)


def opened(browser: Browser, served: Served, **options: Any) -> Watched:
    return tab(browser.new_context(**options), served)


def tab(context: Any, served: Served) -> Watched:
    watched = Watched(context.new_page())
    ours = f"http://127.0.0.1:{served.port}/"
    watched.page.on("console", lambda message: watched.complaints.append(message.text))
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on(
        "request",
        lambda r: None if r.url.startswith((ours, "data:", "blob:")) else watched.elsewhere.append(r.url),
    )
    watched.page.goto(served.server.guard.address())
    watched.shows("#setup")
    return watched


@pytest.fixture
def watched(browser: Browser, served: Served) -> Iterator[Watched]:
    watched = opened(browser, served)
    yield watched
    watched.page.context.close()
    assert (watched.complaints, watched.elsewhere) == ([], [])


class TestAWholeQuestion:
    """One interview with the real recogniser, voice, scorer and store."""

    @pytest.fixture
    def short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        behavioral = replace(rounds.ROUNDS["behavioral"], cap_s=CAP_S)
        monkeypatch.setitem(rounds.ROUNDS, "behavioral", behavioral)  # type: ignore[arg-type] # a dict

    def test_it_is_asked_heard_cut_into_stopped_and_scored_as_on_the_command_line(
        self, browser: Browser, short: None, spoken: Path, tmp_path: Path
    ) -> None:
        def desk_for(style: Any, *ends: Any) -> Any:
            return open_desk(RunOptions(style=style, headphones=True), *ends)

        recordings = tmp_path / "page"
        services = Services(recordings, None, None, None, desk_for, None, choose, no_desk)
        with serving(recordings, Interviews(services)) as served:
            watched = opened(browser, served)
            watched.begin()
            watched.says("I can hear you.")
            watched.take_the_chair()
            watched.says("You have the floor")
            watched.page.evaluate(
                "document.querySelector('#device').dispatchEvent(new Event('change'))"
            )  # from the top
            watched.says("The interviewer cuts in")
            watched.says("You took the floor")  # it talks on, and is let
            watched.page.wait_for_selector("#scored:visible, #nothing:visible", timeout=2 * SOON_MS)
            assert watched.page.is_visible("#scored"), watched.page.inner_text("#banner")
            watched.says("Strength")
            said = watched.page.evaluate("document.querySelector('#said').textContent")
            watched.page.click("#to-review")
            watched.says("What you said")
            assert (watched.complaints, watched.elsewhere) == ([], [])
            watched.page.context.close()
        assert "cut off, time is up" in said
        as_file = (
            "practice",
            "--candidate",
            str(spoken),
            "--pace",
            "fast",
            "--style",
            "bar-raiser",
            "--plain",
        )
        cli.main(
            [*as_file, "--question", QUESTION, "--recordings", str(tmp_path / "file")], standalone_mode=False
        )
        page, file = (kept(folder) for folder in (recordings, tmp_path / "file"))
        assert page.floor_time_s == pytest.approx(CAP_S, abs=0.1)
        assert page.kinds[0] == file.kinds[0]
        assert (
            differing(page.words, file.words) <= 0.25
        )  # the browser's sound is processed, and the cut-in overlaps


@dataclass(frozen=True)
class Kept:
    floor_time_s: float
    kinds: list[str]
    words: list[str]


def kept(folder: Path) -> Kept:
    """What was stored of the only answer in `folder`."""
    with Store(folder) as store:
        row = store.answer("last")
        words = re.findall(r"[a-z0-9']+", " ".join(word.text for word in store.words(row.id)).lower())
        return Kept(row.floor_time_s, [each["kind"] for each in row.details["interrupts"]], words)


def differing(one: list[str], other: list[str]) -> float:
    """The share of words that are not in both, in order."""
    from jiwer import wer

    return float(wer(" ".join(other), " ".join(one)))


class TestTheMicrophone:
    def test_a_refusal_is_told_with_what_to_do(self, playwright: Playwright, served: Served) -> None:
        browser = launched(playwright, *MICROPHONE, "--use-fake-ui-for-media-stream=deny")
        watched = opened(browser, served)
        watched.begin()
        watched.says("The browser may not use the microphone")
        assert watched.page.is_disabled("#go")
        browser.close()

    def test_two_seconds_are_played_back(self, watched: Watched) -> None:
        watched.begin()
        watched.says("I can hear you.")
        watched.page.click("#echo")
        watched.says("If that was clear, you are set.")


class TestTheWorklet:
    @pytest.mark.parametrize("rate", [16_000, 44_100, 48_000, 96_000])
    def test_a_microphone_of_any_rate_is_heard_at_16_khz(self, browser: Browser, rate: int) -> None:
        """A tone of 1 kHz comes out as one, as loud as it went in, and one of 10 kHz does not come back as another."""
        worklet = (Path(web.__file__).parent / "assets" / "ear-worklet.js").read_text(encoding="utf-8")
        page = browser.new_page()
        tone, above = (np.array(page.evaluate(HEAR, [worklet, rate, hertz])) for hertz in (1_000, 10_000))
        page.close()
        assert len(tone) == 2 * RATE
        true = 16_384 * np.exp(2j * np.pi * 1_000 * np.arange(len(tone)) / RATE)
        share = np.abs(np.vdot(true, tone)) * 2 / np.vdot(true, true).real
        assert share == pytest.approx(1.0, abs=0.01)
        if rate > 2 * 10_000:
            assert np.sqrt(np.mean(above[RATE // 10 :] ** 2)) < 0.01 * 16_384


# Runs a worklet outside of a browser's audio: two seconds of a tone at some rate in, samples at 16 kHz out.
HEAR = """([source, rate, hertz]) => {
  const heard = [];
  class AudioWorkletProcessor {
    port = { postMessage: (message) => heard.push(...new Int16Array(message, 16)) };
  }
  let Ear;
  const load = new Function("AudioWorkletProcessor", "registerProcessor", "sampleRate", source);
  load(AudioWorkletProcessor, (_, made) => (Ear = made), rate);
  const ear = new Ear({ processorOptions: { stream: 1 } });
  for (let at = 0; at < 2 * rate; at += 128) {
    const tone = Float32Array.from({ length: 128 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * (at + i)) / rate));
    ear.process([[tone]]);
  }
  return heard;
}"""


# What no page has a name for: the tracks of the microphones that were opened.
KEEP_TRACKS = """
  window.tracks = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const media = await open(wanted);
    window.tracks.push(...media.getTracks());
    return media;
  };
"""


class TestFaults:
    def test_a_reload_in_mid_answer_goes_on(self, watched: Watched, served: Served) -> None:
        watched.begin()
        watched.take_the_chair()
        watched.is_heard(served)
        watched.page.on("dialog", lambda dialog: dialog.accept())
        watched.page.reload()
        watched.shows("#room")
        watched.says("Tell me about a time.")
        watched.is_heard(served)

    def test_a_second_tab_says_where_the_interview_is_and_takes_it_over(
        self, watched: Watched, served: Served
    ) -> None:
        watched.begin()
        watched.take_the_chair()
        second = tab(watched.page.context, served)
        second.page.goto(watched.page.url)
        second.says("The interview is open in another tab.")
        second.page.get_by_role("button", name="Go on here").click()
        second.shows("#room")
        watched.says("The interview went on in another tab.")
        second.is_heard(served)
        assert (second.complaints, second.elsewhere) == ([], [])

    def test_a_connection_that_breaks_loses_nothing(self, watched: Watched, served: Served) -> None:
        watched.begin()
        watched.take_the_chair()
        watched.is_heard(served)
        served.server.cut_off()
        watched.says("The connection was lost. What you said is kept; trying again …")
        watched.is_heard(served, 50)
        assert served.interview.lost == 0
        watched.until(lambda: not watched.page.is_visible("#banner"))
        watched.complaints.clear()  # the browser's own word on a connection that broke

    def test_a_microphone_that_is_unplugged_is_told_and_another_goes_on(
        self, browser: Browser, served: Served
    ) -> None:
        watched = opened(browser, served)
        watched.page.add_init_script(KEEP_TRACKS)
        watched.begin()
        watched.take_the_chair()
        watched.is_heard(served)
        watched.page.evaluate(
            "for (const track of tracks) { track.stop(); track.dispatchEvent(new Event('ended')); }"
        )
        watched.says("The microphone is gone. The clock is paused, and what you said is kept.")
        watched.page.get_by_role("button", name="Use another microphone").click()
        watched.is_heard(served)
        assert not watched.page.is_visible("#banner")
        watched.page.context.close()

    def test_a_server_that_is_gone_is_told_with_what_to_do(self, browser: Browser, tmp_path: Path) -> None:
        with serving(tmp_path, Waiting()) as served:
            watched = opened(browser, served)
            watched.begin()
        watched.says("voicemock is not running any more")
        watched.page.context.close()


class TestTheRoom:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_nothing_serious_keeps_anyone_out(self, browser: Browser, served: Served, scheme: str) -> None:
        watched = opened(browser, served, color_scheme=scheme)
        watched.begin()
        assert serious(watched.page) == []
        watched.take_the_chair()
        watched.is_heard(served)
        assert serious(watched.page) == []
        watched.page.context.close()

    def test_the_whole_way_goes_without_a_mouse(self, watched: Watched, served: Served) -> None:
        page = watched.page

        def tab_to(selector: str) -> None:
            for _ in range(60):
                if page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
                    return
                page.keyboard.press("Tab")
            raise AssertionError(f"no way by Tab to {selector}")

        tab_to("#question")
        page.keyboard.type(QUESTION)
        tab_to("#begin")
        page.keyboard.press("Enter")
        page.wait_for_selector("#go:enabled", timeout=SOON_MS)
        tab_to("#go")
        page.keyboard.press("Enter")
        watched.shows("#room")
        watched.is_heard(served)
        tab_to("#stop")
        page.keyboard.press("Enter")
        watched.shows("#scored")
        assert page.evaluate("document.activeElement.id") == "scored-title"  # where a screen reader goes on

    def test_the_keys_are_those_of_the_terminal(self, watched: Watched, served: Served) -> None:
        watched.begin()
        watched.take_the_chair()
        for key in "rthds":
            watched.page.keyboard.press(key)
        watched.until(lambda: len(served.room.screen._pressed) == 5)
        assert [request.value for request in served.room.screen.keys()] == list("rthds")  # noqa: SIM118
        watched.page.keyboard.press("q")
        watched.shows("#scored")


class TestAfterwards:
    """What is stored, in the page."""

    @pytest.fixture
    def stored(self, tmp_path: Path) -> Iterator[Served]:
        folder = tmp_path / "recordings"
        with stored_session(folder) as store:
            add_answer(store, "s1/1", text=BAKERY)
        with serving(folder) as served:
            yield served

    def test_a_word_is_corrected_in_place_and_the_score_is_new(
        self, browser: Browser, stored: Served
    ) -> None:
        watched = opened(browser, stored)
        page = watched.page
        page.goto(f"http://127.0.0.1:{stored.port}{stored.root}review/s1")
        page.click("[data-correct]")
        page.get_by_text("Leeds", exact=True).click()
        page.fill("#word-new", "York")
        page.keyboard.press("Enter")
        watched.says("“Leeds” is now “York”.")
        watched.says("A bakery owner in York told me her oven orders vanished.")
        page.click("[data-undo]")
        watched.says("The answer is again as it was heard.")
        assert (watched.complaints, watched.elsewhere) == ([], [])
        page.context.close()

    def test_the_sound_plays_from_a_word(self, browser: Browser, stored: Served) -> None:
        watched = opened(browser, stored)
        page = watched.page
        page.goto(f"http://127.0.0.1:{stored.port}{stored.root}review/{SESSION}")
        page.get_by_text("traces", exact=True).click()
        watched.until(lambda: page.evaluate("document.querySelector('audio').currentTime") > 26.5)
        assert watched.complaints == []
        page.context.close()

    def test_a_session_is_deleted_after_a_question(self, browser: Browser, stored: Served) -> None:
        watched = opened(browser, stored)
        page = watched.page
        page.goto(f"http://127.0.0.1:{stored.port}{stored.root}review/s1")
        page.click("#delete")
        page.get_by_role("button", name="Keep it").click()
        page.click("#delete")
        page.get_by_role("button", name="Delete for good").click()
        page.wait_for_url("**/sessions")
        with Store(stored.folder) as store:
            assert [row.id for row in store.sessions()] == [SESSION]
        page.context.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_nothing_serious_keeps_anyone_out(self, browser: Browser, stored: Served, scheme: str) -> None:
        watched = opened(browser, stored, color_scheme=scheme, viewport={"width": 390, "height": 844})
        paths = ["", "sessions", f"review/{SESSION}", "progress", "stories", "story/1", "questions?q=customer",
                 "search?q=oven", f"compare/s1/1/{SESSION}/1", "interview", "nothing"]  # fmt: skip
        for path in paths:
            watched.page.goto(f"http://127.0.0.1:{stored.port}{stored.root}{path}")
            watched.page.wait_for_load_state("networkidle")
            assert serious(watched.page) == [], path
            assert sideways(watched.page) == 0, path
        watched.page.context.close()


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps people out."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {[node['html'][:100] for node in each['nodes'][:3]]}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(width))
