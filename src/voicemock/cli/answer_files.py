"""Files that hold an answer: recordings, transcripts, labelled answers, standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from voicemock.cli.output import tell, tell_notes
from voicemock.errors import AudioFileError, TranscriptError, UnknownQuestion
from voicemock.limits import (
    ANSWER_BYTES,
    ANSWER_SENTENCES,
    ANSWER_WORDS,
    CALL_BYTES,
    SOUND_BYTES,
    WORD_CHARACTERS,
    read_up_to,
)
from voicemock.packs.answer import analytical_type, answer_to
from voicemock.packs.questions import Question, load_questions
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.scoring.model import Answer
from voicemock.store.kept import Told
from voicemock.store.sidecar import asked_beside
from voicemock.terminal.printable import excerpt
from voicemock.transcript import Sentence, sentences_from_text

TRANSCRIPTS = frozenset({".txt", ".md"})
STANDARD_INPUT = "-"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how its text begins, with a zero in every other byte
DEFAULT_ROUND = "behavioral"


@dataclass(frozen=True)
class Wanted:
    """What the command line says about the answers; None where it says nothing and the file or a default
    decides.
    """

    round: str | None = None
    principle: str | None = None
    question: str | None = None
    duration_s: float | None = None
    model: str | None = None
    hints: tuple[str, ...] = ()  # names that were corrected once
    track: int | None = None  # of a recording with several, from 1


def read_answer(name: str, wanted: Wanted) -> Answer:
    """The answer in a file, `-` being standard input. Raises TranscriptError, AudioFileError or
    UnknownQuestion.
    """
    return read_told(name, wanted).answer


def read_told(name: str, wanted: Wanted) -> Told:
    """The same, with what is needed to keep it."""
    if name == STANDARD_INPUT:
        return _from_stream(sys.stdin.buffer, name, wanted)
    path = Path(name)
    if _is_pipe(path):
        with path.open("rb") as file:
            return _from_stream(file, name, wanted)
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _only_text(_from_labelled(_bytes(path), name, wanted))
    if suffix in TRANSCRIPTS:
        return _only_text(_from_text(_bytes(path), name, wanted))
    return _from_audio(path, name, wanted)


def split_transcript(text: str) -> tuple[Sentence, ...]:
    """One sentence a line; a single line is split at its full stops. Markdown headings and blank lines are
    skipped.
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    if len(lines) == 1:
        return sentences_from_text(lines[0])
    return tuple(Sentence(line) for line in lines)


def _only_text(answer: Answer) -> Told:
    asked = Question("", answer.round, answer.question, answer.principle, answer.analytical_type)
    return Told(answer, asked)


def _is_pipe(path: Path) -> bool:
    try:
        return path.is_fifo()
    except OSError:  # whoever reads it says what is wrong
        return False


def _from_stream(file: BinaryIO, name: str, wanted: Wanted) -> Told:
    """What comes through a pipe has no ending that says what it is: sound has bytes that no text has."""
    start = file.read(ANSWER_BYTES + 1)
    if b"\0" not in start or start.startswith(UTF_16):
        return _only_text(_from_text(_small(start, name), name, wanted))
    content = start + file.read(SOUND_BYTES - len(start) + 1)
    if len(content) > SOUND_BYTES:
        raise AudioFileError(f"{name} is larger than {SOUND_BYTES >> 20} MiB", "use one file per answer")
    return _from_audio(content, name, wanted)


def _bytes(path: Path) -> bytes:
    try:
        return _small(read_up_to(path, ANSWER_BYTES), str(path))
    except FileNotFoundError:
        raise TranscriptError(f"{path} does not exist", "check the name") from None
    except OSError as cause:
        raise TranscriptError(f"{path} can't be read ({cause.strerror})", "check the file") from None


def _small(content: bytes | None, name: str) -> bytes:
    if content is None or len(content) > ANSWER_BYTES:
        raise TranscriptError(f"{name} is larger than {ANSWER_BYTES >> 10} KiB", "use one file per answer")
    return content


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # no text has one; UTF-16 has many
        raise TranscriptError(
            f"{name} is not UTF-8 text", "save it as UTF-8, or give it a sound file's ending"
        )
    return text


def _from_text(content: bytes, name: str, wanted: Wanted) -> Answer:
    text = _decoded(content, name)
    _no_report(text, name)
    sentences = split_transcript(text)
    asked = _pack_question(wanted.question)
    return _answer(sentences, name, wanted, floor_time_s=wanted.duration_s, asked=asked)


def _no_report(text: str, name: str) -> None:
    """Its verdicts would be read as the candidate's words, and its scores as their numbers."""
    if "#" not in text:
        return
    from voicemock.report.markdown import SAID

    if SAID in text.splitlines():
        raise TranscriptError(
            f"{name} is a report that voicemock wrote", "export it with --format json, and score that"
        )


