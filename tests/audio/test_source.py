"""A file as a candidate: what arrives, when, and what happens while the interviewer speaks."""

from __future__ import annotations

import numpy as np
import pytest

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES
from voicemock.audio.source import FileSource


class VirtualClock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.at = 100.0

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += seconds


def ramp(blocks: float) -> np.ndarray:
    return np.arange(1, round(blocks * BLOCK_SAMPLES) + 1, dtype=np.int16)


def all_of(source: FileSource) -> np.ndarray:
    parts = []
    while (block := source.read()) is not None:
        parts.append(block.samples)
    return np.concatenate(parts)


class TestWhatArrives:
    """Every sample of the file, in order, in whole blocks."""

    def test_all_samples_arrive_and_the_last_block_is_filled_up_with_silence(self) -> None:
        heard = all_of(FileSource(ramp(2.5), real_pace=False))
        assert len(heard) == 3 * BLOCK_SAMPLES
        np.testing.assert_array_equal(heard[: len(ramp(2.5))], ramp(2.5))
        assert not heard[len(ramp(2.5)) :].any()

    def test_an_empty_file_has_ended_at_once(self) -> None:
        assert FileSource(ramp(0), real_pace=False).read() is None


class TestPace:
    """At real pace a block arrives every 20 ms of the clock; at fast pace nobody waits."""

    def test_blocks_arrive_as_fast_as_they_were_spoken(self) -> None:
        clock = VirtualClock()
        source = FileSource(ramp(50), now=clock.now, wait=clock.wait)
        arrivals = []
        while (block := source.read()) is not None:
            arrivals.append(block.arrived)
        assert arrivals[0] == pytest.approx(100 + BLOCK_S)
        assert arrivals[-1] == pytest.approx(100 + 50 * BLOCK_S)
        assert clock.at == pytest.approx(101.0)

    def test_a_late_reader_is_told_when_a_block_was_due(self) -> None:
        clock = VirtualClock()
        source = FileSource(ramp(3), now=clock.now, wait=clock.wait)
        source.read()
        clock.at += 5.0
        block = source.read()
        assert block is not None
        assert block.arrived == pytest.approx(100 + 2 * BLOCK_S)

    def test_fast_pace_never_waits(self) -> None:
        def refuse(seconds: float) -> None:
            raise AssertionError("waited")

        all_of(FileSource(ramp(10), real_pace=False, wait=refuse))


class TestWhileTheInterviewerSpeaks:
    """A polite candidate holds still; one who talks over runs on."""

    def test_silence_arrives_and_the_file_holds_still(self) -> None:
        source = FileSource(ramp(3), real_pace=False)
        first = source.read()
        source.hold(True)
        held = [source.read() for _ in range(4)]
        source.hold(False)
        assert first is not None
        assert all(block is not None and not block.samples.any() for block in held)
        np.testing.assert_array_equal(np.concatenate([first.samples, all_of(source)]), ramp(3))

    def test_with_talk_over_it_runs_on(self) -> None:
        source = FileSource(ramp(3), real_pace=False, talk_over=True)
        source.hold(True)
        block = source.read()
        assert block is not None
        assert block.samples.any()

    def test_a_file_that_has_ended_still_lets_the_interviewer_finish(self) -> None:
        source = FileSource(ramp(1), real_pace=False)
        source.read()
        source.hold(True)
        assert source.read() is not None
        source.hold(False)
        assert source.read() is None
