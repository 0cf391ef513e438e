"""The interviewer's side of the floor: saying a line, and when it is over, counted in audio time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from voicemock.audio.sound import BLOCK_S, Sound
from voicemock.audio.source import Block
from voicemock.audio.speaker import LATE_S, Playback, Speaker
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechStarted

TAIL_S = 0.3  # after the interviewer's last sample: the room still rings, and the microphone hears it
OVERLAP_S = 1.0  # whoever was cut off mid-sentence is given this long to stop before it counts as insisting
BREATH_S = 0.1  # of silence; who has been quiet for longer is stopping
CONTINUES_S = 0.25  # speech found this soon after a cut-in is the sentence that was cut into
INSISTS_S = 0.5  # of voice; "mm-hm" and "right" are shorter, and whoever says them is listening
LETS_GO_S = 0.3  # of silence after so little: the line goes on
GOES_BACK_S = 0.6  # where it goes on: at the quietest place in this much of what was heard last
AFTER_OPENING_S = 0.15  # of quiet between "Hold on." and the question
LEAD_S = 0.2  # sound kept before an onset: a weak first consonant lies before what the detector is sure of
KEPT_S = (
    OVERLAP_S + 1.0
)  # of the sound under the interviewer's voice, in case it turns out to be the candidate's


class InterviewerTurn:
    """One line being spoken; what arrives meanwhile is heard by nobody but a barge-in detector.

    With `barge_in`, which gives detectors, it stops at the first sound of a voice, and goes on where that was no more
    than an "mm-hm". `over_speech` says that the candidate was speaking when the line began. An `opening` is said while
    the line itself is still being made: `go_on_with` gives it. After the line `window` listens for `window_s` for
    somebody who begins to speak. Once the floor changes hands `said_over` holds the blocks that the candidate spoke
    over the line or in the window, from `LEAD_S` before the onset.
    """

    def __init__(
        self,
        sound: Sound,
        speaker: Speaker,
        barge_in: Callable[[], SpeechDetector] | None = None,
        over_speech: bool = False,
        window: SpeechDetector | None = None,
        window_s: float = 0.0,
        opening: bool = False,
    ) -> None:
        self.sound = sound  # what is being played; the rest of the line, once it went on after a murmur
        self.playback: Playback = speaker.play(sound)
        self.talked_over = False
        self.said_over: Sequence[Block] = ()
        self.began = 0.0  # when the first sound of that arrived, in monotonic seconds
        self._speaker = speaker
        self._length_s = self._left_s = sound.duration_s
        self._opens = opening  # what is being played is the opening
        self._line: Sound | None = None  # made, and to be played once the opening is over
        self._tail_s = TAIL_S if barge_in is None else 0.0
        self._new_detector = barge_in
        self._barge_in = barge_in() if barge_in is not None else None
        self._listens_from = 0  # the block that the detector heard first
        self._yielding = over_speech
        self._lead_s = 0.0  # of what is kept, before the onset
        self._onset: float | None = None  # of a voice for which the line stands still, in seconds of it
        self._heard: deque[Block] = deque(maxlen=round(KEPT_S / BLOCK_S))
        self._blocks = 0
        self._still = 0  # blocks that passed while the line stood still, since the last onset
        self._window = window if window_s else None
        self._window_s = window_s
        self.said = False  # the line is over, and the window, if there is one, is open

    @property
    def stands(self) -> bool:
        """Whether the line was stopped by a voice that may be no more than an "mm-hm"."""
        return self._onset is not None

    @property
    def heard_s(self) -> float:
        """How far into the line, its opening not counted; once it is said, how long the window has been open."""
        if self._opens:
            return 0.0
        return self._blocks * BLOCK_S if self.said else self._length_s - max(0.0, self._left_s)

    @property
    def window_left_s(self) -> float | None:
        """How long the window stays open; None while there is none."""
        return max(0.0, self._window_s - self.heard_s) if self.said and self._window else None

    def go_on_with(self, line: Sound) -> None:
        """The line that the opening was said for."""
        self._line = line

    def hear(self, block: Block) -> bool:
        """Let a block pass; True once the floor is the candidate's."""
        if not len(block.samples):
            return False  # nothing arrives, and the clock of this line stands too
        self._blocks += 1
        if self.said and self._window is not None:
            return self._look_through(self._window, block)
        stood = self.stands
        if self._barge_in is not None and self._insists(self._barge_in, block):
            self._still += stood
            self.talked_over = True
            return True
        if self.stands:
            self._still += stood
            return False
        self._left_s -= BLOCK_S
        if self._left_s > 0 or not (self.playback.done() or self._left_s < -LATE_S):
            return False
        if self._opens and self._opens_up():
            return False
        self._tail_s -= BLOCK_S
        if self._tail_s >= 0:
            return False
        if self._barge_in is not None and (began := self._barge_in.starting) is not None:
            self._keep_from(self._listens_from * BLOCK_S + began)  # the reply began under the last word
            self.talked_over = self._window is not None
        self.said = True
        if self._window is None or self.talked_over:
            return True
        self._heard.clear()
        self._blocks = 0
        return False

    @property
    def only_opened(self) -> bool:
        """Whether the line itself was never begun."""
        return self._opens

    @property
    def overlap_s(self) -> float:
        """How long two spoke at once, just after the onset: the words may come out badly."""
        return max(0.0, (len(self.said_over) - self._still) * BLOCK_S - self._lead_s)

    def stop(self) -> None:
        self.playback.stop()

    def _opens_up(self) -> bool:
        """Go on from the opening to the line, a breath after it; whether there is anything to wait for."""
        if self._line is None:
            return self._left_s > -LATE_S
        if self._left_s <= -AFTER_OPENING_S:
            self._opens = False
            self._length_s = self._line.duration_s
            self._play(self._line)
        return True

    def _look_through(self, window: SpeechDetector, block: Block) -> bool:
        """Whether somebody speaks in the window, or it closes."""
        self._heard.append(block)
        for event in window.push(block.heard):  # the room may still ring
            if isinstance(event, SpeechStarted):
                self._keep_from(event.at)
                self.talked_over = True
                return True
        return self.heard_s >= self._window_s and window.starting is None

    def _insists(self, detector: SpeechDetector, block: Block) -> bool:
        """Speech over the interviewer, once it is more than an "mm-hm"; the end of a sentence is none."""
        self._heard.append(block)
        for event in detector.push(block.heard):
            if isinstance(event, SpeechStarted) and not (self._yielding and event.at < CONTINUES_S):
                self._onset = event.at
                self.stop()
            if isinstance(event, SpeechEnded):
                self._yielding = False
        if self._onset is not None:
            return self._goes_on_speaking(detector, self._onset)
        # whoever was cut off and still speaks insists; a silence may be a breath or the end
        waited = self._yielding and self._blocks * BLOCK_S >= OVERLAP_S
        if waited and detector.speaking and detector.silence_s < BREATH_S:
            self.stop()
            self._keep_from(0.0)
            return True
        return False

    def _goes_on_speaking(self, detector: SpeechDetector, onset: float) -> bool:
        if (detector.last_speech_end or 0.0) - onset >= INSISTS_S:
            self._onset = None
            self._keep_from(self._listens_from * BLOCK_S + onset)
            return True
        if detector.silence_s >= LETS_GO_S:
            self._go_on()
        return False

    def _go_on(self) -> None:
        """Say the rest, from a little before where it was stopped."""
        assert self._new_detector is not None
        self._onset, self._still, self._yielding = None, 0, False
        self._barge_in, self._listens_from = self._new_detector(), self._blocks
        if self._left_s > 0:
            self._play(rest(self.sound, self.sound.duration_s - self._left_s))

    def _play(self, sound: Sound) -> None:
        self.sound, self._left_s = sound, sound.duration_s
        self.playback = self._speaker.play(sound)

    def _keep_from(self, time_s: float) -> None:
        """Keep what was heard from `time_s` of this line on, with a little before it."""
        first = self._blocks - len(self._heard)  # number of the oldest block kept
        wanted = max(0, int((time_s - LEAD_S) / BLOCK_S))
        onset = max(0, int(time_s / BLOCK_S) - first)
        start = min(onset, max(0, wanted - first))
        self.said_over = list(self._heard)[start:]
        self._lead_s = (onset - start) * BLOCK_S
        self.began = list(self._heard)[onset].arrived


def rest(sound: Sound, stopped_s: float) -> Sound:
    """What is still to be said of a sound that was stopped there: from the quietest place just before."""
    step = round(BLOCK_S * sound.rate)
    last = min(round(stopped_s * sound.rate), len(sound.samples)) // step
    first = max(0, last - round(GOES_BACK_S / BLOCK_S))
    steps = sound.samples[first * step : last * step].astype(np.float64).reshape(-1, step)
    if first == 0 or not len(steps):
        return sound
    quietest = first + int(np.argmin((steps**2).sum(axis=1)))
    return Sound(sound.samples[quietest * step :], sound.rate)
