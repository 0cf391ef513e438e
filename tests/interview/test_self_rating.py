"""The candidate's own mark: what is said and typed, through a whole session, and what it costs when it fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.interview.screenplay import QUESTION, Room, Spoken, room, speak
from tests.interview.test_session import GOOD, good
from voicemock.audio.source import FileSource, Source
from voicemock.errors import DeviceError
from voicemock.interview.rating import Typed, in_halves, rating_in, typed_rating
from voicemock.interview.self_rating import PATIENCE_S, mark_heard
from voicemock.packs.questions import Question
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.speech.live import UtteranceHeard
from voicemock.speech.recogniser import Unclear
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.store.store import Store
from voicemock.transcript import Utterance, Word, join_words


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("said", "mark"),
        [
            ("Three.", 3.0),
            ("Two and a half.", 2.5),
            ("2.5", 2.5),
            ("2½", 2.5),
            ("A 2-and-a-half, I think.", 2.5),
            ("Two and a half out of four.", 2.5),
            ("3 out of 4", 3.0),
            ("I'd give myself a three, because the numbers were weak.", 3.0),
            ("Two or three.", 2.5),
            ("A two. No, a three.", 3.0),
            ("Three points.", 3.0),
            ("One point five.", 1.5),
            ("For.", 4.0),
            ("To.", 2.0),
        ],
    )
    def test_a_mark_is_read_as_people_say_it(self, said: str, mark: float) -> None:
        assert rating_in(said) == mark

    @pytest.mark.parametrize(
        "said", ["", "Seven.", "2.7", "I left out two numbers.", "That took three weeks.", "It was for them."]
    )
    def test_what_is_no_mark_is_none(self, said: str) -> None:
        assert rating_in(said) is None

    def test_a_long_sentence_is_about_something_else(self) -> None:
        assert rating_in(" ".join(["well"] * 20) + " three") is None


class TestAWordThatIsNotBelieved:
    def heard(self, text: str, *readings: str) -> UtteranceHeard:
        words = tuple(Word(word, 0.0, 0.4, 0.9) for word in text.split())
        unclear = tuple(Unclear(0.0, 0.4, reading, 0.2, -1.2) for reading in readings[:1])
        return UtteranceHeard(Utterance(0.0, 0.4, words, readings[1:]), 0.1, unclear=unclear)

    def test_it_counts_where_it_was_taken_for_one_mark_only(self) -> None:
        assert mark_heard(self.heard("", "3", "Free.")) == 3.0
        assert mark_heard(self.heard("", "To enter half.", "2.5.", "to enter half.")) == 2.5

    def test_two_marks_are_a_guess(self) -> None:
        assert mark_heard(self.heard("", "3", "2")) is None

    def test_words_that_are_believed_leave_no_room_for_it(self) -> None:
        assert mark_heard(self.heard("It was good.", "3")) is None


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("typed", "mark"), [("3", 3.0), ("2.5", 2.5), ("2,5", 2.5), ("5", None), ("2.2", None)]
    )
    def test_halves_from_1_to_4_are_marks(self, typed: str, mark: float | None) -> None:
        assert typed_rating(typed) == mark

    def test_a_line_ends_with_enter_and_may_be_mended_before(self) -> None:
        line = Typed()
        assert line.take("1x") is None
        assert line.take("\b2.") is None
        assert line.take("5\r") == "2.5"
        assert line.take("\n") == ""

    def test_what_lies_outside_is_no_mark(self) -> None:
        assert [in_halves(value) for value in (0.5, 1.0, 4.0, 4.5)] == [None, 1.0, 4.0, None]


class Afterwards:
    """A source that goes on after the answer, with what is said then."""

    def __init__(self, there: Room, answer: Source, then: Spoken, error: Exception | None = None) -> None:
        self.patient = True
        self._there, self._source, self._then, self._error = there, answer, then, error
        there.desk = replace(
            there.desk,
            audience=replace(there.desk.audience, listeners=(*there.desk.audience.listeners, self)),
        )

    def __call__(self, event: Any) -> None:
        if event.type == "says" and event.fields["line"] == "rate":
            self._there.heard_by.current = ScriptedRecogniser(self._then.words)
            self._source = FileSource(self._then.samples, real_pace=False)

    def read(self) -> Any:
        block = self._source.read()
        if block is None and self._error is not None:
            raise self._error
        return block

    def hold(self, held: bool) -> None:
        self._source.hold(held)

    def close(self) -> None:
        self._source.close()


def rated(
    folder: Path,
    then: Spoken,
    *,
    typed: Callable[[], str] = str,
    error: Exception | None = None,
    questions: Sequence[Question] = (QUESTION,),
    stopping: Callable[[], bool] = lambda: False,
) -> Any:
    """The answer's details, and the room, after a session in which a mark is asked for."""
    sources: list[Afterwards] = []
    with room(folder, good(), questions=questions, source=lambda source: sources[0]) as there:
        real = FileSource(good().samples, real_pace=False)
        sources.append(Afterwards(there, real, then, error))
        there.change(
            policy=replace(there.desk.policy, self_rating=True),
            audience=replace(there.desk.audience, typed=typed, stopping=stopping),
        )
        [done] = there.run()
        return there.store.answer(done.answer_id), there


