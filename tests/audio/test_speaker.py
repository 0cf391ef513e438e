"""The speaker's edge cases, with a PortAudio that does what it is told."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from tests.audio.portaudio import Clock, FakePortAudio
from voicemock.audio import portaudio as ours
from voicemock.audio.monitor import BLOCKS_AHEAD, Monitored
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Sound
from voicemock.audio.source import FileSource
from voicemock.audio.speaker import DeviceSpeaker
from voicemock.errors import DeviceError


class TestTheSpeaker:
    """A sound is played whole, or cut at a sample; its stream is closed once."""

    LINE = Sound(np.full(1_000, 7, dtype=np.int16))

    def test_it_plays_to_the_end_and_closes_its_stream_once(self, portaudio: FakePortAudio) -> None:
        playback = DeviceSpeaker().play(self.LINE)
        [stream] = portaudio.opened
        heard = np.concatenate([stream.play(400) for _ in range(3)])
        assert heard.tolist() == [7] * 1_000 + [0] * 200
        assert [playback.done() for _ in range(3)] == [True] * 3
        assert stream.calls == ["start", "abort", "close"]

    def test_the_device_holds_enough_for_a_busy_machine_and_too_little_to_answer_late(
        self, portaudio: FakePortAudio
    ) -> None:
        DeviceSpeaker().play(self.LINE)
        # under 0.1 s PulseAudio lost whole lines at the virtual desk; more would only make every line later
        assert portaudio.opened[0].options["latency"] == 0.1

    def test_stopped_it_gives_no_further_sample(self, portaudio: FakePortAudio) -> None:
        playback = DeviceSpeaker().play(self.LINE)
        [stream] = portaudio.opened
        stream.play(100)
        playback.stop()
        assert not stream.play(100).any()
        assert playback.done()
        assert stream.calls == ["start", "abort", "close"]

    def test_the_next_line_waits_for_the_one_before(self, portaudio: FakePortAudio) -> None:
        speaker_ = DeviceSpeaker()
        speaker_.play(self.LINE)
        [stream] = portaudio.opened
        waiting = threading.Thread(target=speaker_.play, args=(self.LINE,))
        waiting.start()
        assert len(portaudio.opened) == 1
        stream.play(2_000)
        waiting.join(timeout=5)
        assert len(portaudio.opened) == 2

    def test_no_speaker_is_said_plainly(self, portaudio: FakePortAudio) -> None:
        portaudio.device = False
        with pytest.raises(DeviceError, match=r"^no speaker was found: plug one in, or use --silent"):
            DeviceSpeaker()


class TestASpeakerThatIsGone:
    """Nobody waits for it, nothing is raised: the line takes its time in silence, and the next tries again."""

    LINE = Sound(np.full(4 * RATE, 7, dtype=np.int16))

    def test_a_device_that_stops_asking_is_noticed_within_2_seconds(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        playback = speaker.play(self.LINE)
        for _ in range(20):
            clock.at += 0.1
            portaudio.opened[0].play(RATE // 10)
        assert not speaker.lost
        clock.at += 1.9
        assert speaker.lost
        assert not playback.done()  # whoever reads the line needs its time
        clock.at += 0.2
        assert playback.done()
        assert portaudio.opened[0].calls[-1] == "close"

    def test_a_device_that_only_hesitated_goes_on_and_is_not_called_back_before_the_next_line(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        speaker.play(self.LINE)
        clock.at += 3.2
        assert speaker.lost
        assert portaudio.opened[0].play(256).any()
        assert speaker.lost

    def test_a_device_that_is_only_waking_up_is_not_lost(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        speaker.play(self.LINE)
        portaudio.opened[0].play(256)  # the driver's own buffer
        clock.at += 2.0
        assert not speaker.lost

    def test_a_device_that_wakes_up_late_has_the_time_for_the_whole_line(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        playback = speaker.play(self.LINE)
        portaudio.opened[0].play(256)
        clock.at += 1.99
        for _ in range(39):
            clock.at += 0.11  # and it is busy
            portaudio.opened[0].play(RATE // 10)
            assert not playback.done()
        portaudio.opened[0].play(RATE)
        assert playback.done()
        assert not speaker.lost

    def test_a_stream_that_ends_before_its_sound_is_lost(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        playback = speaker.play(self.LINE)
        portaudio.opened[0].options["finished_callback"]()  # the sound server was killed
        assert playback.done()
        assert speaker.lost

    def test_one_that_cannot_be_opened_takes_no_line_and_raises_nothing(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        portaudio.device = False
        playback = speaker.play(self.LINE)
        assert playback.done()
        assert playback.started_at() == clock.at
        assert speaker.lost

    def test_the_next_line_does_not_wait_for_a_dead_one(self, portaudio: FakePortAudio, clock: Clock) -> None:
        speaker = DeviceSpeaker(now=clock)
        speaker.play(self.LINE)
        clock.at += self.LINE.duration_s
        speaker.play(self.LINE)
        assert len(portaudio.opened) == 2

    def test_it_is_back_once_it_took_a_whole_line(self, portaudio: FakePortAudio, clock: Clock) -> None:
        speaker = DeviceSpeaker(now=clock)
        speaker.play(self.LINE)
        clock.at += self.LINE.duration_s
        assert speaker.lost
        speaker.play(self.LINE)
        portaudio.opened[1].play(256)
        assert speaker.lost  # the driver took that, whoever hears it
        portaudio.opened[1].play(5 * RATE)
        assert not speaker.lost

    def test_after_its_loss_portaudio_looks_for_devices_again(
        self, portaudio: FakePortAudio, clock: Clock
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        portaudio.device = False
        speaker.play(self.LINE)
        portaudio.device = True
        speaker.play(self.LINE)
        assert portaudio.restarts == 1
        assert len(portaudio.opened) == 1

    def test_a_stream_that_cannot_be_closed_holds_up_nobody_and_is_left_alone(
        self, portaudio: FakePortAudio, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ours, "PATIENCE_S", 0.01)
        left: list[object] = []
        monkeypatch.setattr("atexit.unregister", left.append)
        playback = DeviceSpeaker(now=clock).play(self.LINE)
        [stream] = portaudio.opened
        stream.answers.clear()
        playback.stop()
        assert left == [portaudio._exit_handler]  # or the process would wait for it
        ours.look_again()
        assert portaudio.restarts == 0
        stream.answers.set()

    def test_a_line_too_short_to_tell_is_judged_at_its_end(
        self, portaudio: FakePortAudio, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        speaker.play(Sound(np.zeros(RATE // 2, dtype=np.int16)))
        clock.at += 2.6
        speaker.close()
        assert speaker.lost


class TestHearingTheCandidate:
    """`demo --sound`: what is played is what was read, and a speaker that plays nothing holds nothing up."""

    def test_what_is_read_is_played(self, portaudio: FakePortAudio) -> None:
        source = Monitored(FileSource(np.arange(640, dtype=np.int16), real_pace=False))
        block = source.read()
        assert block is not None
        out = bytearray(2 * BLOCK_SAMPLES)
        portaudio.opened[0]._callback(out, BLOCK_SAMPLES, None, None)
        assert bytes(out) == block.samples.tobytes()
        portaudio.opened[0]._callback(out, BLOCK_SAMPLES, None, None)
        assert not any(out)
        source.close()
        assert portaudio.opened[0].calls[-1] == "close"

    def test_a_speaker_that_plays_nothing_holds_nothing_up(self, portaudio: FakePortAudio) -> None:
        source = Monitored(FileSource(np.ones(100 * BLOCK_SAMPLES, dtype=np.int16), real_pace=False))
        assert sum(source.read() is not None for _ in range(101)) == 100
        assert len(source._waiting) == BLOCKS_AHEAD

    def test_the_device_asks_for_no_more_at_once_than_waits_for_it(self, portaudio: FakePortAudio) -> None:
        """A sound server that takes two seconds at once would play a piece of 0.2 s, and then silence."""
        Monitored(FileSource(np.ones(1, dtype=np.int16), real_pace=False)).close()
        assert 0 < portaudio.opened[0].options["latency"] <= BLOCKS_AHEAD * BLOCK_SAMPLES / RATE

    def test_no_speaker_is_said_plainly(self, portaudio: FakePortAudio) -> None:
        portaudio.device = False
        with pytest.raises(DeviceError, match=r"the speaker failed.*leave out --sound"):
            Monitored(FileSource(np.ones(1, dtype=np.int16)))
