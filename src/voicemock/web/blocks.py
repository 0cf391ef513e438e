"""How sound comes from the page: blocks of 20 ms, each with its number, so that what is missing is known. Pure.

A block is 16 bytes of header and 320 samples of int16, all little-endian: the number of the stream (a page begins a
new one whenever it opens a microphone), the number of the block in it, and when it was recorded, in milliseconds of
the wall clock.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voicemock.audio.sound import BLOCK_SAMPLES, Samples

HEADER = struct.Struct("<IId")
BLOCK_BYTES = HEADER.size + 2 * BLOCK_SAMPLES
FILLED_BLOCKS = (
    250  # 5 s, which is also what a page keeps while it can't send; in a longer gap the clock is paused
)


class BadBlock(ValueError):
    """Raised for a message that is no block."""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One block as the page sent it."""

    stream: int
    number: int
    recorded_ms: float
    samples: Samples


@dataclass(frozen=True, slots=True)
class Placed:
    """Samples in their place; `lost` counts those that never came: silence here, or where the clock stood."""

    samples: Samples
    lost: int = 0


def read_block(message: bytes) -> PageBlock:
    """The block of a message. Raises BadBlock."""
    if len(message) != BLOCK_BYTES:
        raise BadBlock(f"a block has {BLOCK_BYTES} bytes, not {len(message)}")
    stream, number, recorded_ms = HEADER.unpack_from(message)
    return PageBlock(stream, number, recorded_ms, np.frombuffer(message, dtype="<i2", offset=HEADER.size))


class Sequence:
    """Puts blocks in their places: silence where one is missing, nothing where one comes after its place was filled."""

    def __init__(self) -> None:
        self._stream: int | None = None
        self._next = 0

    def place(self, block: PageBlock) -> Iterator[Placed]:
        """What `block` adds to the sound, in order."""
        if block.stream != self._stream:
            self._stream, self._next = block.stream, block.number
        missing = block.number - self._next
        if missing < 0:
            return  # late: its place holds silence
        self._next = block.number + 1
        if missing > FILLED_BLOCKS:
            yield Placed(block.samples, missing * BLOCK_SAMPLES)
            return
        for _ in range(missing):
            yield Placed(np.zeros(BLOCK_SAMPLES, dtype=np.int16), BLOCK_SAMPLES)
        yield Placed(block.samples)
