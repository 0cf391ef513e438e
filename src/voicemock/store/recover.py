"""Bringing back what a crash left: recordings without a complete row are transcribed, scored and marked
complete.

Nothing is changed that needs no change: a recording is only read, and words, scores and rows that are
there stay.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from voicemock.errors import AudioFileError, SessionBusy
from voicemock.speech.live import Transcript
from voicemock.speech.spoken import spoken
from voicemock.store.lock import at_work, is_nobodys, still_runs
from voicemock.store.recordings import holds_sound, recorded_seconds, recording_digest, recordings
from voicemock.store.rescoring import Scorer, score_stored
from voicemock.store.sidecar import read_asked
from voicemock.store.store import CORRECTED, RECOGNISED, AnswerRow, Store

Transcriber: TypeAlias = Callable[[Path], Transcript]


@dataclass(frozen=True, slots=True)
class Lost:
    """A recording without a complete row; `row` is None where there is none at all."""

    answer_id: str
    audio: Path
    row: AnswerRow | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a lost answer; `left` says why it was left as it is, None when it is back.

    `in_use`: it was left because another process is at it, so that it is not lost at all.
    """

    answer_id: str
    seconds: float
    words: int
    overall: float | None
    left: str | None = None
    in_use: bool = False


def find_lost(store: Store) -> list[Lost]:
    """What there is to bring back, in the order of recording; where nothing was heard yet, nothing was lost."""
    complete = {row["id"]: bool(row["complete"]) for row in store.read("SELECT id, complete FROM answers")}
    begun = [] if all(complete.values()) else [row for row in store.answers() if not row.complete]
    lost = {row.id: Lost(row.id, store.folder / row.audio, row) for row in begun}
    for answer_id, path in recordings(store.folder):
        if answer_id not in complete and holds_sound(path):
            lost[answer_id] = Lost(answer_id, path, None)
    return [lost[answer_id] for answer_id in sorted(lost)]


def lost_line(store: Store, now: Callable[[], float] = time.time) -> str | None:
    """What to tell whoever comes next; None when nothing was lost and no session is still at it."""
    lost = [each for each in find_lost(store) if is_nobodys(store, each.answer_id, each.audio, now())]
    if not lost:
        return None
    some = "1 recording was" if len(lost) == 1 else f"{len(lost)} recordings were"
    return f"{some} cut short and never scored: `voicemock recover` brings back what there is."


def recover(
    store: Store,
    lost: Lost,
    transcribe: Transcriber,
    *,
    score: Scorer = score_stored,
    round: str | None = None,
    now: Callable[[], float] = time.time,
) -> Recovered:
    """Bring one answer back in one transaction, or say why not.

    `round` is taken where nothing tells what was asked. Raises VoicemockError when it can't be transcribed.
    """
    if still_runs(store, lost.answer_id, lost.audio, now()):
        return _left(lost, "its session is still running; wait until it ends", in_use=True)
    try:
        with at_work(lost.audio.parent):
            lost = replace(lost, row=_row_now(store, lost.answer_id))
            if lost.row is not None and lost.row.complete:
                return _left(lost, "it has been stored since: nothing is lost", in_use=True)
            try:
                seconds = recorded_seconds(lost.audio)  # by now it is as long as it gets
            except AudioFileError as error:
                return _left(lost, str(error))
            row = lost.row or _row_from_sidecar(lost, seconds, round)
            if row is None:
                return _left(lost, "what was asked is unknown; say the round, such as --round behavioral")
            return _bring_back(store, lost, row, transcribe, score)
    except SessionBusy as error:
        return _left(lost, str(error), in_use=True)


def rescore(store: Store, answer_id: str, *, score: Scorer = score_stored) -> None:
    """Score the stored words of an answer again, each version that there is, in one transaction."""
    row = store.answer(answer_id)
    versions = [v for v in (RECOGNISED, CORRECTED) if v == RECOGNISED or store.words(row.id, v)]
    scores = {version: score(row, store.words(row.id, version)) for version in versions}
    with store.transaction():
        for version, body in scores.items():
            store.add_score(row.id, body, version)


def _left(lost: Lost, why: str, *, in_use: bool = False) -> Recovered:
    return Recovered(lost.answer_id, 0.0, 0, None, why, in_use)


def _row_now(store: Store, answer_id: str) -> AnswerRow | None:
    """The row as it is while nobody else is at the session: another `recover` may have just written it."""
    known = store.read("SELECT 1 FROM answers WHERE id = ?", answer_id)
    return store.answer(answer_id) if known else None


def _bring_back(
    store: Store, lost: Lost, row: AnswerRow, transcribe: Transcriber, score: Scorer
) -> Recovered:
    words = store.words(row.id)
    heard = spoken(transcribe(lost.audio)) if row.floor_time_s and not words else None
    if heard is not None:
        words = heard.words
        row = replace(row, details={**row.details, **heard.as_details()})
    stored = store.score(row.id)
    body = stored or score(row, words)
    with store.transaction():
        if lost.row is None:
            _add_session(store, row)
            store.add_answer(row)
        elif heard is not None:
            store.change_details(row.id, heard.as_details())
        if heard is not None:
            store.add_words(row.id, words)
        if stored is None:
            store.add_score(row.id, body)
        store.mark_complete(row.id)
    return Recovered(row.id, row.floor_time_s, len(words), body.overall)


def _add_session(store: Store, row: AnswerRow) -> None:
    if not store.read("SELECT 1 FROM sessions WHERE id = ?", row.session_id):
        store.add_session(row.session_id, "recovered", row.started_at, {})


def _row_from_sidecar(lost: Lost, seconds: float, round: str | None) -> AnswerRow | None:
    """The row as the session would have written it; None where neither a sidecar nor `round` tells the
    round.
    """
    sidecar = read_asked(lost.audio)
    question: Mapping[str, Any] = sidecar.get("question") or {}
    round = question.get("round") or round
    if round is None:
        return None
    session, _, number = lost.answer_id.partition("/")
    recorded = datetime.fromtimestamp(lost.audio.stat().st_mtime - seconds, UTC).isoformat(timespec="seconds")
    notes = {**(sidecar.get("notes") or {}), **({"question": question} if question else {})}
    return AnswerRow(
        id=lost.answer_id,
        session_id=session,
        number=int(number),
        question_id=question.get("id", "unknown"),
        question=question.get("text", ""),
        round=round,
        principle=question.get("principle"),
        audio=f"{lost.answer_id}.wav",
        started_at=sidecar.get("started_at") or recorded,
        floor_time_s=seconds,
        reason=None,
        complete=False,
        details={**notes, "recovered": True},
        audio_sha256=recording_digest(lost.audio),
    )
