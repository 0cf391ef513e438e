"""The interviewer's voice goes out of the microphone's sound, in rooms of many kinds; the candidate's stays."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from benchmarks.spoken import espeak

from tests.audio.rooms import Room
from voicemock.audio.echo import LEARNING_S, NoEcho, RoomEcho
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, rms
from voicemock.audio.vad import SpeechDetector, SpeechStarted
from voicemock.interview.desk import detector_over_echo

QUESTION = (
    "Tell me about a time when you disagreed with your manager, and committed anyway. "
    "Who was the customer in this story, and what did they say when you shipped it?"
)
OVER_IT = ("Sorry, can I finish that thought?", "Wait, that was the old number.", "No, it was four minutes.")
OVER_AT_S = (4.0, 7.0, 10.0)
NOTICED_S = 0.4
ROOMS = [
    Room(gain, delay, drift)
    for (gain, delay), drift in zip(
        itertools.product((-20.0, -12.0, -6.0), (30.0, 120.0, 250.0)), itertools.cycle((-200.0, 200.0))
    )
]


@pytest.fixture(scope="module")
def played() -> Samples:
    line = espeak(QUESTION, "en-gb").samples
    return np.concatenate((line, np.zeros(RATE // 2, dtype=np.int16), line))[: 13 * RATE]


@pytest.fixture(scope="module")
def candidate(played: Samples) -> Samples:
    voice = np.zeros_like(played)
    for text, at in zip(OVER_IT, OVER_AT_S, strict=True):
        said = espeak(text, "en-us").samples
        voice[round(at * RATE) : round(at * RATE) + len(said)] = said
    return voice


def blocks(*streams: Samples) -> Iterator[tuple[Samples, ...]]:
    for first in range(0, len(streams[0]) - BLOCK_SAMPLES + 1, BLOCK_SAMPLES):
        yield tuple(stream[first : first + BLOCK_SAMPLES] for stream in streams)


def voices(heard: Samples, played: Samples) -> tuple[list[float], RoomEcho, Samples]:
    """When a voice was noticed once the room was known, and what was cleaned."""
    echo, detector = RoomEcho(), detector_over_echo()
    noticed, cleaned = [], []
    for number, (block, line) in enumerate(blocks(heard, played)):
        cleaned.append(echo.clean(block, line))
        began = any(isinstance(event, SpeechStarted) for event in detector.push(cleaned[-1]))
        if began and echo.ready:
            noticed.append((number + 1) * BLOCK_S)
    return noticed, echo, np.concatenate(cleaned)


@pytest.mark.parametrize("room", ROOMS[::2], ids=str)
def test_the_interviewer_alone_is_nobody(room: Room, played: Samples) -> None:
    noticed, echo, _ = voices(room.hears(played), played)
    assert noticed == []
    assert echo.ready
    assert not echo.fails


def test_who_talks_over_the_interviewer_is_noticed_at_once(played: Samples, candidate: Samples) -> None:
    in_time = 0
    for room in ROOMS[::2]:
        noticed, echo, _ = voices(room.hears(played, candidate), played)
        in_time += sum(any(at < when <= at + NOTICED_S for when in noticed) for at in OVER_AT_S)
        assert not echo.fails
    assert in_time >= 0.9 * len(ROOMS[::2]) * len(OVER_AT_S)


def test_without_it_the_interviewer_would_be_taken_for_the_candidate(played: Samples) -> None:
    detector = SpeechDetector()
    detector.push(Room(-12.0, 120.0).hears(played))
    assert detector.last_speech_end is not None


def test_what_comes_while_nothing_is_played_is_as_it_was(played: Samples) -> None:
    quiet = np.zeros_like(played)
    heard = Room(-12.0, 120.0).hears(quiet)
    _, _, cleaned = voices(heard, quiet)
    assert np.array_equal(cleaned, heard[: len(cleaned)])


def test_an_echo_that_comes_too_late_to_be_found_is_said_to_be_there(played: Samples) -> None:
    late = Room(-6.0, 700.0).hears(played)
    _, echo, _ = voices(late, played)
    assert echo.fails


def test_a_sound_server_that_stumbles_once_is_no_room_that_cannot_be_cleaned(played: Samples) -> None:
    """What is played comes a fifth of a second later from one moment on: the canceller has to find it again."""
    at, later = 5 * RATE, RATE // 5
    stumbled = np.concatenate((played[:at], np.zeros(later, dtype=np.int16), played[at:-later]))
    _, echo, _ = voices(Room(-12.0, 120.0).hears(stumbled), played)
    assert echo.ready
    assert not echo.fails


def test_while_an_echo_is_seen_the_canceller_is_not_ready(played: Samples) -> None:
    heard, echo = Room(-6.0, 700.0).hears(played), RoomEcho()
    ready = []
    for block, line in blocks(heard, played):
        echo.clean(block, line)
        ready.append(echo.ready)
        if echo.fails:
            break
    assert echo.fails
    assert not ready[-1]


def test_the_room_is_learnt_in_about_a_second_of_the_first_line(played: Samples) -> None:
    echo = RoomEcho()
    heard = Room(-12.0, 120.0).hears(played)
    sounding = 0.0
    for block, line in blocks(heard, played):
        if echo.ready:
            break
        echo.clean(block, line)
        sounding += BLOCK_S
    assert LEARNING_S <= sounding < 2 * LEARNING_S


def test_with_headphones_nothing_is_changed(played: Samples) -> None:
    block = played[:BLOCK_SAMPLES]
    assert NoEcho().clean(block, block) is block
    assert rms(block) >= 0.0