def keys(*typed: str) -> Callable[[], str]:
    """What is typed once the mark is asked for, a piece each time somebody looks."""
    return early("", *typed)


def early(*typed: str) -> Callable[[], str]:
    """The same; the first piece was typed before."""
    left = iter(typed)
    return lambda: next(left, "")


class TestASession:
    def test_a_mark_that_was_said_is_kept_with_the_answer(self, tmp_path: Path) -> None:
        row, there = rated(tmp_path, speak(0.5, "Two and a half.", 2.0))
        assert row.details["self_rating"] == 2.5
        [told] = there.told("self_rating")
        assert told.fields == {"rating": 2.5, "by": "voice"}
        assert told.t == row.floor_time_s

    def test_it_is_asked_for_once_the_answer_is_kept_and_before_its_score_is_told(
        self, tmp_path: Path
    ) -> None:
        _, there = rated(tmp_path, speak(0.5, "Three.", 2.0))
        kinds = [event.type for event in there.events]
        assert kinds[-5:] == ["question_ended", "says", "self_rating", "score", "session_ended"]

    def test_none_of_it_is_in_the_answer(self, tmp_path: Path) -> None:
        _, there = rated(tmp_path, speak(0.5, "Two and a half.", 2.0))
        assert there.told("transcript")[0].fields["text"] == " ".join(GOOD)
        with Store(tmp_path) as store:
            assert join_words(store.words(there.told("answer_started")[0].fields["answer"])) == " ".join(GOOD)

    def test_what_is_no_mark_is_told_and_may_be_said_again(self, tmp_path: Path) -> None:
        row, there = rated(tmp_path, speak(0.5, "It was all right.", 2.0, "Three.", 2.0))
        assert row.details["self_rating"] == 3.0
        assert "It was all right." in there.told("notice")[-1].fields["text"]

    def test_it_may_be_typed(self, tmp_path: Path) -> None:
        row, there = rated(tmp_path, speak(5.0), typed=keys("3", ".", "5\n"))
        assert row.details["self_rating"] == 3.5
        assert there.told("self_rating")[0].fields["by"] == "key"

    def test_enter_alone_goes_on_without(self, tmp_path: Path) -> None:
        row, there = rated(tmp_path, speak(5.0, "Three.", 2.0), typed=keys("\n"))
        assert "self_rating" not in row.details
        assert there.told("score")

    def test_one_that_was_typed_before_it_is_asked_for_counts_and_is_not_asked_for(
        self, tmp_path: Path
    ) -> None:
        row, there = rated(tmp_path, speak(5.0), typed=early("\r3\r"))
        assert row.details["self_rating"] == 3.0
        assert there.told("self_rating")[0].fields == {"rating": 3.0, "by": "key"}
        assert "rate" not in [each.fields["line"] for each in there.told("says")]

    def test_one_that_was_begun_before_goes_on(self, tmp_path: Path) -> None:
        row, _ = rated(tmp_path, speak(5.0), typed=early("2.", "5", "\n"))
        assert row.details["self_rating"] == 2.5

    @pytest.mark.parametrize("pressed", ["d", "\r", "d\r", "hh\n\n"])
    def test_the_keys_of_the_answer_are_no_mark_and_no_wish_to_go_on(
        self, tmp_path: Path, pressed: str
    ) -> None:
        row, _ = rated(tmp_path, speak(0.5, "Three.", 2.0), typed=early(pressed))
        assert row.details["self_rating"] == 3.0

    def test_what_was_typed_before_and_is_no_mark_is_asked_for(self, tmp_path: Path) -> None:
        row, _ = rated(tmp_path, speak(5.0), typed=early("7\n", "3\n"))
        assert row.details["self_rating"] == 3.0

    def test_silence_goes_on_without(self, tmp_path: Path) -> None:
        row, _ = rated(tmp_path, speak(PATIENCE_S + 1.0, "Three.", 2.0))
        assert "self_rating" not in row.details

    def test_a_mark_at_the_very_end_of_the_sound_counts(self, tmp_path: Path) -> None:
        row, _ = rated(tmp_path, speak(0.5, "Three."))
        assert row.details["self_rating"] == 3.0

    def test_a_microphone_that_goes_costs_only_the_mark(self, tmp_path: Path) -> None:
        row, there = rated(tmp_path, speak(0.5), error=DeviceError("it is gone", "plug it in"))
        assert row.complete
        assert "self_rating" not in row.details
        assert there.told("score")

    def test_nobody_marks_an_answer_in_which_nothing_was_said(self, tmp_path: Path) -> None:
        with room(tmp_path, Spoken(np.zeros(16_000, dtype=np.int16), ())) as there:
            there.change(policy=replace(there.desk.policy, self_rating=True))
            there.run()
            assert not there.told("self_rating")

    def test_nobody_marks_their_questions_to_the_interviewer(self, tmp_path: Path) -> None:
        asks = Question("own-questions", CANDIDATE_QUESTIONS, "What would you like to ask me?")
        _, there = rated(tmp_path, speak(0.5, "Three.", 2.0), questions=(asks,))
        assert not there.told("self_rating")

    def test_without_the_option_nothing_is_asked(self, tmp_path: Path) -> None:
        with room(tmp_path, good()) as there:
            there.run()
            assert not there.told("self_rating")
