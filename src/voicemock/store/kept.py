"""Answers that came as files, kept as a session: those of a call, or a recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from voicemock.audio.recorder import Recorder
from voicemock.audio.sound import BLOCK_SAMPLES, RATE, Samples
from voicemock.files import make_folder
from voicemock.packs.questions import Question
from voicemock.scoring.model import Answer, Score
from voicemock.speech.spoken import Spoken
from voicemock.store.sidecar import keep_asked
from voicemock.store.store import AnswerRow, Store

CALL, RECORDING = "call", "recording"  # modes of a session that was kept


@dataclass(frozen=True, slots=True)
class Told:
    """An answer found in a file, with what is needed to keep it.

    `spoken` is None where only text is known: what is kept has times. `sound` is None where there is no recording.
    """

    answer: Answer
    question: Question
    spoken: Spoken | None = None
    sound: Samples | None = None


def keep_told(
    store: Store, told: Sequence[Told], scores: Sequence[Score], source: str, mode: str
) -> str | None:
    """Keep the answers that have times, each with its own sound; the session's name, None where none has."""
    timed = [
        (one, one.spoken, score)
        for one, score in zip(told, scores, strict=True)
        if one.spoken and one.spoken.words
    ]
    if not timed:
        return None
    session = _begin(store, source, mode)
    for number, (one, spoken, score) in enumerate(timed, start=1):
        _keep(store, f"{session}/{number}", one, spoken, score, {mode: source})
    store.end_session(session, _now())
    return session


def _keep(
    store: Store, answer_id: str, one: Told, spoken: Spoken, score: Score, origin: dict[str, str]
) -> None:
    session, _, number = answer_id.partition("/")
    audio, digest, seconds, began = "", None, spoken.floor_time_s, _now()
    if one.sound is not None:
        audio = f"{answer_id}.wav"
        make_folder((store.folder / audio).parent)
        keep_asked(store.folder / audio, one.question, began, origin)
        digest, seconds = _record(store.folder / audio, one.sound)
    row = AnswerRow(
        id=answer_id, session_id=session, number=int(number), question_id=one.question.id, question=one.question.text,
        round=one.question.round, principle=one.question.principle, audio=audio, started_at=began,
        floor_time_s=seconds, reason="end-of-file", complete=False,
        details={**origin, "question": asdict(one.question), **spoken.as_details()}, audio_sha256=digest,
    )  # fmt: skip
    with store.transaction():
        store.add_answer(row)
        store.add_words(answer_id, spoken.words)
        store.add_score(answer_id, score)
        store.mark_complete(answer_id)


def _begin(store: Store, source: str, mode: str) -> str:
    base = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    return store.begin_session(base, mode, _now(), {mode: source})


def _record(path: Path, sound: Samples) -> tuple[str, float]:
    with Recorder(path) as recorder:
        for first in range(0, len(sound), BLOCK_SAMPLES):
            recorder.write(sound[first : first + BLOCK_SAMPLES])
    return recorder.sha256, round(len(sound) / RATE, 3)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
