"""What tests of the turn and of whole sessions share: a scripted candidate, a clock that waiting moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.sound import RATE, Samples
from voicemock.audio.source import Block, FileSource
from voicemock.audio.speaker import SilentSpeaker
from voicemock.audio.vad import SpeechDetector
from voicemock.interview.desk import BARGE_IN_WINDOWS, Audience, Desk, Meter, Policy
from voicemock.interview.events import Event
from voicemock.interview.session import AnswerDone, Plan, Session
from voicemock.packs.phrases import load_phrases
from voicemock.packs.questions import Question
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser
from voicemock.speech.requests import Request
from voicemock.speech.scripted import ScriptedRecogniser, evenly
from voicemock.speech.voice import FakeVoice
from voicemock.store.store import Store
from voicemock.transcript import Word

LOUD = 6_000  # int16; what the scripted candidate's voice is made of
WORDS_PER_S = 2.5  # 150 words a minute
QUESTION = Question("own-01", "behavioral", "Tell me about a time you owned it.", principle="ownership")


class VirtualClock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.at = 100.0

    def now(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += seconds


def loudness_as_voice(window: Samples) -> float:
    """A voice probability for sound that is either a tone or nothing."""
    return 1.0 if np.abs(window).mean() > LOUD / 10 else 0.0


@dataclass(frozen=True)
class Spoken:
    """A scripted answer: its sound, and the words in it with their times."""

    samples: Samples
    words: tuple[Word, ...]


def speak(*script: str | float) -> Spoken:
    """Tone bursts: a text is spoken at `WORDS_PER_S`, a number is so many seconds of silence."""
    at, parts, words = 0.0, [], []
    for part in script:
        seconds = part if isinstance(part, int | float) else len(part.split()) / WORDS_PER_S
        count = round(seconds * RATE)
        tone = LOUD * np.sin(2 * np.pi * 220 * np.arange(count) / RATE)
        parts.append(np.zeros(count) if isinstance(part, int | float) else tone)
        if isinstance(part, str):
            words += evenly(part, at, at + seconds)
        at += count / RATE
    return Spoken(np.concatenate(parts).astype(np.int16), tuple(words))


@dataclass
class Seat:
    """Who sits in front of the interview, as a test changes it: what `Audience` asks for is looked up here."""

    watch: Callable[[Meter], None] = lambda _: None
    keys: Callable[[], Sequence[Request]] = tuple
    stopping: Callable[[], bool] = lambda: False

    def audience(self, events: list[Event]) -> Audience:
        return Audience(
            (events.append,), lambda meter: self.watch(meter), lambda: self.keys(), lambda: self.stopping()
        )


@dataclass
class InTurn:
    """A recogniser that is another one for each answer."""

    current: Recogniser

    def quick(self, *arguments: Any, **more: Any) -> QuickResult:
        return self.current.quick(*arguments, **more)

    def careful(self, *arguments: Any) -> CarefulResult:
        return self.current.careful(*arguments)


@dataclass
class Room:
    """A desk with nothing real at it, the events that came of it, and the store behind it."""

    desk: Desk
    seat: Seat
    heard_by: InTurn
    store: Store
    events: list[Event]
    voice: FakeVoice
    speaker: SilentSpeaker
    plan: Plan = field(default_factory=lambda: Plan((QUESTION,), "none"))
    stop: Callable[[], bool] = lambda: False

    def change(self, **fields: Any) -> None:
        """Put something else on the desk."""
        self.desk = replace(self.desk, **fields)

    def run(self) -> list[AnswerDone]:
        session = Session(
            self.desk,
            self.plan,
            self.store,
            today=lambda: datetime(2026, 4, 1, 9, 30, tzinfo=UTC),
            stop=self.stop,
        )
        return session.run()

    def told(self, kind: str) -> list[Event]:
        return [event for event in self.events if event.type == kind]

    def answer_id(self) -> str:
        return f"{self.store.sessions()[0].id}/1"


def sentences(*texts: str, breath: float = 0.8) -> list[str | float]:
    """A script with a breath after each sentence."""
    return [part for text in texts for part in (text, breath)]


@contextmanager
def room(
    folder: Path,
    *answers: Spoken,
    questions: Sequence[Question] = (QUESTION,),
    style: str = "none",
    pace: str = "fast",
    talk_over: bool = False,
    headphones: bool = False,
    source: Callable[[Any], Any] = lambda source: source,
    keys: Callable[[Seat], Callable[[], Sequence[Request]]] | None = None,
) -> Iterator[Room]:
    """A room in which these answers are given, one a question; `source` may wrap what they come from."""
    clock = VirtualClock()
    events: list[Event] = []
    voice, speaker = FakeVoice(), SilentSpeaker(clock.now)
    recognisers = iter([ScriptedRecogniser(answer.words) for answer in answers])
    heard_by, seat = InTurn(ScriptedRecogniser(())), Seat()
    desk = Desk(
        source_for=lambda n: source(_take_place(heard_by, recognisers, answers[n], clock, pace, talk_over)),
        voice=voice,
        recogniser=heard_by,
        phrases=load_phrases(),
        speaker=speaker,
        audience=seat.audience(events),
        detector=lambda: SpeechDetector(loudness_as_voice),
        barge_in_detector=lambda: SpeechDetector(loudness_as_voice, BARGE_IN_WINDOWS),
        now=clock.now,
        policy=Policy(live=pace == "real", barge_in=headphones, threads=False),
    )
    if keys is not None:
        seat.keys = keys(seat)
    with Store(folder) as store:
        yield Room(desk, seat, heard_by, store, events, voice, speaker, Plan(tuple(questions), style))


def _take_place(
    heard_by: InTurn,
    recognisers: Iterator[ScriptedRecogniser],
    answer: Spoken,
    clock: VirtualClock,
    pace: str,
    over: bool,
) -> FileSource:
    heard_by.current = next(recognisers)
    return FileSource(
        answer.samples, real_pace=pace == "real", talk_over=over, now=clock.now, wait=clock.wait
    )


def silence(blocks: int = 1) -> list[Block]:
    return [Block(np.zeros(320, dtype=np.int16), 0.0) for _ in range(blocks)]
