"""Scoring what is stored: the one place that turns an answer's row and words back into what the scorer
takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from voicemock.packs.answer import answer_to
from voicemock.packs.questions import Question, stored_question
from voicemock.scoring.model import Answer, Score
from voicemock.speech.spoken import spoken_from_details
from voicemock.store.store import AnswerRow
from voicemock.transcript import Word

Scorer: TypeAlias = Callable[[AnswerRow, Sequence[Word]], Score]


def question_of(row: AnswerRow) -> Question:
    """The question as it was asked then, whatever the packs say today."""
    stored = row.details.get("question")
    if not stored:
        return Question(row.question_id, row.round, row.question, principle=row.principle)
    return stored_question(stored)


def stored_answer(row: AnswerRow, words: Sequence[Word]) -> Answer:
    """The answer as the session scored it."""
    spoken = spoken_from_details(words, row.details, row.floor_time_s)
    return answer_to(question_of(row), spoken, row.audio)


def score_stored(row: AnswerRow, words: Sequence[Word]) -> Score:
    """Score these words as the answer of that row."""
    from voicemock.packs.phrases import load_phrases
    from voicemock.scoring.assemble import score_answer  # the encoder behind it takes a while to load

    return score_answer(stored_answer(row, words), wording=load_phrases().questions)
