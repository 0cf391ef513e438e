"""The protocol of the page's sound: whatever is lost or late, every sample that follows is in its place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.audio.sound import BLOCK_SAMPLES
from voicemock.web.blocks import BLOCK_BYTES, FILLED_BLOCKS, HEADER, BadBlock, Sequence, read_block


def message(number: int, value: int = 1, stream: int = 7) -> bytes:
    return HEADER.pack(stream, number, 0.0) + np.full(BLOCK_SAMPLES, value, dtype="<i2").tobytes()


def heard(*numbers: int, stream: int = 7) -> list[tuple[int, int]]:
    """(the value of the samples, samples lost) of each block that comes of blocks of these numbers."""
    sequence = Sequence()
    return [
        (int(placed.samples[0]), placed.lost)
        for number in numbers
        for placed in sequence.place(read_block(message(number, number + 1, stream)))
    ]


def test_blocks_in_order_come_as_they_are() -> None:
    assert heard(0, 1, 2) == [(1, 0), (2, 0), (3, 0)]


def test_a_lost_block_becomes_silence_of_its_length() -> None:
    assert heard(0, 3) == [(1, 0), (0, BLOCK_SAMPLES), (0, BLOCK_SAMPLES), (4, 0)]


def test_a_block_that_comes_after_its_place_was_filled_is_left_out() -> None:
    assert heard(0, 2, 1, 3) == [(1, 0), (0, BLOCK_SAMPLES), (3, 0), (4, 0)]


def test_a_stream_may_begin_anywhere() -> None:
    assert heard(41, 42) == [(42, 0), (43, 0)]


def test_a_new_stream_starts_afresh() -> None:
    sequence = Sequence()
    list(sequence.place(read_block(message(90))))
    assert [placed.lost for placed in sequence.place(read_block(message(0, stream=8)))] == [0]


def test_after_a_long_gap_the_clock_has_stood_and_the_loss_is_told() -> None:
    far = FILLED_BLOCKS + 2
    assert heard(0, far) == [(1, 0), (far + 1, (FILLED_BLOCKS + 1) * BLOCK_SAMPLES)]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_whatever_comes_the_sound_is_as_long_as_the_numbers_say(numbers: list[int]) -> None:
    blocks = heard(*numbers)
    assert len(blocks) == max(numbers) - numbers[0] + 1 if numbers[0] <= max(numbers) else 1
    placed = [value - 1 for value, lost in blocks if not lost]
    assert placed == sorted(set(placed))


@pytest.mark.parametrize("size", [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES + 1, 2 * BLOCK_BYTES])
def test_anything_else_is_no_block(size: int) -> None:
    with pytest.raises(BadBlock, match=str(size)):
        read_block(bytes(size))
