"""Thousands of bad inputs on the command line: what each kind came to.

    python -m benchmarks.bad_inputs [--every 1] [--processes 300] [--workers 2]

About half an hour; with --every 10 three minutes.

Transcripts, labelled answers, packs, wordings, sound, models, databases, rows, recordings and arguments: empty, cut at
every byte of the head, with flipped bits, in the wrong encoding, with NUL, of 10 MB, deeply nested, as YAML bombs and
tags, behind rings of links, with names that lead elsewhere and texts that a terminal would obey. Most run in this
process, as `voicemock.cli.main`; those that native code reads, and `--processes` of the others, as a process of their
own. Exits with 1 where a promise was broken, and says where.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from unittest.mock import patch

from tests.hostile import files, stores
from tests.hostile.trial import Case, Findings, try_it

from voicemock.speech import models

COLUMNS = ("tracebacks", "outside", "escapes", "manners")
HEADINGS = ("tracebacks", "files outside", "escapes", "other")
SHOWN = 40  # of what was broken; the rest is counted


def cases() -> Iterator[Case]:
    yield from files.transcripts(200)
    yield from files.labelled(150)
    yield from files.packs(200)
    yield from files.wordings(100)
    yield from files.sounds(300)
    yield from files.models(20)
    yield from stores.databases(300)
    yield from stores.rows(3)
    yield from stores.recordings(100)
    yield from stores.arguments()


def tried(case: Case, own_process: bool) -> Findings:
    root = Path(tempfile.mkdtemp(prefix="voicemock-bad-"))
    try:
        return try_it(case, root, own_process=own_process)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def work(every: int, offset: int, step: int, processes: int, results: multiprocessing.Queue) -> None:
    """Try every `step`th of the chosen cases from `offset` on; some once more as a process of their own."""
    chosen = list(itertools.islice(cases(), 0, None, every))
    again = max(1, len(chosen) // processes) if processes else 0
    with patch.object(models, "load", cache(models.load)):  # loaded once: it is the same for every sound
        for number in range(offset, len(chosen), step):
            case = chosen[number]
            results.put((case.kind, tried(case, own_process=False)))
            if again and number % again == 0 and not case.own_process:
                results.put((case.kind, tried(case, own_process=True)))
    results.put(None)


def run(every: int, processes: int, workers: int) -> tuple[Counter[str], dict[str, Counter[str]], list[str]]:
    """How many of each kind were tried, what was broken by kind and column, and the lines that say where."""
    stores.pristine()  # once for all workers, and removed at the end
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue = context.Queue()
    hands = [
        context.Process(target=work, args=(every, k, workers, processes, results)) for k in range(workers)
    ]
    for hand in hands:
        hand.start()
    counts: Counter[str] = Counter()
    broken: dict[str, Counter[str]] = {}
    where: list[str] = []
    left = workers
    while left:
        if (result := results.get(timeout=150)) is None:
            left -= 1
            continue
        kind, found = result
        counts[kind] += 1
        for column in COLUMNS:
            broken.setdefault(kind, Counter())[column] += bool(getattr(found, column))
            where += [f"{column}: {line}" for line in getattr(found, column)]
    for hand in hands:
        hand.join()
    return counts, broken, where


def table(counts: Counter[str], broken: dict[str, Counter[str]]) -> Iterator[str]:
    yield " | ".join(("kind".ljust(16), "tried", *HEADINGS))
    for kind, count in counts.items():
        yield " | ".join((kind.ljust(16), f"{count:5}", *_cells(broken[kind])))
    total = sum(broken.values(), Counter())
    yield " | ".join(("all".ljust(16), f"{counts.total():5}", *_cells(total)))


def _cells(found: Counter[str]) -> list[str]:
    return [str(found[column]).rjust(len(head)) for column, head in zip(COLUMNS, HEADINGS, strict=True)]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="take one case of so many")
    parser.add_argument("--processes", type=int, default=300, help="how many are tried again as a process")
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args(arguments)
    began = time.monotonic()
    counts, broken, where = run(wanted.every, wanted.processes, wanted.workers)
    print("\n".join(table(counts, broken)))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{time.monotonic() - began:.0f} s; the largest process took {peak} MiB")
    for line in where[:SHOWN]:
        print(line)
    if len(where) > SHOWN:
        print(f"and {len(where) - SHOWN} more")
    return 1 if where else 0


if __name__ == "__main__":
    sys.exit(main())
