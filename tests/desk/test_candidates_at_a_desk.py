"""Candidates of every kind, over a real microphone and speaker: the library's own session at the virtual
desk.

Each session runs in a child process at the desk (`at_the_desk.py`), with a cap of its own, and prints its
events.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.desk.conftest import HEARD_RATE, VirtualDesk
from tests.sounds import write_wav
from voicemock.audio.sound import resample
from voicemock.speech.system_voice import Pyttsx3Voice
from voicemock.speech.voice import open_voice

pytestmark = pytest.mark.desk

QUESTION = "Tell me about a time you fixed something that was not your job."
LONG_QUESTION = (
    "Tell me about a time you fixed something that was not your job. I would like to hear what was broken, whom "
    "it hurt, what you did about it yourself, and how you knew that it had worked."
)
ANSWER = (
    "Parcels in our warehouse were lost every week, and nobody owned the problem.",
    "I followed forty parcels myself, and I found that the labels came off in the rain.",
    "I changed the printer, and lost parcels fell from ninety a week to twelve a week.",
)
ROOM = (
    ("module-null-sink", "sink_name=room"),
    ("module-loopback", "source=mouth.monitor sink=room latency_msec=20"),
    ("module-loopback", "source=speaker.monitor sink=room latency_msec=20"),
    ("module-remap-source", "master=room.monitor source_name=roommic"),
)
ECHO_DB = -20  # of the interviewer's voice in the microphone (issue 5, item 8)


@dataclass
class Interview:
    """A session that runs at the desk; `on` is called with each event as it happens."""

    desk: VirtualDesk
    folder: Path
    question: str = QUESTION
    on: dict[str, Callable[[dict[str, Any]], None]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def run(self, *arguments: str, **settings: str) -> Interview:
        command = [
            sys.executable,
            "-m",
            "tests.desk.at_the_desk",
            str(self.folder),
            self.question,
            *arguments,
        ]
        environment = {**self.desk.environment, **settings, "PYTHONPATH": ":".join(sys.path)}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as run:
            watchdog = threading.Timer(100.0, run.kill)
            watchdog.start()
            assert run.stdout is not None
            assert run.stderr is not None
            for line in run.stdout:
                event = json.loads(line)
                self.events.append(event)
                self.on.get(event["type"], lambda event: None)(event)
            problems = run.stderr.read()
            watchdog.cancel()
        assert run.returncode == 0, problems
        return self

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    @property
    def transcript(self) -> str:
        return str(self.told("transcript")[0]["text"]).lower()


@pytest.fixture(scope="module")
def voice() -> Iterator[Pyttsx3Voice]:
    voice = open_voice("us", 150)
    assert isinstance(voice, Pyttsx3Voice)
    yield voice
    voice.close()


def recorded(voice: Pyttsx3Voice, path: Path, *script: str | float) -> Path:
    """A WAV of these lines, spoken with half a second between them; a number is so much silence."""
    parts = []
    for part in script:
        if isinstance(part, str):
            parts.append(resample(voice.say(part)).samples)
        seconds = 0.5 if isinstance(part, str) else part
        parts.append(np.zeros(round(seconds * HEARD_RATE), dtype=np.int16))
    return write_wav(path, np.concatenate(parts))


@pytest.fixture
def echo(desk: VirtualDesk) -> Iterator[VirtualDesk]:
    """The desk in a room: the microphone hears the mouth, and the speaker 20 dB weaker."""
    loaded = [desk.load(module, *arguments.split()) for module, arguments in ROOM]
    desk.quieten(loaded[2], ECHO_DB)
    desk.pactl("set-default-source", "roommic")
    try:
        yield desk
    finally:
        desk.pactl("set-default-source", "mic")
        for module in reversed(loaded):
            desk.pactl("unload-module", module)


class TestWhoTalksOver:
    """With headphones the interviewer's voice stops for who insists, and no word of it is lost."""

    def test_the_voice_stops_and_the_answer_is_whole(
        self, desk: VirtualDesk, voice: Pyttsx3Voice, tmp_path: Path
    ) -> None:
        answer = recorded(voice, tmp_path / "answer.wav", ANSWER[0], ANSWER[2])
        interview = Interview(desk, tmp_path / "r")
        interview.on["speaking"] = lambda event: desk.speak(answer)
        interview.run("none", HEADPHONES="1")
        [over] = interview.told("talked_over")
        [stopped] = interview.told("stopped")
        assert over["t"] == 0.0
        assert stopped["played_s"] < 3.0 < stopped["of_s"]
        assert over["latency_s"] < 0.3  # 0.15 s of sound, and this machine's own delays
        assert "in our warehouse" in interview.transcript
        assert "ninety" in interview.transcript or "90" in interview.transcript


