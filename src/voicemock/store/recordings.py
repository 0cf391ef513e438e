"""What `verify` and `recover` ask of the recordings folder: which recordings there are, how long each is, its
digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from voicemock.audio.sound import BLOCK_SAMPLES, RATE
from voicemock.audio.wav import HEADER_BYTES, SAMPLE_BYTES, header
from voicemock.errors import AudioFileError

_CHUNK_BYTES = 1 << 20  # of a recording, read at a time


def recorded_seconds(path: Path) -> float:
    """The length of a recording of ours. Raises AudioFileError when it is gone, cut off or of another
    kind.
    """
    return _samples(path) / RATE


def recording_digest(path: Path) -> str:
    """The digest that its recorder gave it: of the samples, then of the header. Raises AudioFileError."""
    left = _samples(path) * SAMPLE_BYTES
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            first = file.read(HEADER_BYTES)
            while left and (chunk := file.read(min(left, _CHUNK_BYTES))):
                digest.update(chunk)
                left -= len(chunk)
    except OSError as error:
        raise AudioFileError(
            f"{path} can't be read ({error.strerror})", "restore it from a backup"
        ) from error
    digest.update(first)
    return digest.hexdigest()


def recordings(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each SESSION/NUMBER that has a WAV file under the recordings folder, in order."""
    found = [path for path in folder.glob("*/*.wav") if path.stem.isdecimal()]
    for path in sorted(found, key=lambda path: (path.parent.name, int(path.stem))):
        yield f"{path.parent.name}/{path.stem}", path


def holds_sound(path: Path) -> bool:
    """Whether there is more than a block, 20 ms: a recording that was begun and heard nothing has nothing to lose.

    Nor has a link that leads nowhere, or a recording that is being removed.
    """
    try:
        return path.stat().st_size > HEADER_BYTES + BLOCK_SAMPLES * SAMPLE_BYTES
    except OSError:
        return False


def _samples(path: Path) -> int:
    """How many there are. The header must be as we write it, but for the second of its lengths, which a kill may have
    left behind in what an older voicemock recorded.
    """
    try:
        with path.open("rb") as file:
            found = file.read(HEADER_BYTES)
        held = (path.stat().st_size - HEADER_BYTES) // SAMPLE_BYTES
    except FileNotFoundError as error:
        raise AudioFileError(f"{path} is missing", "restore it from a backup") from error
    except OSError as error:
        raise AudioFileError(
            f"{path} can't be read ({error.strerror})", "restore it from a backup"
        ) from error
    samples = int.from_bytes(found[-4:], "little") // SAMPLE_BYTES
    ours = header(samples)
    if (found[:4], found[8:]) != (ours[:4], ours[8:]):
        raise AudioFileError(f"{path} is not a WAV file written by voicemock", "restore it from a backup")
    if held < samples:
        raise AudioFileError(f"{path} is cut off: {held / RATE:.1f} of {samples / RATE:.1f} s", "use a copy")
    return samples
