"""Sounds that are no answer, made with numpy: each takes a length in seconds and a seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.sound import RATE, Samples

Wave = NDArray[np.float64]
LOUD = 6000.0  # int16 units at the peak: as loud as speech close to a microphone


def _time(duration_s: float) -> Wave:
    return np.arange(round(duration_s * RATE)) / RATE


def _coloured(samples: int, slope: float, rng: np.random.Generator) -> Wave:
    """Noise whose power falls with frequency to the `slope`: 0 white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(rng.normal(size=samples))
    frequency = np.maximum(np.fft.rfftfreq(samples, 1 / RATE), 20.0)
    return _peak_one(np.fft.irfft(spectrum / frequency ** (slope / 2), samples))


def _band(samples: int, low: float, high: float, rng: np.random.Generator) -> Wave:
    spectrum = np.fft.rfft(rng.normal(size=samples))
    frequency = np.fft.rfftfreq(samples, 1 / RATE)
    spectrum[(frequency < low) | (frequency > high)] = 0
    return _peak_one(np.fft.irfft(spectrum, samples))


def _peak_one(wave: Wave) -> Wave:
    return wave / max(1e-9, float(np.abs(wave).max()))


def _at(times: NDArray[np.float64], bit: Callable[[], Wave], samples: int) -> Wave:
    """Short sounds at the given times."""
    out = np.zeros(samples)
    for time_s in times:
        first = round(time_s * RATE)
        piece = bit()[: samples - first]
        out[first : first + len(piece)] += piece
    return out


def silence(duration_s: float, rng: np.random.Generator) -> Wave:
    return 0.002 * rng.normal(size=round(duration_s * RATE))


def white_noise(duration_s: float, rng: np.random.Generator) -> Wave:
    return 0.3 * _coloured(round(duration_s * RATE), 0.0, rng)


def fan(duration_s: float, rng: np.random.Generator) -> Wave:
    """Brown noise, the blades at 23 Hz, the motor's hum at 120 Hz."""
    t = _time(duration_s)
    blades = 1 + 0.3 * np.sin(2 * np.pi * 23 * t)
    return 0.5 * (_coloured(len(t), 2.0, rng) * blades + 0.1 * np.sin(2 * np.pi * 120 * t))


def hum(duration_s: float, rng: np.random.Generator) -> Wave:
    """Mains at 50 Hz with its harmonics, as from a bad cable."""
    del rng
    t = _time(duration_s)
    return _peak_one(np.sum([np.sin(2 * np.pi * 50 * k * t) / k for k in range(1, 12)], axis=0)) * 0.4


def keyboard(duration_s: float, rng: np.random.Generator) -> Wave:
    """Five keys a second: a click of 3 ms and a thud of 15 ms each."""

    def key() -> Wave:
        click = _band(800, 2000, 7000, rng) * np.exp(-np.arange(800) / 50)
        thud = _band(800, 100, 400, rng) * np.exp(-np.arange(800) / 240)
        return (click + 0.7 * thud) * rng.uniform(0.4, 1.0)

    samples = round(duration_s * RATE)
    times = np.sort(rng.uniform(0, duration_s - 0.1, round(5 * duration_s)))
    return _at(times, key, samples)


def breath(duration_s: float, rng: np.random.Generator) -> Wave:
    """In and out every 3.5 s: noise of 300 to 3000 Hz that swells and fades."""

    def one() -> Wave:
        length = round(rng.uniform(0.7, 1.3) * RATE)
        return 0.4 * _band(length, 300, 3000, rng) * np.sin(np.pi * np.arange(length) / length) ** 2

    return _at(np.arange(0.3, duration_s - 1.5, 1.75), one, round(duration_s * RATE))


def cough(duration_s: float, rng: np.random.Generator) -> Wave:
    """Every 4 s: a burst of 50 ms and a voiceless tail of 0.25 s."""

    def one() -> Wave:
        length = round(0.3 * RATE)
        fall = np.exp(-np.arange(length) / (0.06 * RATE))
        return _band(length, 250, 4500, rng) * fall

    return _at(np.arange(0.5, duration_s - 0.5, 4.0), one, round(duration_s * RATE))


def music(duration_s: float, rng: np.random.Generator) -> Wave:
    """A tune of plucked notes over a bass, two a second."""
    notes = (220.0, 261.6, 293.7, 329.6, 392.0, 440.0, 523.3)

    def note() -> Wave:
        t = _time(0.5)
        pitch = float(rng.choice(notes))
        partials = sum(np.sin(2 * np.pi * pitch * k * t) / k**1.5 for k in range(1, 7))
        bass = 0.5 * np.sin(2 * np.pi * pitch / 4 * t)
        return 0.35 * (partials * np.exp(-t / 0.25) + bass * np.exp(-t / 0.4))

    return _at(np.arange(0.0, duration_s - 0.6, 0.5), note, round(duration_s * RATE))


def traffic(duration_s: float, rng: np.random.Generator) -> Wave:
    """Pink noise that swells as cars go by, every 6 s or so."""
    t = _time(duration_s)
    return _coloured(len(t), 1.4, rng) * (0.25 + 0.6 * np.sin(np.pi * t / 6.1) ** 4)


def beeps(duration_s: float, rng: np.random.Generator) -> Wave:
    """A notification every 3 s: two tones of 0.15 s."""
    del rng
    t = _time(0.15)
    pair = np.concatenate((np.sin(2 * np.pi * 880 * t), np.sin(2 * np.pi * 1320 * t))) * 0.5
    return _at(np.arange(0.5, duration_s - 0.5, 3.0), lambda: pair, round(duration_s * RATE))


KINDS: dict[str, Callable[[float, np.random.Generator], Wave]] = {
    "silence": silence,
    "white noise": white_noise,
    "fan": fan,
    "hum": hum,
    "keyboard": keyboard,
    "breath": breath,
    "cough": cough,
    "music": music,
    "traffic": traffic,
    "beeps": beeps,
}


def make(kind: str, duration_s: float, seed: int = 0) -> Samples:
    """`duration_s` seconds of one kind, int16 mono 16 kHz; the same for the same seed."""
    wave = KINDS[kind](duration_s, np.random.default_rng(seed))
    return np.clip(wave * LOUD, -32768, 32767).astype(np.int16)
