"""Whether memory stays flat and the clock true over hours of sound: whole sessions, fed as fast as they go.

    python -m benchmarks.soak portfolio     a case study told for 20 minutes without end (some 8 minutes)
    python -m benchmarks.soak idle          4 hours of a room in which nobody answers (some 6 minutes)

Everything is the real thing: recogniser, voice, detector, recorder, store. Nobody answering means that each question
runs into its cap of 3 minutes, so 4 hours are 80 of them in one session. A row for every few minutes of floor time:
resident memory, and how far the clock shown is from the samples that the candidate was given the floor for. Memory
counts the candidate's own sound too, 40 MiB for the 20 minutes. Linux.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
import wave
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from benchmarks.listening_speech import as_long_as, spoken_answers
from benchmarks.non_speech import make

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples
from voicemock.audio.source import Block, FileSource
from voicemock.cli.desk import RunOptions, open_desk
from voicemock.interview.desk import Audience, Meter
from voicemock.interview.session import Plan, Session
from voicemock.packs.questions import Question, filter_questions, load_questions
from voicemock.store.store import Store

MEBIBYTE = 2**20
MINUTE_S = 60.0
CLOSING_SILENCE_S = 2.5  # at the end of a spoken answer; left out, or it would end there
IDLE_S = 4 * 3600.0
ROOM_LOUDNESS = {
    "silence": 1.0,
    "fan": 0.1,
    "keyboard": 0.1,
    "traffic": 0.1,
    "breath": 0.1,
}  # of full loudness
ROOM_PART_S = 60.0  # of each kind, one after the other, again and again


@dataclass(slots=True)
class Watched:
    """A source that counts what it gives while the candidate has the floor, in seconds."""

    source: FileSource
    given_s: float = 0.0
    _held: bool = False
    patient: bool = True

    def read(self) -> Block | None:
        block = self.source.read()
        if block is not None and not self._held:
            self.given_s += BLOCK_S
        return block

    def hold(self, held: bool) -> None:
        self._held = held
        self.source.hold(held)

    def close(self) -> None:
        self.source.close()


@dataclass(slots=True)
class Soak:
    """Takes the meter at every block, and prints a row every `every_s` of floor time of the whole session."""

    every_s: float
    before_s: float = 0.0  # floor time of the answers before this one
    drift_s: float = 0.0  # the most that clock and samples were ever apart
    sizes: list[float] = field(default_factory=list)
    source: Watched | None = None

    def open(self, sound: Samples) -> Watched:
        if self.source is not None:
            self.before_s += self.source.given_s
        self.source = Watched(FileSource(sound, real_pace=False))
        return self.source

    def watch(self, meter: Meter) -> None:
        assert self.source is not None
        given_s = self.source.given_s
        if not meter.interviewer_speaks:
            self.drift_s = max(self.drift_s, abs(meter.floor_time_s - given_s))
        if self.before_s + given_s >= self.every_s * len(self.sizes):
            self.sizes.append(resident_mib())
            minutes = (self.before_s + given_s) / MINUTE_S
            print(f"{minutes:8.0f} min {self.sizes[-1]:10.0f} MiB {self.drift_s:12.3f} s", flush=True)


def soak(questions: list[Question], sound_of: Callable[[int], Samples], every_s: float) -> None:
    print("  floor time      resident  clock − samples, the most so far")
    watched, began = Soak(every_s), time.monotonic()
    options = RunOptions(style="polite", pace="fast", silent=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Path(folder)) as store,
        open_desk(options, store, lambda *_: None, lambda n: watched.open(sound_of(n))) as desk,
    ):
        seated = replace(desk, audience=Audience(watch=watched.watch))
        done = Session(seated, Plan(questions), store).run()
        floor_s = sum(answer.take.floor_time_s for answer in done)
        recorded_s = sum(length_s(path) for path in Path(folder).rglob("*.wav"))
        words = sum(len(answer.take.words) for answer in done)
    ends = ", ".join(sorted({answer.take.reason for answer in done}))
    half = len(watched.sizes) // 2
    print(f"floor time {floor_s:.3f} s, recorded {recorded_s:.3f} s in {len(done)} answers, ended by: {ends}")
    print(f"words: {words}; in all {time.monotonic() - began:.0f} s")
    print(f"memory: {watched.sizes[half]:.0f} MiB half way, {watched.sizes[-1]:.0f} MiB at the end")


def portfolio() -> None:
    (question, *_) = filter_questions(load_questions(None), round="portfolio")
    (answer,) = spoken_answers("espeak", 1)
    breathless = replace(answer, samples=answer.samples[: -round(CLOSING_SILENCE_S * RATE)])
    sound = as_long_as(breathless, 21 * MINUTE_S)
    soak([question], lambda _: sound, MINUTE_S)


def idle() -> None:
    (question, *_) = filter_questions(load_questions(None), round="behavioral")
    parts = [make(kind, ROOM_PART_S, seed=1) * gain for kind, gain in ROOM_LOUDNESS.items()]
    room = np.concatenate(parts).astype(np.int16)
    count = round(IDLE_S / (3 * MINUTE_S))

    def sound(number: int) -> Samples:
        """Longer than an answer may be, and each beginning elsewhere in the room's noise."""
        return np.roll(room, -number * 7 * RATE // BLOCK_SAMPLES * BLOCK_SAMPLES)

    soak([question] * count, sound, 10 * MINUTE_S)


def resident_mib() -> float:
    """What this process has in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE


def length_s(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("portfolio", "idle"))
    {"portfolio": portfolio, "idle": idle}[parser.parse_args().what]()


if __name__ == "__main__":
    main()
