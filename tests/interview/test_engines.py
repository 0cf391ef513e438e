"""A recogniser or a voice that hangs or dies in mid-interview: said, and nothing of the answer is lost."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.interview.screenplay import LOUD, QUESTION, Room, Seat, Spoken, VirtualClock, room, speak
from tests.interview.test_session import GOOD, good, ramble
from tests.stored import heard
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, Sound
from voicemock.audio.source import Block, Source
from voicemock.errors import RecogniserError, VoiceError
from voicemock.interview.floor import TAIL_S
from voicemock.speech.requests import Request
from voicemock.speech.scripted import FailingRecogniser, ScriptedRecogniser
from voicemock.speech.voice import FakeVoice
from voicemock.speech.workers import HANG_S, InlineWorkers, Job
from voicemock.store.recover import find_lost, recover
from voicemock.transcript import join_words

NOTICED_S = 5.0  # issue: what hangs is noticed within this
QUESTION_S = len(QUESTION.text.split()) / 2.75  # at the pace of a voice that is only shown


class Microphone:
    """A source whose sound does not wait: whoever is late finds it queued."""

    patient = False

    def __init__(self, source: Source) -> None:
        self._source = source

    def read(self) -> Block | None:
        return self._source.read()

    def hold(self, held: bool) -> None:
        self._source.hold(held)

    def close(self) -> None:
        self._source.close()


class OpenMicrophone(Microphone):
    """One that hears the room from the moment on in which it is opened, which is before the first line is made."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        source.read()


class HangingWorkers(InlineWorkers):
    """Jobs from number `first` on, counted from 0, are begun and never done; the others are done at once."""

    eager = True

    def __init__(self, first: int, now: Callable[[], float]) -> None:
        self._left = first
        self._now = now
        self.hangs_since: float | None = None

    def quick(self, job: Job[Any]) -> None:
        self._left -= 1
        if self._left >= 0:
            job.run(lambda: None)
        elif self.hangs_since is None:
            self.hangs_since = self._now()

    careful = quick

    def hang(self) -> bool:
        return self.hangs_since is not None and self._now() - self.hangs_since > HANG_S

    def busy_quick(self) -> bool:
        return self.hangs_since is not None

    busy_careful = busy_quick

    def wait(self, job: Job[Any]) -> None:
        return


def told(there: Room, about: str) -> list[Any]:
    return [event for event in there.told("notice") if event.fields["about"] == about]


def seconds(path: Path) -> float:
    with wave.open(str(path)) as file:
        return file.getnframes() / file.getframerate()


class TestARecogniserThatHangs:
    """It is noticed within 5 s, the recording goes on, and another one writes the answer down."""

    @pytest.fixture(scope="class", params=[0, 3])
    @classmethod
    def played(
        cls, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
    ) -> Iterator[Any]:
        folder = tmp_path_factory.mktemp("hung")
        with room(folder, good(), style="bar-raiser", pace="real", source=Microphone) as there:
            hung = HangingWorkers(request.param, there.desk.now)
            workers = iter([hung, InlineWorkers()])
            there.change(workers=lambda live: next(workers))
            there.change(another_recogniser=lambda: ScriptedRecogniser(good().words))
            there.hung, there.done = hung, there.run()  # type: ignore[attr-defined]
            yield there

    def test_it_is_said_within_5_seconds(self, played: Any) -> None:
        first = told(played, "recogniser")[0]
        assert "stopped responding" in first.fields["text"]
        assert "the recording goes on" in first.fields["text"]
        assert first.wall - played.hung.hangs_since <= NOTICED_S

    def test_the_recording_goes_on_until_the_silence_after_the_last_word(self, played: Any) -> None:
        [done] = played.done
        assert done.take.reason == "silence"
        assert done.take.floor_time_s > good().words[-1].end
        assert seconds(played.store.folder / f"{done.answer_id}.wav") == done.take.floor_time_s

    def test_every_word_is_there_afterwards_and_scored(self, played: Any) -> None:
        [done] = played.done
        assert join_words(done.take.words) == " ".join(GOOD)
        assert done.score.overall is not None
        assert played.store.answer(done.answer_id).complete
        assert "from its recording" in told(played, "recogniser")[-1].fields["text"]

    def test_nobody_is_cut_in_on_after_that(self, played: Any) -> None:
        after = told(played, "recogniser")[0].t
        assert [event for event in played.told("interrupt") if event.t > after] == []


