"""Settling a number that the recogniser was unsure of: 19 or 90? The candidate knows."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.scoring.claims.doubts import is_open
from voicemock.scoring.model import Score
from voicemock.store.rescoring import stored_answer
from voicemock.store.store import AnswerRow
from voicemock.transcript import Doubt, Word, join_words


def open_doubts(row: AnswerRow, words: Sequence[Word], score: Score) -> list[tuple[Doubt, str]]:
    """The doubts that the score leans on and nobody settled, each with the words of its claim."""
    answer = stored_answer(row, words)
    found: dict[Doubt, str] = {}
    for metric in score.metrics:
        for doubt in answer.doubts:
            if metric.sentence < len(answer.sentences) and is_open(doubt, metric, answer):
                found.setdefault(doubt, metric.text)
    return list(found.items())


def settled(words: Sequence[Word], doubt: Doubt, number: str) -> tuple[Word, ...]:
    """The words with `number` where the doubt was; it is certain then, also where it is what was heard."""
    at = [n for n, word in enumerate(words) if word.start < doubt.end and word.end > doubt.start]
    if not at:
        return tuple(words)
    first, last = at[0], at[-1]
    tokens = join_words(words[first : last + 1]).replace(doubt.heard, number, 1).split()
    start, end = words[first].start, words[last].end
    step = (end - start) / len(tokens)
    put = (Word(token, start + n * step, start + (n + 1) * step) for n, token in enumerate(tokens))
    return (*words[:first], *put, *words[last + 1 :])
