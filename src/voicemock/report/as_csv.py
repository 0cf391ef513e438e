"""Answers as CSV, a row each, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from voicemock.report.review import AnswerReview, SessionReview
from voicemock.rounds import DIMENSIONS
from voicemock.terminal.printable import harmless_cell

COLUMNS = (
    "session", "answer", "mode", "started_at", "round", "target_principle", "question", "floor_time_s",
    "reason", "words", "pace_wpm", "fillers_per_min", "longest_pause_s", "result_metrics", "metric_depth",
    "customer_signal", "interrupts", *DIMENSIONS, "overall", "verdict", "not_scored", "transcript",
)  # fmt: skip


def sessions_csv(sessions: Iterable[SessionReview]) -> Iterator[str]:
    """Line by line: years of practice need not be in memory at once."""
    yield _line(COLUMNS)
    for session in sessions:
        for answer in session.answers:
            yield _line(_cells(session, answer))


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(map(harmless_cell, cells))
    return out.getvalue()


def _cells(session: SessionReview, answer: AnswerReview) -> list[object]:
    score = answer.score
    transcript = " ".join(sentence.text for sentence in answer.sentences)
    about = [session.id, answer.number, session.mode, answer.started_at, answer.round, answer.principle]
    about += [answer.question, answer.spoken_s, answer.reason]
    if score is None:
        return [*about, *[None] * (len(COLUMNS) - len(about) - 1), transcript]
    results = sum(metric.role == "result" for metric in score.metrics)
    return [
        *about, score.words, score.pace_wpm, score.fillers_per_min, score.longest_pause_s, results,
        score.metric_depth, score.customer, len(answer.interrupts),
        *(score.dimensions.get(name) for name in DIMENSIONS), score.overall, score.verdict, score.not_scored,
        transcript,
    ]  # fmt: skip
