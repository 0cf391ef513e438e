"""The microphone's edge cases, with a PortAudio that does what it is told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.audio.portaudio import NATIVE, Clock, FakePortAudio, tone
from voicemock.audio.mic_health import GIVE_UP_S, GIVE_UP_ZEROS_S
from voicemock.audio.microphone import MicrophoneSource
from voicemock.audio.portaudio import open_stream
from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE
from voicemock.audio.source import Block
from voicemock.errors import DeviceError


def at_once(work: Callable[[], None]) -> None:
    work()


def listening(clock: Clock, device: str | None = None, **options: Any) -> MicrophoneSource:
    return MicrophoneSource(device, now=clock, aside=at_once, **options)


def all_of(source: MicrophoneSource) -> list[Block]:
    """What has arrived, up to the first block in which nothing did."""
    blocks = []
    while len((block := source.read()).samples):
        blocks.append(block)
    return [*blocks, block]


def wait(source: MicrophoneSource, clock: Clock, seconds: float) -> list[Block]:
    """Read every 0.1 s for so long."""
    blocks = []
    for _ in range(round(seconds / 0.1)):
        clock.at += 0.1
        blocks += all_of(source)
    return blocks


class TestNoMicrophone:
    """One line that says what is wrong and what to do, in words that a person uses."""

    def test_without_portaudio_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class NoLibrary:
            def find_spec(self, name: str, *_: Any) -> None:
                if name == "sounddevice":
                    raise OSError("PortAudio library not found")

        monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
        monkeypatch.setattr(sys, "meta_path", [NoLibrary(), *sys.meta_path])
        with pytest.raises(DeviceError, match=r"apt install libportaudio2.*--candidate FILE"):
            MicrophoneSource()

    def test_no_device_is_said_plainly(self, portaudio: FakePortAudio) -> None:
        portaudio.device = False
        with pytest.raises(DeviceError, match=r"^no microphone was found: plug one in"):
            MicrophoneSource()

    def test_a_device_of_an_unknown_name_is_named(self, portaudio: FakePortAudio) -> None:
        portaudio.device = False
        with pytest.raises(DeviceError, match=r"^no microphone is called 'studio'"):
            MicrophoneSource("studio")

    def test_a_device_that_refuses_every_rate_gives_its_reason_without_codes(
        self, portaudio: FakePortAudio
    ) -> None:
        portaudio.refused = (RATE, NATIVE)
        with pytest.raises(DeviceError, match=r"^the microphone could not be opened \(Invalid sample rate\)"):
            MicrophoneSource()


class TestWhatArrives:
    """Every sample, in blocks of 20 ms, whatever the device gives."""

    def test_blocks_as_they_come(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        sound = tone(3 * BLOCK_SAMPLES)
        for first in range(0, len(sound), BLOCK_SAMPLES):
            portaudio.opened[0].hear(sound[first : first + BLOCK_SAMPLES])
        np.testing.assert_array_equal(np.concatenate([source.read().samples for _ in range(3)]), sound)

    def test_pieces_of_any_length_become_blocks(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        sound = tone(3 * BLOCK_SAMPLES)
        for piece in np.split(sound, [100, 555, 900]):
            portaudio.opened[0].hear(piece)
        np.testing.assert_array_equal(np.concatenate([source.read().samples for _ in range(3)]), sound)

    def test_where_16_khz_is_refused_the_own_rate_is_resampled(self, portaudio: FakePortAudio) -> None:
        portaudio.refused = (RATE,)
        source = MicrophoneSource()
        [stream] = portaudio.opened
        assert (stream.rate, stream.blocksize) == (NATIVE, NATIVE // 50)
        sound = tone(NATIVE, NATIVE)  # one second
        for first in range(0, len(sound), stream.blocksize):
            stream.hear(sound[first : first + stream.blocksize])
        heard = np.concatenate([source.read().samples for _ in range(49)])
        loudest = np.abs(np.fft.rfft(heard)).argmax() * RATE / len(heard)
        assert loudest == pytest.approx(440, abs=2)

    def test_an_overflow_is_silence_and_a_note(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        portaudio.opened[0].hear(tone(BLOCK_SAMPLES))
        portaudio.opened[0].hear(tone(BLOCK_SAMPLES), overflow=True)
        first, gap, after = source.read(), source.read(), source.read()
        assert (first.lost, gap.lost, after.lost) == (0, BLOCK_SAMPLES, 0)
        assert not gap.samples.any()
        assert after.samples.any()

    def test_the_callback_keeps_a_copy(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        buffer = bytearray(tone(BLOCK_SAMPLES).tobytes())
        portaudio.opened[0]._callback(buffer, BLOCK_SAMPLES, None, SimpleNamespace(input_overflow=False))
        buffer[:] = bytes(len(buffer))
        assert source.read().samples.any()


class TestADeviceThatIsGone:
    """It raises nothing: blocks stop arriving. It is noticed within 2 s, and opened again until it is back."""

    @pytest.fixture
    def source(self, portaudio: FakePortAudio, clock: Clock) -> MicrophoneSource:
        source = listening(clock)
        portaudio.opened[0].hear_for(1.0, clock)
        all_of(source)
        return source

    def test_it_is_noticed_within_2_seconds(self, source: MicrophoneSource, clock: Clock) -> None:
        troubles = [block.trouble for block in wait(source, clock, 2.0)]
        assert troubles[0] is None
        assert troubles[-1] == "stopped"

    def test_no_time_passes_in_the_answer_meanwhile(self, source: MicrophoneSource, clock: Clock) -> None:
        assert not any(len(block.samples) or block.counts for block in wait(source, clock, 30.0))

    def test_a_stream_that_goes_on_by_itself_is_left_alone(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        wait(source, clock, 2.5)
        portaudio.opened[0].hear_for(0.1, clock)
        assert [block.trouble for block in all_of(source)] == [None] * 6
        wait(source, clock, 1.0)
        assert len(portaudio.opened) == 1

    def test_what_came_just_before_it_is_closed_is_heard_and_ends_the_search(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        wait(source, clock, 2.8)
        clock.at += 0.5
        portaudio.opened[0].hear_for(0.1, clock)
        assert [block.counts for block in all_of(source)] == [True] * 5 + [False]
        assert len(portaudio.opened) == 1

    def test_it_is_closed_and_opened_again_after_portaudio_looked_for_devices(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        wait(source, clock, 4.0)
        assert portaudio.opened[0].calls[-1] == "close"
        assert portaudio.restarts == 1
        portaudio.opened[1].hear_for(0.1, clock)
        assert [block.counts for block in all_of(source)] == [True] * 5 + [False]

    def test_one_that_is_not_there_yet_is_tried_again(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.device = False
        wait(source, clock, 30.0)
        assert len(portaudio.opened) == 1
        portaudio.device = True
        wait(source, clock, 2.0)
        portaudio.opened[1].hear_for(0.1, clock)
        assert all_of(source)[0].trouble is None

    def test_it_may_come_back_with_another_rate(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.refused, portaudio.native = (RATE,), 48_000
        wait(source, clock, 4.0)
        [_, again] = portaudio.opened
        assert again.rate == 48_000
        again.hear(tone(48_000, 48_000))
        heard = np.concatenate([block.samples for block in all_of(source)])
        assert np.abs(np.fft.rfft(heard)).argmax() * RATE / len(heard) == pytest.approx(440, abs=2)

    def test_the_one_that_was_chosen_is_opened_again(self, portaudio: FakePortAudio, clock: Clock) -> None:
        source = listening(clock, "studio")
        portaudio.opened[0].hear_for(0.1, clock)
        wait(source, clock, 4.0)
        assert [stream.options["device"] for stream in portaudio.opened] == ["studio", "studio"]

    def test_another_that_gives_zeros_in_its_place_is_no_return(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        wait(source, clock, 4.0)
        portaudio.opened[1].hear_for(2.0, clock, zeros=True)
        assert not any(block.counts for block in all_of(source))
        wait(source, clock, 3.0)
        assert len(portaudio.opened) == 3  # nor is it kept

    def test_portaudio_is_not_restarted_under_a_stream_that_is_open(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaking = open_stream(lambda: portaudio.OutputStream(samplerate=RATE, callback=lambda: None))
        wait(source, clock, 4.0)
        assert (portaudio.restarts, len(portaudio.opened)) == (0, 3)
        assert speaking.calls == ["start"]

    def test_after_a_minute_it_is_given_up(self, source: MicrophoneSource, clock: Clock) -> None:
        wait(source, clock, GIVE_UP_S - 1.0)
        with pytest.raises(
            DeviceError, match=r"stopped sending sound and was not back within 60 s: plug one in"
        ):
            wait(source, clock, 1.5)

    def test_one_that_was_never_there_is_waited_for_where_that_is_wanted(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.device = False
        source = listening(clock, waits=True)
        assert wait(source, clock, 5.0)[-1].trouble == "stopped"
        portaudio.device = True
        wait(source, clock, 1.2)
        portaudio.opened[0].hear_for(0.1, clock)
        assert all_of(source)[0].counts

    def test_a_stream_that_opens_after_the_end_is_closed(
        self, portaudio: FakePortAudio, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        aside: list[Callable[[], None]] = []
        source = MicrophoneSource(now=clock, aside=aside.append)
        portaudio.opened[0].hear_for(0.1, clock)
        wait(source, clock, 4.0)
        left: list[object] = []
        monkeypatch.setattr("atexit.unregister", left.append)
        source.close()
        assert left == [portaudio._exit_handler]  # or the process would wait for a sound server that hangs
        aside[0]()
        assert [stream.calls[-1] for stream in portaudio.opened] == ["close", "close"]


class TestPerfectZeros:
    """No room is that still: a refused permission or a mute switch is said, and is not the candidate's silence."""

    @pytest.fixture
    def source(self, portaudio: FakePortAudio, clock: Clock) -> MicrophoneSource:
        return listening(clock)

    def test_from_the_start_they_are_told_after_5_seconds(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(5.1, clock, zeros=True)
        told = [
            number * BLOCK_S for number, block in enumerate(all_of(source), 1) if block.trouble == "zeros"
        ]
        assert told[0] == pytest.approx(5.0, abs=0.03)

    def test_after_sound_they_are_told_within_2_seconds(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(10.0, clock)
        all_of(source)
        portaudio.opened[0].hear_for(2.0, clock, zeros=True)
        blocks = all_of(source)
        assert blocks[-2].trouble == "zeros"
        assert not blocks[-2].counts

    def test_long_before_that_they_are_not_taken_for_silence(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(10.0, clock)
        portaudio.opened[0].hear_for(0.4, clock, zeros=True)
        before, after = all_of(source)[-3:-1]
        assert (before.void, before.trouble, before.counts) == (True, None, True)
        assert after.void

    def test_sound_ends_it_at_once(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(20.0, clock, zeros=True)
        portaudio.opened[0].hear_for(0.02, clock)
        *_, heard, _ = all_of(source)
        assert (heard.trouble, heard.void, heard.counts) == (None, False, True)

    def test_after_three_minutes_they_are_a_refused_permission(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(GIVE_UP_ZEROS_S + 4.0, clock, zeros=True)
        all_of(source)
        portaudio.opened[0].hear_for(2.0, clock, zeros=True)
        with pytest.raises(DeviceError, match=r"it is muted, or access was refused.*allow microphone access"):
            all_of(source)

    def test_those_of_a_noise_gate_are_silence(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        for zeros in (False, True, False):
            portaudio.opened[0].hear_for(0.8, clock, zeros=zeros)
        all_of(source)
        portaudio.opened[0].hear_for(2 * GIVE_UP_ZEROS_S, clock, zeros=True)
        blocks = all_of(source)[:-1]
        assert all(block.counts and not block.void for block in blocks)
        assert [block.trouble for block in blocks[::249][:3]] == [None, None, "zeros"]

    def test_one_that_rests_in_zeros_has_them_as_its_silence(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        for zeros in (True, False, True):
            portaudio.opened[0].hear_for(4.0, clock, zeros=zeros)
        blocks = all_of(source)[-200:-1]
        assert not any(block.void or block.trouble for block in blocks)

    def test_one_that_came_back_with_zeros_does_not_rest_in_them(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(1.0, clock)
        wait(source, clock, 3.2)
        for zeros in (True, False, True):
            portaudio.opened[1].hear_for(1.6, clock, zeros=zeros)
            blocks = all_of(source)
        assert blocks[-2].trouble == "zeros"

    def test_a_muted_one_that_goes_is_told_once_and_looked_for(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(6.0, clock, zeros=True)
        all_of(source)
        assert {block.trouble for block in wait(source, clock, 4.0)} == {"zeros"}
        assert len(portaudio.opened) == 2

    def test_a_device_that_had_gone_and_gives_zeros_now_is_told_once(
        self, source: MicrophoneSource, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        portaudio.opened[0].hear_for(1.0, clock)
        wait(source, clock, 2.0)
        portaudio.opened[0].hear_for(9.0, clock, zeros=True)
        assert {block.trouble for block in all_of(source)} == {"stopped"}


class TestSoundThatNeverArrives:
    """What the driver does not tell shows in the clock; it is counted."""

    def test_a_gap_that_nobody_reported_is_counted(self, portaudio: FakePortAudio, clock: Clock) -> None:
        source = listening(clock)
        portaudio.opened[0].hear_for(7.0, clock)
        clock.at += 0.5
        portaudio.opened[0].hear_for(7.0, clock)
        assert sum(block.lost for block in all_of(source)) == pytest.approx(0.5 * RATE, abs=0.02 * RATE)

    def test_it_is_counted_with_a_block_that_stands_in_the_answer(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        source = listening(clock)
        heard: list[Block] = []
        for number in range(2_400):  # pieces of a third of a block, 15 s of them
            clock.at += 0.5 * (number == 1_200) + 100 / RATE
            portaudio.opened[0].hear(tone(100))
            heard += all_of(source)
        in_answer = sum(block.lost for block in heard if len(block.samples))
        assert in_answer == pytest.approx(0.5 * RATE, abs=0.02 * RATE)

    def test_what_is_only_late_is_not(self, portaudio: FakePortAudio, clock: Clock) -> None:
        source = listening(clock)
        portaudio.opened[0].hear_for(7.0, clock)
        clock.at += 1.0
        for _ in range(50):
            portaudio.opened[0].hear(tone(BLOCK_SAMPLES))
        portaudio.opened[0].hear_for(7.0, clock)
        assert sum(block.lost for block in all_of(source)) == 0

    def test_an_overflow_is_not_counted_twice(self, portaudio: FakePortAudio, clock: Clock) -> None:
        source = listening(clock)
        portaudio.opened[0].hear_for(7.0, clock)
        clock.at += 0.52
        portaudio.opened[0].hear(tone(BLOCK_SAMPLES), overflow=True)
        portaudio.opened[0].hear_for(7.0, clock)
        assert sum(block.lost for block in all_of(source)) == pytest.approx(0.5 * RATE, abs=0.01 * RATE)
