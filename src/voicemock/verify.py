"""Deriving again what is stored, and telling where it disagrees. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from voicemock.audio.length import recorded_seconds, recordings
from voicemock.audio.sound import BLOCK_S
from voicemock.errors import AudioFileError, StoreError
from voicemock.rescoring import Scorer, score_stored
from voicemock.search import index_is_sound
from voicemock.store import CORRECTED, RECOGNISED, AnswerRow, Store
from voicemock.transcript import join_words

WORD_SLACK_S = 0.25  # aligned word ends are steps of 20 ms in padded audio; the last may lie behind the end
ROUNDING_S = 0.002  # floor times are stored in milliseconds


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with `place` (an answer, a file or the database), and what to do."""

    place: str
    problem: str
    next_step: str


def verify(store: Store, *, score: Scorer | None = score_stored) -> list[Fault]:
    """Every fault of the store, in order; none means that all of it could be derived again.

    `score` derives the scores; None leaves them out, which is many times faster.
    """
    faults = list(_database(store))
    if faults:
        return faults  # rows of a damaged file prove nothing
    ids = [row["id"] for row in store.read("SELECT id FROM answers ORDER BY started_at, id")]
    for answer_id in ids:
        faults += _answer(store, answer_id, score)
    known = set(ids)
    for answer_id, path in recordings(store.folder):
        if answer_id not in known:
            problem = f"{path.name} was recorded and never stored"
            faults.append(Fault(answer_id, problem, "voicemock recover"))
    return faults


def _database(store: Store) -> Iterator[Fault]:
    try:
        problems = [row[0] for row in store.read("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [
            f"a row of {row[0]} belongs to nothing" for row in store.read("PRAGMA foreign_key_check")
        ]
    except StoreError as error:
        problems = [str(error)]
    for problem in problems:
        yield Fault("database", problem, "put voicemock.db back from a copy; the audio is safe")
    if not problems and not index_is_sound(store):
        yield Fault("database", "the search index disagrees with the transcripts", "voicemock recover")


def _answer(store: Store, answer_id: str, score: Scorer | None) -> Iterator[Fault]:
    try:
        row = store.answer(answer_id)
        if not row.complete:
            yield Fault(answer_id, "it was never completed", "voicemock recover")
            return
        yield from _audio(store, row)
        for version in (RECOGNISED, CORRECTED):
            yield from _words(store, row, version)
            if score is not None:
                yield from _score(store, row, version, score)
        yield from _derived(store, row)
    except (ValueError, TypeError, KeyError) as error:  # JSON that is none, or lacks what it must have
        yield Fault(answer_id, f"its row can't be read ({error})", "put voicemock.db back from a copy")


def _audio(store: Store, row: AnswerRow) -> Iterator[Fault]:
    try:
        seconds = recorded_seconds(store.folder / row.audio)
    except AudioFileError as error:
        yield Fault(row.id, error.problem, error.next_step)
        return
    if abs(seconds - row.floor_time_s) > BLOCK_S + ROUNDING_S:
        problem = f"{row.audio} has {seconds:.2f} s, {row.floor_time_s:.2f} s were recorded"
        yield Fault(row.id, problem, "put it back from a copy")


def _words(store: Store, row: AnswerRow, version: str) -> Iterator[Fault]:
    latest = 0.0
    for word in store.words(row.id, version):
        if not latest - WORD_SLACK_S <= word.start <= word.end <= row.floor_time_s + WORD_SLACK_S:
            problem = f"the {version} word “{word.text}” is out of order at {word.start:.2f}–{word.end:.2f} s"
            yield Fault(row.id, problem, "put voicemock.db back from a copy")
            return
        latest = max(latest, word.start)


def _score(store: Store, row: AnswerRow, version: str, score: Scorer) -> Iterator[Fault]:
    stored, words = store.score(row.id, version), store.words(row.id, version)
    if stored is None:
        if words or version == RECOGNISED:
            yield Fault(row.id, f"the {version} words have no score", "voicemock recover")
        return
    derived = score(row, words)
    for name, was in [("overall", stored["overall"]), *stored["dimensions"].items()]:
        now = derived["overall"] if name == "overall" else derived["dimensions"].get(name)
        if now != was:
            problem = f"its {version} words score {now} in {name}, {was} is stored"
            yield Fault(row.id, problem, "an older voicemock may have scored it: voicemock recover --rescore")
            return


def _derived(store: Store, row: AnswerRow) -> Iterator[Fault]:
    """What the triggers keep: the summary and the searchable text."""
    score = store.score(row.id)
    summary = store.read("SELECT overall FROM summaries WHERE answer_id = ?", row.id)
    text = store.read("SELECT text FROM transcripts WHERE answer_id = ?", row.id)
    right = [] if score is None else [score["overall"]]
    if [each["overall"] for each in summary] != right:
        yield Fault(row.id, "its summary disagrees with its score", "voicemock recover --rescore")
    if score is not None and "".join(each["text"] for each in text) != join_words(store.words(row.id)):
        yield Fault(row.id, "its searchable text is not what was said", "voicemock recover --rescore")
