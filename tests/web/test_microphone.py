"""The page as a microphone: its clock, its silences, and when nobody can be there any more."""

from __future__ import annotations

import numpy as np
import pytest

from tests.web.test_blocks import message
from voicemock.audio.mic_health import OPENING_S, STALL_S
from voicemock.audio.sound import BLOCK_SAMPLES
from voicemock.errors import DeviceError
from voicemock.web import microphone
from voicemock.web.microphone import GIVE_UP_S, WAITING_BLOCKS, PageMicrophone


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(microphone, "POLL_S", 0.0)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_block_is_read_as_it_arrived() -> None:
    clock = Clock()
    page = PageMicrophone(clock)
    page.push(message(0, 5))
    clock.now += 0.5
    block = page.read()
    assert block.arrived == 100.0
    assert block.samples.tolist() == [5] * BLOCK_SAMPLES


def test_what_is_lost_is_silence_and_is_counted() -> None:
    page = PageMicrophone(Clock())
    page.push(message(0))
    page.push(message(2))
    assert [page.read().lost for _ in range(3)] == [0, BLOCK_SAMPLES, 0]


def test_a_moment_without_sound_is_no_trouble() -> None:
    clock = Clock()
    page = PageMicrophone(clock)
    clock.now += STALL_S / 2
    block = page.read()
    assert len(block.samples) == 0
    assert block.trouble is None


def test_a_page_that_is_gone_stops_the_clock_and_one_that_is_back_starts_it() -> None:
    clock = Clock()
    page = PageMicrophone(clock)
    page.push(message(0))
    assert page.read().counts
    clock.now += STALL_S
    gone = page.read()
    assert (gone.trouble, gone.void, gone.counts) == ("stopped", True, False)
    page.push(message(0, stream=8))
    back = page.read()
    assert (back.trouble, back.counts) == (None, True)


def test_nobody_waits_for_a_page_for_ever() -> None:
    clock = Clock()
    page = PageMicrophone(clock)
    clock.now += OPENING_S
    page.read()
    clock.now += GIVE_UP_S
    with pytest.raises(DeviceError, match="no sound came from the page for 3 minutes"):
        page.read()


def test_a_muted_microphone_is_told_of() -> None:
    clock = Clock()
    page = PageMicrophone(clock)
    troubles = []
    for number in range(300):  # 6 s of perfect zeros
        page.push(message(number, 0))
        troubles.append(page.read().trouble)
        clock.now += 0.02
    assert troubles[0] is None
    assert troubles[-1] == "zeros"


def test_a_flood_is_cut_off_and_counted_as_lost() -> None:
    clock = Clock()
    page = PageMicrophone(clock)
    for number in range(WAITING_BLOCKS + 10):
        page.push(message(number))
    for _ in range(WAITING_BLOCKS):
        page.read()
    page.push(message(WAITING_BLOCKS + 10))
    assert page.read().lost == 10 * BLOCK_SAMPLES


def test_samples_keep_their_sign() -> None:
    page = PageMicrophone(Clock())
    page.push(message(0, -12345))
    assert page.read().samples.dtype == np.int16
