"""A voice that dies is begun again, one that hangs is ended in time, and nothing is left of either."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from voicemock.errors import VoiceError
from voicemock.speech import neural_voice
from voicemock.speech.neural_voice import open_neural
from voicemock.speech.system_voice import ANSWER_TIMEOUT_S, Pyttsx3Voice
from voicemock.speech.voice_engines import open_voice as open_named

# A worker that counts its beginnings in a file and writes a second of silence, unless told to do something else.
WORKER = """
import json, pathlib, sys, threading, wave
begun = pathlib.Path(sys.argv[1])
begun.write_text(begun.read_text() + "x")
for line in sys.stdin:
    request = json.loads(line)
    if "list" in request:
        print(json.dumps({{"voices": [{{"id": "gmw/en", "name": "English"}}]}}), flush=True)
        continue
    {then}
    with wave.open(request["path"], "wb") as file:
        file.setnchannels(1); file.setsampwidth(2); file.setframerate(16000); file.writeframes(bytes(32000))
    print(json.dumps({{"path": request["path"]}}), flush=True)
"""
Open = Callable[..., Pyttsx3Voice]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """Holds an x for each worker that began."""
    file = tmp_path / "begun"
    file.write_text("")
    return file


@pytest.fixture
def open_voice(begun: Path) -> Iterator[Open]:
    opened: list[Pyttsx3Voice] = []

    def opens(then: str = "pass", **options: float) -> Pyttsx3Voice:
        worker = (sys.executable, "-c", WORKER.format(then=then), str(begun))
        opened.append(Pyttsx3Voice(worker=worker, **options))
        return opened[-1]

    yield opens
    for voice in opened:
        voice.close()


class TestAVoiceThatDies:
    """It is begun again, once; who listens hears the line."""

    def test_the_line_is_said_by_another(self, open_voice: Open, begun: Path) -> None:
        voice = open_voice("if len(begun.read_text()) < 2: sys.exit()")
        assert voice.say("Tell me about a time you failed.").duration_s == 1.0
        assert begun.read_text() == "xx"

    def test_one_that_dies_each_time_is_given_up(self, open_voice: Open, begun: Path) -> None:
        voice = open_voice("sys.exit()")
        with pytest.raises(VoiceError, match="stopped responding"):
            voice.say("Tell me about a time you failed.")
        assert begun.read_text() == "xx"

    def test_one_that_dies_at_once_says_so(self) -> None:
        with pytest.raises(VoiceError, match="stopped responding"):
            Pyttsx3Voice(worker=(sys.executable, "-c", "pass"))

    def test_no_engine_at_all_is_told_with_its_cause(self) -> None:
        worker = (sys.executable, "-c", 'print(\'{"no_voice": "no libespeak"}\')')
        with pytest.raises(VoiceError, match=r"no voice can speak here \(no libespeak\)"):
            Pyttsx3Voice(worker=worker)


SAYS_DONE = 'print(json.dumps({"path": request["path"]}), flush=True); continue'
WRITES = f"pathlib.Path(request['path']).write_bytes(%s); {SAYS_DONE}"


class TestAVoiceThatFails:
    """However it fails it is a VoiceError: that is what the interview goes on after."""

    @pytest.mark.parametrize(
        ("then", "said"),
        [
            (SAYS_DONE, "wrote no sound: free some space in"),  # as on a full disk
            (WRITES % "b''", "wrote no sound: free some space in"),
            (WRITES % "b'not sound'", "failed .*0.wav"),
            ('print(\'{"path": "/t\', flush=True); sys.exit()', "stopped responding"),
        ],
    )
    def test_what_it_wrote_is_no_sound(self, open_voice: Open, then: str, said: str) -> None:
        with pytest.raises(VoiceError, match=said):
            open_voice(then).say("Tell me about a time you failed.")

    def test_half_an_answer_is_asked_for_again(self, open_voice: Open, begun: Path) -> None:
        voice = open_voice("if len(begun.read_text()) < 2: print('{', flush=True); sys.exit()")
        assert voice.say("Tell me about a time you failed.").duration_s == 1.0
        assert begun.read_text() == "xx"

    def test_a_worker_that_cant_be_started(self) -> None:
        with pytest.raises(VoiceError, match=r"failed \(.*no such worker"):
            Pyttsx3Voice(worker=("no such worker",))

    def test_a_folder_that_cant_be_made(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
        with pytest.raises(VoiceError, match="failed"):
            Pyttsx3Voice()

    @pytest.mark.parametrize("fault", [[], RuntimeError("ONNX ran out of memory\nat node 7")])
    def test_the_neural_one(self, monkeypatch: pytest.MonkeyPatch, fault: Any) -> None:
        loaded = {"config.sample_rate": 22050, "synthesize.side_effect": [fault]}
        monkeypatch.setattr(neural_voice, "_load", lambda _: Mock(**loaded))
        with pytest.raises(VoiceError, match=r"failed \(.*(memory|concatenate)\)"):
            open_neural("joe").say("Tell me about a time you failed.")


class TestAVoiceThatHangs:
    """It is ended after ANSWER_TIMEOUT_S, which leaves a second of the 5 to say so."""

    def test_it_is_ended_and_said(self, open_voice: Open) -> None:
        assert ANSWER_TIMEOUT_S <= 4.0
        voice = open_voice("threading.Event().wait()", answer_timeout_s=0.3)
        began = time.monotonic()
        with pytest.raises(VoiceError, match="hangs"):
            voice.say("Tell me about a time you failed.")
        assert time.monotonic() - began < 5.0


def test_nothing_is_left_of_a_voice_that_is_closed(open_voice: Open) -> None:
    voice = open_voice()
    worker, folder = voice._worker, voice._folder.path
    assert worker is not None
    assert worker.poll() is None
    voice.close()
    assert worker.poll() is not None
    assert not folder.exists()


@pytest.mark.parametrize("name", ["joe", "gb"])
def test_a_line_without_a_word_is_silence_and_no_failure(name: str) -> None:
    voice = open_named(name)
    try:
        assert voice.say("…").duration_s < 1.0
    finally:
        voice.close()
