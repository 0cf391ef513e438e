"""Nothing leaves the machine, and nothing is written but where it is promised: whole sessions, watched from outside.

Twice: by Python's own audit events in each of its processes, and by strace, which sees native libraries and every
process. The environment is a new user's: what a test run sets to be quiet (`CI`, `HF_HUB_OFFLINE`) is not there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from benchmarks.spoken import espeak

from voicemock import TELEMETRY_OFF
from voicemock.audio.sound import RATE

AUDITED = Path(__file__).with_name("audited")
SAID = "I moved the night bus by ten minutes, and missed connections fell from 31 to 9 percent in two months."
TIMEOUT_S = 240.0  # some 10 s alone on two cores
COMMANDS = """
import shutil, sys
from pathlib import Path
import voicemock.cli
from voicemock.cli import main

voicemock.cli.end = lambda status, hurried: sys.exit(status)  # even beside a slow thread: other commands follow

def voicemock(words, *arguments):
    sys.argv = ["voicemock", *words.split(), *arguments]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code or words == "doctor", (words, ended.code)

voicemock("practice --candidate answer.wav --pace fast --style bar-raiser --seed 1")
session = next(Path("recordings").glob("*-*"))
for ending in ("wav", "json"):
    shutil.copy(session / f"1.{ending}", session / f"2.{ending}")  # as a crash would leave it
for words in ("recover", "verify", "review last --html", "progress", "search bus", "stories", "models", "doctor",
              "score answer.wav --round behavioral", "export last --format json"):
    voicemock(words)
"""


@dataclass(frozen=True, slots=True)
class User:
    """A user of this machine who has nothing yet: a home, folders for temporary files, for sockets, and to work in."""

    home: Path
    temporary: Path
    runtime: Path
    work: Path
    notes: Path

    def runs(self, command: Sequence[str]) -> None:
        """Run the session; it must do what it does for anyone."""
        done = subprocess.run(
            [*command, sys.executable, "-c", COMMANDS],
            cwd=self.work,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "brought back" in done.stdout  # it did interview, transcribe, score and recover

    @property
    def trace(self) -> Path:
        """What strace says."""
        return self.notes.with_name("strace")

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(self.runtime),
            "PYTHONPATH": str(AUDITED),
            "PYTHONDONTWRITEBYTECODE": "1",  # Python's own habit, beside the sources
            "AUDIT": str(self.notes),
        }

    def owns(self, path: Path) -> bool:
        """Whether it may be written: the recordings, and what is gone afterwards; our own notes are no session's."""
        places = (self.work / "recordings", self.temporary, self.runtime, Path("/dev"), Path("/proc"))
        return path == self.notes or any(place in (path, *path.parents) for place in places)


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> User:
    """Somebody who has been through the session: under the eyes of strace too, where its test is run."""
    place = tmp_path_factory.mktemp("user")
    user = User(*(place / name for name in ("home", "tmp", "run", "work", "notes")))
    for folder in (user.home, user.temporary, user.runtime, user.work):
        folder.mkdir(mode=0o700)
    with wave.open(str(user.work / "answer.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(espeak(SAID).samples.tobytes())
    calls = "network,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2"
    strace = [
        "strace",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-s",
        "4096",
        "-e",
        f"trace={calls}",
        "-o",
        str(user.trace),
    ]
    user.runs(strace if os.environ.get("VOICEMOCK_TESTS") else [])
    return user


def left_behind(user: User) -> list[Path]:
    """What lies about afterwards where nothing should."""
    there = {path for folder in (user.home, user.temporary) for path in folder.rglob("*")}
    return sorted(there - made_by_libpulse(user))


def made_by_libpulse(user: User) -> set[Path]:
    """PulseAudio's library, where it is installed and a microphone is asked for, keeps its cookie here."""
    pulse = user.home / ".config" / "pulse"
    return {pulse, pulse.parent, pulse / "cookie"}


class TestAWholeSession:
    """Practice, recovery, pages, scores and the doctor: no connection, no name looked up, no file elsewhere."""

    def test_seen_by_python_itself(self, user: User) -> None:
        seen = user.notes.read_text(encoding="utf-8").splitlines()
        written = [Path(line.removeprefix("wrote ")) for line in seen if line.startswith("wrote ")]
        assert any(
            path.suffix == ".wav" and path.is_relative_to(user.work / "recordings") for path in written
        )
        assert [path for path in written if not user.owns(path)] == []
        assert [line for line in seen if not line.startswith("wrote ")] == []
        assert left_behind(user) == []

    @pytest.mark.strace
    def test_seen_by_the_kernel(self, user: User) -> None:
        lines = user.trace.read_text(encoding="utf-8", errors="replace").splitlines()
        assert [line for line in lines if "AF_INET" in line] == []
        written = {path for line in lines for path in paths_written(line, user.work)}
        assert any(path.suffix == ".wav" for path in written)
        elsewhere = {path for path in written if not user.owns(path)}
        assert sorted(elsewhere - made_by_libpulse(user)) == []
        assert left_behind(user) == []


def paths_written(line: str, work: Path) -> list[Path]:
    """What a line of strace says was opened for writing, made or renamed, if it came about."""
    if " = -1 " in line or ("open" in line and not re.search(r"O_(WRONLY|RDWR|CREAT)", line)):
        return []
    if not re.match(r"\d+ +(open|creat|mkdir|rename)", line):
        return []
    return [work / found for found in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]


class TestTheSwitches:
    """Libraries that report to their makers are told not to, before anything can import them."""

    @pytest.mark.parametrize("module", ["voicemock", "voicemock.speech.voice_worker", "voicemock.audio.vad"])
    def test_whatever_is_imported_first_switches_them_off(self, module: str) -> None:
        code = f"import {module}, json, os; print(json.dumps(dict(os.environ)))"
        asked_for = {**os.environ, **dict.fromkeys(TELEMETRY_OFF, "0")}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=asked_for,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert TELEMETRY_OFF.items() <= json.loads(done.stdout).items()

    def test_onnxruntime_has_the_switch_that_is_set(self) -> None:
        """A library that forgets the name of its switch would report again: its own code must know it."""
        import onnxruntime.capi._pybind_state

        library = Path(onnxruntime.capi.onnxruntime_pybind11_state.__file__)
        assert b"ORT_DISABLE_TELEMETRY" in library.read_bytes()
