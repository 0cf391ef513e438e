"""The interviewer's own voice taken out of the microphone, so that one can talk over it without headphones.

Of two streams alone, block by block: what the microphone heard and what was played meanwhile. No device is known here.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

import numpy as np

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, rms
from voicemock.audio.vad import VOICE_ON
from voicemock.audio.voice_probability import GatedVoice, VoiceProbability

LEARNING_S = 2.0  # of played sound until the room is known; before that its echo could pass for a voice
RINGS_S = 0.6  # after the last sample played: the way through a sound server, and the room
AUDIBLE_RMS = 100.0  # int16 units; a line between two words is quieter
LONGEST_WAY_S = 1.0  # from our sample to the microphone, for an echo that the canceller did not find
# Silero's probability of a voice that a canceller has dimmed; less will do where it is louder than any echo left.
# Of 56 who talked over a line in rooms of -20 to -6 dB, 43 were noticed within 0.4 s without these, 53 with them.
FAINT_VOICE, LOUD_VOICE = 0.3, 0.1
TOO_LOUD_RMS = (
    1000.0  # int16 units; what was left of an echo reached 990 once, 100 in one window of a hundred
)
LOOK_S = 0.4  # of what is left, and until the next look at it
STILL_THERE = (
    0.45  # likeness of what is left to what was played: an echo had 0.6 and more, another voice up to 0.35
)
# A sound server that stumbles puts what is played out of step with what is heard, and the canceller finds it again in
# two seconds at most (0.2 s of shift, seen in 4 looks): no reason to ignore the microphone for good. An echo that comes
# too late to be found is seen in half of all looks.
LOOKS = 15
LOOKS_THAT_FAIL = 6
LOOKS_BEFORE_READY = 3  # without an echo


class VoiceOverEcho:
    """What is a voice in cleaned sound: fainter evidence is enough, since a canceller takes half of a voice away when
    two speak at once, but it has to be louder than what is left of an echo.
    """

    def __init__(self, voice: VoiceProbability | None = None) -> None:
        self._voice = voice or GatedVoice()

    def __call__(self, window: Samples) -> float:
        probability = self._voice(window)  # it remembers: it has to hear them all
        loudness = rms(window)
        if loudness < AUDIBLE_RMS:
            return 0.0
        enough = FAINT_VOICE if loudness < TOO_LOUD_RMS else LOUD_VOICE
        return min(1.0, probability * VOICE_ON / enough)


class EchoCanceller(Protocol):
    """`ready`: it has learnt the room, and a voice in what it gives is a person's. `fails`: the echo is still there."""

    @property
    def ready(self) -> bool: ...

    @property
    def fails(self) -> bool: ...

    def clean(self, block: Samples, played: Samples) -> Samples:
        """A block of the microphone without what of `played`, the same stretch of time, came back into it."""


class NoEcho:
    """For headphones, and for files: nothing comes back."""

    ready = True
    fails = False

    def clean(self, block: Samples, played: Samples) -> Samples:
        del played
        return block


class RoomEcho:
    """WebRTC's canceller. It finds the delay by itself, up to some 0.5 s, and follows a clock that drifts.

    While nothing is played the blocks come back as they are: whoever transcribes the recording has the same sound.
    """

    def __init__(self) -> None:
        import pywebrtc_audio

        self._canceller = pywebrtc_audio.EchoCanceller(RATE)
        self._quiet_s = RINGS_S  # since something was played
        self._learnt_s = 0.0
        self._played: deque[Samples] = deque(maxlen=_blocks(LOOK_S + LONGEST_WAY_S))
        self._left: deque[Samples] = deque(maxlen=_blocks(LOOK_S))
        self._next_look_s = LEARNING_S  # of played sound
        self._looks: deque[bool] = deque(maxlen=LOOKS)  # whether an echo was seen

    @property
    def ready(self) -> bool:
        return self._learnt_s >= LEARNING_S and not any(list(self._looks)[-LOOKS_BEFORE_READY:])

    @property
    def fails(self) -> bool:
        return sum(self._looks) >= LOOKS_THAT_FAIL

    def clean(self, block: Samples, played: Samples) -> Samples:
        if played.any():
            self._quiet_s = 0.0
        if self._quiet_s >= RINGS_S:
            return block
        self._quiet_s += BLOCK_S
        cleaned: Samples = self._canceller.process(_whole(block), _whole(played))[: len(block)]
        self._watch(_whole(played), _whole(cleaned))
        return cleaned

    def _watch(self, played: Samples, left: Samples) -> None:
        self._played.append(played)
        self._left.append(left)
        if rms(played) > AUDIBLE_RMS:
            self._learnt_s += BLOCK_S
        if self._learnt_s >= self._next_look_s:
            self._next_look_s += LOOK_S
            self._looks.append(self._sees_echo())

    def _sees_echo(self) -> bool:
        """Whether what is left is what was played, a while before."""
        left = np.concatenate(self._left).astype(np.float64)
        played = np.concatenate(self._played).astype(np.float64)
        lags = len(played) - len(left)
        if rms(left.astype(np.int16)) < AUDIBLE_RMS or lags <= 0:
            return False
        length = 2 * len(played)
        product = np.fft.irfft(np.fft.rfft(played, length) * np.conj(np.fft.rfft(left, length)), length)
        energy = np.concatenate(([0.0], np.cumsum(played**2)))
        energy = energy[len(left) : len(left) + lags] - energy[:lags]
        likeness = np.abs(product[:lags]) / np.sqrt(np.maximum(energy, 1.0) * (left @ left))
        return float(likeness.max()) > STILL_THERE


def _whole(block: Samples) -> Samples:
    return block if len(block) == BLOCK_SAMPLES else np.pad(block, (0, BLOCK_SAMPLES - len(block)))


def _blocks(time_s: float) -> int:
    return round(time_s / BLOCK_S)
