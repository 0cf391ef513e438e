"""What is wrong with the sound of a microphone: an offset, mains hum, clipping, noise. Pure."""

from __future__ import annotations

import numpy as np

from voicemock.audio.high_pass import HighPass
from voicemock.audio.sound import FULL_SCALE, RATE, Samples, rms
from voicemock.audio.vad import SpeechDetector

CLIPPED_AT = 32_700  # of 32,767: what a converter gives whose input is too loud
CLIPPED_SHARE = 0.001  # of the samples; a single click is none
OFFSET_SHARE = 0.02  # of full scale; a sound card's own offset is a tenth of that
MAINS_HZ = (50, 60)
HARMONICS = 5  # of the mains that are counted as hum
HUM_WIDTH_HZ = 2.0  # the mains itself wanders by a tenth of that
HUM_SHARE = 0.5  # of the power; of a voice it is under a tenth
LEAST_HUM_RMS = 60.0  # int16 units (-55 dBFS); fainter, nobody is hindered by it
NOISE_RMS = 300.0  # int16 units (-41 dBFS) while nobody speaks: a voice at a laptop has some 1,000


def input_fault(heard: Samples) -> tuple[str, str] | None:
    """What is wrong and what to do about it, for a second or so of sound; None where all is well."""
    if np.mean(np.abs(heard.astype(np.int32)) >= CLIPPED_AT) > CLIPPED_SHARE:
        return "opens; clipping: input level too high", "turn its level down in the system's sound settings"
    offset = float(np.mean(heard)) / FULL_SCALE
    if abs(offset) > OFFSET_SHARE:
        return (
            f"opens, with a constant offset of {abs(offset):.0%} of full scale, which voicemock filters out",
            "try another input or cable: an offset leaves less room for loud words",
        )
    for mains in MAINS_HZ:
        if hums_at(heard, mains):
            return (
                f"opens, and hums at {mains} Hz, as from a bad cable or a power supply",
                "try another cable or socket, or run the computer on its battery",
            )
    level = rms(HighPass().push(heard))
    if level > NOISE_RMS and not _somebody_speaks(heard):
        return (
            f"opens, and is noisy while nobody speaks ({level:.0f} of 32768)",
            "close the window, move closer to the microphone, or turn its boost off",
        )
    return None


def hums_at(heard: Samples, mains_hz: int) -> bool:
    """Whether most of the sound is the mains and its harmonics."""
    sound = heard - np.mean(heard)
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    harmonic = np.clip(np.rint(frequency / mains_hz), 1, HARMONICS)
    near = np.abs(frequency - harmonic * mains_hz) <= HUM_WIDTH_HZ
    share = float(power[near].sum() / max(power.sum(), 1e-9))
    return share > HUM_SHARE and float(np.std(sound)) * share**0.5 > LEAST_HUM_RMS


def _somebody_speaks(heard: Samples) -> bool:
    detector = SpeechDetector()
    detector.push(heard)
    return detector.last_speech_end is not None