class TestWhoTalksOverInARoomWithAnEcho:
    """Without headphones too: the line stops for the candidate and not for itself, and is in no transcript."""

    def test_the_voice_stops_and_the_answer_is_whole(
        self, echo: VirtualDesk, voice: Pyttsx3Voice, tmp_path: Path
    ) -> None:
        answer = recorded(voice, tmp_path / "answer.wav", 5.0, ANSWER[0], ANSWER[2])
        interview = Interview(echo, tmp_path / "r", question=LONG_QUESTION)
        interview.on["speaking"] = lambda event: echo.speak(answer)
        interview.run("none", ECHO="1")
        assert not interview.told("notice")
        [over] = interview.told("talked_over")
        [stopped] = interview.told("stopped")
        assert stopped["played_s"] > 4.0  # and not by the interviewer's own voice
        assert over["latency_s"] < 0.5
        assert over["overlap_s"] > 0.0
        assert "every week" in interview.transcript  # the words under the line itself come out badly
        assert "your job" not in interview.transcript


class TestWhoSaysNothing:
    """A nudge, then the whole of the time, then the end: nothing is scored."""

    def test_one_nudge_and_the_cap(self, desk: VirtualDesk, tmp_path: Path) -> None:
        hiss = np.random.default_rng(5).normal(
            0, 20, 90 * HEARD_RATE
        )  # a microphone that is on is never quite still
        room = desk.speak(write_wav(tmp_path / "hiss.wav", hiss))
        interview = Interview(desk, tmp_path / "r").run("none", CAP_S="34")
        room.terminate()
        room.wait(timeout=10)
        assert [event["line"] for event in interview.told("says")] == ["nothing-heard"]
        assert interview.told("answer_ended")[0]["reason"] == "cap"
        assert interview.told("answer_ended")[0]["floor_time_s"] == pytest.approx(34.0, abs=0.1)
        assert interview.told("score")[0]["overall"] is None


class TestWhoSpeaksOnAfterTheThanks:
    """The answer was closed by a silence, and goes on in the same recording."""

    def test_all_of_it_is_one_answer(self, desk: VirtualDesk, voice: Pyttsx3Voice, tmp_path: Path) -> None:
        begins = recorded(voice, tmp_path / "begins.wav", ANSWER[0])
        goes_on = recorded(voice, tmp_path / "goes-on.wav", 2.0, ANSWER[2])
        closed: list[dict[str, Any]] = []
        interview = Interview(desk, tmp_path / "r")
        interview.on["answer_started"] = lambda event: desk.speak(begins)
        interview.on["closing"] = lambda event: closed.append(event) or len(closed) > 1 or desk.speak(goes_on)
        interview.run("none")
        assert [event["request"] for event in interview.told("request")] == [None]
        assert len(closed) == 2, interview.events
        assert "every week" in interview.transcript
        assert "twelve" in interview.transcript or "12" in interview.transcript


class TestWhoAsksForTimeInARoomWithAnEcho:
    """The time is told and heard by the microphone too; neither it nor the request is in the transcript."""

    def test_the_transcript_has_the_answer_and_nothing_else(
        self, echo: VirtualDesk, voice: Pyttsx3Voice, tmp_path: Path
    ) -> None:
        asks = recorded(voice, tmp_path / "asks.wav", ANSWER[0], 1.0, "How much time do I have?")
        goes_on = recorded(voice, tmp_path / "goes-on.wav", ANSWER[2])
        interview = Interview(echo, tmp_path / "r")
        interview.on["answer_started"] = lambda event: echo.speak(asks)
        interview.on["floor_back"] = lambda event: echo.speak(goes_on)
        interview.run("none")
        assert [event["line"] for event in interview.told("says")] == ["time", "thanks"], interview.events
        assert interview.told("answer_ended")[0]["reason"] == "silence"
        assert "warehouse" in interview.transcript
        assert "twelve" in interview.transcript or "12" in interview.transcript
        heard = " ".join(event["text"].lower() for event in interview.told("utterance"))
        for said in ("your job", "tell me about", "minutes left", "you have about"):
            assert said not in interview.transcript
            assert said not in heard
        assert "time do i" in heard
        assert "time do i" not in interview.transcript
