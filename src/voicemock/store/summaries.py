"""The numbers of all answers at once, without a score object being parsed: what `progress` and lists read.

The built-in candidate's sessions are left out: they are not the user's practice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from voicemock.rounds import CANDIDATE_QUESTIONS, DIMENSIONS, MOCK_INTERVIEWS
from voicemock.scoring.model import Metric, Score
from voicemock.store.database import read_as_written
from voicemock.store.store import Store

FIGURES = ("words", "pace_wpm", "fillers_per_min", "longest_pause_s", "floor_time_s")
NOT_PRACTICE = "demo"  # the mode in which a built-in candidate answers


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """One complete answer. `dimensions` follows DIMENSIONS; None where it could not be judged."""

    dimensions: tuple[float | None, ...]
    answer_id: str
    session_id: str
    question_id: str
    round: str
    principle: str | None
    started_at: str
    floor_time_s: float
    overall: float | None
    pace_wpm: float | None
    fillers_per_min: float | None
    longest_pause_s: float | None
    interruptions: int


def answer_summaries(store: Store) -> list[AnswerSummary]:
    """All complete answers of the user's, oldest first; what they asked an interviewer is no answer."""
    rows = store.read(
        "SELECT s.structure, s.metrics, s.principle, s.customer, s.ownership, s.delivery, a.id, a.session_id,"
        " a.question_id, a.round, a.principle, a.started_at, coalesce(s.floor_time_s, a.floor_time_s),"
        " s.overall, s.pace_wpm,"
        " s.fillers_per_min, s.longest_pause_s,"
        " coalesce(i.interruptions, 0) AS interruptions"
        " FROM answers a JOIN sessions ON sessions.id = a.session_id"
        " LEFT JOIN summaries s ON s.answer_id = a.id"
        " LEFT JOIN (SELECT answer_id, count(*) AS interruptions FROM events WHERE type = 'interrupt'"
        "  GROUP BY answer_id) i ON i.answer_id = a.id"
        " WHERE a.complete = 1 AND sessions.mode <> ? AND a.round <> ?"
        " ORDER BY a.started_at, a.session_id, a.number",
        NOT_PRACTICE,
        CANDIDATE_QUESTIONS,
    )
    scores = len(DIMENSIONS)
    return [AnswerSummary(tuple(row[:scores]), *row[scores:]) for row in rows]


def summary_is_sound(store: Store, answer_id: str, score: Score | None) -> bool:
    """Whether what is kept of an answer's score, for `progress` and lists, is what the score says."""
    summaries = store.read(
        f"SELECT overall, {', '.join((*DIMENSIONS, *FIGURES))} FROM summaries WHERE answer_id = ?", answer_id
    )
    principles = store.read(
        "SELECT slug, named, demonstrated FROM answer_principles WHERE answer_id = ?", answer_id
    )
    if score is None:
        return not summaries and not principles
    figures = [score.overall, *map(score.dimensions.get, DIMENSIONS), *(getattr(score, f) for f in FIGURES)]
    shown = {(each.slug, each.named, each.demonstrated) for each in score.principles}
    return [list(row) for row in summaries] == [figures] and set(map(tuple, principles)) == shown


def demonstrated_principles(store: Store) -> dict[str, frozenset[str]]:
    """The slugs that each answer demonstrates, by answer; an answer that shows none is missing."""
    rows = store.read(
        "SELECT answer_id, group_concat(slug, ' ') FROM answer_principles WHERE demonstrated = 1"
        " GROUP BY answer_id"
    )
    return {answer_id: frozenset(slugs.split()) for answer_id, slugs in rows}


def story_metrics(store: Store, story_id: int | None = None) -> dict[str, tuple[Metric, ...]]:
    """The metrics of the answers of one story, or of all, by answer."""
    rows = store.read(
        "SELECT x.answer_id, s.body FROM answer_stories x"
        " JOIN scores s ON s.answer_id = x.answer_id"
        " WHERE (? IS NULL OR x.story_id = ?) ORDER BY s.version = 'corrected'",
        story_id,
        story_id,
    )
    found = {}
    for answer_id, body in rows:
        with read_as_written(f"the score of {answer_id}"):
            found[answer_id] = Score.from_dict(json.loads(body)).metrics
    return found


def answers_from_drafts(store: Store) -> dict[str, tuple[str, ...]]:
    """The answers that were practised from a draft, by the draft's id, the oldest first."""
    rows = store.read(
        "SELECT details ->> '$.draft.id' AS draft, id FROM answers"
        " WHERE details LIKE '%\"draft\"%' AND draft IS NOT NULL AND complete = 1 ORDER BY started_at, id"
    )
    found: dict[str, tuple[str, ...]] = {}
    for draft, answer_id in rows:
        found[draft] = (*found.get(draft, ()), answer_id)
    return found


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session and the time spent in it. `mock` says whether it is a loop, `finished` whether a whole one, to
    its debrief.
    """

    session_id: str
    started_at: str
    ended_at: str | None
    seconds: float
    mock: bool
    finished: bool


def session_summaries(store: Store) -> list[SessionSummary]:
    """All sessions of the user's, oldest first. Where one has no end, its time is the time that its answers took.

    A loop that was gone on with on another day keeps its own count, without the nights between.
    """
    rows = store.read(
        "SELECT id, started_at, ended_at,"
        " coalesce(settings ->> '$.spent_s', (julianday(ended_at) - julianday(started_at)) * 86400,"
        " (SELECT sum(floor_time_s) FROM answers WHERE session_id = sessions.id), 0),"
        " mode = 'loop', mode = 'loop' AND settings ->> '$.debrief' IS NOT NULL"
        " AND coalesce(json_array_length(settings, '$.loop.interviews'), ?1) >= ?1"
        " FROM sessions WHERE mode <> ?2 ORDER BY started_at, id",
        MOCK_INTERVIEWS,
        NOT_PRACTICE,
    )
    return [
        SessionSummary(id, start, end, float(seconds), bool(mock), bool(finished))
        for id, start, end, seconds, mock, finished in rows
    ]


def practice_seconds(store: Store) -> float:
    """The time spent in sessions."""
    return sum(session.seconds for session in session_summaries(store))


def full_mocks(store: Store) -> int:
    """How many whole loops were gone through to their debrief."""
    return sum(session.finished for session in session_summaries(store))


def self_marks(store: Store) -> dict[str, float]:
    """The candidate's own marks, by answer; an answer without one is missing. What is no mark is left out: the review
    of its answer says that it is damaged.
    """
    rows = store.read(
        "SELECT id, details ->> '$.self_rating' AS mark FROM answers"
        " WHERE details LIKE '%\"self_rating\"%' AND complete = 1 AND typeof(mark) IN ('real', 'integer')"
        " AND mark BETWEEN 1 AND 4"
    )
    return {answer_id: float(mark) for answer_id, mark in rows}
