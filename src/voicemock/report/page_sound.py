"""A recording as a page carries it: MP3, at less than a fifth of the WAV's size."""

from __future__ import annotations

import io
from pathlib import Path

from voicemock.audio.sound import RATE
from voicemock.errors import AudioFileError
from voicemock.report.play import read_wav

BITS_PER_SECOND = 48_000  # constant: a browser then finds a time by its place in the file


def mp3(path: Path) -> bytes:
    """The recording at `path`; what is heard stays where it was, within 10 ms. Raises AudioFileError."""
    import av

    recorded = read_wav(path)
    if not len(recorded.samples):  # skipped before a word could be said
        raise AudioFileError(f"{path} holds no sound", "there is nothing to play")
    made = io.BytesIO()
    with av.open(made, "w", format="mp3") as container:
        stream = container.add_stream("mp3", rate=RATE, layout="mono")
        stream.bit_rate = BITS_PER_SECOND
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=RATE)
        frame = av.AudioFrame.from_ndarray(recorded.samples[None, :], format="s16", layout="mono")
        frame.sample_rate = recorded.rate
        for part in (*resampler.resample(frame), None):  # None: what the encoder still holds
            container.mux(stream.encode(part))
    return made.getvalue()
