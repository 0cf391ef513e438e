"""One interview in a browser with the real recogniser, voice, scorer and store, beside the same sound as a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.watching import QUESTION, SOON_MS, opened
from tests.web.serving import no_desk, serving
from voicemock import rounds
from voicemock.cli import cli
from voicemock.cli.desk import RunOptions, open_desk
from voicemock.cli.practice import choose
from voicemock.store.store import Store
from voicemock.web.interviews import Interviews, Services

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
CAP_S = 32  # in the last sentence


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
            watched.begin(served)
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
