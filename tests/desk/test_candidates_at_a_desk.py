"""Candidates of every kind, over a real microphone and speaker: the library's own session at the virtual
desk.

Each session runs in a child process at the desk (`at_the_desk.py`), with a cap of its own, and prints its
events. They go on side by side, each at a desk of its own: all of them mostly wait.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.desk.conftest import HEARD_RATE, VirtualDesk, virtual_desk
from tests.sounds import write_wav
from voicemock.audio.sound import resample
from voicemock.speech.voice_engines import open_voice

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
SIDE_BY_SIDE = 2
LIMIT_S = 150.0  # for an interview that hangs
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
            watchdog = threading.Timer(LIMIT_S, run.kill)
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


# What each candidate says; a number is so much silence.
LINES: Mapping[str, tuple[str | float, ...]] = {
    "answer": (ANSWER[0], ANSWER[2]),
    "answer after 5 s": (5.0, ANSWER[0], ANSWER[2]),
    "begins": (ANSWER[0],),
    "goes on": (ANSWER[2],),
    "goes on after 2 s": (2.0, ANSWER[2]),
    "asks": (ANSWER[0], 1.0, "How much time do I have?"),
}
Sounds = Mapping[str, Path]
Script = Callable[[VirtualDesk, Path, Sounds], Interview]


def recorded(folder: Path) -> dict[str, Path]:
    """A WAV of each of these, with half a second after each line, and one of a microphone that is only on."""
    voice = open_voice("us", 150)
    sounds = {}
    for name, script in LINES.items():
        parts = []
        for part in script:
            if isinstance(part, str):
                parts.append(resample(voice.say(part)).samples)
            seconds = 0.5 if isinstance(part, str) else part
            parts.append(np.zeros(round(seconds * HEARD_RATE), dtype=np.int16))
        sounds[name] = write_wav(folder / f"{name}.wav", np.concatenate(parts))
    voice.close()
    hiss = np.random.default_rng(5).normal(0, 20, 90 * HEARD_RATE)  # it is never quite still
    return {**sounds, "hiss": write_wav(folder / "hiss.wav", hiss)}


def in_a_room(desk: VirtualDesk) -> VirtualDesk:
    """The microphone hears the mouth, and the speaker 20 dB weaker."""
    loaded = [desk.load(module, *arguments.split()) for module, arguments in ROOM]
    desk.quieten(loaded[2], ECHO_DB)
    desk.pactl("set-default-source", "roommic")
    return desk


def talks_over(desk: VirtualDesk, folder: Path, sounds: Sounds) -> Interview:
    interview = Interview(desk, folder)
    interview.on["speaking"] = lambda event: desk.speak(sounds["answer"])
    return interview.run("none", HEADPHONES="1")


def talks_over_in_a_room(desk: VirtualDesk, folder: Path, sounds: Sounds) -> Interview:
    interview = Interview(in_a_room(desk), folder, question=LONG_QUESTION)
    interview.on["speaking"] = lambda event: desk.speak(sounds["answer after 5 s"])
    return interview.run("none", ECHO="1")


def says_nothing(desk: VirtualDesk, folder: Path, sounds: Sounds) -> Interview:
    desk.speak(sounds["hiss"])
    return Interview(desk, folder).run("none", CAP_S="34")


def speaks_on_after_the_thanks(desk: VirtualDesk, folder: Path, sounds: Sounds) -> Interview:
    going_on = iter([sounds["goes on after 2 s"]])
    interview = Interview(desk, folder)
    interview.on["answer_started"] = lambda event: desk.speak(sounds["begins"])
    interview.on["closing"] = lambda event: [desk.speak(sound) for sound in going_on]
    return interview.run("none")


def asks_for_time_in_a_room(desk: VirtualDesk, folder: Path, sounds: Sounds) -> Interview:
    interview = Interview(in_a_room(desk), folder)
    desk.speak(sounds["hiss"])  # nothing but zeros is a microphone that is off
    interview.on["answer_started"] = lambda event: desk.speak(sounds["asks"])
    interview.on["floor_back"] = lambda event: desk.speak(sounds["goes on"])
    return interview.run("none")


# Those that take longest first.
SCRIPTS: tuple[Script, ...] = (
    says_nothing, speaks_on_after_the_thanks, asks_for_time_in_a_room, talks_over_in_a_room, talks_over,
)  # fmt: skip


@pytest.fixture(scope="module")
def came_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Script], Interview]:
    """The interview that came of each script."""
    sounds = recorded(tmp_path_factory.mktemp("sounds"))

    def gone_through(script: Script, folder: Path) -> Interview:
        (folder / "pulse").mkdir()
        with virtual_desk(folder / "pulse") as desk:
            try:
                return script(desk, folder / "recordings", sounds)
            finally:
                desk.tidy()

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        came = {
            script: pool.submit(gone_through, script, tmp_path_factory.mktemp("at")) for script in SCRIPTS
        }
    return lambda script: came[script].result()


class TestWhoTalksOver:
    """With headphones the interviewer's voice stops for who insists, and no word of it is lost."""

    def test_the_voice_stops_and_the_answer_is_whole(self, came_of: Callable[[Script], Interview]) -> None:
        interview = came_of(talks_over)
        [over] = interview.told("talked_over")
        [stopped] = interview.told("stopped")
        assert over["t"] == 0.0
        assert stopped["played_s"] < 3.0 < stopped["of_s"]
        assert over["latency_s"] < 0.3  # 0.15 s of sound, and this machine's own delays
        assert "in our warehouse" in interview.transcript
        assert "ninety" in interview.transcript or "90" in interview.transcript


