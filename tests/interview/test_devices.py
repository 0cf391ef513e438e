"""Devices that go away, fall silent and come back in mid-interview: told once, nothing lost, nothing scored amiss."""

from __future__ import annotations

import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.interview.screenplay import QUESTION, Room, Seat, room, sentences, speak
from tests.interview.test_session import GOOD, good
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES
from voicemock.audio.source import Block, Source
from voicemock.audio.speaker import SilentSpeaker
from voicemock.errors import DeviceError
from voicemock.interview import moves, turn
from voicemock.interview.devices import TELL_EVERY_S
from voicemock.interview.rules import Rules
from voicemock.interview.session import AnswerDone
from voicemock.scoring.findings.annotate import annotate
from voicemock.speech.requests import Request
from voicemock.store.recover import find_lost
from voicemock.transcript import Sentence, join_words

SILENCE = np.zeros(BLOCK_SAMPLES, dtype=np.int16)
GONE = Block(SILENCE[:0], inf, trouble="stopped", void=True)
VOID = Block(SILENCE, 0.0, void=True)
MUTED = replace(VOID, trouble="zeros")
IN_THE_QUESTION = 20  # blocks; it takes 3.3 s
IN_THE_ANSWER = 1_000  # blocks: 20 s with the question, in the third sentence


class Troubled:
    """A source in which more comes before the blocks of these numbers; a DeviceError there is raised."""

    patient = False

    def __init__(self, source: Source, more: Mapping[int, Sequence[Block | DeviceError]]) -> None:
        self._source = source
        self._blocks = self._in_order(more)

    def _in_order(
        self, more: Mapping[int, Sequence[Block | DeviceError]]
    ) -> Iterator[Block | DeviceError | None]:
        number = 0
        while True:
            yield from more.get(number, ())
            yield self._source.read()
            number += 1

    def read(self) -> Block | None:
        block = next(self._blocks)
        if isinstance(block, DeviceError):
            raise block
        return block

    def hold(self, held: bool) -> None:
        self._source.hold(held)

    def close(self) -> None:
        self._source.close()


def interviewed(folder: Path, more: Mapping[int, Sequence[Block | DeviceError]], **options: Any) -> Any:
    return room(folder, good(), source=lambda source: Troubled(source, more), **options)


def kinds(there: Room) -> list[tuple[str, str]]:
    return [(e.type, e.fields["device"]) for e in there.events if e.type in ("device_lost", "device_back")]


@pytest.fixture(scope="module")
def as_ever(tmp_path_factory: pytest.TempPathFactory) -> AnswerDone:
    """The answer where no device has any trouble."""
    with room(tmp_path_factory.mktemp("well"), good()) as well:
        [done] = well.run()
    return done


