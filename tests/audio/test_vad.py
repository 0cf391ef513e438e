"""What the speech detector promises, with probabilities written by hand; the real Silero is in test_voice.py."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from voicemock.audio.sound import RATE, Samples
from voicemock.audio.vad import (
    CUT_SEARCH_S,
    MAX_STRETCH_S,
    WINDOW_S,
    SpeechDetector,
    SpeechEnded,
    SpeechPaused,
    SpeechSplit,
    SpeechStarted,
    VadEvent,
    hangover_s,
    quietest,
)

NEAR = 2 * WINDOW_S  # seconds; a boundary lies within two windows of the truth


class Voiced:
    """A voice in the given stretches, and none elsewhere."""

    def __init__(self, *stretches: tuple[float, float]) -> None:
        self._stretches = stretches
        self._windows = 0

    def __call__(self, window: Samples) -> float:
        middle = (self._windows + 0.5) * WINDOW_S
        self._windows += 1
        return 0.9 if any(start <= middle < end for start, end in self._stretches) else 0.02


def hear(
    detector: SpeechDetector, duration_s: float, block: int = 320, loud: Samples | None = None
) -> list[VadEvent]:
    sound = np.zeros(round(duration_s * RATE), dtype=np.int16) if loud is None else loud
    return [
        event
        for first in range(0, len(sound), block)
        for event in detector.push(sound[first : first + block])
    ]


def stretches(events: Sequence[VadEvent]) -> list[tuple[float, float]]:
    return [(e.start, e.end) for e in events if isinstance(e, SpeechEnded | SpeechSplit)]


class TestWhatIsSpeech:
    """A word is enough; a click is not."""

    def test_a_word_at_once_is_heard_from_its_first_window(self) -> None:
        detector = SpeechDetector(Voiced((0.0, 0.3)))
        (stretch,) = stretches(hear(detector, 1.0))
        assert stretch == pytest.approx((0.0, 0.3), abs=NEAR)

    def test_a_click_starts_nothing(self) -> None:
        assert hear(SpeechDetector(Voiced((1.0, 1.06), (2.0, 2.09))), 3.0) == []

    def test_keys_four_a_second_start_nothing(self) -> None:
        keys = [(t, t + 0.033) for t in np.arange(0.0, 5.0, 0.25)]
        assert hear(SpeechDetector(Voiced(*keys)), 5.0) == []

    def test_silence_is_nothing_and_is_counted(self) -> None:
        detector = SpeechDetector(Voiced())
        assert hear(detector, 4.0) == []
        assert detector.silence_s == pytest.approx(4.0, abs=NEAR)
        assert detector.last_speech_end is None


class TestWhereStretchesEnd:
    """A short silence invites a decode ahead, a longer one ends the stretch, a breath between words does neither."""

    def test_a_pause_is_told_before_the_end_with_the_same_times(self) -> None:
        events = hear(SpeechDetector(Voiced((1.0, 3.0))), 4.0)
        started, paused, ended = events
        assert isinstance(started, SpeechStarted)
        assert isinstance(paused, SpeechPaused)
        assert isinstance(ended, SpeechEnded)
        assert (paused.start, paused.end) == (ended.start, ended.end)

    def test_a_gap_of_a_fifth_of_a_second_does_not_end_it(self) -> None:
        events = hear(SpeechDetector(Voiced((1.0, 2.0), (2.2, 3.0))), 4.0)
        assert len(stretches(events)) == 1
        assert sum(isinstance(event, SpeechPaused) for event in events) == 2

    def test_a_pause_of_three_seconds_is_a_pause_between_two_stretches(self) -> None:
        detector = SpeechDetector(Voiced((0.5, 2.0), (5.0, 6.0)))
        assert len(stretches(hear(detector, 7.0))) == 2
        ((start, end),) = detector.pauses()
        assert (start, end) == (pytest.approx(2.0, abs=NEAR), pytest.approx(5.0, abs=NEAR))

    def test_the_longer_the_stretch_the_shorter_the_silence_that_ends_it(self) -> None:
        needed = [hangover_s(length) for length in (1.0, 7.9, 9.0, 13.0, 100.0)]
        assert needed == sorted(needed, reverse=True)
        assert needed[0] > needed[-1]

    def test_the_answers_end_ends_the_stretch_being_spoken(self) -> None:
        detector = SpeechDetector(Voiced((1.0, 9.0)))
        hear(detector, 2.0)
        (ended,) = detector.flush()
        assert isinstance(ended, SpeechEnded)
        assert ended.end == pytest.approx(2.0, abs=0.001)
        assert detector.flush() == []

    def test_silence_counts_from_the_last_speech(self) -> None:
        detector = SpeechDetector(Voiced((0.5, 2.0)))
        hear(detector, 3.5)
        assert detector.silence_s == pytest.approx(1.5, abs=NEAR)
        assert not detector.speaking


class TestStretchesThatAreTooLong:
    """Whisper hears 30 s at most: a stretch is cut before, at its quietest place, and no sound is lost."""

    def test_speech_without_a_pause_is_cut_and_joins_up(self) -> None:
        cut = stretches(hear(SpeechDetector(Voiced((0.0, 70.0))), 72.0))
        assert len(cut) >= 4
        assert all(end - start <= MAX_STRETCH_S + WINDOW_S for start, end in cut)
        assert all(before[1] == after[0] for before, after in pairwise(cut))

    def test_the_cut_is_at_the_quietest_place(self) -> None:
        sound = np.tile(np.array([3000, -3000], dtype=np.int16), round(10.5 * RATE))
        sound[round(15.0 * RATE) : round(15.3 * RATE)] = 40
        (split,) = stretches(hear(SpeechDetector(Voiced((0.0, 30.0))), 21.0, loud=sound))
        assert split[1] == pytest.approx(15.15, abs=0.1)

    def test_a_quiet_place_too_far_back_is_not_gone_back_to(self) -> None:
        sound = np.tile(np.array([3000, -3000], dtype=np.int16), round(10.5 * RATE))
        sound[RATE : 2 * RATE] = 0
        (split,) = stretches(hear(SpeechDetector(Voiced((0.0, 30.0))), 21.0, loud=sound))
        assert split[1] >= MAX_STRETCH_S - CUT_SEARCH_S - NEAR

    def test_the_quietest_of_equals_is_the_latest(self) -> None:
        assert quietest([5.0] * 20) == 17


class TestAPureFunctionOfTheSound:
    @pytest.mark.parametrize("block", [1, 160, 320, 512, 1000, 16_000])
    def test_the_size_of_the_blocks_changes_nothing(self, block: int) -> None:
        said = ((0.4, 2.0), (2.9, 4.4), (7.0, 7.4))
        whole = hear(SpeechDetector(Voiced(*said)), 9.0, block=320)
        assert hear(SpeechDetector(Voiced(*said)), 9.0, block=block) == whole
