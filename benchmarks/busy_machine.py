"""A long interview beside busy processes: is any sound lost without a word, and does the clock keep time?

    python -m benchmarks.busy_machine --minutes 30

Needs the virtual desk (pulseaudio, pulseaudio-utils, libportaudio2, libasound2-plugins). `voicemock practice` runs
as a user runs it, with a microphone into which known speech and a known hiss are played; each answer is three
minutes, up to its cap. Two measures for each: where the recording begins and ends in what was played, to the
sample; and how far the time on its events has moved against the wall clock.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.listening_speech import spoken_answers
from tests.desk.conftest import VirtualDesk, virtual_desk
from tests.sounds import write_wav

from voicemock.audio.sound import RATE, Samples
from voicemock.report.play import read_wav

BUSY = 2  # processes that never rest, on a machine of two cores
CAP_S = 180  # of a behavioral answer
HISS_RMS = 60.0  # int16 units: enough to find a place in it to the sample, too little to disturb a word
SNIPPET_S = 2.0  # of the recording, looked for in what was played
SEARCH_S = 8.0  # around where it should be


@dataclass(frozen=True, slots=True)
class Measured:
    """One answer: its recording, against what was played and against the clock; `told_s` of it was said to be lost."""

    audio_s: float
    wall_s: float
    missing_s: float
    told_s: float

    @property
    def difference_percent(self) -> float:
        return 100 * (self.wall_s - self.audio_s) / self.audio_s

    @property
    def silently_s(self) -> float:
        return self.missing_s - self.told_s


@contextmanager
def busy_processes(count: int = BUSY) -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


def practise(desk: VirtualDesk, folder: Path, seconds: float) -> list[Measured]:
    """Answer without a pause for so long: in one answer that Ctrl-C ends, or in several up to their caps."""
    count = max(1, round(seconds / CAP_S))
    played = sound(seconds + 45.0 * count + 60.0)
    mouth = desk.speak(write_wav(folder / "played.wav", played))
    try:
        command = [
            "practice",
            "--round",
            "behavioral",
            "--count",
            str(count),
            "--seed",
            "1",
            "--style",
            "none",
        ]
        run = desk.voicemock(*command, "--events", "-", "--plain", "--recordings", str(folder / "r"))
        answers = follow(run, stop_after_s=seconds if seconds < CAP_S else None)
    finally:
        mouth.terminate()
        mouth.wait()
    found, since = [], 0
    for events in answers:
        measured, since = measure(folder / "r", events, played, since)
        found.append(measured)
    return found


def follow(run: subprocess.Popen[str], stop_after_s: float | None) -> list[list[dict[str, Any]]]:
    """The events of each answer."""
    answers: list[list[dict[str, Any]]] = []
    assert run.stdout is not None
    assert run.stderr is not None
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.extend(run.stderr or ()), daemon=True)
    reader.start()
    for line in run.stdout:
        event = json.loads(line)
        if event["type"] == "question_started":
            answers.append([])
        if answers:
            answers[-1].append(event)
        if event["type"] == "answer_started" and stop_after_s is not None:
            threading.Timer(stop_after_s, os.kill, (run.pid, signal.SIGINT)).start()
    status = run.wait()
    reader.join()
    if status not in (0, 130):
        raise RuntimeError(f"voicemock ended with {status}: {''.join(told)[-500:]}")
    return answers


def sound(seconds: float) -> Samples:
    """Speech without a long pause over a hiss that is nowhere the same."""
    [answer] = spoken_answers("espeak", 1)
    loud = np.flatnonzero(np.abs(answer.samples) > 1000)  # without the silence at its end
    once = answer.samples[: loud[-1] + RATE // 2]
    speech = np.tile(once, int(seconds * RATE / len(once)) + 1).astype(np.float32)
    hiss = np.random.default_rng(7).normal(0, HISS_RMS, len(speech))
    return np.clip(speech / 2 + hiss, -32768, 32767).astype(np.int16)


def measure(
    store: Path, events: Sequence[Mapping[str, Any]], played: Samples, since: int
) -> tuple[Measured, int]:
    """What came of an answer, and at which sample of what was played it ended; it begins after `since`."""
    of = {event["type"]: event for event in events}
    recording = read_wav(store / f"{of['answer_started']['answer']}.wav").samples
    snippet = round(SNIPPET_S * RATE)
    first = place(recording[:snippet], played[since:]) + since
    end = first + len(recording) - snippet
    around = max(0, end - round(SEARCH_S * RATE))
    last = place(recording[-snippet:], played[around : end + round((SEARCH_S + SNIPPET_S) * RATE)]) + around
    audio_s = len(recording) / RATE
    told_s = sum(event["lost_s"] for event in events if event["type"] == "sound_lost")
    return Measured(audio_s, audio_s + drift_s(events), (last - end) / RATE, told_s), last


def place(snippet: Samples, whole: Samples) -> int:
    """Where `snippet` is in `whole`: the highest correlation."""
    size = 1 << (len(whole) + len(snippet)).bit_length()
    spectrum = np.fft.rfft(whole.astype(np.float64), size) * np.conj(
        np.fft.rfft(snippet.astype(np.float64), size)
    )
    return int(np.argmax(np.fft.irfft(spectrum, size)[: len(whole)]))


def drift_s(events: Sequence[Mapping[str, Any]]) -> float:
    """How much further the wall clock went than the answer's time.

    An event may be late on a busy machine and never early, so the least lag of each half is compared.
    """
    timed = [event for event in events if event["type"] in ("answer_started", "utterance", "answer_ended")]
    timed = timed[: 1 + next(i for i, event in enumerate(timed) if event["type"] == "answer_ended")]
    lags = [event["wall"] - event["t"] for event in timed]
    half = len(lags) // 2
    return float(min(lags[half:]) - min(lags[:half]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--busy", type=int, default=BUSY, help="processes that never rest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        (runtime := Path(name) / "pulse").mkdir()
        with virtual_desk(runtime) as desk, busy_processes(options.busy):
            answers = practise(desk, Path(name), options.minutes * 60)
    print(
        f"{'answer':>6} {'audio s':>9} {'wall s':>9} {'difference':>11} {'lost, told s':>13} {'lost silently s':>16}"
    )
    for number, each in enumerate(answers, 1):
        print(
            f"{number:6} {each.audio_s:9.2f} {each.wall_s:9.2f} {each.difference_percent:9.3f} % "
            f"{each.told_s:13.3f} {each.silently_s:16.4f}"
        )
    print(f"load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors, {options.busy} of it ours")


if __name__ == "__main__":
    main()
