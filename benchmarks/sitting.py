"""A whole `voicemock practice` in which nothing is real but the command line and the disk, and what is looked at
after it broke: what `kills.py` and `fault_sweep.py` share.
"""

from __future__ import annotations

import io
import tempfile
import wave
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.interview.screenplay import loudness_as_voice, speak
from tests.stored import heard as listened

from voicemock.audio.sound import RATE, Samples
from voicemock.audio.source import FileSource
from voicemock.audio.vad import SpeechDetector
from voicemock.cli import main
from voicemock.cli.desk import RunOptions, _event_file, warm_up
from voicemock.interview.desk import Audience, Desk
from voicemock.packs.phrases import load_phrases
from voicemock.packs.questions import Question, load_questions
from voicemock.speech.live import Transcript
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.speech.voice import FakeVoice
from voicemock.store.database import DATABASE
from voicemock.store.recover import find_lost
from voicemock.store.store import Store
from voicemock.store.verify import Fault, verify

ANSWER = speak(0.2, "I cut lost parcels from ninety a week to twelve.", 0.4)  # ten words: enough to be scored
TO_RECOVER = "voicemock recover"
SourceOf = Callable[[Samples], Any]


def sit(
    folder: Path,
    answers: int = 1,
    source: SourceOf | None = None,
    listener: Any = None,
    events: Path | None = None,
) -> None:
    """Run the command; it ends as a command ends, with SystemExit. Events go to a file beside the recordings, where no
    other is named.
    """
    source = source or (lambda samples: FileSource(samples, real_pace=False))

    @contextmanager
    def open_desk(options: RunOptions, *_: object) -> Iterator[Desk]:
        with ExitStack() as stack:
            yield Desk(
                source_for=lambda _: source(ANSWER.samples),
                voice=FakeVoice(),
                recogniser=ScriptedRecogniser(ANSWER.words),
                phrases=load_phrases(),
                audience=Audience((*_event_file(options, stack), *([listener] if listener else []))),
                detector=lambda: SpeechDetector(loudness_as_voice),
            )

    asked = ["--round", "behavioral", "--count", str(answers), "--seed", "1", "--style", "none"]
    heard = ["--candidate", "scripted.wav", "--pace", "fast"]
    kept = ["--recordings", str(folder), "--events", str(events or events_path(folder))]
    with (
        patch("voicemock.cli.run.open_desk", open_desk),
        patch("voicemock.packs.questions.load_questions", _questions),
    ):
        main(["practice", *asked, *heard, *kept, "--plain"])


@cache
def _questions(_prompts: Path | None) -> tuple[Question, ...]:
    return load_questions()


def events_path(folder: Path) -> Path:
    return folder.with_suffix(".jsonl")


def get_ready() -> None:
    """Load what every session loads, once and before forking: with a session in which nothing breaks."""
    warm_up(lambda *_: None)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), suppress(SystemExit):
        sit(Path(folder) / "warm")


@dataclass(frozen=True)
class Aftermath:
    """What was found after a session broke. `problems` is empty when the promise was kept."""

    samples: dict[str, int]  # of each recording, as any reader sees it
    offered: tuple[str, ...]
    problems: tuple[str, ...]


def look_after(folder: Path) -> Aftermath:
    """Read what is there, bring it back with the real command, and see that then all is well.

    Whatever was heard is scripted; where the database was not begun, there is nothing to bring back.
    """
    samples, problems = _read_all(folder)
    if not (folder / DATABASE).exists():
        return Aftermath(samples, (), tuple(problems + [f"{name} without a database" for name in samples]))
    with Store(folder) as store:
        lost = find_lost(store)
        offered = tuple(each.answer_id for each in lost)
        problems += [f"{each.answer_id} is half stored" for each in lost if each.row]
        problems += [line(fault) for fault in verify(store) if fault.next_step != TO_RECOVER]
    if offered:
        problems += _recover(folder, "brought back", len(offered))
    problems += _recover(folder, "Nothing was lost.", 1)
    with Store(folder) as store:
        problems += [line(fault) for fault in verify(store)]
        whole = {row.id for row in store.answers() if row.complete}
    problems += [f"{name} was not brought back" for name in offered if name not in whole]
    return Aftermath(samples, offered, tuple(problems))


def line(fault: Fault) -> str:
    return f"{fault.place}: {fault.problem}"


def _read_all(folder: Path) -> tuple[dict[str, int], list[str]]:
    samples, problems = {}, []
    for path in folder.glob("*/*.wav"):
        try:
            with wave.open(str(path)) as file:
                samples[f"{path.parent.name}/{path.stem}"] = file.getnframes()
        except (wave.Error, EOFError) as error:
            problems.append(f"{path} can't be read: {error}")
    return samples, problems


def _recover(folder: Path, said: str, times: int) -> list[str]:
    """What is wrong with what `voicemock recover` said; it must say `said` so many times and succeed."""

    told, code = io.StringIO(), 0
    with (
        patch("voicemock.cli.verify._transcriber", lambda _store, _model: heard),
        redirect_stdout(told),
        redirect_stderr(told),
    ):
        try:
            main(["recover", "--recordings", str(folder)])
        except SystemExit as end:
            code = int(end.code or 0)
    if code or told.getvalue().count(said) != times:
        return [f"recover ended with {code}: {told.getvalue()}"]
    return []


def heard(path: Path) -> Transcript:
    """The words of the scripted answer that a recording of it holds."""
    with wave.open(str(path)) as file:
        seconds = file.getnframes() / RATE
    words = tuple(word for word in ANSWER.words if word.end <= seconds)
    return listened(words)
