"""How long a recording is, and where recordings lie: what `verify` and `recover` ask of the recordings
folder.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

from voicemock.audio.sound import RATE
from voicemock.errors import AudioFileError

_SAMPLE_BYTES = 2
_HEADER_BYTES = 44  # of the plain header that the recorder writes


def recorded_seconds(path: Path) -> float:
    """The length of a recording of ours. Raises AudioFileError when it is gone, cut off or of another
    kind.
    """
    try:
        with wave.open(str(path), "rb") as file:
            kind = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            frames = file.getnframes()
    except FileNotFoundError as error:
        raise AudioFileError(f"{path} is missing", "put it back from a copy") from error
    except (OSError, EOFError, wave.Error) as error:
        raise AudioFileError(f"{path} is no WAV file ({error})", "put it back from a copy") from error
    if kind != (1, _SAMPLE_BYTES, RATE):
        raise AudioFileError(f"{path} is not mono, 16 bit, 16 kHz", "put it back from a copy")
    held = (path.stat().st_size - _HEADER_BYTES) // _SAMPLE_BYTES
    if held < frames:
        raise AudioFileError(f"{path} is cut off: {held / RATE:.1f} of {frames / RATE:.1f} s", "use a copy")
    return frames / RATE


def recordings(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each SESSION/NUMBER that has a WAV file under the recordings folder, in order."""
    found = [path for path in folder.glob("*/*.wav") if path.stem.isdecimal()]
    for path in sorted(found, key=lambda path: (path.parent.name, int(path.stem))):
        yield f"{path.parent.name}/{path.stem}", path
