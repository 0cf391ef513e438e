"""The numbers that the recogniser was unsure of, 19 or 90? The candidate knows."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.claims.doubts import is_open
from voicemock.scoring.model import Score
from voicemock.store.rescoring import stored_answer
from voicemock.store.store import AnswerRow
from voicemock.transcript import Doubt, Word


def open_doubts(row: AnswerRow, words: Sequence[Word], score: Score) -> list[tuple[Doubt, str]]:
    """The doubts that the score leans on and nobody settled, each with the words of its claim."""
    answer = stored_answer(row, words)
    found: dict[Doubt, str] = {}
    for metric in score.metrics:
        for doubt in answer.doubts:
            if metric.sentence < len(answer.sentences) and is_open(
                doubt, metric, answer.sentences[metric.sentence]
            ):
                found.setdefault(doubt, metric.text)
    return list(found.items())
