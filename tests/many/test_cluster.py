"""Dask's own scheduler and workers as processes on loopback give what one process gives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        pids = [nanny.pid for nanny in cluster.workers.values()]
        print(cluster.scheduler_address, *pids, flush=True)
        sys.stdin.read()
"""
VOICEMOCK = [sys.executable, "-m", "voicemock"]
PATIENCE_S = 120


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    folder = tmp_path / "answers"
    folder.mkdir()
    for number in range(12):
        text = f"I called {number + 3} drivers who waited {number + 10} minutes.\nI cut the wait to {number + 1}.\n"
        (folder / f"{number:02d}.txt").write_text(text * 2)
    (folder / "bad.json").write_text("{}")
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[int]]]:
    """The scheduler's address and the workers' process numbers."""
    script = tmp_path / "cluster.py"
    script.write_text(CLUSTER)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address, *pids = process.stdout.readline().split()
    yield address, [int(pid) for pid in pids]
    process.communicate(timeout=PATIENCE_S)


def score(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*VOICEMOCK, "score", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_same_bytes_as_one_process(answers: Path, tmp_path: Path, cluster: tuple[str, list[int]]) -> None:
    outputs = [tmp_path / "one.jsonl", tmp_path / "dask.jsonl"]
    for output, how in zip(outputs, (["--jobs", "1"], ["--cluster", cluster[0]]), strict=True):
        run = score(str(answers), "--output", str(output), *how)
        _, said = run.communicate(timeout=PATIENCE_S)
        assert run.returncode == 1, said  # bad.json has a row that says why
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert sum("error" in json.loads(line) for line in outputs[0].read_text().splitlines()) == 1


def test_a_worker_that_is_killed_loses_nothing(
    answers: Path, tmp_path: Path, cluster: tuple[str, list[int]]
) -> None:
    output = tmp_path / "out.jsonl"
    run = score(str(answers), "--output", str(output), "--cluster", cluster[0])
    os.kill(cluster[1][0], signal.SIGKILL)
    run.communicate(timeout=PATIENCE_S)
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    assert [Path(row["source"]).name for row in rows] == sorted(path.name for path in answers.iterdir())
    assert [row for row in rows if "error" in row and "bad.json" not in row["source"]] == []


def test_where_nobody_answers_it_says_how_to_start_a_scheduler(answers: Path) -> None:
    run = score(str(answers), "--cluster", "tcp://127.0.0.1:9")
    _, said = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 2
    assert "dask scheduler" in said
    assert "Traceback" not in said
