"""The interviewer's own voice in the microphone: what was being played when a block came, and the block without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from voicemock.audio.echo import RINGS_S, EchoCanceller
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, Sound, resample
from voicemock.audio.source import Block
from voicemock.audio.speaker import Playback

OUT_OF_STEP_S = 0.05  # what is more is no jitter of a busy machine: the speaker woke up late, or stumbled
NOT_REMOVED = (
    "Your microphone still hears the interviewer: from here on it is ignored while the interviewer speaks; "
    "with headphones you can talk over it"
)


class OwnVoice:
    """Goes with a whole session: what the canceller has learnt of the room is good for the next answer too.

    Until it knows the room, or where it can't remove the echo, the microphone is silent while a line is played: who is
    talked over then is not noticed, and nothing of the line is taken for the candidate.
    """

    def __init__(self, canceller: EchoCanceller) -> None:
        self._canceller = canceller
        self._line: Samples = np.zeros(0, dtype=np.int16)
        self._playback: Playback | None = None
        self._at = 0  # of the line, for the next block
        self._since_s = RINGS_S
        self._failed = self._told = False

    def word(self) -> str | None:
        """What a person must be told, once: that the echo stays, and that it is half-duplex from here on."""
        if not self._failed or self._told:
            return None
        self._told = True
        return NOT_REMOVED

    def starts(self, sound: Sound, playback: Playback) -> None:
        self._line, self._playback, self._at = resample(sound).samples, playback, -RATE

    def stops(self) -> None:
        """The rest of the line is not played."""
        self._playback = None

    def clean(self, block: Block) -> Block:
        """The block with what is to be heard of it, beside what it was."""
        if not len(block.samples) or block.cleaned is not None:
            return block
        played = self._played(block)
        cleaned = self._canceller.clean(block.samples, played)
        self._failed = self._failed or self._canceller.fails
        self._since_s = 0.0 if played.any() else self._since_s + BLOCK_S
        if self._since_s < RINGS_S and (self._failed or not self._canceller.ready):
            cleaned = np.zeros_like(cleaned)
        return replace(block, cleaned=cleaned)

    def _played(self, block: Block) -> Samples:
        """What of the line was played while the block was recorded."""
        if self._playback is None:
            return np.zeros(BLOCK_SAMPLES, dtype=np.int16)
        due = round(self._playback.played_s(block.arrived - BLOCK_S) * RATE)
        if abs(due - self._at) > OUT_OF_STEP_S * RATE:
            self._at = due
        first, self._at = self._at, self._at + BLOCK_SAMPLES
        played: Samples = np.zeros(BLOCK_SAMPLES, dtype=np.int16)
        piece = self._line[max(0, first) : max(0, first + BLOCK_SAMPLES)]
        before = min(BLOCK_SAMPLES, max(0, -first))
        played[before : before + len(piece)] = piece
        return played
