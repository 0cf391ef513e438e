"""The interview in a real browser with a microphone that plays a file: the whole product, as a person meets it.

One browser and one server with what is stored serve all tests; each has a browsing context of its own, and ends the
interview that it began.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tests.browser.watching import (
    ANSWER,
    QUESTION,
    SOON_MS,
    Watched,
    in_both_schemes,
    opened,
    sideways,
    tab,
)
from tests.report.builders import SESSION, stored_session
from tests.stored import BAKERY, add_answer
from tests.web.serving import Listening, Served, serving
from voicemock import web
from voicemock.audio.sound import RATE
from voicemock.audio.source import Block
from voicemock.store.rescoring import score_stored
from voicemock.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

IN_DOUBT = "I rebuilt the calendar of the ovens. Lost orders fell from 90 to 3 a week."


class Waiting(Listening):
    """Asks once the page says that it is ready."""

    def __call__(self, room: Any, wanted: Any) -> None:
        if room.screen.wait("ready", questions=1):
            super().__call__(room, wanted)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Its interviewer asks and listens, and has no engines to load."""
    folder = tmp_path_factory.mktemp("served") / "recordings"
    with stored_session(folder) as store:
        for name in ("s1/1", "doomed/1"):
            add_answer(store, name, text=BAKERY)
        doubt = {"start": 5.5, "end": 5.9, "heard": "90", "readings": ["19"]}
        row = add_answer(store, "s2/1", text=IN_DOUBT, details={"doubts": [doubt]})
        store.add_score(row.id, score_stored(row, store.words(row.id)))
    with serving(folder, Waiting()) as served:
        yield served


@pytest.fixture
def served(server: Served) -> Iterator[Served]:
    yield server
    server.room.stop()
    assert server.room.wait(10.0)


@pytest.fixture(scope="module")
def context(browser: Browser, server: Served) -> BrowserContext:
    """What somebody has whom the address let in once."""
    watched = opened(browser, server)
    watched.page.close()
    return watched.page.context


@pytest.fixture
def watched(context: BrowserContext, served: Served) -> Iterator[Watched]:
    watched = tab(context, served)
    yield watched
    for page in context.pages:
        page.close()
    assert (watched.complaints, watched.elsewhere) == ([], [])


