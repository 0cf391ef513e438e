"""The interviewer's side of the floor: saying a line, and when it is over, counted in audio time."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from voicemock.audio.sound import BLOCK_S, Sound
from voicemock.audio.source import Block
from voicemock.audio.speaker import LATE_S, Playback, Speaker
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechStarted

TAIL_S = 0.3  # after the interviewer's last sample: the room still rings, and the microphone hears it
OVERLAP_S = 1.0  # whoever was cut off mid-sentence is given this long to stop before it counts as insisting
BREATH_S = 0.1  # of silence; who has been quiet for longer is stopping
CONTINUES_S = 0.25  # speech found this soon after a cut-in is the sentence that was cut into
LEAD_S = 0.2  # sound kept before an onset: a weak first consonant lies before what the detector is sure of
KEPT_S = (
    OVERLAP_S + 1.0
)  # of the sound under the interviewer's voice, in case it turns out to be the candidate's


class InterviewerTurn:
    """One line being spoken; what arrives meanwhile is heard by nobody but a barge-in detector.

    `over_speech` says that the candidate was speaking when the line began. After the line `window` listens for
    `window_s` for somebody who begins to speak. Once the floor changes hands `said_over` holds the blocks, from the
    onset on, that the candidate spoke over the line's end.
    """

    def __init__(
        self,
        sound: Sound,
        speaker: Speaker,
        barge_in: SpeechDetector | None = None,
        over_speech: bool = False,
        window: SpeechDetector | None = None,
        window_s: float = 0.0,
    ) -> None:
        self.playback: Playback = speaker.play(sound)
        self.talked_over = False
        self.said_over: Sequence[Block] = ()
        self.began = 0.0  # when the first sound of that arrived, in monotonic seconds
        self._left_s = sound.duration_s
        self._tail_s = TAIL_S if barge_in is None else 0.0
        self._barge_in = barge_in
        self._yielding = over_speech
        self._heard: deque[Block] = deque(maxlen=round(KEPT_S / BLOCK_S))
        self._blocks = 0
        self._window = window if window_s else None
        self._window_s = window_s
        self.said = False  # the line is over, and the window, if there is one, is open

    @property
    def heard_s(self) -> float:
        """How long the line was heard, until it was over or talked over; then how long the window has been open."""
        return self._blocks * BLOCK_S

    @property
    def window_left_s(self) -> float | None:
        """How long the window stays open; None while there is none."""
        return max(0.0, self._window_s - self.heard_s) if self.said and self._window else None

    def hear(self, block: Block) -> bool:
        """Let a block pass; True once the floor is the candidate's."""
        if not len(block.samples):
            return False  # nothing arrives, and the clock of this line stands too
        self._blocks += 1
        if self.said and self._window is not None:
            return self._look_through(self._window, block)
        if self._barge_in is not None and self._insists(self._barge_in, block):
            self.stop()
            self.talked_over = True
            return True
        self._left_s -= BLOCK_S
        if self._left_s > 0 or not (self.playback.done() or self._left_s < -LATE_S):
            return False
        self._tail_s -= BLOCK_S
        if self._tail_s >= 0:
            return False
        if self._barge_in is not None and (began := self._barge_in.starting) is not None:
            self._keep_from(began)  # the reply began under the last word
            self.talked_over = self._window is not None
        self.said = True
        if self._window is None or self.talked_over:
            return True
        self._heard.clear()
        self._blocks = 0
        return False

    @property
    def overlap_s(self) -> float:
        """How long two spoke at once, at the start of what is the candidate's: its words may come out badly."""
        return len(self.said_over) * BLOCK_S

    def stop(self) -> None:
        self.playback.stop()

    def _look_through(self, window: SpeechDetector, block: Block) -> bool:
        """Whether somebody speaks in the window, or it closes."""
        self._heard.append(block)
        for event in window.push(block.samples):
            if isinstance(event, SpeechStarted):
                self._keep_from(event.at)
                self.talked_over = True
                return True
        return self.heard_s >= self._window_s and window.starting is None

    def _insists(self, detector: SpeechDetector, block: Block) -> bool:
        """Speech over the interviewer, once the detector is sure of it; the end of a sentence is none."""
        self._heard.append(block)
        for event in detector.push(block.heard):
            if isinstance(event, SpeechStarted) and not (self._yielding and event.at < CONTINUES_S):
                self._keep_from(event.at)
                return True
            if isinstance(event, SpeechEnded):
                self._yielding = False
        if self._yielding and self._blocks * BLOCK_S >= OVERLAP_S:
            self._yielding = False
            if detector.speaking and detector.silence_s < BREATH_S:
                self._keep_from(0.0)
                return True
        return False

    def _keep_from(self, time_s: float) -> None:
        """Keep what was heard from `time_s` of this line on, with a little before it."""
        first = self._blocks - len(self._heard)  # number of the oldest block kept
        wanted = max(0, int((time_s - LEAD_S) / BLOCK_S))
        self.said_over = list(self._heard)[max(0, wanted - first) :]
        self.began = list(self._heard)[max(0, int(time_s / BLOCK_S) - first)].arrived
