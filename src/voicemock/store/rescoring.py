"""Scoring what is stored: the one place that turns an answer's row and words back into what the scorer
takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from voicemock.scoring.model import Answer
from voicemock.store.store import AnswerRow
from voicemock.transcript import Word, sentences_from_words

ScoreObject: TypeAlias = Mapping[str, Any]
Scorer: TypeAlias = Callable[[AnswerRow, Sequence[Word]], ScoreObject]


def stored_answer(row: AnswerRow, words: Sequence[Word]) -> Answer:
    """The answer as the session scored it: pauses and the question's type come from the row's details."""
    pauses = row.details.get("pauses")
    question = row.details.get("question") or {}
    return Answer(
        sentences=sentences_from_words(words),
        round=row.round,
        question=row.question,
        principle=row.principle,
        analytical_type=question.get("type") if row.round == "analytical" else None,
        floor_time_s=row.floor_time_s,
        pauses=None if pauses is None else tuple((float(start), float(end)) for start, end in pauses),
        source=row.audio,
    )


def score_stored(row: AnswerRow, words: Sequence[Word]) -> ScoreObject:
    """Score these words as the answer of that row."""
    from voicemock.packs.phrases import load_phrases
    from voicemock.scoring.assemble import score_answer  # the encoder behind it takes a while to load

    wording = load_phrases().wording
    score: ScoreObject = score_answer(stored_answer(row, words), wording=wording).as_dict()
    return score
