"""Telling of microphone and speaker: that they are gone, and that they are back."""

from __future__ import annotations

from voicemock.audio.sound import RATE
from voicemock.audio.source import Block, Trouble
from voicemock.interview.desk import Desk

TELL_EVERY_S = 1.0  # of audio: a machine that loses sound loses it in many small pieces
STOPPED = "The microphone stopped sending sound, and the clock is paused: plug it in and go on; what you said is kept"
ZEROS = "The microphone sends only silence: plug it in, unmute it, or allow your terminal to use it"
CLOCK_STANDS = "; the clock is paused until then"
NO_SPEAKER = "The speaker is not playing: lines are shown until it is back"


class DeviceWatch:
    """Looks at what a source gives and at the speaker, and tells each change once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._trouble: Trouble | None = None
        self._heard_at = desk.now()  # when the last sound arrived that was sound
        self._speaker_lost = False
        self._lost = self._told = 0  # samples of the answer, and how many of them were told of
        self._told_at = 0.0

    @property
    def lost_s(self) -> float:
        """Seconds of the answer that are known to be missing."""
        return self._lost / RATE

    def look_at(self, block: Block, t: float) -> None:
        """Tell what a block, whichever it is, says of the microphone."""
        before, self._trouble = self._trouble, block.trouble
        if block.trouble is not None and block.trouble != before:
            stands = CLOCK_STANDS if block.void else ""
            text = STOPPED if block.trouble == "stopped" else ZEROS + stands
            self._desk.emit("device_lost", t, device="microphone", cause=block.trouble, text=text)
        elif before is not None and block.trouble is None:
            after_s = block.arrived - self._heard_at
            text = f"The microphone is back after {after_s:.0f} s: go on"
            self._desk.emit("device_back", t, device="microphone", after_s=round(after_s, 1), text=text)
        if len(block.samples) and not block.void:
            self._heard_at = block.arrived

    def look_at_speaker(self, t: float) -> None:
        before, self._speaker_lost = self._speaker_lost, self._desk.speaker.lost
        if self._speaker_lost and not before:
            self._desk.emit("device_lost", t, device="speaker", cause="stopped", text=NO_SPEAKER)
        elif before and not self._speaker_lost:
            self._desk.emit("device_back", t, device="speaker", text="The speaker is back")

    def count_lost(self, samples: int, t: float) -> None:
        """Samples were lost before the block at `t`; told at once, and then every `TELL_EVERY_S` at most."""
        self._lost += samples
        if not self._told or t - self._told_at >= TELL_EVERY_S:
            self.tell_lost(t)

    def tell_lost(self, t: float) -> None:
        """Tell of what has been lost since this was told last."""
        if self._lost > self._told:
            lost_s = (self._lost - self._told) / RATE
            self._told, self._told_at = self._lost, t
            text = f"{lost_s:.2f} s of sound never arrived: the machine may be too busy"
            self._desk.emit("sound_lost", t, lost_s=round(lost_s, 3), text=text)