class TestAMicrophoneThatGoesAwayAndComesBack:
    """The clock stands, the answer goes on, and is scored as if nothing had happened."""

    @pytest.mark.parametrize("where", [IN_THE_QUESTION, IN_THE_ANSWER])
    def test_nothing_is_missing_from_the_answer(
        self, tmp_path: Path, as_ever: AnswerDone, where: int
    ) -> None:
        with interviewed(tmp_path / "gone", {where: [GONE] * 300}) as there:
            [done] = there.run()
            audio = there.store.folder / there.store.answer(done.answer_id).audio
            with wave.open(str(audio)) as file:
                assert file.getnframes() * BLOCK_S == done.take.floor_time_s * BLOCK_SAMPLES
        assert done.take.floor_time_s == as_ever.take.floor_time_s
        assert join_words(done.take.words) == " ".join(GOOD)
        assert done.take.reason == "silence"

    def test_it_is_told_once_and_so_is_its_return(self, tmp_path: Path) -> None:
        with interviewed(tmp_path, {IN_THE_ANSWER: [GONE] * 300}) as there:
            there.run()
        assert kinds(there) == [("device_lost", "microphone"), ("device_back", "microphone")]
        [lost] = there.told("device_lost")
        assert lost.fields["cause"] == "stopped"
        assert "what you said is kept" in lost.fields["text"]

    def test_gone_during_the_question_the_floor_is_given_once_it_is_back(self, tmp_path: Path) -> None:
        with interviewed(tmp_path, {IN_THE_QUESTION: [GONE] * 300}) as there:
            there.run()
        order = [event.type for event in there.events if event.type in ("device_back", "answer_started")]
        assert order == ["device_back", "answer_started"]

    def test_waiting_for_a_block_that_is_only_late_is_not_told(self, tmp_path: Path) -> None:
        late = replace(GONE, trouble=None, void=False)
        with interviewed(tmp_path, {IN_THE_ANSWER: [late] * 10}) as there:
            [done] = there.run()
        assert kinds(there) == []
        assert join_words(done.take.words) == " ".join(GOOD)

    def test_keys_work_meanwhile(self, tmp_path: Path) -> None:
        def pressed_when_it_is_gone(seat: Seat) -> Any:
            seen: list[Any] = []
            seat.watch = lambda meter: seen.append(meter.trouble)
            return lambda: (Request.DONE,) if seen[-50:].count("stopped") == 50 else ()

        with interviewed(tmp_path, {IN_THE_ANSWER: [GONE] * 10_000}, keys=pressed_when_it_is_gone) as there:
            [done] = there.run()
            assert there.store.answer(done.answer_id).complete
        assert done.take.reason == "key"
        assert done.take.floor_time_s < IN_THE_ANSWER * BLOCK_S


