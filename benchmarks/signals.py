"""Ctrl-C, SIGTERM, SIGHUP, a terminal that is closed and a reader that leaves, at many moments of an interview.

    python -m benchmarks.signals [--moments 50] [--seed 7] [--latest 14] [--command practice|demo|loop] [--pace fast]

Runs the real command line with the real model against a recorded candidate, and stops it at seeded moments: while it
loads, asks and listens. Prints a line a moment and a table: how long until the process was gone, and
whether it left with 130 and without a traceback, a child or a folder, with every recording whole, and every answer
either stored complete or found by `recover`. Exit code 1 where anything was lost or left. That a reader has left is
known only when the next line is written: there the time says little.
"""

from __future__ import annotations

import argparse
import os
import pty
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from voicemock.audio.recorder import Recorder
from voicemock.interview.candidate import load_scripts, read_aloud
from voicemock.speech.voice import candidate_voice
from voicemock.speech.voice_engines import open_voice
from voicemock.store.recover import find_lost
from voicemock.store.store import Store

KINDS = ("SIGINT", "SIGTERM", "SIGHUP", "terminal closed", "reader left")
LATEST_S = (
    14.0  # of wall time: imports and loading take some 2 s, the question 2 s, then the answer is spoken
)
GONE_WITHIN_S = 1.0  # the promise
QUESTION = "Tell me about a time you failed."
GIVEN_UP_S = 30.0  # a process still there by then hangs


@dataclass
class Stopped:
    """What came of one stop; `faults` is empty where all is as promised."""

    kind: str
    at_s: float
    gone_s: float = 0.0
    code: int | None = None
    kept: str = "nothing was said yet"
    faults: list[str] = field(default_factory=list)


@dataclass
class Running:
    """An interview under way; `hang_up` closes what it prints to."""

    process: subprocess.Popen[bytes]
    hang_up: Callable[[], None]
    errors: Path
    temporary: Path


@contextmanager
def started(folder: Path, arguments: Sequence[str], kind: str) -> Iterator[Running]:
    """`voicemock ARGUMENTS` in a terminal of its own (kind "terminal closed"), else with its output in a pipe."""
    temporary = folder / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "voicemock", *arguments, "--recordings", str(folder / "recordings")]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with (folder / "errors").open("wb") as errors:
        if kind == "terminal closed":
            person, program = pty.openpty()
            process = subprocess.Popen(
                command, stdin=program, stdout=program, stderr=errors, env=environment, start_new_session=True,
                preexec_fn=lambda: _as_a_shell_starts_it(program),
            )  # fmt: skip
            os.close(program)
            open_ends = [person]
        else:
            read, write = os.pipe()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=write, stderr=errors, env=environment,
                start_new_session=True, preexec_fn=_as_a_shell_starts_it,
            )  # fmt: skip
            os.close(write)
            open_ends = [read]
    for end in open_ends:
        os.set_blocking(end, False)

    def hang_up() -> None:
        os.close(open_ends.pop())

    try:
        yield Running(process, hang_up, folder / "errors", temporary)
    finally:
        process.kill()
        process.wait()
        for end in open_ends:
            os.close(end)


def _as_a_shell_starts_it(terminal: int | None = None) -> None:
    """With no signal ignored, and hung up when its terminal is closed."""
    import fcntl
    import termios

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    if terminal is not None:
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def stop_at(moment_s: float, kind: str, folder: Path, arguments: Sequence[str]) -> Stopped:
    """Run the command, stop it `moment_s` seconds after its start, and look at what is left."""
    outcome = Stopped(kind, moment_s)
    with started(folder, arguments, kind) as running:
        wait_until_ours(running.process.pid)
        time.sleep(moment_s)
        family = descendants(running.process.pid)
        began = time.monotonic()
        if running.process.poll() is None:
            if kind in ("terminal closed", "reader left"):
                running.hang_up()
            else:
                running.process.send_signal(getattr(signal, kind))
        try:
            outcome.code = running.process.wait(GIVEN_UP_S)
        except subprocess.TimeoutExpired:
            outcome.faults.append("it hangs")
        outcome.gone_s = time.monotonic() - began
        outcome.faults += left_behind(running, family)
    outcome.faults += what_was_lost(folder / "recordings", outcome)
    if outcome.code not in (130, None):
        outcome.faults.append(f"exit code {outcome.code}")
    return outcome


def wait_until_ours(pid: int) -> None:
    """Until Python has started and come to the command line: before that a signal ends Python, and nothing is lost."""
    deadline = time.monotonic() + GIVEN_UP_S
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/status").read_text()
        caught = int(status.partition("SigCgt:")[2].split()[0], base=16)
        if caught >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.005)


