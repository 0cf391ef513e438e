"""Sound files in any format and layout, by PyAV's own encoders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import numpy as np

from voicemock.audio.sound import RATE, Samples

LAYOUTS = {1: "mono", 2: "stereo", 4: "4.0", 6: "5.1"}
FORMATS = {  # ending: container, codec, the rate it is encoded at
    "wav": ("wav", "pcm_s16le", RATE),
    "flac": ("flac", "flac", RATE),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "aac": ("adts", "aac", 44_100),
    "m4a": ("mp4", "aac", 44_100),
    "alac": ("mp4", "alac", RATE),
    "opus": ("ogg", "libopus", 48_000),
    "mka": ("matroska", "pcm_s16le", RATE),
}


def encode(path: Path, *tracks: Sequence[Samples], rate: int | None = None) -> Path:
    """Each track is a list of channels (int16, 16 kHz, of one length); the format follows from the ending."""
    container_format, codec, usual_rate = FORMATS[path.suffix[1:]]
    with av.open(str(path), "w", format=container_format) as container:
        streams = [_stream(container, codec, rate or usual_rate, len(channels)) for channels in tracks]
        for stream, channels in zip(streams, tracks, strict=True):
            for frame in _frames(stream, channels):
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def _stream(container: Any, codec: str, rate: int, channels: int) -> Any:
    stream = container.add_stream(codec, rate=rate)
    stream.layout = LAYOUTS[channels]
    return stream


def _frames(stream: Any, channels: Sequence[Samples]) -> list[Any]:
    interleaved = np.stack([np.asarray(channel, dtype=np.int16) for channel in channels], axis=1)
    layout = LAYOUTS[len(channels)]
    frame = av.AudioFrame.from_ndarray(interleaved.reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate = RATE
    context = stream.codec_context
    resampler = av.AudioResampler(
        format=context.format, layout=layout, rate=context.sample_rate, frame_size=context.frame_size or 0
    )
    return [*resampler.resample(frame), *resampler.resample(None)]
