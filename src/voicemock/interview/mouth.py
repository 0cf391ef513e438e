"""The interviewer's mouth: lines are made into sound, said, and end or are talked over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from voicemock.audio.sound import Sound
from voicemock.audio.source import Block
from voicemock.audio.speaker import Playback, Speaker
from voicemock.audio.vad import SpeechDetector
from voicemock.errors import VoiceError
from voicemock.interview.aside import Aside
from voicemock.interview.floor import InterviewerTurn
from voicemock.interview.own_voice import OwnVoice
from voicemock.speech.voice import ShownVoice, Voice

Begun = Callable[[Playback], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be heard, and what to tell of how it was made."""

    sound: Sound
    notice: str | None = None


class Lines:
    """Makes the interviewer's lines. Once the voice fails they are silence as long as they take to read: they are
    shown.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def prepare(self, texts: Sequence[str], *, soon: bool = False) -> None:
        self._voice.prepare(texts, soon=soon)

    def make(self, text: str) -> Line:
        try:
            return Line(self._voice.say(text))
        except VoiceError as error:
            self._voice = ShownVoice()
            problem = error.problem[:1].upper() + error.problem[1:]
            return Line(self._voice.say(text), f"{problem}: lines are shown from here on")


class Mouth:
    """Says one line at a time; a new one takes the place of one that is still being made or said.

    `tell` hears what is to be said about the voice, `at_start` is called the moment a line begins. `detector` gives one
    that is quick to hear a voice; where `barge_in` is allowed, it may stop a line.
    """

    def __init__(
        self,
        lines: Lines,
        speaker: Speaker,
        aside: Aside,
        own_voice: OwnVoice,
        *,
        tell: Callable[[str], None],
        at_start: Callable[[], None],
        detector: Callable[[], SpeechDetector],
        now: Callable[[], float],
        barge_in: bool = False,
    ) -> None:
        self._lines = lines
        self._speaker = speaker
        self._aside = aside
        self._own_voice = own_voice
        self._tell = tell
        self._at_start = at_start
        self._detector = detector
        self._now = now
        self._barge_in = barge_in
        self.stopped_at = 0.0  # when a voice stopped a line last, in monotonic seconds
        self._wanted: object = None  # stands for the line being made
        self._saying: InterviewerTurn | None = None

    @property
    def speaks(self) -> bool:
        return self._saying is not None

    @property
    def window_left_s(self) -> float | None:
        """How long the window after a line stays open; None while none is."""
        return self._saying.window_left_s if self._saying is not None else None

    def say(
        self,
        text: str,
        begun: Begun = lambda _: None,
        *,
        opening: str = "",
        over_speech: bool = False,
        window_s: float = 0.0,
    ) -> None:
        """Make the line and say it; `begun` is told when its first sample is on the way.

        An `opening` that was prepared is said while the line is still being made. After the line the candidate may
        begin to speak for `window_s`, and need not.
        """
        self.hush()
        wanted = self._wanted = object()

        def start(line: Line) -> None:
            self._tell_of(line)
            if self._wanted is not wanted:
                return  # something else is to be said by now
            self._at_start()
            self._saying = InterviewerTurn(
                line.sound,
                self._speaker,
                self._detector if self._barge_in else None,
                over_speech,
                self._detector() if window_s else None,
                window_s,
                opening=bool(opening),
            )
            self._own_voice.starts(line.sound, self._saying.playback)
            begun(self._saying.playback)

        def go_on(line: Line) -> None:
            self._tell_of(line)
            if self._wanted is wanted and self._saying is not None:
                self._saying.go_on_with(line.sound)

        if opening:
            self._aside.later(lambda: self._lines.make(opening), start)
        self._aside.later(lambda: self._lines.make(text), go_on if opening else start)

    def say_last(self, text: str) -> None:
        """A line that nobody waits for the end of."""
        self.hush()

        def start(line: Line) -> None:
            self._tell_of(line)
            self._speaker.play(line.sound)

        self._aside.later(lambda: self._lines.make(text), start)

    def hear(self, block: Block) -> InterviewerTurn | None:
        """Let a block pass; the line, once it is over and the floor the candidate's."""
        if self._saying is None:
            return None
        saying, stood, playback = self._saying, self._saying.stands, self._saying.playback
        over = saying.hear(block)
        if not stood and (saying.stands or saying.talked_over):
            self._own_voice.stops()
            self.stopped_at = self._now()
        elif saying.playback is not playback:  # from the opening to the line, or on after a murmur
            self._own_voice.starts(saying.sound, saying.playback)
        if not over:
            return None
        self._saying = None
        return saying

    def hush(self) -> None:
        """Whatever the interviewer was saying, it ends here."""
        self._wanted = None
        if self._saying is not None:
            self._saying.stop()
            self._own_voice.stops()
            self._saying = None

    def _tell_of(self, line: Line) -> None:
        if line.notice is not None:
            self._tell(line.notice)
