"""The one kind of file that sound is kept in: mono, 16 bit, 16 kHz, with a plain header."""

from __future__ import annotations

import struct

from voicemock.audio.sound import RATE

SAMPLE_BYTES = 2
HEADER_BYTES = 44


def header(samples: int) -> bytes:
    """The header of a file that holds so many samples."""
    size = samples * SAMPLE_BYTES
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF", HEADER_BYTES - 8 + size, b"WAVE",
        b"fmt ", 16, 1, 1, RATE, RATE * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES,
        b"data", size,
    )  # fmt: skip
