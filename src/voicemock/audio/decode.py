"""Any sound file to int16, mono, 16 kHz."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from voicemock.audio.sound import RATE, Samples
from voicemock.errors import AudioFileError
from voicemock.limits import SOUND_S

NO_PROTOCOL = {"protocol_whitelist": "none"}
NEXT_STEP = "give a recording that a player opens (WAV, FLAC, MP3, M4A, OGG…)"


def decode(path: Path) -> Samples:
    """The first audio stream of `path`, in any rate, width and number of channels, as int16 mono 16 kHz.

    A file that breaks off gives what came before the break.

    Raises AudioFileError when the file is missing, empty, not sound, has no sound in it, or more than `SOUND_S`.
    """
    path = Path(path)
    _refuse_what_is_no_file(path)
    import av

    try:
        # the open file and no protocol: a playlist can neither reach the network nor another file
        with (
            path.open("rb") as file,
            av.open(file, metadata_errors="ignore", options=NO_PROTOCOL) as container,
        ):
            if not container.streams.audio:
                raise AudioFileError(f"{path} has no sound in it", NEXT_STEP)
            parts = _decode_stream(container)
    except (av.error.FFmpegError, ValueError) as error:  # ValueError: a header with no rate or layout
        raise AudioFileError(f"{path} is not audio that can be read", NEXT_STEP) from error
    except OSError as error:
        raise AudioFileError(f"{path} can't be read ({error.strerror})", "check the file") from error
    sound = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)
    if not len(sound):
        raise AudioFileError(f"{path} holds no sound", "record it again, or check that the copy is whole")
    if len(sound) > SOUND_S * RATE:
        raise AudioFileError(
            f"{path} has more than {SOUND_S // 3600} hours of sound", "give one answer a file"
        )
    return sound


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        cause = "does not exist" if missing else f"can't be read ({error.strerror})"
        raise AudioFileError(f"{path} {cause}", "check the name") from error
    if not path.is_file():
        raise AudioFileError(f"{path} is not a file", "name the recording itself")
    if size == 0:
        raise AudioFileError(f"{path} is empty", "record it again, or check that the copy is whole")


def _decode_stream(container: object) -> list[Samples]:
    """The stream as it comes, until it ends, breaks off or is longer than any answer."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    parts: list[Samples] = []
    samples = 0
    try:
        for frame in container.decode(audio=0):  # type: ignore[attr-defined]
            frame.pts = None  # a gap or jump in the file's own clock is no reason to fail
            new = [out.to_ndarray()[0] for out in resampler.resample(frame)]
            parts += new
            samples += sum(map(len, new))
            if samples > SOUND_S * RATE:
                return parts
    except av.error.FFmpegError:
        if not parts:
            raise
    if parts:
        parts.extend(out.to_ndarray()[0] for out in resampler.resample(None))
    return parts
