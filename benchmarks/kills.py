"""SIGKILL at seeded moments of a session: how much sound is lost, and whether all of it comes back.

    python -m benchmarks.kills [--moments 200] [--seed 1]        about three minutes
    python -m benchmarks.kills --real 6                          with the real model and a spoken answer, ten minutes

A child runs `voicemock practice` with a scripted candidate and tells through a pipe each thing that it is about to
do: a block of sound handed to the program, a database statement, an event. It waits for a nod each time, so the
parent knows how far it has come, and kills it some random instant after a nod. A quarter of the moments each: while
it opens, while the interviewer asks, in mid-answer, while the answer is scored and kept. Then the recordings are read
with `wave`, `voicemock recover` is run twice, and `verify`. Exits with 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import wave
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.sitting import Aftermath, get_ready, look_after, sit

from voicemock.audio.sound import BLOCK_SAMPLES, RATE
from voicemock.audio.source import Block, FileSource
from voicemock.cli import main as voicemock
from voicemock.cli.demo import CANDIDATE_WPM
from voicemock.interview.candidate import load_scripts, read_aloud
from voicemock.speech.voice import candidate_voice
from voicemock.speech.voice_engines import open_voice

ANSWERS = 2
STAGES = ("opening", "asking", "answering", "keeping")
INSTANT_S = 0.002  # the longest wait between a nod and the kill: most single steps take less
LOST_AT_MOST_S = 0.1
REAL_ANSWER_S = 15
REAL_KILL_S = (
    0.5,
    19.0,
)  # after the answer's first block: in it, in the silence behind it, while it is scored


class Teller:
    """What the child does, told to the parent a line at a time."""

    def __init__(self, told: int, nods: int) -> None:
        self._told, self._nods = told, nods

    def __call__(self, what: str) -> None:
        os.write(self._told, f"{what}\n".encode())
        os.read(self._nods, 1)


class ToldSource(FileSource):
    """Tells of each block that is handed over while the candidate has the floor, and of the interviewer's turn."""

    def __init__(self, samples: object, tell: Teller) -> None:
        super().__init__(samples, real_pace=False)  # type: ignore[arg-type]
        self._tell = tell

    def read(self) -> Block | None:
        block = super().read()
        if block is not None:
            self._tell("asking" if self._held else "block")
        return block


def child(folder: Path, told: int, nods: int) -> None:
    """The session that is killed."""
    tell = Teller(told, nods)
    connect = sqlite3.connect

    def told_connect(*values: object, **options: object) -> sqlite3.Connection:
        database = connect(*values, **options)  # type: ignore[call-overload]
        if values[0] != ":memory:":
            database.set_trace_callback(lambda _: tell("statement"))
        return database

    with patch("sqlite3.connect", told_connect):
        sit(folder, ANSWERS, lambda samples: ToldSource(samples, tell), lambda event: tell(event.type))


@dataclass
class Killed:
    """How far a session came: `told` is what it said, the stage of each with it."""

    told: list[tuple[str, str]]
    ended: bool


def run_until(folder: Path, step: int | None, wait_s: float) -> Killed:
    """Run a child, nod to its first `step` steps, wait, and kill it; None lets it end."""
    told_out, told_in = os.pipe()
    nods_out, nods_in = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(told_out)
        os.close(nods_in)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1), os.dup2(null, 2)
        try:
            child(folder, told_in, nods_out)
        finally:
            os._exit(0)
    os.close(told_in)
    os.close(nods_out)
    told: list[tuple[str, str]] = []
    with os.fdopen(told_out, "rb", buffering=0) as lines, os.fdopen(nods_in, "wb", buffering=0) as nods:
        for what in _lines(lines.fileno()):
            told.append((what, _stage(told, what)))
            nods.write(b".")
            if len(told) == step:
                time.sleep(wait_s)
                os.kill(pid, signal.SIGKILL)
                told += [(what, _stage(told, what)) for what in _lines(lines.fileno())]
                break
    _, status = os.waitpid(pid, 0)
    return Killed(told, ended=not os.WIFSIGNALED(status))


def _lines(pipe: int) -> Iterator[str]:
    """The lines as they come, until the other end is closed."""
    rest = b""
    while more := os.read(pipe, 1 << 16):
        *whole, rest = (rest + more).split(b"\n")
        yield from (line.decode() for line in whole)


def _stage(told: list[tuple[str, str]], what: str) -> str:
    before = told[-1][1] if told else "opening"
    if what == "asking":
        return "asking"
    if what == "block":
        return "answering"
    return "keeping" if before in ("answering", "keeping") else before


def handed_over(told: list[tuple[str, str]]) -> list[int]:
    """How many blocks the program was given in each answer."""
    counts: list[int] = []
    for what, _ in told:
        if what == "question_started":
            counts.append(0)
        elif what == "block":
            counts[-1] += 1
    return counts


