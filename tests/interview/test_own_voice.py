"""The interviewer's line is taken out of the blocks that arrive while it is played, and only then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from benchmarks.spoken import espeak

from tests.audio.rooms import Room
from voicemock.audio.echo import NoEcho, RoomEcho
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, Sound, rms
from voicemock.audio.source import Block
from voicemock.interview.own_voice import NOT_REMOVED, OwnVoice

STARTS_AT = 100.03  # monotonic seconds: between two blocks, as it happens
BEFORE_S = 0.4  # of blocks that arrive before the line begins


@dataclass
class Started:
    """A playback that began at `STARTS_AT`, or as much later as the device stumbled."""

    stumbled_s: float = 0.0

    def started_at(self) -> float:
        return STARTS_AT

    def played_s(self, at: float) -> float:
        return at - STARTS_AT - self.stumbled_s

    def done(self) -> bool:
        return False

    def stop(self) -> None:
        return None


@pytest.fixture(scope="module")
def line() -> Samples:
    return espeak("Tell me about a time you disagreed with your manager, and committed anyway.").samples


def heard_with(own_voice: OwnVoice, microphone: Samples) -> list[Block]:
    """The blocks of a microphone that was opened `BEFORE_S` before the line began."""
    blocks = []
    for number in range(len(microphone) // BLOCK_SAMPLES):
        samples = microphone[number * BLOCK_SAMPLES : (number + 1) * BLOCK_SAMPLES]
        blocks.append(own_voice.clean(Block(samples, STARTS_AT - BEFORE_S + (number + 1) * BLOCK_S)))
    return blocks


def with_the_line(line: Samples, room: Room) -> Samples:
    before = np.zeros(round(BEFORE_S * RATE), dtype=np.int16)
    return room.hears(np.concatenate((before, line, np.zeros(2 * RATE, dtype=np.int16))))


def loudness(blocks: list[Block]) -> float:
    return rms(np.concatenate([block.heard for block in blocks]))


def test_the_line_is_gone_and_the_recording_has_it(line: Samples) -> None:
    own_voice = OwnVoice(RoomEcho())
    own_voice.starts(Sound(line), Started())
    microphone = with_the_line(line, Room(-12.0, 120.0))
    blocks = heard_with(own_voice, microphone)
    assert np.array_equal(
        np.concatenate([b.samples for b in blocks]), microphone[: len(blocks) * BLOCK_SAMPLES]
    )
    last_second = slice(round((len(line) / RATE - 0.6) / BLOCK_S), round((len(line) / RATE + 0.4) / BLOCK_S))
    assert rms(np.concatenate([b.samples for b in blocks[last_second]])) > 10 * loudness(blocks[last_second])
    assert own_voice.word() is None


def test_until_the_room_is_known_nothing_is_heard_under_the_line(line: Samples) -> None:
    own_voice = OwnVoice(RoomEcho())
    own_voice.starts(Sound(line), Started())
    blocks = heard_with(own_voice, with_the_line(line, Room(-12.0, 120.0)))
    first = round((BEFORE_S + 0.1) / BLOCK_S)
    assert loudness(blocks[first : first + round(0.8 / BLOCK_S)]) == 0.0


def test_after_the_line_the_blocks_are_as_they_were(line: Samples) -> None:
    own_voice = OwnVoice(RoomEcho())
    own_voice.starts(Sound(line), Started())
    blocks = heard_with(own_voice, with_the_line(line, Room(-12.0, 120.0)))
    for block in blocks[-round(1.0 / BLOCK_S) :]:
        assert np.array_equal(block.heard, block.samples)


def test_a_speaker_that_wakes_up_late_is_followed(line: Samples) -> None:
    own_voice = OwnVoice(RoomEcho())
    own_voice.starts(Sound(line), Started(1.9))
    late = np.concatenate((np.zeros(round(1.9 * RATE), dtype=np.int16), line))
    blocks = heard_with(own_voice, with_the_line(late, Room(-12.0, 120.0)))
    last = slice(round((len(late) / RATE - 0.6) / BLOCK_S), round((len(late) / RATE + 0.4) / BLOCK_S))
    assert rms(np.concatenate([b.samples for b in blocks[last]])) > 10 * loudness(blocks[last])


def test_an_echo_that_stays_is_said_once_and_the_microphone_ignored_meanwhile(line: Samples) -> None:
    own_voice = OwnVoice(RoomEcho())
    long = np.tile(line, 3)
    own_voice.starts(Sound(long), Started())
    blocks = heard_with(own_voice, with_the_line(long, Room(-6.0, 700.0)))
    assert own_voice.word() == NOT_REMOVED
    assert own_voice.word() is None
    end = round((BEFORE_S + len(long) / RATE) / BLOCK_S)
    assert loudness(blocks[end - 50 : end]) == 0.0


def test_a_block_is_cleaned_once(line: Samples) -> None:
    own_voice = OwnVoice(NoEcho())
    block = own_voice.clean(Block(line[:BLOCK_SAMPLES], STARTS_AT))
    assert own_voice.clean(block) is block
