"""Which model, or which two, keep up with a talker on this machine."""

from __future__ import annotations

import numpy as np
import pytest

from voicemock.audio.sound import RATE
from voicemock.doctor import latency
from voicemock.doctor.latency import Measured, best_pair
from voicemock.speech.models import pair_of
from voicemock.speech.recogniser import PairRecogniser
from voicemock.speech.scripted import ScriptedRecogniser, evenly

TINY, BASE = Measured(0.3, 0.1, 0.1, 200), Measured(0.6, 0.2, 0.2, 300)
SMALL, LARGE = Measured(1.6, 0.6, 0.35, 800), Measured(9.0, 3.0, 3.0, 3000)


class TestTheChoice:
    """The largest careful model that keeps up; it does both passes where it can."""

    @pytest.mark.parametrize(
        ("measured", "chosen"),
        [
            ({"tiny": TINY}, ("tiny", "tiny")),
            ({"tiny": TINY, "base": BASE}, ("base", "base")),
            ({"tiny": TINY, "small": SMALL}, ("tiny", "small")),
            ({"tiny": TINY, "base": BASE, "small": SMALL}, ("tiny", "small")),
            ({"tiny": TINY, "large": LARGE}, ("tiny", "tiny")),
            ({"small": SMALL, "large": LARGE}, None),
            ({}, None),
        ],
    )
    def test_of_those_that_were_measured(
        self, measured: dict[str, Measured], chosen: tuple[str, str] | None
    ) -> None:
        assert best_pair(measured) == chosen

    def test_the_pair_is_told_with_its_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        of = {"tiny.en": TINY, "small.en": SMALL}
        monkeypatch.setattr(latency, "_speech", lambda: np.zeros(RATE, dtype=np.int16))
        monkeypatch.setattr(latency, "_models_here", lambda: list(of))
        monkeypatch.setattr(latency, "_measured", lambda name, _: of[name])
        *_, last = latency.examine_latency()
        assert last.what == "the best pair that keeps up is tiny.en+small.en, some 1000 MB"
        assert last.next_step == "voicemock practice --model tiny.en+small.en"


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("tiny.en", ("tiny.en", "tiny.en")),
        ("tiny.en+small.en", ("tiny.en", "small.en")),
        ("+small.en", ("+small.en", "+small.en")),
    ],
)
def test_a_pair_is_named_with_a_plus(name: str, pair: tuple[str, str]) -> None:
    assert pair_of(name) == pair


def test_each_pass_has_its_model() -> None:
    sound = np.zeros(2 * RATE, dtype=np.int16)
    small, large = (
        ScriptedRecogniser(evenly(text, 0.0, 2.0)) for text in ("a quick guess", "the careful words")
    )
    pair = PairRecogniser(small, large)
    assert pair.quick(sound, 0.0).text == "a quick guess"
    assert pair.careful(sound, 0.0).text == "the careful words"
