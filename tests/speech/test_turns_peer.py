"""Two listeners' turns are told from the same silences. `python -m benchmarks.turns --peer PYTHON` compares them."""

import numpy as np
import pytest
from benchmarks.listening import Run
from benchmarks.spoken import in_a_room, silence
from benchmarks.turns_peer import Silences, ours, silences, theirs

from voicemock.audio.sound import RATE, Samples
from voicemock.speech.live import UtteranceHeard
from voicemock.transcript import Utterance, Word

FOUND = Silences(pauses=((2.0, 3.0), (5.0, 9.0)), over=12.0)


def tone(duration_s: float) -> Samples:
    return np.full(round(duration_s * RATE), 3000, dtype=np.int16)


def heard(text: str, start: float, end: float, latency_s: float = 0.4) -> UtteranceHeard:
    return UtteranceHeard(Utterance(start, end, (Word(text, start, end, 1.0),)), latency_s)


def test_pauses_are_found_in_a_room_and_short_gaps_are_none() -> None:
    sound = in_a_room(
        np.concatenate(
            [silence(0.5), tone(1), silence(0.2), tone(1), silence(0.8), tone(1), silence(4)],
        )
    )
    assert silences(sound) == Silences(
        ((pytest.approx(2.7, abs=0.001), pytest.approx(3.5, abs=0.001)),), pytest.approx(4.5, abs=0.001)
    )


def test_a_silence_closes_our_turn_where_it_is_longer_than_the_words_before_it_need() -> None:
    run = Run([heard("we", 0.5, 1.95), heard("shipped", 3.0, 5.05), heard("it", 9.0, 12.1)], cpu_s=2.0)
    needed = {"we": 3.0, "we shipped": 3.0, "we shipped it": 5.0}
    found = ours(run, FOUND, needed.__getitem__)
    assert (found.closed, found.waited_s) == ({1, 2}, 5.0)
    assert found.latencies == pytest.approx((0.35, 0.45, 0.5))


def test_an_utterance_that_ends_in_no_silence_ends_where_the_detector_says() -> None:
    found = ours(Run([heard("we", 0.5, 4.0)]), FOUND, lambda _: 3.0)
    assert found.latencies == pytest.approx((0.4,))


def test_their_recordings_are_closed_at_the_last_silence_that_began_before() -> None:
    found = theirs([2.8, 5.8, 12.9], [(3.3, "We"), (6.0, "."), (13.5, "shipped it.")], 1.5, FOUND)
    assert found.closed == {0, 1, 2}
    assert found.waited_s == pytest.approx(0.9)
    assert found.latencies == pytest.approx((1.3, 1.5))  # the full stop is no text
    assert found.text == "We . shipped it."


def test_a_recording_without_its_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        theirs([2.8, 12.9], [(3.3, "We")], 1.5, FOUND)