class TestARecogniserThatFails:
    """One decode or all: what it did not understand another one does."""

    @pytest.mark.parametrize("fails", [lambda n: n == 4, lambda n: n >= 4, lambda n: True])
    def test_every_word_is_there_afterwards(self, tmp_path: Path, fails: Callable[[int], bool]) -> None:
        answer = good()
        with room(tmp_path, answer, source=failing(lambda: there, answer, fails)) as there:
            there.change(another_recogniser=lambda: ScriptedRecogniser(answer.words))
            [done] = there.run()
            assert there.store.answer(done.answer_id).complete
        assert join_words(done.take.words) == " ".join(GOOD)
        assert "failed (CUDA failed with error out of memory)" in told(there, "recogniser")[0].fields["text"]

    def test_a_failure_found_at_the_end_is_told_once_with_what_is_done(self, tmp_path: Path) -> None:
        answer = speak("I owned the plan for the night buses")
        ended = lambda _: bool(there.told("answer_ended"))  # noqa: E731
        with room(tmp_path, answer, source=failing(lambda: there, answer, ended)) as there:
            there.change(workers=lambda live: InlineWorkers())
            there.change(another_recogniser=lambda: ScriptedRecogniser(answer.words))
            [done] = there.run()
        assert done.take.words == answer.words
        [notice] = told(there, "recogniser")
        assert notice.fields["text"] == (
            "The recogniser failed (CUDA failed with error out of memory): "
            "writing the answer down from its recording"
        )

    def test_where_the_other_fails_too_the_recording_is_kept_and_brought_back(self, tmp_path: Path) -> None:
        answer = good()
        with room(tmp_path, answer, source=failing(lambda: there, answer, lambda n: True)) as there:
            there.change(another_recogniser=lambda: FailingRecogniser(answer.words, lambda n: True))
            with pytest.raises(RecogniserError, match=r"failed \(CUDA.*`voicemock recover` brings it back"):
                there.run()
            [lost] = find_lost(there.store)
            assert seconds(lost.audio) > answer.words[-1].end
            whole = heard(answer.words)
            assert recover(there.store, lost, lambda path: whole, now=lambda: inf).left is None

    def test_the_next_question_is_heard_by_the_other(self, tmp_path: Path) -> None:
        answer = good()
        others = iter([ScriptedRecogniser(answer.words)])
        with room(tmp_path, answer, answer, questions=(QUESTION, QUESTION)) as there:
            source_for = there.desk.source_for

            def source(n: int) -> Source:
                kept, made = there.heard_by.current, source_for(n)
                there.heard_by.current = kept if n else FailingRecogniser(answer.words, lambda _: True)
                return made

            there.change(source_for=source)
            there.change(another_recogniser=lambda: next(others))
            first, second = there.run()
        assert join_words(first.take.words) == join_words(second.take.words) == " ".join(GOOD)
        assert len(told(there, "recogniser")) == 2  # that it failed and that it is made up for, once


def failing(
    there: Callable[[], Room], answer: Any, fails: Callable[[int], bool]
) -> Callable[[Source], Source]:
    """Puts a failing recogniser at the desk just before the answer."""

    def source(made: Source) -> Source:
        there().heard_by.current = FailingRecogniser(answer.words, fails)
        return made

    return source


class FailingVoice(FakeVoice):
    """Its line of this number, from 0, hangs for so long; then it fails, or it is said after all."""

    def __init__(self, clock: VirtualClock, line: int, hangs_s: float, fails: bool) -> None:
        super().__init__()
        self._clock, self._line, self._hangs_s, self._fails = clock, line, hangs_s, fails

    def say(self, text: str) -> Sound:
        sound = super().say(text)
        if len(self.said) - 1 == self._line:
            self._clock.wait(self._hangs_s)
            if self._fails:
                raise VoiceError("the voice hangs", "install a voice")
        return sound


