"""Quick work never waits for careful work, and careful work is given up when nobody wants it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from voicemock.speech.workers import InlineWorkers, Job, ThreadWorkers

PATIENCE_S = 10.0  # a test that waits this long has failed


@pytest.fixture
def workers() -> Iterator[ThreadWorkers]:
    workers = ThreadWorkers()
    yield workers
    workers.close()


def waiting(gate: threading.Event) -> Callable[[object], str]:
    def work(_: object) -> str:
        assert gate.wait(PATIENCE_S)
        return "done"

    return work


class TestPriority:
    def test_a_careful_job_stops_between_slices_until_the_quick_one_is_done(
        self, workers: ThreadWorkers
    ) -> None:
        in_first_slice, go_on, order = threading.Event(), threading.Event(), []

        def careful(give_way: Callable[[], None]) -> str:
            in_first_slice.set()
            assert go_on.wait(PATIENCE_S)
            give_way()
            order.append("careful")
            return "careful"

        slow: Job[str] = Job(careful)
        workers.careful(slow)
        assert in_first_slice.wait(PATIENCE_S)
        gate = threading.Event()
        quick: Job[str] = Job(lambda _: waiting(gate)(_) + str(order.append("quick")))
        workers.quick(quick)
        go_on.set()
        gate.set()
        workers.wait(slow)
        assert order == ["quick", "careful"]

    def test_quick_jobs_are_done_while_a_careful_one_runs(self, workers: ThreadWorkers) -> None:
        gate = threading.Event()
        slow: Job[str] = Job(waiting(gate))
        workers.careful(slow)
        quick: Job[str] = Job(lambda _: "quick")
        workers.quick(quick)
        workers.wait_quick()
        assert quick.result == "quick"
        assert not slow.done
        gate.set()
        workers.wait(slow)

    def test_a_careful_job_that_nobody_wants_is_given_up(self, workers: ThreadWorkers) -> None:
        in_first_slice, go_on = threading.Event(), threading.Event()

        def careful(give_way: Callable[[], None]) -> str:
            in_first_slice.set()
            assert go_on.wait(PATIENCE_S)
            give_way()
            raise AssertionError("it went on")

        job: Job[str] = Job(careful)
        workers.careful(job)
        assert in_first_slice.wait(PATIENCE_S)
        job.cancel()
        go_on.set()
        workers.wait(job)
        assert job.cancelled


class TestFaults:
    @pytest.mark.parametrize("make", [InlineWorkers, ThreadWorkers])
    def test_what_a_job_raises_is_raised_where_its_result_is_wanted(self, make: type) -> None:
        workers = make()
        job: Job[str] = Job(lambda _: {}["missing"])
        workers.quick(job)
        workers.wait_quick()
        with pytest.raises(KeyError, match="missing"):
            _ = job.result
        workers.close()

    def test_closing_leaves_no_thread_and_blocks_no_waiter(self) -> None:
        workers = ThreadWorkers()
        gate = threading.Event()
        running: Job[str] = Job(waiting(gate))
        never: Job[str] = Job(lambda _: "never")
        workers.quick(running)
        workers.quick(never)
        closing = threading.Thread(target=workers.close)
        closing.start()
        gate.set()
        closing.join(PATIENCE_S)
        assert not closing.is_alive()
        workers.wait(never)


class TestLag:
    def test_the_sound_that_waits_is_counted(self, workers: ThreadWorkers) -> None:
        gate = threading.Event()
        workers.quick(Job(waiting(gate), sound_s=1.0))
        workers.quick(Job(waiting(gate), sound_s=2.0))
        workers.quick(Job(waiting(gate), sound_s=4.0))
        assert workers.quick_waiting_s() in (6.0, 7.0)  # the first may have begun
        gate.set()
        workers.wait_quick()
        assert workers.quick_waiting_s() == 0.0
