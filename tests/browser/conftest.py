"""A browser whose microphone plays a spoken answer, shared by the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.spoken import espeak

from tests.browser.watching import ANSWER, launched, room_noise
from tests.sounds import write_wav
from tests.web.serving import Served, serving
from voicemock.audio.sound import RATE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

BREATH_S = 0.7


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


@pytest.fixture(scope="module")
def browser(playwright: Playwright, spoken: Path) -> Iterator[Browser]:
    played = f"--use-file-for-fake-audio-capture={spoken}%noloop"
    browser = launched(playwright, "--use-fake-device-for-media-stream", played)
    yield browser
    browser.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "recordings") as served:
        yield served
        served.room.stop()
        assert served.room.wait(10.0)
