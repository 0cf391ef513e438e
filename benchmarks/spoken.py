"""Speech whose words and times are known: espeak-ng says when each word begins. Made when it is needed."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from voicemock.audio.sound import RATE, Samples, Sound, resample

RETRIEVAL = 2  # espeak's AUDIO_OUTPUT_SYNCHRONOUS: samples come to the callback, nothing is played
WORD_EVENT = 1
END_OF_LIST = 0
RATE_PARAMETER = 1
UTF8 = 1
WORDS_PER_MINUTE = 165
ROOM_RMS = 12.0  # int16 units (-69 dBFS): a quiet room; digital silence never comes from a microphone


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Sound (int16 mono 16 kHz) and the time at which each word begins, in seconds."""

    samples: Samples
    starts: tuple[tuple[str, float], ...]

    @property
    def duration_s(self) -> float:
        return len(self.samples) / RATE


@lru_cache(maxsize=1)
def _engine() -> tuple[Any, int]:
    """espeak's library, initialised once a process, and its sample rate."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(RETRIEVAL, 0, str(espeakng_loader.get_data_path()).encode(), 0)
    return library, rate


def espeak(text: str, voice: str = "en-us", words_per_minute: int = WORDS_PER_MINUTE) -> Spoken:
    """`text` as espeak-ng says it, with the true time of each word."""
    library, rate = _engine()
    parts: list[Samples] = []
    starts: list[tuple[str, float]] = []
    raw = text.encode()

    def hear(wave: Any, count: int, events: Any) -> int:
        if wave and count:
            parts.append(np.ctypeslib.as_array(wave, (count,)).astype(np.int16))
        i = 0
        while events[i].type != END_OF_LIST:
            if events[i].type == WORD_EVENT:
                first = events[i].text_position - 1  # espeak counts characters from 1
                starts.append((text[first : first + events[i].length], events[i].audio_position / 1000))
            i += 1
        return 0

    callback = _Callback(hear)
    library.espeak_SetSynthCallback(callback)
    library.espeak_SetVoiceByName(voice.encode())
    library.espeak_SetParameter(RATE_PARAMETER, words_per_minute, 0)
    library.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return Spoken(resample(Sound(np.concatenate(parts), rate)).samples, tuple(starts))


def with_pauses(spoken: Iterable[Spoken], pauses_s: Iterable[float], lead_s: float = 0.6) -> Spoken:
    """Sentences one after another, each followed by its pause, in a quiet room."""
    parts: list[Samples] = [silence(lead_s)]
    starts: list[tuple[str, float]] = []
    at = len(parts[0])
    for each, pause_s in zip(spoken, pauses_s, strict=True):
        starts.extend((word, at / RATE + time_s) for word, time_s in each.starts)
        parts.extend((each.samples, silence(pause_s)))
        at += len(parts[-2]) + len(parts[-1])
    return Spoken(in_a_room(np.concatenate(parts)), tuple(starts))


def silence(duration_s: float) -> Samples:
    return np.zeros(round(duration_s * RATE), dtype=np.int16)


def in_a_room(samples: Samples, noise_rms: float = ROOM_RMS, seed: int = 0) -> Samples:
    """The sound with white noise of `noise_rms` int16 units under it; the same for the same seed."""
    noise = np.random.default_rng(seed).normal(0.0, noise_rms, len(samples))
    return np.clip(samples + noise, -32768, 32767).astype(np.int16)
