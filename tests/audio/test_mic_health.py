"""What never arrived, told from what is only late: arrivals made up to the millisecond."""

from __future__ import annotations

import numpy as np
import pytest

from voicemock.audio.mic_health import GAP_S, Missing
from voicemock.audio.sound import BLOCK_S


def found(arrivals: np.ndarray, drift: float = 0.0) -> list[float]:
    """What `Missing` finds, in seconds, where one block arrives at each of these times."""
    missing, gaps = Missing(), []
    for at in arrivals:
        missing = missing.after(float(at), BLOCK_S * (1 + drift))
        gaps += [missing.found_s] if missing.found_s else []
    return gaps


def steady(seconds: float) -> np.ndarray:
    return np.arange(round(seconds / BLOCK_S)) * BLOCK_S


class TestNothingIsMissing:
    """No false alarm, however unevenly a busy machine delivers."""

    @pytest.mark.parametrize("seed", range(5))
    def test_late_blocks_that_come_in_the_end(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        seldom = rng.random(15_000) < 0.005  # every 4 s
        late = np.where(seldom, rng.uniform(0, 1.4, 15_000), rng.uniform(0, 0.05, 15_000))
        assert found(np.maximum.accumulate(steady(300) + late)) == []

    @pytest.mark.parametrize("drift", [-0.0005, -0.0001, 0.0001, 0.0005, 0.005])
    def test_a_sound_card_with_a_clock_of_its_own(self, drift: float) -> None:
        assert found(steady(1_800), drift) == []

    def test_a_stream_that_begins_with_what_had_gathered(self) -> None:
        assert found(np.maximum(steady(60), 0.5)) == []


class TestSomethingIsMissing:
    """Every gap that is longer than the jitter, and the sum of those that are not."""

    @pytest.mark.parametrize("gap", [0.15, 0.5, 1.4])
    def test_a_gap_is_found_once_and_measured(self, gap: float) -> None:
        at = steady(60)
        lost = found(np.where(at > 30, at + gap, at))
        assert len(lost) == 1
        assert lost[0] == pytest.approx(gap, abs=0.01)

    def test_a_gap_between_jittering_blocks(self) -> None:
        at = steady(60) + np.random.default_rng(1).uniform(0, 0.03, 3_000)
        assert sum(found(np.where(at > 30, at + 0.4, at))) == pytest.approx(0.4, abs=0.04)

    def test_many_gaps_too_short_to_be_seen_are_seen_together(self) -> None:
        dropped = np.delete(steady(300), np.s_[40::50])  # one block a second: 2 %
        lost = sum(found(dropped))
        assert lost == pytest.approx(0.02 * 300, abs=0.001 * 300 + 2 * GAP_S)