class TestWhoTalksOverInARoomWithAnEcho:
    """Without headphones too: the line stops for the candidate and not for itself, and is in no transcript."""

    def test_the_voice_stops_and_the_answer_is_whole(self, came_of: Callable[[Script], Interview]) -> None:
        interview = came_of(talks_over_in_a_room)
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

    def test_one_nudge_and_the_cap(self, came_of: Callable[[Script], Interview]) -> None:
        interview = came_of(says_nothing)
        assert [event["line"] for event in interview.told("says")] == ["nothing-heard"]
        assert interview.told("answer_ended")[0]["reason"] == "cap"
        assert interview.told("answer_ended")[0]["floor_time_s"] == pytest.approx(34.0, abs=0.1)
        assert interview.told("score")[0]["overall"] is None


class TestWhoSpeaksOnAfterTheThanks:
    """The answer was closed by a silence, and goes on in the same recording."""

    def test_all_of_it_is_one_answer(self, came_of: Callable[[Script], Interview]) -> None:
        interview = came_of(speaks_on_after_the_thanks)
        assert [event["request"] for event in interview.told("request")] == [None]
        assert len(interview.told("closing")) == 2, interview.events
        assert "every week" in interview.transcript
        assert "twelve" in interview.transcript or "12" in interview.transcript


class TestWhoAsksForTimeInARoomWithAnEcho:
    """The time is told and heard by the microphone too; neither it nor the request is in the transcript."""

    def test_the_transcript_has_the_answer_and_nothing_else(
        self, came_of: Callable[[Script], Interview]
    ) -> None:
        interview = came_of(asks_for_time_in_a_room)
        assert [event["line"] for event in interview.told("says")] == ["time", "thanks"], interview.told(
            "utterance"
        )
        assert interview.told("answer_ended")[0]["reason"] == "silence"
        assert "warehouse" in interview.transcript
        assert "twelve" in interview.transcript or "12" in interview.transcript
        heard = " ".join(event["text"].lower() for event in interview.told("utterance"))
        for said in ("your job", "tell me about", "minutes left", "you have about"):
            assert said not in interview.transcript
            assert said not in heard
        assert "how much time" in heard  # its last words come out as they will: "you might have"
        assert "how much time" not in interview.transcript
        assert "time do i" not in interview.transcript