def lost_s(told: list[tuple[str, str]], after: Aftermath) -> float:
    """The most sound that an answer lacks."""
    kept = [count for _, count in sorted(after.samples.items())]
    kept += [0] * (ANSWERS - len(kept))
    return (
        max((n * BLOCK_SAMPLES - had for n, had in zip(handed_over(told), kept, strict=False)), default=0)
        / RATE
    )


def measure(moments: int, seed: int) -> int:
    """Kill that many sessions and print what came of them; the exit code."""
    chance = random.Random(seed)
    get_ready()
    landed: Counter[str] = Counter()
    worst, offered, broken, problems = 0.0, 0, 0, []
    with tempfile.TemporaryDirectory() as temporary:
        whole = run_until(Path(temporary) / "whole", None, 0.0)
        steps = {stage: [i + 1 for i, (_, at) in enumerate(whole.told) if at == stage] for stage in STAGES}
        for moment in range(moments):
            folder = Path(temporary) / str(moment)
            step = chance.choice(steps[STAGES[moment % len(STAGES)]])
            killed = run_until(folder, step, chance.uniform(0, INSTANT_S))
            after = look_after(folder)
            lost = lost_s(killed.told, after)
            landed[killed.told[-1][1]] += 1
            worst, offered = max(worst, lost), offered + len(after.offered)
            found = [*after.problems, *(["it ended by itself"] if killed.ended else [])]
            if lost > LOST_AT_MOST_S:
                found.append(f"{lost:.3f} s lost")
            broken += bool(found)
            problems += [f"moment {moment} (step {step}): {problem}" for problem in found]
    print(f"killed {moments} sessions: " + ", ".join(f"{landed[stage]} {stage}" for stage in STAGES))
    print(f"sound lost: at most {worst * 1000:.0f} ms; bar {LOST_AT_MOST_S * 1000:.0f} ms")
    print(
        f"{moments - broken} of {moments} whole again: {offered} recordings were offered and came back, none twice"
    )
    print("\n".join([*problems, f"broken promises: {len(problems)}"]))
    return 1 if problems else 0


def measure_real(moments: int, seed: int) -> int:
    """The same with the real model at the pace of speech: a process of its own, killed at a seeded second."""
    chance = random.Random(seed)
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        candidate = Path(temporary) / "candidate.wav"
        _speak(candidate)
        for moment in range(moments):
            folder = Path(temporary) / str(moment)
            after_s = chance.uniform(*REAL_KILL_S)
            handed = _killed_for_real(folder, candidate, after_s)
            [path] = folder.glob("*/*.wav")
            with wave.open(str(path)) as file:
                lost = handed * BLOCK_SAMPLES / RATE - file.getnframes() / RATE
            said = [_command(name, folder) for name in ("recover", "recover", "verify")]
            print(f"after {after_s:.1f} s: {lost * 1000:.0f} ms lost; " + "; ".join(said))
            if lost > LOST_AT_MOST_S or said[1:] != ["Nothing was lost.", "All is well: 1 answer checked."]:
                problems.append(moment)
    print(f"broken promises: {len(problems)}")
    return 1 if problems else 0


def _speak(path: Path) -> None:
    """The beginning of the demo's first answer, read by its voice."""
    voice = open_voice(candidate_voice(), CANDIDATE_WPM)
    sound = read_aloud(load_scripts()[0], voice)[: REAL_ANSWER_S * RATE]
    voice.close()
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(sound.tobytes())


def _killed_for_real(folder: Path, candidate: Path, after_s: float) -> int:
    """Kill a session so long after its first block of the answer; how many blocks it was given."""
    told_out, told_in = os.pipe()
    command = [sys.executable, "-m", "benchmarks.kills", "--child", str(told_in), str(folder), str(candidate)]
    running = subprocess.Popen(
        command, pass_fds=[told_in], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(told_in)
    handed = len(os.read(told_out, 1))
    time.sleep(after_s)
    running.kill()
    running.wait()
    while more := os.read(told_out, 1 << 16):
        handed += len(more)
    os.close(told_out)
    return handed


def real_child(told: int, folder: str, candidate: str) -> None:
    """`voicemock practice` as a user runs it, but for a byte a block."""
    read = FileSource.read

    def told_read(self: FileSource) -> Block | None:
        block = read(self)
        if block is not None and not self._held:
            os.write(told, b".")
        return block

    with patch.object(FileSource, "read", told_read):
        voicemock(["practice", "--candidate", candidate, "--recordings", folder, "--silent", "--plain"])


def _command(name: str, folder: Path) -> str:
    command = [sys.executable, "-m", "voicemock", name, "--recordings", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=int, metavar="MOMENTS", help="with the real model")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        real_child(int(arguments.child[0]), *arguments.child[1:])
    if arguments.real:
        return measure_real(arguments.real, arguments.seed)
    return measure(arguments.moments, arguments.seed)


if __name__ == "__main__":
    sys.exit(main())