def descendants(pid: int) -> list[int]:
    """The children of a process and theirs, as /proc tells."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents.setdefault(int(after_name[1]), []).append(int(status.parent.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found[1:]


def left_behind(running: Running, family: Sequence[int]) -> Iterator[str]:
    """A child that lives on, a folder in the temporary one, a traceback."""
    deadline = time.monotonic() + 1.0  # a killed child is gone a moment later
    while (alive := [pid for pid in family if lives(pid)]) and time.monotonic() < deadline:
        time.sleep(0.02)
    if alive:
        yield f"children left: {alive}"
    if names := [path.name for path in running.temporary.iterdir()]:
        yield f"left in the temporary folder: {', '.join(names)}"
    said = running.errors.read_text(errors="replace")
    if "Traceback" in said or "Error" in said:
        yield f"said: {said.strip()[-300:]}"


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def what_was_lost(recordings: Path, outcome: Stopped) -> Iterator[str]:
    """Recordings that stdlib `wave` can't read, and answers that are neither complete nor found by `recover`."""
    paths = sorted(recordings.glob("*/*.wav"))
    for path in paths:
        try:
            with wave.open(str(path)) as file:
                frames = file.getnframes()
        except (wave.Error, EOFError) as error:
            yield f"{path.name} is no WAV ({error})"
            continue
        with Store(recordings) as store:
            answer_id = f"{path.parent.name}/{path.stem}"
            complete = {row.id for row in store.answers() if row.complete}
            lost = {each.answer_id for each in find_lost(store)}
        if answer_id in complete:
            outcome.kept = "complete"
        elif answer_id in lost:
            outcome.kept = "recoverable"
        elif frames:
            yield f"{answer_id} is neither stored nor recoverable"


def candidate(folder: Path) -> Path:
    """The good answer of the demo, as a file."""
    voice = open_voice(candidate_voice(), 145)
    recorder = Recorder(folder / "answer.wav", room_needed=1)
    recorder.write(read_aloud(load_scripts()[0], voice))
    recorder.close()
    voice.close()
    return recorder.path


def arguments_of(command: str, pace: str, answer: Path) -> list[str]:
    extra = ["--question", QUESTION] if command == "practice" else []
    return [
        command,
        *extra,
        "--candidate",
        str(answer),
        "--pace",
        pace,
        "--silent",
        "--events",
        "-",
        "--plain",
    ]


def run(moments: int, latest_s: float, seed: int, command: str, pace: str) -> list[Stopped]:
    """`moments` stops, of each kind in turn, at moments spread evenly at random."""
    chance = random.Random(seed)
    found = []
    with tempfile.TemporaryDirectory() as folder:
        answer = candidate(Path(folder))
        for number in range(moments):
            at_s = round(latest_s * (number + chance.random()) / moments, 2)
            inside = Path(folder, str(number))
            inside.mkdir()
            outcome = stop_at(at_s, KINDS[number % len(KINDS)], inside, arguments_of(command, pace, answer))
            print(
                f"{outcome.at_s:6.2f} s  {outcome.kind:16} gone after {outcome.gone_s:.2f} s, "
                f"code {outcome.code}, {outcome.kept} {'; '.join(outcome.faults)}",
                flush=True,
            )
            found.append(outcome)
    return found


def table(found: Sequence[Stopped]) -> Iterator[str]:
    yield f"{'kind':16} {'stops':>5} {'gone after: median':>19} {'most':>6} {'over 1 s':>8} complete recoverable faults"
    for kind in KINDS:
        some = [each for each in found if each.kind == kind]
        if some:
            gone = [each.gone_s for each in some]
            kept = [sum(each.kept == how for each in some) for how in ("complete", "recoverable")]
            late = sum(each > GONE_WITHIN_S for each in gone)
            faults = sum(bool(each.faults) for each in some)
            yield (
                f"{kind:16} {len(some):5} {statistics.median(gone):17.2f} s {max(gone):4.2f} s {late:8} "
                f"{kept[0]:8} {kept[1]:11} {faults:6}"
            )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--latest", type=float, default=LATEST_S, metavar="S")
    parser.add_argument("--command", choices=("practice", "demo", "loop"), default="practice")
    parser.add_argument("--pace", choices=("real", "fast"), default="real")
    options = parser.parse_args()
    found = run(options.moments, options.latest, options.seed, options.command, options.pace)
    print("\n".join(table(found)))
    faulty = sum(bool(each.faults) for each in found)
    print(f"stopped {len(found)} times, with faults: {faulty}")
    print(f"load average: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    return int(faulty > 0)


if __name__ == "__main__":
    sys.exit(main())
