"""Captions as Zoom, Teams, Meet and Otter write them (WebVTT, SubRip, JSON), read into cues. Pure.

Formats: WebVTT (W3C), SubRip; the JSON of Teams (`entries`), Meet (`transcriptEntries`), Otter (`transcripts`) and
Whisper-like tools (`segments`) are lists of objects under other names, so one reader with synonyms takes them all.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from voicemock.errors import TranscriptError

CAPTIONS = frozenset({".vtt", ".srt"})  # JSON is told by what is in it
NAME_CHARACTERS = 60  # longer than that, what stands before a colon is a sentence
NAME_WORDS = 5
MILLISECONDS_FROM = 100_000  # a call lasts under 28 hours, so a larger number counts milliseconds
LONGEST_S = 86_400.0  # a call; past it a time is a mistake
OTTER_RATE = 16_000  # samples a second, in which Otter's offsets count
SPEECH_WPS = 2.5  # words a second, for a cue whose end is not told

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,7})"
_TIMES = re.compile(rf"^\s*{_TIME}\s+-->\s+{_TIME}")
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9}))?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^>]*>|<[\d:.]+>", re.IGNORECASE)
_NAMED = re.compile(rf"^\s*\[?([^\[\]:<>\d][^\[\]:<>]{{0,{NAME_CHARACTERS}}}?)\]?\s*:\s+(?=\S)")
_WHOLE_LINE = re.compile(r"^\s*(?:WEBVTT|NOTE|STYLE|REGION)\b")

_NOTE = re.compile(r"^NOTE voicemock (\{.*\})$", re.MULTILINE)
NOTED = ("round", "principle", "question", "analytical_type", "floor_time_s", "pauses")

_TEXT = ("text", "transcript", "content", "caption", "sentence")
_START = (
    "start",
    "startOffset",
    "start_offset",
    "startTime",
    "start_time",
    "begin",
    "startDateTime",
    "start_ms",
)
_END = ("end", "endOffset", "end_offset", "endTime", "end_time", "endDateTime", "end_ms")
_SPEAKER = (
    "speaker", "speakerDisplayName", "speaker_name", "speakerName", "participant", "participantName", "name", "user",
    "speaker_model_label",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """What one speaker said from `start` to `end`, in seconds of the call; `speaker` is empty where nobody is named."""

    start: float
    end: float
    speaker: str
    text: str


def read_captions(text: str, suffix: str, name: str) -> tuple[Cue, ...]:
    """The cues in order of time. Raises TranscriptError where there are none."""
    cues = _from_json(text, name) if suffix == ".json" else _from_blocks(text)
    said = sorted((cue for cue in cues if cue.text), key=lambda cue: cue.start)
    if not said:
        raise TranscriptError(f"{name} has no captions", "export the call's transcript as VTT or SRT")
    return tuple(_named_throughout(said))


def read_note(text: str) -> dict[str, Any] | None:
    """What our own VTT says of its answer, as `report.subtitles` writes it; None in a file of anybody else."""
    found = _NOTE.search(text)
    try:
        note = json.loads(found[1]) if found else None
    except ValueError:
        return None
    return note if isinstance(note, dict) and note.keys() >= set(NOTED) else None


# --- WebVTT and SubRip ----------------------------------------------------------------------------------------


def _from_blocks(text: str) -> Iterator[Cue]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        at = next((i for i, line in enumerate(lines[:3]) if _TIMES.match(line)), None)
        if at is None or (at == 0 and _WHOLE_LINE.match(lines[0])):
            continue
        times = _TIMES.match(lines[at])
        assert times is not None
        start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        yield from _voices(start, max(end, start), "\n".join(lines[at + 1 :]))


def _voices(start: float, end: float, payload: str) -> Iterator[Cue]:
    """A cue for each voice of a payload; its time is shared out by the length of what they said."""
    parts = _VOICE.split(payload)
    pieces = [("", parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    said = [(speaker.strip(), _plain(text)) for speaker, text in pieces]
    said = [(speaker, text) for speaker, text in said if text]
    length = sum(len(text) for _, text in said)
    at = start
    for speaker, text in said:
        until = at + (end - start) * len(text) / length
        yield Cue(at, until, html.unescape(speaker), text)
        at = until


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")


def _named_throughout(cues: list[Cue]) -> Iterator[Cue]:
    """Names before a colon become speakers: all of them where most cues have one, else those that come back.

    A cue without a name goes on with the speaker before it, as Zoom's do.
    """
    found = [_NAMED.match(cue.text) for cue in cues]
    prefixes = [match[1].strip() if match and len(match[1].split()) <= NAME_WORDS else "" for match in found]
    mostly = sum(map(bool, prefixes)) >= len(cues) / 2
    names = {name for name in prefixes if name and (mostly or prefixes.count(name) > 1)}
    if any(cue.speaker for cue in cues) or not names:
        yield from cues
        return
    speaker = ""
    for cue, name in zip(cues, prefixes, strict=True):
        if name in names:
            speaker = name
            cue = replace(cue, text=_NAMED.sub("", cue.text, count=1))
        yield replace(cue, speaker=speaker)


# --- JSON -----------------------------------------------------------------------------------------------------


def _from_json(text: str, name: str) -> Iterator[Cue]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise TranscriptError(f"{name} is not JSON", "export the call's transcript as VTT or SRT") from None
    entries = _entries(data)
    begun = next((began for entry in entries if (began := _moment(entry, _START)) is not None), 0.0)
    origin = begun if begun > LONGEST_S * 365 else 0.0  # clock times, not offsets
    for entry in entries:
        start, said = _moment(entry, _START), _first(entry, _TEXT)
        if start is None or not isinstance(said, str):
            continue
        start = max(0.0, start - origin)
        end = _moment(entry, _END)
        usual = start + len(said.split()) / SPEECH_WPS
        yield Cue(
            start, max(start, usual if end is None else end - origin), _speaker(entry), " ".join(said.split())
        )


def _entries(data: Any) -> list[Mapping[str, Any]]:
    """The longest list of objects that have a text, wherever it lies."""
    best: list[Mapping[str, Any]] = []
    stack, seen = [data], 0
    while stack and (seen := seen + 1) < 1_000_000:
        node = stack.pop()
        if isinstance(node, Mapping):
            stack.extend(node.values())
        elif isinstance(node, list):
            spoken = [one for one in node if isinstance(one, Mapping) and isinstance(_first(one, _TEXT), str)]
            if len(spoken) > len(best) and any(_moment(one, _START) is not None for one in spoken):
                best = spoken
            stack.extend(node)
    return best


def _first(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((entry[key] for key in keys if entry.get(key) is not None), None)


def _speaker(entry: Mapping[str, Any]) -> str:
    found = _first(entry, _SPEAKER)
    if isinstance(found, Mapping):
        found = _first(found, ("displayName", "name", "id"))
    return str(found).strip() if isinstance(found, str | int) else ""


def _moment(entry: Mapping[str, Any], keys: tuple[str, ...]) -> float | None:
    """Seconds, whatever they are told in: seconds, milliseconds, samples (Otter), a clock, a date."""
    key = next((key for key in keys if entry.get(key) is not None), None)
    value = entry[key] if key else None
    if isinstance(value, bool) or key is None:
        return None
    if isinstance(value, int | float):
        if "transcript" in entry and key.endswith("_offset"):
            return value / OTTER_RATE
        return value / 1000 if key.endswith("_ms") or value > MILLISECONDS_FROM else float(value)
    if not isinstance(value, str):
        return None
    clock = _CLOCK.match(value.strip())
    if clock:
        return _seconds(clock.groups())
    try:
        return (
            datetime.fromisoformat(value).timestamp() if len(value) > 10 else float(value.removesuffix("s"))
        )
    except ValueError:
        return None
