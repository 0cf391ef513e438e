"""Where things lie on the timeline, and the pace curve."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.builders import SESSION, add_answer, score, stored_session, words
from voicemock.report.build import review_answer
from voicemock.report.review import AnswerReview, Moment
from voicemock.report.timeline import pace_path, timeline
from voicemock.transcript import Word


@pytest.fixture
def answer(tmp_path: Path) -> AnswerReview:
    with stored_session(tmp_path, audio_s=0) as store:
        return review_answer(store, f"{SESSION}/1")


def test_neighbouring_sentences_of_one_phase_make_one_band(answer: AnswerReview) -> None:
    drawn = timeline(answer)
    assert drawn is not None
    assert [band.name for band in drawn.bands] == ["S", "T", "A", "R", "L"]
    assert drawn.bands[2].hint == "Action, 0:18 to 0:52"


def test_a_short_answer_is_drawn_to_its_own_length(answer: AnswerReview) -> None:
    drawn = timeline(answer)
    assert drawn is not None
    assert drawn.length_s == 75.0
    assert "cap" not in [line.type for line in drawn.lines]


def test_an_answer_near_its_cap_shows_the_cap(answer: AnswerReview) -> None:
    drawn = timeline(replace(answer, floor_time_s=150.0))
    assert drawn is not None
    assert drawn.length_s == 180.0
    assert [line.x for line in drawn.lines if line.type == "cap"] == [100.0]


def test_the_cap_is_drawn_once_when_it_was_reached(answer: AnswerReview) -> None:
    drawn = timeline(replace(answer, floor_time_s=180.0, moments=(Moment("cap", 180.0),)))
    assert drawn is not None
    assert [line.type for line in drawn.lines] == ["cap"]


def test_interruptions_are_numbered_and_know_their_outcome(answer: AnswerReview) -> None:
    drawn = timeline(answer)
    assert drawn is not None
    assert [(line.number, line.answered) for line in drawn.lines if line.number] == [(1, True), (2, False)]


def test_an_answer_of_no_length_has_no_timeline(answer: AnswerReview) -> None:
    assert timeline(replace(answer, floor_time_s=0.0, sentences=())) is None


def test_the_pace_of_two_words_a_second_is_half_of_the_curve_s_height(tmp_path: Path) -> None:
    spoken = [Word("word", i / 2, i / 2 + 0.4) for i in range(120)]
    with stored_session(tmp_path, audio_s=0) as store:
        scored = score(overall=None, sentences=[])
        answer = review_answer(store, add_answer(store, 3, spoken=spoken, floor_time_s=60.0, scored=scored))
    heights = {point.split()[1] for point in pace_path(answer, 60.0)[1:].split(" L")}
    assert heights == {"50"}


def test_no_times_give_no_curve(answer: AnswerReview) -> None:
    timeless = tuple(replace(sentence, tokens=()) for sentence in answer.sentences)
    assert pace_path(replace(answer, sentences=timeless), 75.0) == ""


def test_the_builder_s_words_stay_within_the_answer() -> None:
    assert max(word.end for word in words()) < 75.0


@pytest.mark.parametrize("length_s", [7.0, 75.0, 2_700.0, 5_400.0, 30_000.0, 115_200.0])
def test_the_ruler_has_few_marks_however_long_the_recording_is(answer: AnswerReview, length_s: float) -> None:
    drawn = timeline(replace(answer, floor_time_s=length_s, sentences=()))
    assert drawn is not None
    assert 2 <= len(drawn.ticks) <= 7
    assert len({tick.label for tick in drawn.ticks}) == len(drawn.ticks)
    assert all(len(tick.label) <= len("32:00:00") for tick in drawn.ticks)
