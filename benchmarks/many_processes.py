"""Many voicemocks at once on one recordings folder: is a session lost, a lock shown, a live recording taken for lost?

    python -m benchmarks.many_processes [--processes 2 4 8] [--rounds 5] [--seed 1]        about two minutes

In each round all processes begin a session in the same moment, so that they want the same name; then each scores,
reviews, corrects, searches, exports, brings back and verifies in an order of its own, and every third session is
removed again. Only sound and recogniser are scripted. Exits with 1 where a promise was broken, and says which.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.sitting import get_ready, sit

from voicemock.cli import main as voicemock
from voicemock.store.recover import find_lost
from voicemock.store.store import Store
from voicemock.store.verify import verify

OWN = "OWN"  # stands for the session that the process has just recorded
COMMANDS = (
    ("review",), ("review", OWN), ("review", OWN, "--html"), ("progress",), ("stories",), ("search", "parcels"),
    ("export", OWN, "--format", "json"), ("correct", OWN, "--replace", "twelve.=ten."), ("recover",), ("verify",),
    ("review", "--json"), ("retry", OWN, "--compare", OWN), ("score", "answer.txt"), ("progress", "--json"),
)  # fmt: skip
REMOVED_EVERY = 3  # sessions
NEVER_SAID = ("locked", "busy", "Traceback", "unexpected error", "cut short", "can't", "damaged")


@dataclass
class Report:
    """What one process did; `problems` is empty when every promise was kept."""

    begun: int = 0
    removed: int = 0
    commands: int = 0
    slowest_s: float = 0.0
    problems: list[str] = field(default_factory=list)


def work(folder: Path, number: int, rounds: int, seed: int, together: Any, reports: Path) -> None:
    """One process, from its first session to its last command."""
    report, chance = Report(), random.Random(seed * 1000 + number)
    os.chdir(folder.parent)
    for _ in range(rounds):
        together.wait()
        own = _sit(folder, folder.with_name(f"events-{number}.jsonl"), report)
        for command in chance.sample(COMMANDS, len(COMMANDS)):
            _run([own if word == OWN else word for word in command], folder, report)
        if report.begun % REMOVED_EVERY == 0:
            report.removed += _run(["review", own, "--delete", "--yes"], folder, report)
    (reports / f"{number}.json").write_text(json.dumps(vars(report)))
    os._exit(0)


def _sit(folder: Path, events: Path, report: Report) -> str:
    """A session with a file of events of its own: two that write one file at once would tear its lines."""
    said = io.StringIO()
    began = time.monotonic()
    with redirect_stdout(said), redirect_stderr(said):
        try:
            sit(folder, events=events)
        except SystemExit as ends:
            if ends.code:
                report.problems.append(f"practice ended with {ends.code}: {said.getvalue()[-300:]}")
    _look(["practice"], said.getvalue(), time.monotonic() - began, report)
    own = re.search(r"voicemock retry (\S+)/1", said.getvalue())
    report.begun += own is not None
    return own[1] if own else "last"


def _run(arguments: list[str], folder: Path, report: Report) -> bool:
    """Whether the command went well."""
    said = io.StringIO()
    began = time.monotonic()
    code: object = 0
    here = [] if arguments[0] == "score" else ["--recordings", str(folder)]
    with redirect_stdout(said), redirect_stderr(said):
        try:
            voicemock([*arguments, *here])
        except SystemExit as ends:
            code = ends.code
    if code:
        report.problems.append(f"{' '.join(arguments)} ended with {code}: {said.getvalue()[-300:]}")
    _look(arguments, said.getvalue(), time.monotonic() - began, report)
    return not code


def _look(arguments: list[str], said: str, seconds: float, report: Report) -> None:
    report.commands += 1
    report.slowest_s = max(report.slowest_s, seconds)
    lines = [line for line in said.splitlines() if any(word in line for word in NEVER_SAID)]
    report.problems += [
        f"{' '.join(arguments)} said: {line}" for line in lines if "can't be judged" not in line
    ]


def run(processes: int, rounds: int, seed: int) -> tuple[list[str], list[str]]:
    """The cells of one line of the table, and what was broken."""
    context = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory(prefix="voicemock-many-") as place:
        folder, reports = Path(place) / "recordings", Path(place) / "reports"
        reports.mkdir()
        (Path(place) / "answer.txt").write_text("I cut lost parcels from ninety a week to twelve in May.\n")
        together = context.Barrier(processes)
        arguments = [(folder, number, rounds, seed, together, reports) for number in range(processes)]
        hands = [context.Process(target=work, args=each) for each in arguments]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        done = [Report(**json.loads(path.read_text())) for path in sorted(reports.glob("*.json"))]
        problems = [problem for report in done for problem in report.problems]
        if len(done) < processes:
            problems.append(f"{processes - len(done)} processes died")
        begun, removed = sum(each.begun for each in done), sum(each.removed for each in done)
        with Store(folder) as store:
            kept = sum(row.complete for row in store.answers())
            problems += [f"{fault.place}: {fault.problem}" for fault in verify(store)]
            problems += [f"{lost.answer_id} is offered as lost" for lost in find_lost(store)]
            sessions = len(store.sessions())
    lost = processes * rounds - removed - min(kept, sessions)
    if lost or begun != processes * rounds:
        problems.append(f"{lost} sessions are lost; {begun} of {processes * rounds} were begun")
    slowest = max((each.slowest_s for each in done), default=0.0)
    commands = sum(each.commands for each in done)
    return [
        str(each)
        for each in (processes, begun, removed, kept, lost, commands, f"{slowest:.1f}", len(problems))
    ], problems


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, nargs="+", default=[2, 4, 8])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    get_ready()
    print("processes | sessions | removed | kept | lost | commands | slowest, s | problems")
    broken = []
    for processes in wanted.processes:
        cells, problems = run(processes, wanted.rounds, wanted.seed)
        print(" | ".join(cells), flush=True)
        broken += problems
    for problem in broken[:40]:
        print(problem)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
