"""What is recorded does not depend on whoever looks at it: real threads, and nobody sleeps."""

from __future__ import annotations

import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voicemock.audio.recorder import Recorder
from voicemock.audio.sound import BLOCK_SAMPLES
from voicemock.audio.source import Block
from voicemock.errors import DeviceError, StoreError
from voicemock.interview.aside import Beside
from voicemock.interview.intake import Intake

SOON_S = 5.0  # for another thread to come round to it; nothing waits that long unless it is broken


def block(number: int, arrived: float | None = None) -> Block:
    samples = np.full(BLOCK_SAMPLES, number, dtype=np.int16)
    return Block(samples, float(number) if arrived is None else arrived)


class Microphone:
    """Gives numbered blocks as a test hands them in."""

    patient = False

    def __init__(self) -> None:
        self._blocks: list[Block | BaseException] = []
        self._more = threading.Semaphore(0)
        self._asked = threading.Semaphore(0)

    def give(self, *blocks: Block | BaseException | None) -> None:
        """Hand in blocks, and wait until all of them were taken and more is asked for."""
        for each in blocks:
            self.give_last(each)
            assert self._asked.acquire(timeout=SOON_S)

    def give_last(self, each: Block | BaseException | None) -> None:
        """Hand in what nothing comes after."""
        self._blocks.append(each or EOFError())
        self._more.release()

    def read(self) -> Block | None:
        self._asked.release()
        self._more.acquire()
        found = self._blocks.pop(0)
        if isinstance(found, EOFError):
            return None
        if isinstance(found, BaseException):
            raise found
        return found

    def hold(self, held: bool) -> None:
        return

    def close(self) -> None:
        return


class Desk:
    """A microphone, its recording and the thread between them."""

    def __init__(self, path: Path) -> None:
        self.microphone = Microphone()
        self.recorder = Recorder(path)
        self.intake = Intake(self.microphone, self.recorder, thread=True)
        self.microphone._asked.acquire(timeout=SOON_S)

    def recorded(self) -> list[int]:
        with wave.open(str(self.recorder.path)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
        return [int(number) for number in samples[::BLOCK_SAMPLES]]

    def read(self, count: int) -> list[tuple[int, bool]]:
        taken = [self.intake.read() for _ in range(count)]
        return [(int(each.block.samples[0]), each.recorded) for each in taken if each]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "1.wav")
    yield made
    made.microphone.give_last(None)
    made.intake.close()
    made.recorder.close()


class TestRecordingByItself:
    """Every block is on the disk before the next is asked for, though nobody has looked at any."""

    def test_it_is_recorded_while_everything_behind_it_hangs(self, desk: Desk) -> None:
        desk.intake.give_floor()
        for number in range(1, 51):
            desk.microphone.give(block(number))
            assert desk.recorded()[-1] == number

    def test_what_comes_before_the_question_or_under_it_is_not(self, desk: Desk) -> None:
        desk.microphone.give(block(1), block(2))
        desk.intake.take_floor(2.5)
        desk.microphone.give(block(3))
        assert desk.recorded() == []
        assert desk.read(3) == [(3, False)]  # what came while the line was made was not said over it

    def test_what_arrived_before_a_line_began_is_recorded_though_it_is_read_after_it(
        self, desk: Desk
    ) -> None:
        desk.intake.give_floor()
        desk.intake.take_floor(2.5)
        desk.microphone.give(block(1), block(2), block(3))
        assert desk.recorded() == [1, 2]
        assert desk.read(3) == [(1, True), (2, True), (3, False)]

    def test_what_was_said_over_a_line_comes_first_then_what_waits(self, desk: Desk) -> None:
        desk.intake.take_floor(0.0)
        desk.microphone.give(block(1), block(2), block(3))
        over = [taken.block for taken in (desk.intake.read(), desk.intake.read()) if taken]
        desk.intake.give_floor(over)
        assert desk.recorded() == [1, 2, 3]
        desk.microphone.give(block(4))
        assert desk.read(4) == [(1, True), (2, True), (3, True), (4, True)]

    def test_a_dead_microphones_silence_is_not(self, desk: Desk) -> None:
        desk.intake.give_floor()
        dead = Block(np.zeros(BLOCK_SAMPLES, dtype=np.int16), 1.0, trouble="zeros", void=True)
        desk.microphone.give(dead, block(2))
        assert desk.recorded() == [2]

    def test_nothing_is_written_once_it_is_closed(self, desk: Desk) -> None:
        desk.intake.give_floor()
        desk.microphone.give(block(1))
        closing = threading.Thread(target=desk.intake.close)
        closing.start()
        while not desk.intake._closed:
            closing.join(0.01)
        desk.microphone.give_last(block(2))
        closing.join(SOON_S)
        assert desk.recorded() == [1]


class TestItsEnd:
    """Whoever reads learns why no more comes."""

    def test_a_device_that_is_gone(self, desk: Desk) -> None:
        desk.microphone.give_last(DeviceError("the microphone stopped sending sound"))
        assert desk.intake.read() is None
        assert desk.intake.over
        assert isinstance(desk.intake.failure, DeviceError)

    def test_a_disk_that_fails(self, desk: Desk) -> None:
        desk.microphone.give_last(StoreError("no space left"))
        with pytest.raises(StoreError, match="no space left"):
            desk.intake.read()

    def test_whoever_waits_can_be_woken(self, desk: Desk) -> None:
        desk.intake.wake()
        assert desk.intake.read() is None
        assert not desk.intake.over


class TestBeside:
    """What may take long is done in order, in another thread, and gone on with in this one."""

    @pytest.fixture
    def woken(self) -> threading.Semaphore:
        return threading.Semaphore(0)

    @pytest.fixture
    def beside(self, woken: threading.Semaphore) -> Iterator[Beside]:
        made = Beside("test", woken.release)
        yield made
        made.close()

    def test_nothing_is_gone_on_with_until_it_is_asked_for(
        self, beside: Beside, woken: threading.Semaphore
    ) -> None:
        threads: list[str] = []
        beside.later(
            lambda: threads.append(threading.current_thread().name), lambda _: threads.append("here")
        )
        assert woken.acquire(timeout=SOON_S)
        assert threads == ["test"]
        beside.take()
        assert threads == ["test", "here"]

    def test_what_hangs_is_not_waited_for_longer_than_that(self, beside: Beside) -> None:
        over, found = threading.Event(), list[str]()
        beside.later(lambda: over.wait(SOON_S), lambda _: found.append("late"))
        beside.settle(0.01)
        assert found == []
        over.set()
        beside.settle(SOON_S)
        assert found == ["late"]

    def test_what_fails_is_raised_where_it_is_gone_on_with(self, beside: Beside) -> None:
        def fail() -> None:
            raise ValueError("no such thing")

        beside.later(fail, lambda _: None)
        with pytest.raises(ValueError, match="no such thing"):
            beside.settle(SOON_S)
