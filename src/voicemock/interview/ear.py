"""The interviewer's ear: the answer's sound becomes words, and the words what the turn has to know.

The answer's audio time is floor time, counted in the samples that were heard here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE
from voicemock.audio.source import Block
from voicemock.audio.vad import SpeechEnded, SpeechStarted
from voicemock.interview import moves
from voicemock.interview.aside import Aside
from voicemock.interview.understanding import Understanding
from voicemock.speech.live import LiveTranscriber, Transcript, UtteranceHeard
from voicemock.speech.recogniser import CarefulResult
from voicemock.transcript import Utterance

# The interrupter decides this long after an utterance's last sample, although the words are mostly there
# sooner: at any pace the same words are then known at the same audio time, so a file gives the same interview
# fast and slow.
DECISION_LAG_S = 0.45  # of which 0.3 go by until an utterance is known to be over
PARTIAL_LAG_S = 0.25  # of an utterance that is still being spoken: a decode takes some 0.3 s

Tell = Callable[[moves.Event], None]


class Ear:
    """Hears the blocks of one answer. `tell` gets what the turn has to know, `noted` each utterance understood, and
    `foreseen` what the turn will be told of it once its lag is over.

    `patient` says that the sound waits for whoever understands it, `live` that it comes at the pace of speech.
    """

    def __init__(
        self,
        transcriber: LiveTranscriber,
        understanding: Understanding,
        aside: Aside,
        *,
        tell: Tell,
        noted: Callable[[UtteranceHeard], None],
        foreseen: Callable[[moves.Event], None],
        patient: bool,
        live: bool,
    ) -> None:
        self._transcriber = transcriber
        self._understanding = understanding
        self._aside = aside
        self._tell = tell
        self._noted = noted
        self._foreseen = foreseen
        self._patient = patient
        self._live = live
        self._due: deque[_Due] = deque()
        self._arrivals: list[float] = []  # of each block, monotonic seconds

    @property
    def t(self) -> float:
        """Floor time so far, in seconds; counted in samples."""
        return len(self._arrivals) * BLOCK_SAMPLES / RATE

    @property
    def lag_s(self) -> float:
        return self._transcriber.lag_s

    @property
    def trouble(self) -> str | None:
        """What keeps the words from coming; None while all is well."""
        return self._transcriber.trouble

    @property
    def in_speech(self) -> bool:
        """Whether an utterance is being spoken."""
        return self._transcriber.detector.speaking

    def arrival(self, t: float) -> float | None:
        """When the last sample before floor time `t` arrived; None where nothing was heard."""
        if not self._arrivals:
            return None
        return self._arrivals[max(0, min(len(self._arrivals), ceil(t / BLOCK_S)) - 1)]

    def hear(self, block: Block) -> None:
        """A block of the answer."""
        self._arrivals.append(block.arrived)
        for event in self._transcriber.feed(block.heard):
            match event:
                case SpeechStarted(at):
                    self._tell(moves.SpeechBegan(at))
                case SpeechEnded(_, end):
                    self._tell(moves.SpeechStopped(end))
        self.collect()
        self._deliver()

    def cut(self) -> None:
        """End the utterance being spoken here: the floor changes hands."""
        if self._transcriber.detector.speaking:
            self._transcriber.cut()

    def collect(self) -> None:
        """Take what the recogniser has understood by now."""
        if not self._live:
            self._transcriber.wait()
        for heard in self._transcriber.results():
            self._understand(heard)
            if heard.utterance.words and not heard.partial:
                self._noted(heard)

    def expect(self, choices: tuple[str, ...]) -> None:
        """A short reply may be one of these texts."""
        self._transcriber.expect(choices)

    def carefully(self) -> CarefulResult:
        """What the careful pass has made of the answer by now: words, and the doubts about their numbers."""
        return self._transcriber.carefully()

    def finish(self) -> Transcript:
        """The answer is over: all of its words. Raises RecogniserError where some are missing."""
        self._transcriber.cut()
        return self._transcriber.finish()

    def close(self) -> None:
        self._transcriber.close()

    def _deliver(self) -> None:
        """Hand on what was said its lag ago. A file waits for it, a person can't."""
        if self._patient and self._live:
            self._transcriber.wait_until(self.t - DECISION_LAG_S, self.t - PARTIAL_LAG_S)
            self.collect()
        while self._due and self._due[0].events is not None and self._due[0].from_s <= self.t:
            for event in self._due.popleft().events or ():
                self._tell(event)

    def _understand(self, heard: UtteranceHeard) -> None:
        """At once; what comes of it is told when its lag is over, and until then a line for it can be made."""
        spoken: Utterance = heard.utterance
        if not spoken.words and not spoken.readings:
            return
        due = _Due(spoken.end + (PARTIAL_LAG_S if heard.partial else DECISION_LAG_S))
        self._due.append(due)

        def understood(events: tuple[moves.Event, ...]) -> None:
            due.events = events
            for event in events:
                self._foreseen(event)

        self._aside.later(lambda: self._understanding.of(spoken, heard.partial), understood)


@dataclass(slots=True)
class _Due:
    """What the turn is told from floor time `from_s` on; `events` are None until it is understood."""

    from_s: float
    events: tuple[moves.Event, ...] | None = None
