"""Time to think that was granted, by voice or by key, is out of pauses and floor time: it is no hesitation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.interview.screenplay import room, sentences, speak
from tests.interview.test_session import GOOD
from voicemock.interview.desk import Meter
from voicemock.speech.live import Transcript
from voicemock.speech.recogniser import Unclear
from voicemock.speech.requests import Request
from voicemock.speech.spoken import apart, spoken
from voicemock.transcript import Utterance, Word


def utterance(text: str, start: float, end: float) -> Utterance:
    words = text.split()
    step = (end - start) / len(words)
    return Utterance(
        start, end, tuple(Word(w, start + i * step, start + (i + 1) * step, 1.0) for i, w in enumerate(words))
    )


TWO_PARTS = Transcript(
    (utterance("We lost parcels every week.", 1.0, 4.0), utterance("I rebuilt the plan.", 24.0, 26.0)),
    pauses=((4.0, 24.0),),
)


def test_thinking_by_key_is_out_of_the_pauses_from_the_key_on() -> None:
    heard = spoken(TWO_PARTS, [(Request.THINK, 6.0)])
    assert heard.pauses == ((4.0, 6.0),)
    assert heard.floor_time_s == pytest.approx(7.0)
    assert [(each.start, each.end, each.text) for each in heard.left_out] == [(6.0, 24.0, "")]


@pytest.mark.parametrize("request_", [Request.REPEAT, Request.TIME])
def test_a_line_that_was_asked_for_by_key_parts_the_silence_around_it(request_: Request) -> None:
    heard = spoken(TWO_PARTS, [(request_, 7.0)])
    assert heard.pauses == ((4.0, 7.0), (7.0, 24.0))
    assert heard.floor_time_s == pytest.approx(25.0)


@pytest.mark.parametrize("at", [0.2, 2.0, 25.0, 40.0])
def test_a_key_outside_a_silence_takes_nothing_away(at: float) -> None:
    heard = spoken(TWO_PARTS, [(Request.THINK, at)])
    assert heard.pauses == ((4.0, 24.0),)
    assert heard.floor_time_s == pytest.approx(25.0)


def test_a_request_that_the_quick_ear_read_is_no_part_of_the_answer() -> None:
    """Its words may be misheard both times; what was granted is left out."""
    misheard = utterance("Just as a jerk.", 5.0, 6.0)
    heard = Transcript((TWO_PARTS.utterances[0], misheard, TWO_PARTS.utterances[1]), pauses=((6.0, 24.0),))
    assert "jerk." in [word.text for word in spoken(heard).words]
    left = spoken(heard, (), [(Request.THINK, (4.9, 6.1))])
    assert "jerk." not in [word.text for word in left.words]
    assert left.pauses == ()


def test_a_reply_about_a_number_is_no_part_of_the_answer_also_where_it_was_not_understood() -> None:
    first, second = TWO_PARTS.utterances
    unclear = tuple(Unclear(start, start + 0.7, "Earthy.", 0.1, -1.2) for start in (3.0, 9.0))
    reply = utterance("Thirteen. I then went on.", 10.0, 15.0)
    heard = spoken(Transcript((first, reply, second), unclear, ((4.0, 10.0),)), replies=[(8.5, 11.0)])
    assert [word.text for word in heard.words][5:8] == ["I", "then", "went"]
    assert heard.unclear == unclear[:1]
    assert [(each.start, each.end, each.text) for each in heard.left_out] == [(10.0, 11.0, "Thirteen.")]


@pytest.mark.parametrize("words", ["Just as a jerk.", ""])
def test_a_doubtful_utterance_is_what_one_of_its_readings_asks(words: str) -> None:
    readings = ("Just as a jerk.", "Just a second, let me think.")
    said = utterance(words, 5.0, 6.0) if words else Utterance(5.0, 6.0, ())
    assert apart(replace(said, readings=readings), "We lost parcels.") == (
        Utterance(5.0, 6.0, ()),
        Request.THINK,
    )
    assert apart(replace(said, readings=readings[:1]), "We lost parcels.")[1] is None


def test_in_a_session_the_key_grants_the_time_that_follows_it(tmp_path: Path) -> None:
    """The score is that of the same answer without the silence."""
    answer = speak(0.5, *sentences(*GOOD[:3]), 0.8, 19.2, *sentences(*GOOD[3:]), 9.0)
    first_words = sum(len(text.split()) for text in GOOD[:3])
    stopped = answer.words[first_words - 1].end
    with room(tmp_path / "recordings", answer) as there:
        floor = [0.0]
        pressed: list[float] = []

        def watch(meter: Meter) -> None:
            floor[0] = meter.floor_time_s

        def keys() -> tuple[Request, ...]:
            if floor[0] < stopped + 1.0 or pressed:
                return ()
            pressed.append(floor[0])
            return (Request.THINK,)

        there.seat.watch, there.seat.keys = watch, keys
        [done] = there.run()
    assert pressed
    assert done.take.floor_time_s > stopped + 19.0
    assert done.score.longest_pause_s is not None
    assert done.score.longest_pause_s < 2.0
