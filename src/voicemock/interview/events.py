"""What happens in a session, as told to the event file, the screen and the store (contract, Events)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from voicemock.errors import StoreError
from voicemock.terminal.printable import json_text
from voicemock.transcript import Utterance, Word


@dataclass(frozen=True, slots=True)
class Event:
    """`t` is seconds of audio time in this answer, `wall` monotonic seconds."""

    type: str
    t: float
    wall: float
    fields: Mapping[str, Any]

    def as_dict(self) -> dict[str, Any]:
        return {"type": self.type, "t": round(self.t, 3), "wall": round(self.wall, 4), **self.fields}


Listener = Callable[[Event], None]


def word_fields(word: Word) -> dict[str, object]:
    """A word as an `utterance` tells it, its times in seconds of audio time."""
    return {
        "text": word.text,
        "start": round(word.start, 3),
        "end": round(word.end, 3),
        "probability": round(word.probability, 3),
    }


def utterance_fields(said: Utterance, latency_s: float) -> dict[str, object]:
    """What is told of an utterance."""
    return {
        "start": round(said.start, 3),
        "end": round(said.end, 3),
        "text": said.text,
        "words": [word_fields(word) for word in said.words],
        "latency_s": round(latency_s, 3),
    }


def is_event(row: Mapping[str, object]) -> bool:
    """Whether a line of JSON is one that `EventFile` wrote."""
    return {"type", "t", "wall"} <= row.keys()


class EventFile:
    """Writes one JSON object a line, flushed at once."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def __call__(self, event: Event) -> None:
        try:
            print(json_text(event.as_dict(), allow_nan=True), file=self._file, flush=True)
        except BrokenPipeError:
            raise  # the reader left (`| head`), which is no fault
        except OSError as error:
            cause = f"the events can't be written to {self._file.name} ({error.strerror})"
            raise StoreError(cause, "free some space") from error
