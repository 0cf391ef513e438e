"""The interviewer's side of the floor: saying a line, and when it is over, counted in audio time."""

from __future__ import annotations

from voicemock.audio.sound import BLOCK_S, Samples, Sound
from voicemock.audio.speaker import Playback, Speaker
from voicemock.audio.vad import SpeechDetector, SpeechStarted

TAIL_S = 0.3  # after the interviewer's last sample: the room still rings, and the microphone hears it


class InterviewerTurn:
    """One line being spoken. Every block that arrives meanwhile is heard by nobody but a barge-in detector."""

    def __init__(self, sound: Sound, speaker: Speaker, barge_in: SpeechDetector | None = None) -> None:
        self.playback: Playback = speaker.play(sound)
        self.talked_over = False
        self._left_s = sound.duration_s
        self._tail_s = TAIL_S if barge_in is None else 0.0
        self._barge_in = barge_in

    def hear(self, samples: Samples) -> bool:
        """Let a block pass; True once the floor is the candidate's."""
        if self._barge_in is not None and self._insists(samples):
            self.playback.stop()
            self.talked_over = True
            return True
        self._left_s -= BLOCK_S
        if self._left_s > 0 or not self.playback.done():
            return False
        self._tail_s -= BLOCK_S
        return self._tail_s < 0

    def _insists(self, samples: Samples) -> bool:
        """Speech over the interviewer, as soon as the detector is sure of it (some 0.13 s in)."""
        assert self._barge_in is not None
        return any(isinstance(event, SpeechStarted) for event in self._barge_in.push(samples))
