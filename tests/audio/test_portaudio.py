"""A sound server that hangs, and PortAudio with it: nobody waits for it longer than for one that answers."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from tests.audio.portaudio import Clock, FakePortAudio, FakeStream
from voicemock.audio import portaudio as ours
from voicemock.audio.microphone import MicrophoneSource
from voicemock.audio.portaudio import look_again, open_stream
from voicemock.audio.sound import RATE, Sound
from voicemock.audio.speaker import DeviceSpeaker
from voicemock.errors import DeviceError

NO_ANSWER = r"^the sound system is not responding: restart it"


def helpers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "voicemock-portaudio"]


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is not done at exit any more."""
    noted: list[object] = []
    monkeypatch.setattr("atexit.unregister", noted.append)
    return noted


@pytest.fixture
def hung(portaudio: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortAudio]:
    """It opens nothing until it `answers`."""
    monkeypatch.setattr(ours, "OPENING_S", 0.01)
    monkeypatch.setattr(ours, "PATIENCE_S", 0.01)
    portaudio.answers.clear()
    yield portaudio
    portaudio.answers.set()
    for helper in helpers():
        helper.join(timeout=20)


def opening(portaudio: FakePortAudio, before: Callable[[], object] = lambda: None) -> Any:
    def make() -> FakeStream:
        before()
        return portaudio.RawInputStream(samplerate=RATE, callback=lambda: None)

    return open_stream(make)


class TestASoundServerThatHangs:
    """It is said in one line, the process does not wait for it, and what it gives later is let go."""

    def test_opening_a_stream_is_given_up(self, hung: FakePortAudio, left: list[object]) -> None:
        with pytest.raises(DeviceError, match=NO_ANSWER):
            opening(hung)
        assert left == [hung._exit_handler]

    def test_a_stream_that_opens_later_is_let_go(self, hung: FakePortAudio, left: list[object]) -> None:
        with pytest.raises(DeviceError, match=NO_ANSWER):
            opening(hung)
        [helper] = helpers()
        hung.answers.set()
        helper.join(timeout=20)
        assert left
        assert [stream.calls for stream in hung.opened] == [["start", "abort", "close"]]

    def test_ctrl_c_is_taken_meanwhile(
        self, hung: FakePortAudio, left: list[object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ours, "OPENING_S", 60.0)
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        main = threading.main_thread().ident
        assert main is not None
        opened_in: list[object] = []

        def press() -> None:
            opened_in.append(threading.get_ident())
            signal.pthread_kill(main, signal.SIGINT)

        try:
            with pytest.raises(KeyboardInterrupt):
                opening(hung, press)
        finally:
            signal.signal(signal.SIGINT, before)
        assert main not in opened_in  # inside PortAudio it would take no signal
        assert left == [hung._exit_handler]

    def test_its_library_that_does_not_load_is_given_up(
        self, portaudio: FakePortAudio, left: list[object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loads = threading.Event()
        monkeypatch.setattr(ours, "LOADING_S", 0.01)
        monkeypatch.setattr(ours, "_sounddevice", loads.wait)
        with pytest.raises(DeviceError, match=NO_ANSWER):
            MicrophoneSource()
        loads.set()
        assert left == [portaudio._exit_handler]

    @pytest.mark.usefixtures("left")
    def test_a_line_is_not_played(
        self, portaudio: FakePortAudio, clock: Clock, request: pytest.FixtureRequest
    ) -> None:
        speaker = DeviceSpeaker(now=clock)
        request.getfixturevalue("hung")
        assert speaker.play(Sound(np.zeros(RATE, dtype=np.int16))).done()
        assert speaker.lost


class TestOneThingAtATime:
    """PortAudio is asked nothing while it looks for devices."""

    @pytest.fixture(autouse=True)
    def _looking(self, portaudio: FakePortAudio, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr(ours, "PATIENCE_S", 0.01)
        with ours._searching:
            yield

    def test_it_looks_for_devices_once(self, portaudio: FakePortAudio) -> None:
        look_again()
        assert portaudio.restarts == 0

    def test_devices_are_not_asked_about_meanwhile(self, portaudio: FakePortAudio) -> None:
        for open_device in (DeviceSpeaker, MicrophoneSource):
            with pytest.raises(DeviceError, match=NO_ANSWER):
                open_device()
        assert not portaudio.opened
