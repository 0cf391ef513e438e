"""Asking the candidate for their own mark of an answer, before the score is shown: said through the same ear, or typed.

Audio time is the clock here too. Enter alone, silence, and whatever ends the sound leave the answer without a mark.
"""

from __future__ import annotations

from voicemock.audio.sound import BLOCK_S
from voicemock.audio.source import Block, Source
from voicemock.audio.vad import SpeechEnded
from voicemock.errors import DeviceError
from voicemock.interview.aside import AtOnce
from voicemock.interview.desk import Desk
from voicemock.interview.mouth import Lines, Mouth
from voicemock.interview.own_voice import OwnVoice
from voicemock.interview.rating import Rating, Typed, rating_in, typed_rating
from voicemock.speech.live import LiveTranscriber, UtteranceHeard
from voicemock.speech.recogniser import Recogniser

PATIENCE_S = 20.0  # of silence: who says nothing by then has gone on in mind
MOST_S = 60.0  # of listening in all
HINTS = ("one", "two and a half", "three", "four")  # a word alone is hard to hear; these are what it may be
LINE = "rate"  # of the wordings


class SelfRating:
    """Asks once over one source, whose sound goes on after the answer, which ended at floor time `t`."""

    def __init__(
        self, desk: Desk, t: float, source: Source, lines: Lines, own_voice: OwnVoice, recogniser: Recogniser
    ) -> None:
        self._desk = desk
        self._t = t
        self._source = source
        self._own_voice = own_voice
        self._typed = Typed()
        self._began = float("inf")
        self._heard_s = self._silent_s = 0.0
        self._mouth = Mouth(
            lines,
            desk.speaker,
            AtOnce(),
            own_voice,
            tell=lambda text: self._notice("voice", text),
            at_start=self._line_begins,
            detector=desk.barge_in_detector,
            now=desk.now,
            barge_in=desk.policy.barge_in,
        )
        self._transcriber = LiveTranscriber(
            recogniser,
            desk.detector(),
            workers=desk.workers(desk.policy.live),
            hints=HINTS,
            clock=desk.now,
            patient=True,  # nobody decides anything by the clock here: each stretch is waited for
        )

    def ask(self, wording: str) -> Rating | None:
        """The mark; None where there is none. Who typed it while the answer was written down is not asked any more."""
        line = self._typed.take_early(self._desk.audience.typed())
        self._desk.audience.pressed()  # what was asked of the interviewer before is not about this
        try:
            if line and (value := typed_rating(line)) is not None:
                return Rating(value, "key")
            self._desk.emit("says", self._t, line=LINE, text=wording)
            self._mouth.say(wording)
            if line:
                self._no_mark(line)
            return self._answered()
        finally:
            self._mouth.hush()
            self._source.hold(False)
            self._transcriber.close()

    def _answered(self) -> Rating | None:
        while self._silent_s < PATIENCE_S and self._heard_s < MOST_S and not self._desk.audience.stopping():
            line = self._typed.take(self._desk.audience.typed())
            if line == "":
                return None
            if line is not None:
                if (value := typed_rating(line)) is not None:
                    return Rating(value, "key")
                self._no_mark(line)
            if (block := self._read()) is None:
                self._transcriber.cut()
                return self._understood()
            if (said := self._hear(block)) is not None:
                return said
        return None

    def _no_mark(self, line: str) -> None:
        self._notice("rating", f"“{line}” is no mark: type 1 to 4, with .5 for a half")

    def _read(self) -> Block | None:
        try:
            block = self._source.read()
        except DeviceError:
            return None  # whoever reads next is told, and what was answered is kept
        return block and self._own_voice.clean(block)

    def _hear(self, block: Block) -> Rating | None:
        """A block: while the line is said only a voice over it counts."""
        if not self._mouth.speaks:
            return self._listen(block)
        if block.arrived < self._began and not self._source.patient:
            return None  # it came while the answer was written down
        line = self._mouth.hear(block)
        if line is None:
            return None
        self._source.hold(False)
        said = (self._listen(each) for each in line.said_over)
        return next((rating for rating in said if rating is not None), None)

    def _listen(self, block: Block) -> Rating | None:
        if not len(block.samples):
            return None
        events = self._transcriber.feed(block.heard)
        self._heard_s += BLOCK_S
        self._silent_s = 0.0 if self._transcriber.detector.speaking else self._silent_s + BLOCK_S
        return self._understood() if any(isinstance(event, SpeechEnded) for event in events) else None

    def _understood(self) -> Rating | None:
        """What the last stretch comes to; where it is no mark, that is said, and the candidate may try again."""
        self._transcriber.wait()
        for heard in self._transcriber.results():
            if heard.partial:
                continue
            value = mark_heard(heard)
            if value is not None:
                return Rating(value, "voice")
            text = heard.utterance.text.strip()
            told = f"I heard “{text}”" if text else "I did not catch that"
            self._notice("rating", f"{told}: say a number from 1 to 4, or type it")
        return None

    def _line_begins(self) -> None:
        self._source.hold(True)
        self._began = self._desk.now()

    def _notice(self, about: str, text: str) -> None:
        self._desk.emit("notice", self._t, about=about, text=text)


def mark_heard(heard: UtteranceHeard) -> float | None:
    """The mark in what was heard. A word alone is often not believed; there are seven marks, so it may be what it was
    taken for, as long as no other reading is another mark.
    """
    value = rating_in(heard.utterance.text)
    if value is not None or heard.utterance.text.strip():
        return value
    taken_for = (*(each.text for each in heard.unclear), *heard.utterance.readings)
    marks = {mark for text in taken_for if (mark := rating_in(text)) is not None}
    return marks.pop() if len(marks) == 1 else None
