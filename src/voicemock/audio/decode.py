"""Any sound file to int16, mono, 16 kHz."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voicemock.audio.sound import RATE, Samples
from voicemock.errors import AudioFileError

NEXT_STEP = "give a recording that a player opens (WAV, FLAC, MP3, M4A, OGG…)"


def decode(path: Path) -> Samples:
    """The first audio stream of `path`, in any rate, width and number of channels, as int16 mono 16 kHz.

    A file that breaks off gives what came before the break.

    Raises AudioFileError when the file is missing, empty, not sound, or has no sound in it.
    """
    path = Path(path)
    _refuse_what_is_no_file(path)
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise AudioFileError(f"{path} has no sound in it", NEXT_STEP)
            parts = _decode_stream(container)
    except (av.error.FFmpegError, ValueError) as error:  # ValueError: a header with no rate or layout
        raise AudioFileError(f"{path} is not audio that can be read", NEXT_STEP) from error
    sound = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)
    if not len(sound):
        raise AudioFileError(f"{path} holds no sound", "record it again, or check that the copy is whole")
    return sound


def _refuse_what_is_no_file(path: Path) -> None:
    if not path.exists():
        raise AudioFileError(f"{path} does not exist", "check the name")
    if not path.is_file():
        raise AudioFileError(f"{path} is not a file", "name the recording itself")
    if path.stat().st_size == 0:
        raise AudioFileError(f"{path} is empty", "record it again, or check that the copy is whole")


def _decode_stream(container: object) -> list[Samples]:
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    parts: list[Samples] = []
    try:
        for frame in container.decode(audio=0):  # type: ignore[attr-defined]
            frame.pts = None  # a gap or jump in the file's own clock is no reason to fail
            parts.extend(out.to_ndarray()[0] for out in resampler.resample(frame))
    except av.error.FFmpegError:
        if not parts:
            raise
    if parts:
        parts.extend(out.to_ndarray()[0] for out in resampler.resample(None))
    return parts
