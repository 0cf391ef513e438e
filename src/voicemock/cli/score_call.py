"""`voicemock score MEETING.vtt`: each answer of a call with its question; and what `export` wrote, read back."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from voicemock.audio.sound import Samples
from voicemock.calls.captions import CAPTIONS, Cue, read_captions, read_note
from voicemock.calls.conversation import Speaker, answers, find_speaker, speakers, words_of
from voicemock.cli.answer_files import Wanted, read_text, read_told
from voicemock.cli.output import echo
from voicemock.errors import TranscriptError, UsageProblem
from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question
from voicemock.speech.spoken import Spoken
from voicemock.store.kept import Told
from voicemock.wording import clock, counted


def is_call(name: str) -> bool:
    """Whether a file is a transcript of a call or an export, and not one answer."""
    path = Path(name)
    if path.suffix.lower() in CAPTIONS:
        return True
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        data = json.loads(read_text(path))
    except (ValueError, RecursionError):
        return False
    return not (isinstance(data, dict) and "sentences" in data)


def told_in(name: str, wanted: Wanted, speaker: str | None, *, ask: bool = True) -> tuple[Told, ...]:
    """Every answer in a file, of whatever kind. Raises TranscriptError, AudioFileError or UsageProblem."""
    return answers_of(name, wanted, speaker, ask=ask) if is_call(name) else (read_told(name, wanted),)


def answers_of(name: str, wanted: Wanted, speaker: str | None, *, ask: bool = True) -> tuple[Told, ...]:
    """The answers in a call or an export, in order. Raises TranscriptError where there are none.

    `ask`: who the candidate is may be asked for on the terminal.
    """
    path = Path(name)
    text = read_text(path)
    if path.suffix.lower() == ".json" and (exported := _exported(json.loads(text), name)):
        return exported
    cues = read_captions(text, path.suffix.lower(), name)
    found = speakers(cues)
    if len(found) == 1 and speaker is None:
        return (_alone(cues, name, wanted, read_note(text)),)
    told = _of_a_call(path, cues, find_speaker(found, speaker or _ask(found, name, ask)), wanted)
    if not told:
        raise TranscriptError(
            f"no question with an answer to it was found in {name}",
            "an answer has at least a few sentences; is the speaker the candidate? see --speaker",
        )
    return told


# --- calls ------------------------------------------------------------------------------------------------------


def _ask(found: Sequence[Speaker], name: str, ask: bool) -> str:
    """Who the candidate is: asked for on a terminal. Raises UsageProblem where nobody can answer."""
    listed = [
        f"{one.name or 'nobody named'}: {counted(one.words, 'word')}, {clock(one.seconds)}" for one in found
    ]
    if not ask or not sys.stdin.isatty():
        raise UsageProblem(
            f"{name} has {len(found)} speakers ({'; '.join(listed)})", "say who you are: --speaker NAME"
        )
    for number, line in enumerate(listed, start=1):
        echo(f"  {number}  {line}", err=True)
    number = click.prompt("Which one are you", type=click.IntRange(1, len(found)), err=True)
    return found[number - 1].name


def _of_a_call(path: Path, cues: Sequence[Cue], candidate: str, wanted: Wanted) -> tuple[Told, ...]:
    from voicemock.calls.asked import QuestionMatcher
    from voicemock.calls.sound import sound_beside, turns_of
    from voicemock.packs.questions import load_questions
    from voicemock.scoring.models.encoder import default_encoder

    matcher = QuestionMatcher(load_questions(), default_encoder())
    beside = sound_beside(path)
    sound = _decoded(beside) if beside else None
    told = []
    for number, found in enumerate(answers(cues, candidate), start=1):
        asked = matcher.match(found.question)
        question = Question(
            asked.question_id or "call",
            wanted.round or asked.round,
            found.question,
            wanted.principle or asked.principle,
        )
        words = words_of(found)
        spoken = Spoken(words, None, (), (), round(found.floor_time_s, 3))
        part = None
        if sound is not None:
            part = turns_of(sound, found)
            spoken = _with_sound(spoken, part, wanted)
        told.append(Told(answer_to(question, spoken, f"{path}#{number}"), question, spoken, part))
    return tuple(told)


def _decoded(path: Path) -> Samples:
    from voicemock.audio.decode import decode

    return decode(path)


def _with_sound(spoken: Spoken, sound: Samples, wanted: Wanted) -> Spoken:
    """The same words, with the pauses and fillers that are in the sound."""
    from voicemock.calls.sound import with_fillers
    from voicemock.speech.batch import transcribe_sound

    heard = transcribe_sound(sound, wanted.model, hints=wanted.hints)
    return replace(spoken, words=with_fillers(spoken.words, heard.words), pauses=heard.pauses)


def _alone(cues: Sequence[Cue], name: str, wanted: Wanted, note: dict[str, Any] | None) -> Told:
    """Captions with one voice: an answer with times, such as our own subtitles, which carry a note."""
    from voicemock.calls.conversation import Spoken as Heard
    from voicemock.cli.answer_files import question_asked

    heard = Heard("", (tuple(cues),))
    question = question_asked(wanted)
    spoken = Spoken(words_of(heard), None, (), (), round(heard.floor_time_s, 3))
    if note is not None:
        question, spoken = _as_noted(note, question, wanted, spoken)
    return Told(answer_to(question, spoken, name), question, spoken)


def _as_noted(
    note: dict[str, Any], question: Question, wanted: Wanted, spoken: Spoken
) -> tuple[Question, Spoken]:
    """What our own VTT says of its answer; the command line has the last word."""
    if wanted.question is None:
        question = replace(question, round=note["round"], text=note["question"], type=note["analytical_type"])
    question = replace(
        question, round=wanted.round or question.round, principle=wanted.principle or note["principle"]
    )
    pauses = tuple((float(start), float(end)) for start, end in note["pauses"])
    return question, replace(spoken, pauses=pauses, floor_time_s=float(note["floor_time_s"]))


# --- exports ------------------------------------------------------------------------------------------------------


def _exported(data: Any, name: str) -> tuple[Told, ...]:
    """The answers of `voicemock export --format json`, one session or several; none where it is something else."""
    sessions = data if isinstance(data, list) else [data]
    if not all(
        isinstance(one, dict) and "session" in one and isinstance(one.get("answers"), list)
        for one in sessions
    ):
        return ()
    try:
        return tuple(_exported_answer(one) for session in sessions for one in session["answers"])
    except (KeyError, TypeError, ValueError) as error:
        raise TranscriptError(
            f"{name} is no export of this voicemock ({error})", "export it again"
        ) from error


def _exported_answer(body: dict[str, Any]) -> Told:
    from voicemock.transcript import Word

    score = body.get("score") or {}
    words = tuple(
        Word(str(word["text"]), float(word["start"]), float(word["end"]), float(word.get("probability", 1.0)))
        for word in body["words"]
    )
    pauses = tuple((float(start), float(end)) for start, end in body["pauses"])
    spoken = Spoken(words, pauses, (), (), float(score.get("floor_time_s") or body["floor_time_s"]))
    question = Question("", body["round"], body["question"], body["principle"], score.get("analytical_type"))
    return Told(answer_to(question, spoken, str(score.get("source") or body["answer"])), question, spoken)
