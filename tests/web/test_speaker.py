"""The page as a loudspeaker: lines go out whole, are cut off, and are gone on with after a reload."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.web.test_microphone import Clock
from voicemock.audio.sound import Sound
from voicemock.audio.speaker import LATE_S
from voicemock.web.speaker import HEADER, PageSpeaker


class Wire:
    def __init__(self) -> None:
        self.there = True
        self.told: list[dict[str, Any]] = []
        self.sent: list[bytes] = []

    def tell(self, message: dict[str, Any]) -> None:
        self.told.append(message)

    def send(self, data: bytes) -> None:
        self.sent.append(data)


TWO_SECONDS = Sound(np.arange(32_000, dtype=np.int16), 16_000)


def test_a_line_goes_out_whole_with_its_number_and_rate() -> None:
    wire = Wire()
    PageSpeaker(wire, Clock()).play(TWO_SECONDS)
    assert HEADER.unpack_from(wire.sent[0]) == (1, 16_000)
    assert np.array_equal(np.frombuffer(wire.sent[0], "<i2", offset=HEADER.size), TWO_SECONDS.samples)


def test_it_began_when_the_page_says_so_and_the_loudspeaker_s_latency_later() -> None:
    clock, wire = Clock(), Wire()
    speaker = PageSpeaker(wire, clock)
    playback = speaker.play(TWO_SECONDS)
    clock.now += 0.01
    line = speaker.line(1)
    assert line is not None
    line.begun(0.03)
    assert playback.started_at() == 100.04


def test_it_is_over_when_the_page_says_so() -> None:
    speaker = PageSpeaker(Wire(), Clock())
    playback = speaker.play(TWO_SECONDS)
    assert not playback.done()
    speaker.line(1).ended()  # type: ignore[union-attr]
    assert playback.done()


def test_a_page_that_forgets_to_say_so_holds_up_nobody() -> None:
    clock = Clock()
    playback = PageSpeaker(Wire(), clock).play(TWO_SECONDS)
    clock.now += 2.0 + LATE_S
    assert playback.done()


def test_cutting_it_off_tells_the_page_once() -> None:
    wire = Wire()
    playback = PageSpeaker(wire, Clock()).play(TWO_SECONDS)
    playback.stop()
    playback.stop()
    assert wire.told == [{"is": "hush", "line": 1}]
    assert playback.done()


def test_without_a_page_a_line_takes_its_time_in_silence() -> None:
    clock, wire = Clock(), Wire()
    wire.there = False
    playback = PageSpeaker(wire, clock).play(TWO_SECONDS)
    assert playback.started_at() == 100.0
    assert not playback.done()
    clock.now += 2.0
    assert playback.done()


def test_after_a_reload_the_rest_is_played() -> None:
    clock, wire = Clock(), Wire()
    speaker = PageSpeaker(wire, clock)
    playback = speaker.play(TWO_SECONDS)
    clock.now += 0.5
    speaker.left()
    clock.now += 60.0
    speaker.again()
    assert np.frombuffer(wire.sent[1], "<i2", offset=HEADER.size)[0] == 8_000
    assert not playback.done()


def test_a_browser_that_plays_nothing_yet_is_a_lost_speaker_only_while_it_is_there() -> None:
    wire = Wire()
    speaker = PageSpeaker(wire, Clock())
    speaker.blocked = True
    assert speaker.lost
    wire.there = False
    assert not speaker.lost


def test_a_line_that_is_not_being_played_is_nobody_s() -> None:
    speaker = PageSpeaker(Wire(), Clock())
    assert speaker.line(1) is None
    speaker.play(TWO_SECONDS)
    assert speaker.line(2) is None
