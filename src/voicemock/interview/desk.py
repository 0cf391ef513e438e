"""What an interview runs on: the devices and engines, each behind its seam; who watches it; how it is run.

All three are values. Whoever wants another desk makes one (`dataclasses.replace`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voicemock.audio.echo import EchoCanceller, NoEcho, VoiceOverEcho
from voicemock.audio.source import Source, Trouble
from voicemock.audio.speaker import SilentSpeaker, Speaker
from voicemock.audio.vad import SpeechDetector
from voicemock.interview.events import Event, Listener
from voicemock.mind.mind import Mind
from voicemock.packs.phrases import Phrases
from voicemock.speech.recogniser import Recogniser
from voicemock.speech.requests import Request
from voicemock.speech.voice import Voice
from voicemock.speech.workers import ThreadWorkers, Workers

BARGE_IN_WINDOWS = 3  # of 32 ms: with the block and window they fall in, a voice is heard within 150 ms
OVER_ECHO_WINDOWS = 2


def no_keys() -> Sequence[Request]:
    return ()


def quick_detector() -> SpeechDetector:
    """For barge-in: sooner sure of a voice than the one that cuts utterances."""
    return SpeechDetector(start_windows=BARGE_IN_WINDOWS)


def detector_over_echo() -> SpeechDetector:
    """For barge-in where an echo was taken out."""
    return SpeechDetector(VoiceOverEcho(), OVER_ECHO_WINDOWS)


@dataclass(frozen=True, slots=True)
class Meter:
    """A glance at the answer, for a screen: times in seconds, `level` 0 to 1."""

    floor_time_s: float
    cap_s: float
    level: float
    speaking: bool
    interviewer_speaks: bool
    countdown_s: float | None
    lag_s: float
    trouble: Trouble | None = None
    marks: tuple[float, ...] = ()  # when the warnings come
    thinking_s: float | None = None  # left to think before the clock runs
    closing_s: float | None = None  # left to take back that the answer is over


@dataclass(frozen=True, slots=True)
class Audience:
    """Who watches, and what they want. `pressed` gives what was pressed since it was last asked, `typed` the same as
    characters, for a mark; `stopping` says that the candidate wants to leave: the answer ends, and what was said is
    kept.
    """

    listeners: tuple[Listener, ...] = ()
    watch: Callable[[Meter], None] = lambda _meter: None
    pressed: Callable[[], Sequence[Request]] = no_keys
    stopping: Callable[[], bool] = lambda: False
    typed: Callable[[], str] = str


@dataclass(frozen=True, slots=True)
class Policy:
    """How the interview is run.

    `live`: sound arrives by itself (a microphone, or a file at real pace), so recognition runs beside it in threads;
    else each block waits until the one before is understood. `barge_in`: the candidate's voice stops the
    interviewer's. `hints` are names that the recogniser should know. `threads`: a source that does not wait for its
    reader is recorded in a thread of its own, and what may take long is done in others; without, one thing at a time.
    `think_s` is given to think before the clock runs; `warn_at_s` are the times of the warnings, by default those of
    the rubric. `self_rating`: the candidate marks each answer before its score is told.
    """

    live: bool = False
    barge_in: bool = False
    hints: tuple[str, ...] = ()
    threads: bool = True
    think_s: float = 0.0
    warn_at_s: tuple[float, ...] | None = None
    self_rating: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """`source_for(n)` opens the source of question n, from 0. `another_recogniser` takes the place of one that
    failed; None where there is no other. `workers` is told whether sound arrives by itself. `mind` is the user's own
    language model, if they have one.
    """

    source_for: Callable[[int], Source]
    voice: Voice
    recogniser: Recogniser
    phrases: Phrases
    speaker: Speaker = field(default_factory=SilentSpeaker)
    another_recogniser: Callable[[], Recogniser] | None = None
    detector: Callable[[], SpeechDetector] = SpeechDetector
    barge_in_detector: Callable[[], SpeechDetector] = quick_detector
    workers: Callable[[bool], Workers] = ThreadWorkers
    now: Callable[[], float] = time.monotonic
    echo: Callable[[], EchoCanceller] = NoEcho
    audience: Audience = field(default_factory=Audience)
    policy: Policy = field(default_factory=Policy)
    mind: Mind | None = None

    def emit(self, type: str, t: float, **fields: object) -> None:
        event = Event(type, t, self.now(), fields)
        for listener in self.audience.listeners:
            listener(event)