class TestAMicrophoneThatIsGoneForGood:
    """The answer so far is ended, transcribed, scored and stored; then the session ends with one line."""

    @pytest.fixture(scope="class")
    @classmethod
    def played(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
        folder = tmp_path_factory.mktemp("gone")
        lost = DeviceError("the microphone stopped sending sound", "plug it in again")
        with interviewed(folder, {IN_THE_ANSWER: [*[GONE] * 50, lost]}, questions=(QUESTION,) * 2) as there:
            with pytest.raises(
                DeviceError, match=r"stopped sending sound: plug it in again; .* kept and scored"
            ):
                there.run()
            yield there

    def test_the_answer_is_complete_and_scored(self, played: Room) -> None:
        row = played.store.answer(played.answer_id())
        assert (row.complete, row.reason) == (True, "device")
        assert 8 < row.floor_time_s < IN_THE_ANSWER * BLOCK_S
        assert join_words(played.store.words(row.id)).startswith(GOOD[0])
        assert played.store.score(row.id)
        assert find_lost(played.store) == []

    def test_no_further_question_is_asked_and_the_session_is_closed(self, played: Room) -> None:
        assert len(played.told("question_started")) == 1
        assert played.events[-1].type == "session_ended"
        assert played.store.sessions()[0].ended_at is not None

    def test_a_loop_asks_the_question_again(self, played: Room) -> None:
        assert played.store.answer(played.answer_id()).details["broken_off"]


class TestAMutedMicrophone:
    """Its zeros are not the candidate's silence: they end no answer, and once they are told the clock stands."""

    PAUSE_S = 16.0  # after the third sentence; 5 s would close an answer of that length, 5 more end it
    SCRIPT = (1.0, *sentences(*GOOD[:3]), PAUSE_S, *sentences(*GOOD[3:]), 9.0)

    @pytest.mark.parametrize(("void", "heard"), [(True, GOOD), (False, GOOD[:3])])
    def test_they_end_no_answer_as_the_silence_of_a_room_does(
        self, tmp_path: Path, void: bool, heard: Sequence[str]
    ) -> None:
        def mark(source: Source) -> Source:
            read = source.read

            def marked() -> Block | None:
                block = read()
                return block and replace(block, void=void and not block.samples.any())

            source.read = marked  # type: ignore[method-assign]
            return source

        with room(tmp_path, speak(*self.SCRIPT), source=mark) as there:
            [done] = there.run()
        assert join_words(done.take.words) == " ".join(heard)

    def test_the_clock_stands_once_it_is_told(self, tmp_path: Path, as_ever: AnswerDone) -> None:
        with interviewed(tmp_path / "muted", {IN_THE_ANSWER: [MUTED] * 1_500}) as there:
            [done] = there.run()
        assert done.take.floor_time_s == as_ever.take.floor_time_s
        assert kinds(there) == [("device_lost", "microphone"), ("device_back", "microphone")]
        assert "the clock is paused" in there.told("device_lost")[0].fields["text"]

    def test_those_of_a_noise_gate_are_told_and_the_clock_goes_on(self, tmp_path: Path) -> None:
        gate = Block(SILENCE, 0.0, trouble="zeros")
        with interviewed(tmp_path, {IN_THE_ANSWER: [gate] * 50}) as there:
            [done] = there.run()
        assert "the clock is paused" not in there.told("device_lost")[0].fields["text"]
        assert done.take.floor_time_s > IN_THE_ANSWER * BLOCK_S

    def test_a_countdown_is_taken_back_and_counts_anew(self) -> None:
        said = (Sentence(GOOD[0], 0.0, 9.0),)
        state = turn.State(Rules("behavioral", 180.0, "none"), t=9.0, silent_since=9.0, reply_wait_s=0.0)
        state, _ = turn.step(state, moves.Heard(GOOD[0], annotate(said, "behavioral")))
        state, shown = turn.step(state, moves.Clock(13.0))
        assert isinstance(shown[-1], moves.Countdown)
        state, commands = turn.step(state, moves.Muted(True))
        assert commands == (moves.Countdown(None),)
        state, commands = turn.step(state, moves.Clock(60.0))
        assert commands == ()
        state, _ = turn.step(state, moves.Muted(False))
        state, commands = turn.step(state, moves.Clock(60.5))
        assert commands == ()
        _, commands = turn.step(state, moves.Clock(70.0))
        assert commands == (moves.Close(moves.End("silence")),)


class FailingSpeaker(SilentSpeaker):
    """Takes the first line, then none until it is given the fourth."""

    @property
    def lost(self) -> bool:  # type: ignore[override]
        return 2 <= len(self.played) < 4


class TestASpeakerThatIsGone:
    """It is told, the lines go on being shown, and the interview is what it would have been."""

    def test_the_interview_goes_on(self, tmp_path: Path) -> None:
        asks = "How much time do I have left?"
        answer = speak(0.5, *[part for text in GOOD for part in (text, 0.8, asks, 1.0)], 9.0)
        with room(tmp_path, answer) as there:
            there.change(speaker=FailingSpeaker())
            [done] = there.run()
        assert join_words(done.take.words) == " ".join(GOOD)
        assert kinds(there) == [("device_lost", "speaker"), ("device_back", "speaker")]
        assert len(there.told("says")) == len(GOOD) + 1  # and thank you


class TestSoundThatIsLost:
    """Each piece is told, though not each by itself, and the sum is kept with the answer."""

    def test_all_that_is_lost_is_told_and_kept(self, tmp_path: Path) -> None:
        gappy = {number: [Block(SILENCE, 0.0, lost=160)] for number in range(IN_THE_ANSWER, 10_000)}
        answer = speak(0.8, *sentences(*GOOD))  # lossy up to its last block
        with room(tmp_path, answer, source=lambda source: Troubled(source, gappy)) as there:
            [done] = there.run()
            kept_s = there.store.answer(done.answer_id).details["lost_s"]
        told = there.told("sound_lost")
        assert kept_s > 5.0
        assert sum(event.fields["lost_s"] for event in told) == pytest.approx(kept_s)
        assert all(after.t - before.t >= TELL_EVERY_S for before, after in pairwise(told[:-1]))
        assert told[0].fields["text"].startswith("0.01 s of sound never arrived")
