"""Every item has one row, in order, whatever happens to the process at it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections import Counter
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest

from tests.many.tasks import die_once, echo, lost
from voicemock.many.workers import Processes, Row, Task, in_order

PATIENCE_S = 30


class Scripted:
    """Does each item at once; those in `breaking` break the process as often as they say."""

    jobs = 2

    def __init__(self, breaking: dict[str, int]) -> None:
        self.breaking = dict(breaking)
        self.broken = False
        self.done: Counter[str] = Counter()

    def submit(self, task: Task, item: str) -> Future[Row]:
        future: Future[Row] = Future()
        if self.broken or self.breaking.get(item, 0):
            self.breaking[item] = max(0, self.breaking.get(item, 0) - (not self.broken))
            self.broken = True
            future.set_exception(BrokenExecutor())
        else:
            self.done[item] += 1
            future.set_result(task(item))
        return future

    def renew(self) -> None:
        self.broken = False

    def close(self) -> None:
        pass


class RefusingWhileBroken(Scripted):
    """As a real pool does: once a process has died, nothing more is taken."""

    def submit(self, task: Task, item: str) -> Future[Row]:
        if self.broken:
            raise BrokenExecutor
        return super().submit(task, item)


ITEMS = [f"{n}.txt" for n in range(25)]


class TestInOrder:
    @pytest.mark.parametrize(
        "breaking", [{}, {"0.txt": 1}, {"7.txt": 1, "8.txt": 1}, {"24.txt": 1}, dict.fromkeys(ITEMS, 1)]
    )
    @pytest.mark.parametrize("kind", [Scripted, RefusingWhileBroken])
    def test_an_item_whose_process_died_is_done_again(
        self, breaking: dict[str, int], kind: type[Scripted]
    ) -> None:
        workers = kind(breaking)
        rows = list(in_order(echo, ITEMS, workers, lost))
        assert [row.source for row in rows] == ITEMS
        assert not any(row.failed for row in rows)
        assert set(workers.done.values()) == {1}

    def test_one_that_kills_every_process_is_lost_and_the_others_are_not(self) -> None:
        rows = list(in_order(echo, ITEMS, Scripted({"9.txt": 99}), lost))
        assert [row.source for row in rows if row.failed] == ["9.txt"]
        assert [row.source for row in rows] == ITEMS

    def test_no_more_is_taken_from_the_list_than_is_worked_on(self) -> None:
        taken = []
        rows = in_order(echo, (taken.append(item) or item for item in ITEMS), Scripted({}), lost)
        next(rows)
        assert len(taken) <= 2 * 4


class TestProcesses:
    def test_real_processes_that_are_killed(self, tmp_path: Path) -> None:
        items = [str(tmp_path / name) for name in ("a", "b-once", "c", "d-ever", "e", "f-once")]
        workers = Processes(2)
        try:
            rows = list(in_order(die_once, items, workers, lost))
        finally:
            workers.close()
        assert [row.source for row in rows] == items
        assert [Path(row.source).name for row in rows if row.failed] == ["d-ever"]

    @pytest.mark.skipif(os.name == "nt", reason="a pipe with a name, and SIGKILL")
    def test_they_end_with_a_parent_that_was_killed(self, tmp_path: Path) -> None:
        fifo = tmp_path / "held"
        os.mkfifo(fifo)
        script = (
            "import sys; from tests.many.tasks import hold; from voicemock.many.workers import Processes\n"
            "if __name__ == '__main__':\n"
            "    Processes(1).submit(hold, sys.argv[1]).result(); print('held', flush=True); sys.stdin.read()\n"
        )
        path = tmp_path / "parent.py"
        path.write_text(script)
        environment = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
        with (
            subprocess.Popen(
                [sys.executable, str(path), str(fifo)],
                env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            ) as parent,
            fifo.open("rb", buffering=0) as held,
        ):  # fmt: skip
            assert parent.stdout is not None
            assert parent.stdout.readline() == "held\n"
            parent.kill()
            assert select.select([held], [], [], PATIENCE_S)[0], "the worker lives on"
            assert held.read() == b""
