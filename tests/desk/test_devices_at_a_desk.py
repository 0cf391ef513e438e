"""Devices that go and come back under the command line, and a machine that is busy: real sound, a real sound server."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from benchmarks.busy_machine import busy_processes, practise

from tests.desk.conftest import HEARD_RATE, VirtualDesk
from tests.sounds import write_wav
from voicemock.audio.sound import resample
from voicemock.speech.voice_engines import open_voice

pytestmark = pytest.mark.desk

QUESTION = "Tell me about a mistake that you made, and what came of it."
ANSWER = (
    "I sent forty parcels to the wrong town, because I had not checked the list.",
    "So I wrote a program that compares every label.",
    "I tried it at one dock for two weeks.",
    "Wrong parcels fell from ninety a week to twelve a week.",
)
NOTICED_S = 2.0  # issue 7; perfect zeros from the start 5 s
WAKING_S = 2.0  # of PulseAudio, until a new stream gives its first sample
OUR_OWN_S = 1.0  # from the sound server's deed to our hearing of the event, on a busy machine of two cores
LIMIT_S = 150.0  # for a test that hangs


@dataclass
class Practice:
    """One question at the desk by the command line; `on` is called with each event as it happens."""

    desk: VirtualDesk
    folder: Path
    on: Callable[[dict[str, Any]], None] = lambda event: None
    events: list[dict[str, Any]] = field(default_factory=list)
    screen: str = ""
    status: int | None = None
    process: subprocess.Popen[str] = field(init=False)

    def run(self) -> Practice:
        command = ("practice", "--question", QUESTION, "--style", "none", "--events", "-")
        with self.desk.voicemock(*command, "--recordings", str(self.folder)) as self.process:
            watchdog = threading.Timer(LIMIT_S, self.process.kill)
            watchdog.start()
            assert self.process.stdout is not None
            assert self.process.stderr is not None
            for line in self.process.stdout:
                self.events.append(json.loads(line))
                self.on(self.events[-1])
            self.screen = " ".join(self.process.stderr.read().split())
            watchdog.cancel()
        self.status = self.process.returncode
        return self

    def told(self, kind: str, device: str | None = None) -> list[dict[str, Any]]:
        return [e for e in self.events if e["type"] == kind and device in (None, e.get("device"))]

    @property
    def transcript(self) -> str:
        return str(self.told("transcript")[0]["text"]).lower()

    def recorded_s(self) -> float:
        [path] = self.folder.glob("*/1.wav")
        with wave.open(str(path)) as file:
            return file.getnframes() / file.getframerate()


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The sentences of the answer, each in a file."""
    folder = tmp_path_factory.mktemp("lines")
    voice = open_voice("us", 150)
    sounds = [resample(voice.say(line)).samples for line in ANSWER]
    voice.close()
    return [write_wav(folder / f"{number}.wav", sound) for number, sound in enumerate(sounds)]


@pytest.fixture
def room(desk: VirtualDesk, tmp_path: Path) -> Iterator[VirtualDesk]:
    """The desk in a room that hisses, as every room does: perfect zeros then mean something."""
    hiss = np.random.default_rng(5).normal(0, 15, int(LIMIT_S) * HEARD_RATE)
    noise = desk.speak(write_wav(tmp_path / "hiss.wav", hiss))
    try:
        yield desk
    finally:
        noise.terminate()
        noise.wait()
        for put_right in (("suspend-source", "mic"), ("set-source-mute", "mic"), ("suspend-sink", "speaker")):
            desk.pactl(*put_right, "0")


