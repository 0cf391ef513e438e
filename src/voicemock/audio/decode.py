"""Any sound file to int16, mono, 16 kHz: damaged, joined of several, with many tracks and channels."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.channels import Channels, voice_seconds, with_the_voice
from voicemock.audio.sound import RATE, Gap, Samples
from voicemock.errors import AudioFileError, UsageProblem
from voicemock.limits import SOUND_S

NO_PROTOCOL = {"protocol_whitelist": "none"}
NEXT_STEP = "use a file that plays in a media player (WAV, FLAC, MP3, M4A, OGG…)"
MOST_BREAKS = 50  # places where a file can't be read on; past them it is given up
LOOK_S = 120.0  # of each track, to find the one that holds the voice
WORTH_A_WORD_S = 0.5  # missing at the end; less is how encoders pad
LEAST_JUMP_S = 0.05  # of a file's clock; encoders round it
MOST_JUMP_S = 60.0  # more is a clock that was set anew, not sound that is gone
HEADER_KNOWS = frozenset({"mov", "matroska", "wav", "flac", "caf", "aiff"})  # the others guess their length
PAGE = b"OggS"
PAGE_KIND, FIRST_PAGE = 5, 0x02  # where an Ogg page says what it is, and the bit of a stream's first one


@dataclass(frozen=True, slots=True)
class Recording:
    """The voice in a file, and what a person must be told of how it was found."""

    samples: Samples
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()


def decode(path: Path) -> Samples:
    """The voice in `path`, in any rate, width, number of channels and tracks, as int16 mono 16 kHz."""
    return read_recording(path).samples


def read_recording(source: Path | bytes, name: str | None = None, track: int | None = None) -> Recording:
    """The track `track` (from 1) of a file, or the one that holds the voice. What is damaged in it becomes silence.

    Raises AudioFileError when the file is missing, empty, not sound, has no sound in it, or more than `SOUND_S`, and
    UsageProblem where it has no such track.
    """
    import av

    name = name or str(source)
    try:
        parts = [_read(part, name, track) for part in _links(_content(source, name))]
    except (av.error.FFmpegError, ValueError) as error:  # ValueError: a header with no rate or layout
        raise AudioFileError(f"{name} is not audio that can be read", NEXT_STEP) from error
    except OSError as error:
        raise AudioFileError(f"{name} can't be read ({error.strerror})", "check the file") from error
    recording = _joined(parts)
    if not len(recording.samples):
        raise AudioFileError(f"{name} holds no sound", "record it again, or check that the copy is complete")
    if len(recording.samples) > SOUND_S * RATE:
        raise AudioFileError(
            f"{name} has more than {SOUND_S // 3600} hours of sound", "use one file per answer"
        )
    return recording


# --- the file -----------------------------------------------------------------------------------------------


def _content(source: Path | bytes, name: str) -> bytes | Path:
    if isinstance(source, bytes):
        if not source:
            raise AudioFileError(f"{name} is empty", "record it again, or check that the copy is complete")
        return source
    try:
        size = source.stat().st_size
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        cause = "does not exist" if missing else f"can't be read ({error.strerror})"
        raise AudioFileError(f"{name} {cause}", "check the name") from error
    if not source.is_file():
        raise AudioFileError(f"{name} is not a file", "give the recording itself")
    if size == 0:
        raise AudioFileError(f"{name} is empty", "record it again, or check that the copy is complete")
    return source


def _links(content: bytes | Path) -> Iterator[bytes | Path]:
    """The file itself, or the links of a chain of Ogg files: FFmpeg stops where one has other channels."""
    if isinstance(content, Path):
        with content.open("rb") as file:
            if file.read(len(PAGE)) != PAGE:
                yield content
                return
        content = content.read_bytes()
    starts = _first_pages(content)
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        yield content[start:end]


def _first_pages(content: bytes) -> list[int]:
    """Where each link begins: at first pages that follow others."""
    starts, within, at = [0], False, content.find(PAGE)
    while at >= 0 and at + PAGE_KIND < len(content):
        first = bool(content[at + PAGE_KIND] & FIRST_PAGE)
        if first and within:
            starts.append(at)
        within = not first
        at = content.find(PAGE, at + len(PAGE))
    return starts


# --- its tracks ---------------------------------------------------------------------------------------------


def _read(content: bytes | Path, name: str, track: int | None) -> Recording:
    """The voice of one link."""
    with _opened(content) as container:
        count = len(container.streams.audio)
    if not count:
        raise AudioFileError(f"{name} has no sound in it", NEXT_STEP)
    if track is not None and track > count:
        has = "only one track" if count == 1 else f"{count} tracks"
        raise UsageProblem(f"{name} has {has}, no track {track}", "leave out --track")
    number = track - 1 if track is not None else _track_with_the_voice(content, count)
    found = _Track(content, number)
    notes = []
    if count > 1 and track is None:
        notes.append(f"the voice is on track {number + 1} of {count} (--track N takes another)")
    return found.recording(notes)


def _track_with_the_voice(content: bytes | Path, count: int) -> int:
    if count == 1:
        return 0
    voiced = []
    for number in range(count):
        look = _Track(content, number, LOOK_S).recording([]).samples
        voiced.append(voice_seconds(look[: round(LOOK_S * RATE)]))
    return int(np.argmax(voiced))


class _Track:
    """One track's sound in runs of the same rate, width and channels, each kept with all of its channels."""

    def __init__(self, content: bytes | Path, number: int, until_s: float = SOUND_S + 1.0) -> None:
        import av

        self._av = av
        self._runs: list[list[Channels]] = []
        self._gaps: list[Gap] = []
        self._key: tuple[Any, ...] | None = None
        self._resampler: Any = None
        self._samples = 0
        self._due_s: float | None = None  # when the next packet begins, by the file's clock
        self._whole = True
        with _opened(content) as container:
            stream = container.streams.audio[number]
            self._read(container, stream, until_s)
            self._missing_s = self._missing(container, stream) if self._whole else 0.0

    def recording(self, notes: list[str]) -> Recording:
        voices = [with_the_voice(np.concatenate(run, axis=1)) for run in self._runs]
        notes = [*notes, *dict.fromkeys(note for _, note in voices if note)]
        if damaged := sum(gap.length for gap in self._gaps):
            notes.append(f"{damaged:.2f} s are damaged and treated as silence")
        gaps = list(self._gaps)
        if self._missing_s >= WORTH_A_WORD_S:
            notes.append(f"it is cut short: {self._missing_s:.1f} s are missing at the end")
            gaps.append(Gap(self._samples / RATE, self._missing_s))
        sound = [samples for samples, _ in voices]
        samples = np.concatenate(sound) if sound else np.zeros(0, dtype=np.int16)
        return Recording(samples, tuple(gaps), tuple(notes))

    def _read(self, container: Any, stream: Any, until_s: float) -> None:
        error: Exception | None = None
        for packet in _packets(container, stream):
            if (
                container.format.name == "ogg"
            ):  # elsewhere a damaged packet is there, or its time is damaged too
                self._mend_clock(packet)
            try:
                for frame in packet.decode():
                    self._take(frame)
            except self._av.error.FFmpegError as problem:
                error = problem
                self._leave_silent(_length_s(packet))
            if self._samples > until_s * RATE:
                self._whole = False
                break
        self._end_run()
        if not self._runs and error is not None:
            raise error

    def _take(self, frame: Any) -> None:
        """A frame; where the file's parameters change, a new run with a resampler of its own."""
        key = (frame.sample_rate, frame.format.name, frame.layout.name, frame.layout.nb_channels)
        if key != self._key:
            self._end_run()
            self._key = key
            self._resampler = self._av.AudioResampler(format="s16p", layout=frame.layout, rate=RATE)
            self._runs.append([])
        frame.pts = None  # a gap or jump in the file's own clock is no reason to fail
        self._keep(self._resampler.resample(frame))

    def _keep(self, frames: list[Any]) -> None:
        for frame in frames:
            sound = frame.to_ndarray()
            self._runs[-1].append(sound)
            self._samples += sound.shape[1]

    def _mend_clock(self, packet: Any) -> None:
        """What a container leaves out because it is damaged, a whole page of Ogg, takes its time."""
        if packet.pts is None or packet.time_base is None:
            return
        at = float(packet.pts * packet.time_base)
        if self._due_s is not None and LEAST_JUMP_S < at - self._due_s < MOST_JUMP_S:
            self._leave_silent(at - self._due_s)
        self._due_s = at + _length_s(packet)

    def _leave_silent(self, length_s: float) -> None:
        """What can't be decoded takes its time; before the first sound there is nothing to keep in time."""
        length = round(length_s * RATE)
        if self._key is None or not length:
            return
        self._gaps.append(Gap(self._samples / RATE, length / RATE))
        self._runs[-1].append(np.zeros((self._key[-1], length), dtype=np.int16))
        self._samples += length

    def _end_run(self) -> None:
        if self._resampler is not None:
            self._keep(self._resampler.resample(None))
        self._resampler = None

    def _missing(self, container: Any, stream: Any) -> float:
        """Seconds that the header promises and the file does not hold."""
        if stream.duration is None or HEADER_KNOWS.isdisjoint(container.format.name.split(",")):
            return 0.0
        return max(0.0, float(stream.duration * stream.time_base) - self._samples / RATE)


def _length_s(packet: Any) -> float:
    return float(packet.duration * packet.time_base) if packet.duration and packet.time_base else 0.0


@contextmanager
def _opened(content: bytes | Path) -> Iterator[Any]:
    """The open file and no protocol: a playlist can neither reach the network nor another file."""
    import av

    with (
        io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file,
        av.open(file, metadata_errors="ignore", options=NO_PROTOCOL) as container,
    ):
        yield container


def _packets(container: Any, stream: Any) -> Iterator[Any]:
    """The packets of a stream; where the file can't be read on, what comes after that."""
    import av

    for _ in range(MOST_BREAKS):
        try:
            yield from container.demux(stream)
            return
        except av.error.FFmpegError:
            continue


def _joined(parts: list[Recording]) -> Recording:
    if len(parts) == 1:
        return parts[0]
    gaps, at = [], 0.0
    for part in parts:
        gaps += [Gap(at + gap.start, gap.length) for gap in part.gaps]
        at += len(part.samples) / RATE
    notes = dict.fromkeys(note for part in parts for note in part.notes)
    return Recording(np.concatenate([part.samples for part in parts]), tuple(gaps), tuple(notes))
