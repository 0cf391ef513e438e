"""What the review says of how an answer was delivered."""

from __future__ import annotations

from dataclasses import replace

from voicemock.report.delivery import delivery_words, pace_by_thirds, sound_lines
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer, DeliveryFigures
from voicemock.transcript import Sentence

TEXTS = ("I led the launch of a new checkout for our shop.", "We moved to one page.", "Sales rose by 8%.")
ANSWER = Answer(
    tuple(Sentence(text, 10.0 * i, 10.0 * i + 5.0 - i) for i, text in enumerate(TEXTS)),
    "behavioral",
    floor_time_s=30.0,
    pauses=(),
)
SPOKEN = DeliveryFigures(3, 0.9, 3.2, 12.4, 1.5)


def test_fillers_are_told_with_the_share_that_is_heard() -> None:
    words = delivery_words(score_answer(replace(ANSWER, delivery=SPOKEN)))
    assert "6 fillers a minute (90% of those spoken are heard)" in words


def test_of_a_text_nothing_is_said_about_its_sound() -> None:
    score = score_answer(replace(ANSWER, floor_time_s=None))
    assert list(sound_lines(score.delivery)) == []
    assert score.as_dict()["delivery"] == dict.fromkeys(
        ("fillers", "filler_recall", "pitch_range_st", "loudness_range_db", "voiced_without_words_s")
    )


def test_a_level_voice_gets_a_note_and_no_points() -> None:
    level, lively = (
        score_answer(replace(ANSWER, delivery=replace(SPOKEN, pitch_range_st=range_)))
        for range_ in (3.2, 8.0)
    )
    assert "lift the word" in next(sound_lines(level.delivery))
    assert "lift the word" not in next(sound_lines(lively.delivery))
    assert "5 to 12 are usual" in next(sound_lines(lively.delivery))
    assert level.dimensions == lively.dimensions
    assert level.overall == lively.overall


def test_pace_is_told_by_thirds_of_the_answer() -> None:
    assert pace_by_thirds(score_answer(ANSWER)) == [132, 75, 80]


def test_without_times_there_is_no_pace_by_thirds() -> None:
    bare = replace(ANSWER, sentences=tuple(Sentence(text) for text in TEXTS))
    assert pace_by_thirds(score_answer(bare)) == []
