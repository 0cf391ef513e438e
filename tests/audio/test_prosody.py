"""Pitch and loudness of a voice: those of sounds that are known, and as Praat has them."""

from __future__ import annotations

import numpy as np
import parselmouth
import pytest
from benchmarks.spoken import espeak

from voicemock.audio.prosody import FEW, FURTHEST_ST, HIGHEST_HZ, HOP_S, LOWEST_HZ, MOST, Prosody, Sounding
from voicemock.audio.sound import BLOCK_SAMPLES, FULL_SCALE, RATE, Samples

SAID = (
    "We cut the waiting time from twelve minutes to ninety seconds. I was so proud, because nobody had believed that "
    "it could work! And what did we learn from that? That the dashboard was green and the nurse was not."
)


def sounding(sound: Samples, words: list[tuple[float, float]] | None = None) -> Sounding:
    prosody = Prosody()
    for first in range(0, len(sound), BLOCK_SAMPLES):
        prosody.push(sound[first : first + BLOCK_SAMPLES])
    return prosody.sounding([(0.0, len(sound) / RATE)], words or [])


def sung(low_hz: float, high_hz: float, seconds: float = 6.0, loudness_db: float = 0.0) -> Samples:
    """A buzz that swings between two pitches, in semitones as far up as down, and gets louder and softer."""
    t = np.arange(round(seconds * RATE)) / RATE
    swing = np.sin(2 * np.pi * 0.5 * t)
    middle, half = np.sqrt(low_hz * high_hz), 6 * np.log2(high_hz / low_hz)
    phase = 2 * np.pi * np.cumsum(middle * 2 ** (half * swing / 12)) / RATE
    buzz = sum(np.sin(n * phase) / n for n in range(1, 8))
    level = 10 ** (loudness_db / 2 * np.cos(2 * np.pi * 0.5 * t) / 20)
    found: Samples = (2500 * buzz * level).astype(np.int16)
    return found


class TestSoundsThatAreKnown:
    """A swing spends most time at its ends: 95 % of it lies between the percentiles."""

    @pytest.mark.parametrize(("low", "high"), [(80, 110), (100, 200), (150, 160), (200, 330)])
    def test_the_range_of_a_swing(self, low: float, high: float) -> None:
        assert sounding(sung(low, high)).pitch_range_st == pytest.approx(
            12 * np.log2(high / low) * 0.95, abs=0.4
        )

    def test_the_range_of_its_loudness(self) -> None:
        assert sounding(sung(120, 130, loudness_db=12)).loudness_range_db == pytest.approx(12 * 0.95, abs=1.0)

    def test_noise_and_silence_have_no_voice(self) -> None:
        noise = np.random.default_rng(1).normal(0, 2000, 5 * RATE).astype(np.int16)
        for sound in (noise, np.zeros(5 * RATE, dtype=np.int16), np.zeros(0, dtype=np.int16)):
            assert sounding(sound).pitch_range_st is None

    def test_voice_without_words_is_what_no_word_covers(self) -> None:
        sound = sung(100, 120)
        assert sounding(sound, [(0.0, 6.0)]).voiced_without_words_s == 0.0
        assert sounding(sound, [(0.0, 4.0)]).voiced_without_words_s == pytest.approx(1.85, abs=0.1)

    def test_how_it_is_cut_into_blocks_makes_no_difference(self) -> None:
        sound, prosody = sung(100, 200), Prosody()
        prosody.push(sound)
        assert prosody.sounding([(0.0, 6.0)], []) == sounding(sound)


class TestBesidePraat:
    """P. Boersma's program is what phoneticians measure with."""

    @pytest.mark.parametrize("voice", ["en-us", "en-gb", "en-gb-scotland"])
    @pytest.mark.parametrize("melody", [1.0, 0.35])
    def test_the_range_is_within_a_semitone(self, voice: str, melody: float) -> None:
        sound = with_melody(espeak(SAID, voice).samples, melody)
        assert sounding(sound).pitch_range_st == pytest.approx(praats_range(sound), abs=1.0)

    def test_a_voice_made_monotone_has_less_range(self) -> None:
        sound = espeak(SAID).samples
        level, lively = (sounding(with_melody(sound, share)).pitch_range_st for share in (0.35, 1.0))
        assert level is not None
        assert lively is not None
        assert level < lively * 0.6


def praats_range(sound: Samples) -> float:
    pitch = parselmouth.Sound(sound / FULL_SCALE, RATE).to_pitch_ac(
        time_step=HOP_S, pitch_floor=LOWEST_HZ, pitch_ceiling=HIGHEST_HZ
    )
    hertz = pitch.selected_array["frequency"]
    semitones = 12 * np.log2(hertz[hertz > 0])
    near = semitones[np.abs(semitones - np.median(semitones)) <= FURTHEST_ST]
    return float(np.subtract(*np.percentile(near, (MOST, FEW))))


def with_melody(sound: Samples, share: float) -> Samples:
    """The same words with so much of their melody, by Praat's own resynthesis."""
    call = parselmouth.praat.call
    heard = parselmouth.Sound(sound / FULL_SCALE, RATE)
    middle = call(heard.to_pitch(), "Get quantile", 0, 0, 0.5, "Hertz")
    manipulation = call(heard, "To Manipulation", 0.01, LOWEST_HZ, HIGHEST_HZ)
    tier = call(manipulation, "Extract pitch tier")
    call(tier, "Formula", f"{middle} * (self / {middle}) ^ {share}")
    call([tier, manipulation], "Replace pitch tier")
    made = call(manipulation, "Get resynthesis (overlap-add)").values[0]
    found: Samples = (np.clip(made, -1, 1) * (FULL_SCALE - 1)).astype(np.int16)
    return found
