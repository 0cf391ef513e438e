"""Words put where they belong: in order, within their stretch of speech, and none of its neighbour's. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from voicemock.speech.recogniser import QuickResult
from voicemock.transcript import Utterance, Word

SILENT_EDGE_S = 1.0  # a stretch that has no word for so long at either end was not decoded whole
CONTEXT_SLACK_S = 0.1  # alignment is good to some 0.1 s, and no gap between two stretches is shorter


def spoken_after(result: QuickResult, start: float) -> QuickResult:
    """The result without the words whose middle lies before `start`: they were context."""
    words = tuple(word for word in result.words if (word.start + word.end) / 2 >= start - CONTEXT_SLACK_S)
    return replace(result, words=words)


def reaches(words: Sequence[Word], start: float, end: float) -> bool:
    """Whether the words reach from one end of their stretch to the other.

    A decode of several sentences now and then stops after the first, and the stretch it was for has no words.
    """
    return bool(words) and words[0].start <= start + SILENT_EDGE_S and words[-1].end >= end - SILENT_EDGE_S


def in_order(words: Sequence[Word]) -> list[Word]:
    """Words with times that never run backwards: alignment may overlap by a frame where windows meet."""
    ordered: list[Word] = []
    for word in words:
        start = max(word.start, ordered[-1].start) if ordered else word.start
        ordered.append(Word(word.text, start, max(start, word.end), word.probability))
    last = Word("", float("inf"), float("inf"))
    return [
        replace(word, end=min(word.end, after.start)) if after.start > word.start else word
        for word, after in pairwise([*ordered, last])
    ]


def share_out(words: Sequence[Word], stretches: Sequence[tuple[float, float]]) -> tuple[Utterance, ...]:
    """Each word to the stretch that its middle is nearest to; a stretch without words is none."""
    shares: list[list[Word]] = [[] for _ in stretches]
    at = 0
    for word in words:
        middle = (word.start + word.end) / 2
        while at + 1 < len(stretches) and _away(middle, stretches[at + 1]) < _away(middle, stretches[at]):
            at += 1
        shares[at].append(word)
    pairs = zip(stretches, shares, strict=True)
    return tuple(Utterance(start, end, fit(share, start, end)) for (start, end), share in pairs if share)


def fit(words: Sequence[Word], start: float, end: float) -> tuple[Word, ...]:
    """The words within their stretch: alignment spreads the first and the last into the silence around it."""
    return tuple(
        replace(word, start=min(max(word.start, start), end), end=max(min(word.end, end), start))
        for word in words
    )


def _away(time_s: float, stretch: tuple[float, float]) -> float:
    return max(stretch[0] - time_s, time_s - stretch[1], 0.0)
