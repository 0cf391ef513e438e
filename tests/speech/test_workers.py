"""Quick work never waits for careful work, and careful work is given up when nobody wants it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from voicemock.speech.workers import HANG_S, HANG_SHARE, UNHURRIED, InlineWorkers, Job, ThreadWorkers

PATIENCE_S = 10.0  # a test that waits this long has failed


@pytest.fixture
def workers() -> Iterator[ThreadWorkers]:
    workers = ThreadWorkers()
    yield workers
    workers.close()


class Clock:
    """Wall time that tests move."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def hanging(begun: threading.Event, gate: threading.Event) -> Callable[[object], str]:
    def work(_: object) -> str:
        begun.set()
        gate.wait()
        return "done"

    return work


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


class TestADecodeThatHangs:
    """Nobody waits for it for good, and it keeps nobody from leaving."""

    @pytest.fixture
    def clock(self) -> Iterator[Clock]:
        yield Clock()

    @pytest.mark.parametrize("kind", ["quick", "careful"])
    def test_it_is_noticed_within_5_seconds_of_what_its_sound_justifies(
        self, clock: Clock, kind: str
    ) -> None:
        workers, gate, begun = ThreadWorkers(clock=clock), threading.Event(), threading.Event()
        job: Job[str] = Job(hanging(begun, gate), sound_s=8.0)
        getattr(workers, kind)(job)
        assert begun.wait(PATIENCE_S)
        clock.now += HANG_S
        assert not workers.hang()
        clock.now += HANG_SHARE * 8.0 + 0.1
        assert workers.hang()
        assert HANG_S + HANG_SHARE * 8.0 < 5.0
        workers.wait(job)  # comes back
        assert not job.done
        gate.set()
        workers.wait_quick()
        workers.close()

    def test_a_careful_job_that_gives_way_does_not_hang(self, clock: Clock) -> None:
        workers, gate, waits = ThreadWorkers(clock=clock), threading.Event(), threading.Event()

        def careful(give_way: Callable[[], None]) -> str:
            waits.set()
            give_way()
            return "done"

        quick_began = threading.Event()
        quick: Job[str] = Job(hanging(quick_began, gate), sound_s=1000.0)
        workers.quick(quick)
        assert quick_began.wait(PATIENCE_S)
        slow: Job[str] = Job(careful)
        workers.careful(slow)
        assert waits.wait(PATIENCE_S)
        clock.now += 3 * HANG_S
        while slow.alive_at is not None:
            pass  # until it waits for the quick one
        assert not workers.hang()
        gate.set()
        workers.wait(slow)
        assert slow.result == "done"
        workers.close()

    def test_files_that_nobody_waits_for_are_given_longer(self, clock: Clock) -> None:
        workers, gate, begun = ThreadWorkers(eager=False, clock=clock), threading.Event(), threading.Event()
        workers.quick(Job(hanging(begun, gate)))
        assert begun.wait(PATIENCE_S)
        clock.now += HANG_S * UNHURRIED
        assert not workers.hang()
        clock.now += 0.1
        assert workers.hang()
        gate.set()
        workers.close()

    def test_closing_leaves_it_behind(self) -> None:
        workers, gate, begun = ThreadWorkers(), threading.Event(), threading.Event()
        workers.quick(Job(hanging(begun, gate)))
        assert begun.wait(PATIENCE_S)
        closing = threading.Thread(target=workers.close)
        closing.start()
        closing.join(PATIENCE_S)
        assert not closing.is_alive()
        gate.set()

    def test_a_thread_outlives_what_no_code_should_raise(self, workers: ThreadWorkers) -> None:
        def panic(_: object) -> str:
            raise BaseException("a Rust panic is one")

        failed: Job[str] = Job(panic)
        workers.quick(failed)
        fine: Job[str] = Job(lambda _: "fine")
        workers.quick(fine)
        workers.wait(fine)
        assert (str(failed.error), fine.result) == ("a Rust panic is one", "fine")


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
