"""A long answer needs no more memory than a short one, but for its words."""

from __future__ import annotations

import tracemalloc

import numpy as np
from benchmarks.soak import resident_mib

from tests.audio.test_vad import Voiced
from voicemock.audio.sound import BLOCK_SAMPLES, RATE
from voicemock.audio.vad import SpeechDetector
from voicemock.speech.live import LiveTranscriber
from voicemock.speech.memory import give_back_memory
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.speech.workers import InlineWorkers

MINUTE_S = 60
MINUTES = 6
SENTENCES = tuple((start + 0.5, start + 7.5) for start in range(0, MINUTES * MINUTE_S, 8))
ALLOWED = 2 * 2**20  # bytes; the sound of the four minutes that are looked at is 8 MB


def test_sound_that_was_understood_is_let_go() -> None:
    live = LiveTranscriber(
        ScriptedRecogniser(()), SpeechDetector(Voiced(*SENTENCES)), workers=InlineWorkers(), clock=lambda: 0.0
    )
    block = np.ones(BLOCK_SAMPLES, dtype=np.int16)
    held = []
    tracemalloc.start()
    try:
        for _ in range(MINUTES):
            for _ in range(MINUTE_S * RATE // BLOCK_SAMPLES):
                live.feed(block)
                live.results()
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
        live.close()
    assert max(held[2:]) - min(held[2:]) < ALLOWED


def test_memory_that_was_freed_goes_back_to_the_system() -> None:
    blocks = [
        np.ones(64 * 1024, dtype=np.int8) for _ in range(2000)
    ]  # each too small for a mapping of its own
    last = blocks[-1]  # at the heap's end: without it the rest would go back by itself
    before = resident_mib()
    del blocks
    give_back_memory()
    assert last.all()
    assert before - resident_mib() > 60
