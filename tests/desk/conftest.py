"""A desk without a sound card: a private PulseAudio with a speaker to be heard and a mouth to speak."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

HEARD_RATE = 16_000
MODULES = (
    ("module-null-sink", "sink_name=speaker"),
    ("module-null-sink", "sink_name=mouth"),
    ("module-remap-source", "master=mouth.monitor source_name=mic"),
)


@dataclass(frozen=True)
class VirtualDesk:
    """Processes started with `environment` have `mic` as microphone and `speaker` as speaker."""

    environment: dict[str, str]
    started: list[subprocess.Popen[Any]] = field(default_factory=list)

    def begin(self, command: list[str], **settings: Any) -> subprocess.Popen[Any]:
        """A process that `tidy` ends, if nobody has before."""
        self.started.append(subprocess.Popen(command, env=self.environment, **settings))
        return self.started[-1]

    def tidy(self) -> None:
        """End what still runs, and close its pipes."""
        while self.started:
            process = self.started.pop()
            process.kill()
            with process:  # closes its pipes, and waits
                pass

    def pactl(self, *arguments: str) -> None:
        subprocess.run(["pactl", *arguments], env=self.environment, check=True, capture_output=True)

    def load(self, module: str, *arguments: str) -> str:
        """Load a module and return its number."""
        command = ["pactl", "load-module", module, *arguments]
        run = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return run.stdout.strip()

    def unplug(self) -> None:
        """Take the microphone away."""
        command = ["pactl", "list", "short", "modules"]
        run = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        [number] = [line.split("\t")[0] for line in run.stdout.splitlines() if "source_name=mic" in line]
        self.pactl("unload-module", number)

    def plug_in(self, rate: int = 44_100) -> None:
        """Put a microphone of this rate in its place."""
        module, arguments = MODULES[-1]
        self.load(module, *arguments.split(), f"rate={rate}")
        self.pactl("set-default-source", "mic")

    def quieten(self, module: str, decibels: float) -> None:
        """Set the volume of what the loopback `module` plays."""
        command = ["pactl", "--format=json", "list", "sink-inputs"]
        run = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        [number] = [i["index"] for i in json.loads(run.stdout) if str(i.get("owner_module")) == module]
        self.pactl("set-sink-input-volume", str(number), f"{decibels}dB")

    def speak(self, path: Path) -> subprocess.Popen[bytes]:
        """Play a WAV into the microphone."""
        return self.begin(["paplay", "--device=mouth", str(path)])

    def listen(self, path: Path) -> subprocess.Popen[bytes]:
        """Record what the speaker gets into raw int16 until the process is terminated."""
        command = [
            "parec",
            "--device=speaker.monitor",
            f"--rate={HEARD_RATE}",
            "--channels=1",
            "--format=s16le",
        ]
        with path.open("wb") as file:
            return self.begin(command, stdout=file)

    def voicemock(self, *arguments: str) -> subprocess.Popen[str]:
        """The command line at this desk, its standard output a pipe of lines."""
        return self.begin(
            [sys.executable, "-m", "voicemock", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@pytest.fixture(autouse=True)
def _nothing_left_running(desk: VirtualDesk) -> Iterator[None]:
    yield
    desk.tidy()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualDesk]:
    with virtual_desk(tmp_path_factory.mktemp("pulse")) as virtual:
        yield virtual


@contextmanager
def virtual_desk(runtime: Path) -> Iterator[VirtualDesk]:
    """A desk whose sound server keeps its files in `runtime`, and ends with it."""
    runtime.chmod(0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(runtime)}
    environment.pop("PULSE_SERVER", None)
    virtual = VirtualDesk(environment)
    subprocess.run(
        ["pulseaudio", "--start", "--exit-idle-time=-1"], env=environment, check=True, capture_output=True
    )
    try:
        for module, arguments in MODULES:
            virtual.pactl("load-module", module, *arguments.split())
        virtual.pactl("set-default-sink", "speaker")
        virtual.pactl("set-default-source", "mic")
        yield virtual
    finally:
        subprocess.run(["pulseaudio", "--kill"], env=environment, check=False, capture_output=True)