class TestAMicrophoneThatGoesAndComesBack:
    """Noticed within 2 s, said, the answer so far kept; it goes on when the device is back."""

    def test_unplugged_and_another_plugged_in_then_suspended_then_muted_within_one_answer(
        self, room: VirtualDesk, lines: list[Path], tmp_path: Path
    ) -> None:
        faults: list[tuple[Callable[[], None], Callable[[], None]]] = [
            (room.unplug, lambda: room.plug_in(rate=48_000)),
            (
                lambda: room.pactl("suspend-source", "mic", "1"),
                lambda: room.pactl("suspend-source", "mic", "0"),
            ),
            (
                lambda: room.pactl("set-source-mute", "mic", "1"),
                lambda: room.pactl("set-source-mute", "mic", "0"),
            ),
        ]
        went: list[float] = []  # when each device was gone for certain
        done = 0

        def say_and_go(number: int) -> None:
            room.speak(lines[number]).wait()
            if number < len(faults):
                faults[number][0]()
                went.append(time.monotonic())

        def on(event: dict[str, Any]) -> None:
            nonlocal done
            if event["type"] == "device_lost" and event["device"] == "microphone":
                faults[done][1]()
                done += 1
            elif event["type"] == "answer_started" or event.get("device") == "microphone":
                threading.Thread(target=say_and_go, args=(done,)).start()

        practice = Practice(room, tmp_path / "r", on).run()
        lost, back = practice.told("device_lost", "microphone"), practice.told("device_back", "microphone")
        assert [event["cause"] for event in lost[1:]] == ["stopped", "zeros"]
        for event, at in zip(lost, went, strict=True):
            assert event["wall"] - at <= NOTICED_S + OUR_OWN_S
            assert event["text"] in practice.screen
        for away, here in zip(lost, back, strict=True):
            assert here["t"] == pytest.approx(away["t"], abs=0.05)  # the clock stood
            assert here["text"] in practice.screen
        assert practice.status == 0, practice.screen
        [ended] = practice.told("answer_ended")
        assert ended["reason"] == "silence"
        assert practice.recorded_s() == pytest.approx(ended["floor_time_s"])
        assert practice.told("score")[0]["overall"] is not None
        for said in ("wrong town", "label", "weeks", "a week"):
            assert said in practice.transcript


class TestADeskAtWhichNothingWorks:
    """Refused microphone, dead speaker: both are said, what works again is used, Ctrl-C keeps the answer."""

    def test_it_is_said_and_the_interview_goes_on(
        self, room: VirtualDesk, lines: list[Path], tmp_path: Path
    ) -> None:
        room.pactl("set-source-mute", "mic", "1")
        practice = Practice(room, tmp_path / "r")
        waited_for = {"answer_started", "device_back"}  # unmuting takes the sound server up to two seconds

        def say_and_go() -> None:
            room.speak(lines[0]).wait()
            room.pactl("suspend-source", "mic", "1")

        def on(event: dict[str, Any]) -> None:
            match event:
                case {"type": "question_started"}:
                    room.pactl("suspend-sink", "speaker", "1")
                case {"type": "device_lost", "device": "microphone", "cause": "zeros"}:
                    room.pactl("set-source-mute", "mic", "0")
                case {"type": "answer_started"} | {"type": "device_back", "device": "microphone"}:
                    waited_for.discard(event["type"])
                    if not waited_for:
                        threading.Thread(target=say_and_go).start()
                case {"type": "device_lost", "device": "microphone", "cause": "stopped"}:
                    os.kill(practice.process.pid, signal.SIGINT)

        practice.on = on
        practice.run()
        [refused, gone] = practice.told("device_lost", "microphone")
        assert refused["wall"] - practice.events[1]["wall"] <= 5.0 + WAKING_S + OUR_OWN_S
        assert "allow your terminal to use it" in practice.screen
        assert practice.told("device_lost", "speaker")[0]["text"] in practice.screen
        assert practice.status == 130, practice.screen
        [ended] = practice.told("answer_ended")
        assert (ended["reason"], ended["t"]) == ("key", pytest.approx(gone["t"], abs=0.05))
        assert "wrong town" in practice.transcript


class TestABusyMachine:
    """Two processes that never rest beside a minute of answering: no sample is lost without a word."""

    SECONDS = 60.0

    def test_nothing_is_lost_silently_and_the_clock_keeps_time(
        self, desk: VirtualDesk, tmp_path: Path
    ) -> None:
        with busy_processes():
            [answer] = practise(desk, tmp_path, self.SECONDS)
        assert answer.audio_s == pytest.approx(self.SECONDS, rel=0.1)
        assert answer.silently_s <= 0.002
        assert abs(answer.difference_percent) <= 0.1
