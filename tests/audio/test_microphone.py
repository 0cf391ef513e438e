"""The microphone's edge cases, with a PortAudio that does what it is told."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from voicemock.audio import microphone, speaker
from voicemock.audio.microphone import MicrophoneSource
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Sound
from voicemock.audio.speaker import DeviceSpeaker
from voicemock.errors import DeviceError

NATIVE = 44_100


class PortAudioError(Exception):
    pass


class FakeStream:
    """A stream that calls back when the test says so."""

    def __init__(
        self, samplerate: int, callback: Callable[..., None], blocksize: int = 0, **options: Any
    ) -> None:
        self.rate, self.blocksize, self.options = samplerate, blocksize, options
        self._callback = callback
        self.calls: list[str] = []
        self.gone = False

    def start(self) -> None:
        self.calls.append("start")

    def stop(self) -> None:
        if self.gone:
            raise PortAudioError("Unanticipated host error [PaErrorCode -9999]")
        self.calls.append("stop")

    def abort(self) -> None:
        self.calls.append("abort")

    def close(self) -> None:
        self.calls.append("close")

    def hear(self, samples: np.ndarray, overflow: bool = False) -> None:
        data = samples.astype(np.int16).tobytes()
        self._callback(data, len(samples), None, SimpleNamespace(input_overflow=overflow))

    def play(self, frames: int) -> np.ndarray:
        out = np.ones((frames, 1), dtype=np.int16)
        when = SimpleNamespace(outputBufferDacTime=0.01, currentTime=0.0)
        try:
            self._callback(out, frames, when, None)
        except StopIteration:
            self.options["finished_callback"]()
        return out[:, 0]


class FakePortAudio(SimpleNamespace):
    """What `import sounddevice` gives; `refused` rates can't be opened."""

    PortAudioError = PortAudioError
    CallbackStop = StopIteration

    def __init__(self, *, device: bool = True, refused: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.device, self.refused, self.opened = device, refused, []

    def query_devices(self, device: Any, kind: str) -> dict[str, float]:
        if not self.device:
            raise PortAudioError("Error querying device -1")
        return {"default_samplerate": float(NATIVE)}

    def RawInputStream(self, **options: Any) -> FakeStream:  # noqa: N802 - PortAudio's name
        if options["samplerate"] in self.refused:
            raise PortAudioError("Error opening RawInputStream: Invalid sample rate [PaErrorCode -9997]")
        self.opened.append(FakeStream(**options))
        return self.opened[-1]

    OutputStream = RawInputStream


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    fake = FakePortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


def tone(samples: int, rate: int = RATE) -> np.ndarray:
    return (6_000 * np.sin(2 * np.pi * 440 * np.arange(samples) / rate)).astype(np.int16)


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


class TestAMicrophoneThatFails:
    """A device that is gone raises nothing by itself."""

    def test_blocks_that_stop_arriving(
        self, portaudio: FakePortAudio, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(microphone, "STALL_S", 0.01)
        source = MicrophoneSource()
        portaudio.opened[0].hear(tone(BLOCK_SAMPLES))
        source.read()
        with pytest.raises(DeviceError, match="the microphone stopped sending sound"):
            source.read()

    def test_perfect_zeros_are_a_refused_permission(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        for _ in range(500):
            portaudio.opened[0].hear(np.zeros(BLOCK_SAMPLES))
        with pytest.raises(
            DeviceError, match=r"permission is refused or it is muted.*allow microphone access"
        ):
            for _ in range(501):
                source.read()

    def test_zeros_after_sound_are_only_silence(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        portaudio.opened[0].hear(tone(BLOCK_SAMPLES))
        for _ in range(600):
            portaudio.opened[0].hear(np.zeros(BLOCK_SAMPLES))
        assert len([source.read() for _ in range(601)]) == 601

    def test_the_zeros_of_a_device_at_its_own_rate_are_counted_in_its_own_samples(
        self, portaudio: FakePortAudio
    ) -> None:
        portaudio.refused = (RATE,)
        source = MicrophoneSource()
        for _ in range(450):  # nine seconds, and the permission is given after all
            portaudio.opened[0].hear(np.zeros(NATIVE // 50))
        portaudio.opened[0].hear(tone(NATIVE // 50, NATIVE))
        assert len([source.read() for _ in range(450)]) == 450

    def test_closing_what_is_gone_raises_nothing(self, portaudio: FakePortAudio) -> None:
        source = MicrophoneSource()
        portaudio.opened[0].gone = True
        source.close()
        assert portaudio.opened[0].calls[-1] == "close"


class TestTheSpeaker:
    """A sound is played whole, or cut at a sample; its stream is closed once."""

    LINE = Sound(np.full(1_000, 7, dtype=np.int16))

    def test_it_plays_to_the_end_and_closes_its_stream_once(self, portaudio: FakePortAudio) -> None:
        playback = DeviceSpeaker().play(self.LINE)
        [stream] = portaudio.opened
        heard = np.concatenate([stream.play(400) for _ in range(3)])
        assert heard.tolist() == [7] * 1_000 + [0] * 200
        assert [playback.done() for _ in range(3)] == [True] * 3
        assert stream.calls == ["start", "close"]

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

    def test_a_device_that_died_is_not_waited_for(
        self, portaudio: FakePortAudio, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(speaker, "LATE_S", 0.0)
        speaker_ = DeviceSpeaker()
        speaker_.play(self.LINE)
        speaker_.close()
        assert portaudio.opened[0].calls[-1] == "close"

    def test_no_speaker_is_said_plainly(self, portaudio: FakePortAudio) -> None:
        portaudio.device = False
        with pytest.raises(DeviceError, match=r"^no speaker was found: plug one in, or use --silent"):
            DeviceSpeaker()