class TestTheMicrophone:
    def test_a_refusal_is_told_with_what_to_do(self, browser: Browser, served: Served) -> None:
        watched = opened(browser, served, microphone=False)
        watched.begin(served)
        watched.says("The browser may not use the microphone")
        assert watched.page.is_disabled("#go")
        watched.page.context.close()

    def test_two_seconds_are_played_back(self, watched: Watched, served: Served) -> None:
        watched.begin(served)
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
        assert len(tone) == RATE // 2
        true = 16_384 * np.exp(2j * np.pi * 1_000 * np.arange(len(tone)) / RATE)
        share = np.abs(np.vdot(true, tone)) * 2 / np.vdot(true, true).real
        assert share == pytest.approx(1.0, abs=0.01)
        if rate > 2 * 10_000:
            assert np.sqrt(np.mean(above[RATE // 10 :] ** 2)) < 0.01 * 16_384


# Runs a worklet outside of a browser's audio: half a second of a tone at some rate in, samples at 16 kHz out.
HEAR = """([source, rate, hertz]) => {
  const heard = [];
  class AudioWorkletProcessor {
    port = { postMessage: (message) => heard.push(...new Int16Array(message, 16)) };
  }
  let Ear;
  const load = new Function("AudioWorkletProcessor", "registerProcessor", "sampleRate", source);
  load(AudioWorkletProcessor, (_, made) => (Ear = made), rate);
  const ear = new Ear({ processorOptions: { stream: 1 } });
  for (let at = 0; at < rate / 2; at += 128) {
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
        watched.begin(served)
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
        watched.begin(served)
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
        watched.begin(served)
        watched.take_the_chair()
        watched.is_heard(served)
        lost = served.interview.lost
        served.server.cut_off()
        watched.says("The connection was lost. What you said is kept; trying again …")
        watched.is_heard(served, 50)
        assert served.interview.lost == lost
        watched.until(lambda: not watched.page.is_visible("#banner"))
        watched.complaints.clear()  # the browser's own word on a connection that broke

    def test_a_microphone_that_is_unplugged_is_told_and_another_goes_on(
        self, watched: Watched, served: Served
    ) -> None:
        watched.page.add_init_script(KEEP_TRACKS)
        watched.begin(served)
        watched.take_the_chair()
        watched.is_heard(served)
        watched.page.evaluate(
            "for (const track of tracks) { track.stop(); track.dispatchEvent(new Event('ended')); }"
        )
        watched.says("The microphone is gone. The clock is paused, and what you said is kept.")
        watched.page.get_by_role("button", name="Use another microphone").click()
        watched.is_heard(served)
        assert not watched.page.is_visible("#banner")

    def test_a_server_that_is_gone_is_told_with_what_to_do(self, browser: Browser, tmp_path: Path) -> None:
        with serving(tmp_path, Waiting()) as served:
            watched = opened(browser, served)
            watched.begin(served)
        watched.says("voicemock is not running any more")
        watched.page.context.close()


class TestTheRoom:
    def test_sound_does_not_wait_for_what_the_page_draws(
        self, watched: Watched, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        arrived: list[float] = []
        hear = served.interview.hear

        def noting(block: Block) -> bool:
            arrived.append(block.arrived)
            return hear(block)

        monkeypatch.setattr(served.interview, "hear", noting)
        watched.begin(served)
        watched.take_the_chair()
        watched.is_heard(served)
        begun = time.monotonic()
        watched.page.evaluate("const until = performance.now() + 1000; while (performance.now() < until);")
        over = time.monotonic()
        watched.is_heard(served)
        assert sum(begun + 0.2 < at < over - 0.2 for at in arrived) > 10

    def test_nothing_serious_keeps_anyone_out(self, watched: Watched, served: Served) -> None:
        watched.begin(served)
        assert in_both_schemes(watched.page) == []
        watched.take_the_chair()
        watched.is_heard(served)
        assert in_both_schemes(watched.page) == []

    def test_the_whole_way_goes_without_a_mouse(self, watched: Watched, served: Served) -> None:
        page = watched.page
        page.goto(served.url(""))
        watched.shows("#setup")

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
        watched.begin(served)
        watched.take_the_chair()
        for key in "rthds":
            watched.page.keyboard.press(key)
        watched.until(lambda: len(served.room.screen._pressed) == 5)
        assert [request.value for request in served.room.screen.keys()] == list("rthds")  # noqa: SIM118
        watched.page.keyboard.press("q")
        watched.shows("#scored")


class TestAfterwards:
    """What is stored, in the page."""

    def test_a_word_is_corrected_in_place_and_the_score_is_new(
        self, watched: Watched, served: Served
    ) -> None:
        page = watched.page
        page.goto(served.url("review/s1"))
        page.click("[data-correct]")
        page.get_by_text("Leeds", exact=True).click()
        page.fill("#word-new", "York")
        page.keyboard.press("Enter")
        watched.says("“Leeds” is now “York”.")
        watched.says("A bakery owner in York told me her oven orders vanished.")
        page.click("[data-undo]")
        watched.says("The answer is again as it was heard.")

    def test_a_number_in_doubt_is_settled_by_one_click(self, watched: Watched, served: Served) -> None:
        watched.page.goto(served.url("review/s2"))
        watched.says("90 or 19? You said “Lost orders fell from 90 to 3 a week”.")
        watched.page.get_by_role("button", name="19", exact=True).click()
        watched.says("It is 19. The score was")
        watched.says("Lost orders fell from 19 to 3 a week.")
        assert watched.page.locator(".doubt").count() == 0

    def test_the_sound_plays_from_a_word(self, watched: Watched, served: Served) -> None:
        page = watched.page
        page.goto(served.url(f"review/{SESSION}"))
        page.get_by_text("traces", exact=True).click()
        watched.until(lambda: page.evaluate("document.querySelector('audio').currentTime") > 26.5)

    def test_a_session_is_deleted_after_a_question(self, watched: Watched, served: Served) -> None:
        page = watched.page
        page.goto(served.url("review/doomed"))
        page.click("#delete")
        page.get_by_role("button", name="Keep it").click()
        page.click("#delete")
        page.get_by_role("button", name="Delete for good").click()
        page.wait_for_url("**/sessions")
        with Store(served.folder) as store:
            assert "doomed" not in [row.id for row in store.sessions()]

    def test_a_file_is_scored_and_nothing_of_it_is_kept(
        self, watched: Watched, served: Served, tmp_path: Path
    ) -> None:
        (tmp_path / "answer.txt").write_text("\n".join(ANSWER), encoding="utf-8")
        with Store(served.folder) as store:
            before = store.sessions()
        watched.page.goto(served.url("score"))
        watched.page.set_input_files("#file", tmp_path / "answer.txt")
        watched.page.fill("#duration", "60")
        watched.page.click("#send")
        watched.shows("#file-scored")
        watched.says("What you said")
        assert in_both_schemes(watched.page) == []
        with Store(served.folder) as store:
            assert store.sessions() == before

    def test_what_can_t_be_scored_is_told(self, watched: Watched, served: Served) -> None:
        watched.page.goto(served.url("score"))
        watched.page.click("#send")
        watched.says("there is nothing to score: choose a file, or write something.")

    def test_the_writing_sample_and_the_checks_say_what_they_found(
        self, watched: Watched, served: Served
    ) -> None:
        watched.page.goto(served.url("writing"))
        watched.page.fill("#text", " ".join(ANSWER))
        watched.page.click("#sample button")
        watched.says("words are missing")
        assert in_both_schemes(watched.page) == []
        watched.page.goto(served.url("checks"))
        watched.page.click("#verify")
        watched.says("s1/1.wav is missing")
        assert in_both_schemes(watched.page) == []

    def test_nothing_serious_keeps_anyone_out(self, watched: Watched, served: Served) -> None:
        watched.page.set_viewport_size({"width": 390, "height": 844})
        paths = ["", "sessions", f"review/{SESSION}", "progress", "stories", "story/1", "questions?q=customer",
                 "search?q=oven", f"compare/s1/1/{SESSION}/1", "interview", "nothing", "score", "writing",
                 "checks", "plan", "question/own-01", "question/an-19"]  # fmt: skip
        for path in paths:
            watched.page.goto(served.url(path))
            assert in_both_schemes(watched.page) == [], path
            assert sideways(watched.page) == 0, path
        watched.complaints.clear()  # the browser's own word on a page that is not there

    def test_a_good_answer_is_read_aloud_sentence_by_sentence_until_it_is_stopped(
        self, watched: Watched, served: Served
    ) -> None:
        watched.page.goto(served.url("question/own-01"))
        watched.page.click("#play")
        watched.page.wait_for_selector("#good li.now[data-sentence='0']", timeout=SOON_MS)
        watched.page.wait_for_selector("#good li.now[data-sentence='1']", timeout=2 * SOON_MS)
        watched.page.click("#play")
        assert watched.page.locator("#good li.now").count() == 0
        assert watched.page.text_content("#play") == "Hear it"
        watched.page.click("[data-question]")
        watched.page.wait_for_url("**/interview", timeout=SOON_MS)

    def test_a_review_is_printed_on_white_without_its_buttons(self, watched: Watched, served: Served) -> None:
        watched.page.emulate_media(media="print", color_scheme="dark")
        watched.page.goto(served.url(f"review/{SESSION}"))
        paper = "getComputedStyle(document.body).backgroundColor"
        assert watched.page.evaluate(paper) == "rgb(255, 255, 255)"
        assert not any(button.is_visible() for button in watched.page.locator(".tools button").all())
        assert watched.page.get_by_text("the bar is 3.5").first.is_visible()