def clock_of(there: Room) -> VirtualClock:
    clock = there.desk.now.__self__  # type: ignore[attr-defined]
    assert isinstance(clock, VirtualClock)
    return clock


class TestAVoiceThatFails:
    """It is said, the lines are shown from then on, and the interview goes on to its end."""

    @pytest.mark.parametrize("line", [0, 2])
    def test_the_interview_goes_on_with_its_lines_shown(self, tmp_path: Path, line: int) -> None:
        with room(tmp_path, ramble(2), style="bar-raiser") as there:
            there.change(voice=FailingVoice(clock_of(there), line, 4.0, fails=True))
            [done] = there.run()
        assert done.take.reason == "end-of-file"
        assert len(done.take.asked) >= 2
        [notice] = told(there, "voice")
        assert notice.fields["text"] == "The voice hangs: lines are shown from here on"
        assert len(there.desk.voice.said) == line + 1  # type: ignore[attr-defined] # it is not asked again

    def test_a_line_that_is_only_shown_takes_the_time_it_takes_to_read(self, tmp_path: Path) -> None:
        with room(tmp_path, good()) as there:
            there.change(voice=FailingVoice(clock_of(there), 0, 4.0, fails=True))
            there.run()
        shown, _thanks = there.speaker.played
        assert shown.duration_s == pytest.approx(len(QUESTION.text.split()) / 2.75, abs=0.1)

    def test_what_is_said_while_a_line_is_being_made_is_recorded(self, tmp_path: Path) -> None:
        pressed_at_s, hangs_s = 10.0, 4.0

        def keys(seat: Seat) -> Callable[[], tuple[Request, ...]]:
            shown: list[float] = []
            seat.watch = lambda meter: shown.append(meter.floor_time_s)
            pressed = iter([(Request.REPEAT,)])
            return lambda: next(pressed, ()) if shown and shown[-1] >= pressed_at_s else ()

        with room(
            tmp_path, numbered(40.0), pace="real", talk_over=True, source=Microphone, keys=keys
        ) as there:
            there.change(voice=FailingVoice(clock_of(there), 1, hangs_s, fails=False))
            there.change(workers=lambda live: InlineWorkers())
            [done] = there.run()
            blocks = recorded(there.store.folder / f"{done.answer_id}.wav")
        [gap] = [at for at, (before, after) in enumerate(pairwise(blocks), 1) if after != before + 1]
        assert gap * BLOCK_S == pytest.approx(pressed_at_s + hangs_s, abs=0.1)

    @pytest.mark.parametrize(("headphones", "given_s"), [(False, QUESTION_S + TAIL_S), (True, 0.0)])
    def test_what_is_said_before_the_question_is_no_part_of_the_answer(
        self, tmp_path: Path, headphones: bool, given_s: float
    ) -> None:
        hangs_s = 4.0
        with room(
            tmp_path,
            numbered(30.0),
            pace="real",
            talk_over=True,
            source=OpenMicrophone,
            headphones=headphones,
        ) as there:
            there.change(voice=FailingVoice(clock_of(there), 0, hangs_s, fails=False))
            there.change(workers=lambda live: InlineWorkers())
            [done] = there.run()
            blocks = recorded(there.store.folder / f"{done.answer_id}.wav")
        assert (blocks[0] - LOUD) * BLOCK_S == pytest.approx(hangs_s + given_s, abs=0.1)
        assert len(there.told("talked_over")) == headphones


def numbered(seconds: float) -> Spoken:
    """Sound that is speech to the detector, and of which each block tells its number by its first sample."""
    numbers = LOUD + np.arange(round(seconds / BLOCK_S), dtype=np.int16)
    wave_of_one = np.where(np.arange(BLOCK_SAMPLES) // 40 % 2, -1, 1).astype(np.int16)
    return Spoken((numbers[:, None] * wave_of_one).reshape(-1), ())


def recorded(path: Path) -> list[int]:
    """The numbers of the blocks that were recorded."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    return [int(number) for number in samples[::BLOCK_SAMPLES]]
