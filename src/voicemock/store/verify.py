"""Deriving again what is stored, and telling where it disagrees. Nothing is changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from voicemock.audio.sound import BLOCK_S
from voicemock.errors import AudioFileError, NotAsWritten, StoreError, UnknownSession
from voicemock.store.lock import is_nobodys
from voicemock.store.recordings import holds_sound, recorded_seconds, recording_digest, recordings
from voicemock.store.rescoring import Scorer, score_stored
from voicemock.store.search import index_is_sound
from voicemock.store.sidecar import asked_fault
from voicemock.store.store import CORRECTED, RECOGNISED, AnswerRow, Store
from voicemock.store.summaries import summary_is_sound
from voicemock.transcript import join_words

WORD_SLACK_S = 0.25  # aligned word ends are steps of 20 ms in padded audio; the last may lie behind the end
ROUNDING_S = 0.002  # floor times are stored in milliseconds
CHANGED = "it was changed by something else than voicemock, or is damaged"
FROM_A_COPY = "restore voicemock.db from a backup; the audio is safe"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with `place` (an answer, a file or the database), and what to do."""

    place: str
    problem: str
    next_step: str


def verify(
    store: Store,
    *,
    score: Scorer | None = score_stored,
    sound: bool = True,
    now: Callable[[], float] = time.time,
) -> list[Fault]:
    """Every fault of the store, in order; none means that all of it is as it was written or derived.

    `score` derives the scores; None leaves them out. `sound` reads every recording through. Both take a while.
    """
    try:
        return list(_faults(store, score, sound, now))
    except StoreError as error:
        return [Fault("database", error.problem, FROM_A_COPY)]


def _faults(store: Store, score: Scorer | None, sound: bool, now: Callable[[], float]) -> Iterator[Fault]:
    recorded = list(recordings(store.folder))  # first: a session may be storing answers meanwhile
    faults = list(_database(store))
    yield from faults
    if faults:
        return  # rows of a damaged file prove nothing
    damaged = store.damaged()
    known = [row["id"] for row in store.read("SELECT id FROM answers ORDER BY started_at, id")]
    for place in damaged:
        if place not in known:
            yield Fault(place, CHANGED, FROM_A_COPY)
    for answer_id in known:
        yield from _answer_or_damage(store, answer_id, damaged, score, sound, now)
    for answer_id, path in recorded:
        if answer_id not in known and holds_sound(path) and is_nobodys(store, answer_id, path, now()):
            yield Fault(answer_id, f"{path.name} was recorded and never stored", "voicemock recover")


def _database(store: Store) -> Iterator[Fault]:
    problems = [row[0] for row in store.read("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [f"a row of {row[0]} has no parent" for row in store.read("PRAGMA foreign_key_check")]
    if not problems and not store.schema_is_ours():
        problems = ["its tables have been altered"]
    for problem in problems:
        yield Fault("database", problem, FROM_A_COPY)
    if not problems and not index_is_sound(store):
        yield Fault("database", "the search index disagrees with the transcripts", "voicemock recover")


def _answer_or_damage(
    store: Store,
    answer_id: str,
    damaged: Collection[str],
    score: Scorer | None,
    sound: bool,
    now: Callable[[], float],
) -> list[Fault]:
    """What is wrong with an answer: in particular, or at least that it is not what was written."""
    changed = answer_id in damaged
    try:
        found = list(_answer(store, answer_id, score, sound, now))
    except StoreError:
        if not changed:
            raise
        found = []
    return found or [Fault(answer_id, CHANGED, FROM_A_COPY)] * changed


def _answer(
    store: Store, answer_id: str, score: Scorer | None, sound: bool, now: Callable[[], float]
) -> Iterator[Fault]:
    try:
        row = store.answer(answer_id)
        if not row.complete:
            if is_nobodys(store, answer_id, store.folder / row.audio, now()):
                yield Fault(answer_id, "it was never completed", "voicemock recover")
            return
        yield from _audio(store, row, sound)
        for version in (RECOGNISED, CORRECTED):
            yield from _words(store, row, version)
            if score is not None:
                yield from _score(store, row, version, score)
        yield from _derived(store, row)
    except UnknownSession as error:
        if store.read("SELECT 1 FROM answers WHERE id = ?", answer_id):  # else it was removed meanwhile
            yield Fault(answer_id, error.problem, FROM_A_COPY)
    except NotAsWritten as error:
        yield Fault(answer_id, error.problem, FROM_A_COPY)
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # JSON that is none
        yield Fault(answer_id, f"its row can't be read ({error})", FROM_A_COPY)


def _audio(store: Store, row: AnswerRow, sound: bool) -> Iterator[Fault]:
    """The recording, and beside it what was asked; an answer of a call may have none."""
    if not row.audio:
        return
    audio = store.folder / row.audio
    try:
        seconds = recorded_seconds(audio)
        digest = recording_digest(audio) if sound else row.audio_sha256
    except AudioFileError as error:
        yield Fault(row.id, error.problem, error.next_step)
        return
    if abs(seconds - row.floor_time_s) > BLOCK_S + ROUNDING_S:
        problem = f"{row.audio} has {seconds:.2f} s, {row.floor_time_s:.2f} s were recorded"
        yield Fault(row.id, problem, "restore it from a backup")
    elif row.audio_sha256 not in (None, digest):
        yield Fault(row.id, f"{row.audio} has changed since it was recorded", "restore it from a backup")
    if "question" in row.details and (problem_of_asked := asked_fault(audio)):
        yield Fault(row.id, problem_of_asked, "restore it from a backup")


def _words(store: Store, row: AnswerRow, version: str) -> Iterator[Fault]:
    latest = 0.0
    for word in store.words(row.id, version):
        if not latest - WORD_SLACK_S <= word.start <= word.end <= row.floor_time_s + WORD_SLACK_S:
            problem = f"the {version} word “{word.text}” is out of order at {word.start:.2f}–{word.end:.2f} s"
            yield Fault(row.id, problem, FROM_A_COPY)
            return
        latest = max(latest, word.start)


def _score(store: Store, row: AnswerRow, version: str, score: Scorer) -> Iterator[Fault]:
    stored, words = store.score(row.id, version), store.words(row.id, version)
    if stored is None and words:
        stored = store.score(row.id, version)  # a correction may have come between the two looks
    if stored is None:
        if words or version == RECOGNISED:
            yield Fault(row.id, f"the {version} words have no score", "voicemock recover")
        return
    derived = score(row, words)
    for name, was in [("overall", stored.overall), *stored.dimensions.items()]:
        now = derived.overall if name == "overall" else derived.dimensions.get(name)
        if now != was:
            problem = f"its {version} words score {now} in {name}, {was} is stored"
            yield Fault(row.id, problem, "an older voicemock may have scored it: voicemock recover --rescore")
            return


def _derived(store: Store, row: AnswerRow) -> Iterator[Fault]:
    """What the triggers keep: the summary, the principles and the searchable text."""
    score = store.score(row.id)
    if not summary_is_sound(store, row.id, score):
        yield Fault(row.id, "its summary disagrees with its score", "voicemock recover --rescore")
    text = store.read("SELECT text FROM transcripts WHERE answer_id = ?", row.id)
    if score is not None and "".join(each["text"] for each in text) != join_words(store.words(row.id)):
        yield Fault(row.id, "its searchable text is not what was said", "voicemock recover --rescore")