def _from_labelled(content: bytes, name: str, wanted: Wanted) -> Answer:
    """An answer as JSON: `sentences`, and where given `round`, `principle`, `question`, `duration_s`,
    `type`.
    """
    try:
        data = json.loads(_decoded(content, name))
    except (ValueError, RecursionError):
        data = None
    texts = data.get("sentences") if isinstance(data, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TranscriptError(f"{name} is not an answer", 'a JSON answer has "sentences": a list of texts')
    assert isinstance(data, dict)
    given = Wanted(
        wanted.round or _known(data, "round", ROUNDS, name),
        wanted.principle or _known(data, "principle", PRINCIPLES, name),
        wanted.question or _text(data, "question", name),
        wanted.duration_s or _seconds(data, name),
    )
    sentences = tuple(Sentence(_whole(text)) for text in texts)
    type_ = _text(data, "type", name)
    asked = _pack_question(wanted.question)  # the file's own question is taken as it is
    return _answer(sentences, name, given, floor_time_s=given.duration_s, type_=type_, asked=asked)


def _text(data: dict[str, Any], key: str, name: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise TranscriptError(f"{name} has a {key} that is not text", "leave it out, or put it in quotes")
    return None if value is None else _whole(value)


def _whole(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can spell and nothing can write."""
    return text.encode(errors="replace").decode()


def _known(data: dict[str, Any], key: str, known: Collection[str], name: str) -> str | None:
    value = _text(data, key, name)
    if value is not None and value not in known:
        raise TranscriptError(f"{name} has an unknown {key} “{excerpt(value)}”", f"one of {', '.join(known)}")
    return value


def _seconds(data: dict[str, Any], name: str) -> float | None:
    value = data.get("duration_s")
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1e6:
        raise TranscriptError(f"{name} has no usable duration_s", "give the floor time in seconds")
    return float(value)


def _from_audio(source: Path | bytes, name: str, wanted: Wanted) -> Told:
    from voicemock.audio.decode import read_recording
    from voicemock.speech.batch import transcribe_sound  # the recogniser takes a second to import
    from voicemock.speech.spoken import spoken

    question = question_asked(wanted, Path(name))
    recording = read_recording(source, name, wanted.track)
    tell_notes(name, recording.notes)
    heard = spoken(transcribe_sound(recording.samples, wanted.model, hints=wanted.hints, notice=tell))
    answer = answer_to(question, heard, name)
    _refuse_more_than_an_answer(answer.sentences, name)
    return Told(answer, question, heard, recording.samples)


def read_text(path: Path) -> str:
    """A text file of a size that a transcript can have. Raises TranscriptError."""
    try:
        content = read_up_to(path, CALL_BYTES)
    except OSError as error:
        raise TranscriptError(f"{path} can't be read ({error.strerror})", "check the name") from None
    if content is None or len(content) > CALL_BYTES:
        raise TranscriptError(f"{path} is larger than {CALL_BYTES >> 20} MiB", "is it a transcript?")
    return _decoded(content, str(path))


def question_asked(wanted: Wanted, path: Path | None = None) -> Question:
    """What was asked: what the command line says, else what is kept beside a recording of ours."""
    beside = asked_beside(path) if path is not None and wanted.question is None else None
    asked = beside or _pack_question(wanted.question)
    if asked is None:
        asked = Question("", wanted.round or DEFAULT_ROUND, wanted.question or "")
    return replace(asked, round=wanted.round or asked.round, principle=wanted.principle or asked.principle)


def _answer(
    sentences: tuple[Sentence, ...],
    name: str,
    wanted: Wanted,
    *,
    floor_time_s: float | None,
    type_: str | None = None,
    asked: Question | None = None,
) -> Answer:
    _refuse_more_than_an_answer(sentences, name)
    return Answer(
        sentences=sentences,
        round=wanted.round or (asked.round if asked else DEFAULT_ROUND),
        question=asked.text if asked else str(wanted.question or ""),
        principle=wanted.principle or (asked.principle if asked else None),
        analytical_type=type_ or (analytical_type(asked) if asked else None),
        floor_time_s=floor_time_s,
        source=name,
    )


def _refuse_more_than_an_answer(sentences: tuple[Sentence, ...], name: str) -> None:
    words = [word for sentence in sentences for word in sentence.text.split()]
    if len(words) > ANSWER_WORDS or len(sentences) > ANSWER_SENTENCES:
        most = f"{ANSWER_WORDS:,} words and {ANSWER_SENTENCES:,} sentences"
        raise TranscriptError(f"{name} is longer than an answer: {most} at most", "use one file per answer")
    if any(len(word) > WORD_CHARACTERS for word in words):
        raise TranscriptError(f"{name} has a word of over {WORD_CHARACTERS} letters", "is it a transcript?")


def _pack_question(wanted: str | None) -> Question | None:
    """The question of the packs with this id; anything with a blank in it is a question of the user's own."""
    if wanted is None or " " in wanted.strip():
        return None
    found = next((question for question in load_questions() if question.id == wanted.strip()), None)
    if found is None:
        raise UnknownQuestion(f"no question has the id “{wanted}”", "see `voicemock questions`")
    return found
