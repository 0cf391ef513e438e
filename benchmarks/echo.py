"""Talking over the interviewer without headphones, in simulated rooms.

    python -m benchmarks.echo [--minutes N] [--voice NAME]

For rooms of three loudnesses, three delays and a clock that drifts either way: how often a line alone is taken for the
candidate, in N minutes of it (10), and how many of those who talk over it are noticed within 0.4 s.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import time

import numpy as np
from benchmarks.spoken import espeak
from tests.audio.rooms import Room

from voicemock.audio.echo import RoomEcho
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, resample
from voicemock.audio.vad import SpeechStarted
from voicemock.interview.desk import detector_over_echo
from voicemock.speech.voice_engines import open_voice

ROOMS = [
    Room(*each) for each in itertools.product((-20.0, -12.0, -6.0), (30.0, 120.0, 250.0), (-200.0, 200.0))
]
LINES = (
    "Tell me about a time when you disagreed with your manager, and committed anyway.",
    "Let me stop you there. What was the number before you started?",
    "Who was the customer in this story, and what did they say when you shipped it?",
    "You have about a minute left. Go straight to the result, and what you learned from it.",
)
OVER_IT = (
    "Sorry, can I finish that thought?",
    "Wait, let me explain.",
    "Actually, that was the old number.",
    "Hold on, I have the figure here.",
    "No, it was four minutes.",
    "I can answer that.",
    "Let me finish.",
    "Well, the customer was a nurse.",
)
EVERY_S = 5.0  # between two who talk over a line
NOTICED_S = 0.4
CANDIDATES = ("en-us", "en-gb", "en-gb-scotland")


def interviewer(voice: str, seconds: float) -> Samples:
    engine = open_voice(voice)
    try:
        lines = [resample(engine.say(line)).samples for line in LINES]
    finally:
        engine.close()
    breath = np.zeros(RATE // 2, dtype=np.int16)
    one_round = np.concatenate([part for line in lines for part in (line, breath)])
    return np.resize(one_round, round(seconds * RATE))


def candidate(length: int, first: int) -> tuple[Samples, list[float]]:
    voice, starts = np.zeros(length, dtype=np.int16), []
    for number, at in enumerate(np.arange(EVERY_S, length / RATE - 3.0, EVERY_S)):
        text = OVER_IT[(first + number) % len(OVER_IT)]
        said = espeak(text, CANDIDATES[number % len(CANDIDATES)]).samples
        begins = int(np.flatnonzero(np.abs(said) > 300)[0])
        voice[round(at * RATE) : round(at * RATE) + len(said)] = said
        starts.append(float(at) + begins / RATE)
    return voice, starts


def noticed(heard: Samples, played: Samples) -> list[float]:
    echo, detector = RoomEcho(), detector_over_echo()
    found = []
    for first in range(0, len(heard) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        block = slice(first, first + BLOCK_SAMPLES)
        events = detector.push(echo.clean(heard[block], played[block]))
        if echo.ready and any(isinstance(event, SpeechStarted) for event in events):
            found.append(first / RATE + BLOCK_S)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--voice", default="joe")
    options = parser.parse_args()
    played = interviewer(options.voice, max(45.0, options.minutes * 60 / len(ROOMS)))
    false = in_time = said = 0
    waits: list[float] = []
    began = time.process_time()
    for number, room in enumerate(ROOMS):
        alone = noticed(room.hears(played), played)
        voice, starts = candidate(len(played), number)
        over = noticed(room.hears(played, voice), played)
        found = [next((when - at for when in over if at - 0.1 < when <= at + 1.5), None) for at in starts]
        false += len(alone)
        said += len(starts)
        in_time += sum(1 for wait in found if wait is not None and wait <= NOTICED_S)
        waits += [wait for wait in found if wait is not None]
        missed = sum(1 for wait in found if wait is None or wait > NOTICED_S)
        print(f"{room}: false {len(alone)}, missed {missed} of {len(starts)}", flush=True)
    minutes = len(played) / RATE / 60 * len(ROOMS)
    print(f"\nfalse: {false} in {minutes:.1f} min of the interviewer alone")
    share, median = in_time / said, statistics.median(waits)
    print(f"noticed within {NOTICED_S} s: {in_time} of {said} ({share:.0%}), median {median:.2f} s")
    used_s = (time.process_time() - began) / (2 * minutes * 60)
    print(f"processor: {used_s:.3f} s a second of sound, detector included")


if __name__ == "__main__":
    main()
