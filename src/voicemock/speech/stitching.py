"""Words and stretches of speech brought together: no stretch without its words, no word out of place.

Pure, but for `careful_whole`, which decodes.

Whisper now and then ends its text after some of a window's sentences. The detector knows that somebody spoke on, so the
rest is decoded again by itself. What was heard is then put in order, within its stretch, apart from its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from voicemock.audio.sound import RATE, Samples, index
from voicemock.speech.recogniser import CarefulResult, QuickResult, Recogniser
from voicemock.transcript import Utterance, Word

SILENT_EDGE_S = 1.0  # a stretch that has no word for so long at either end was not decoded whole
CONTEXT_SLACK_S = 0.1  # alignment is good to some 0.1 s, and no gap between two stretches is shorter
UNHEARD_S = (
    1.2  # a stretch this long has words; a shorter one may be a breath or "um", which Whisper leaves out
)
GAP_S = 3.0  # without a word in the middle of a stretch, where the detector heard no pause
SLACK_S = 0.2  # two words meet here, and the alignment of each is good to some 0.1 s
LEAD_S = 0.1  # sound before the stretch that is decoded again


def spoken_after(result: QuickResult, start: float) -> QuickResult:
    """The result without the words whose middle lies before `start`: they were context."""
    words = tuple(word for word in result.words if _middle(word) >= start - CONTEXT_SLACK_S)
    return replace(result, words=words, readings=result.readings if len(words) == len(result.words) else ())


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
        middle = _middle(word)
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


def careful_whole(
    recogniser: Recogniser,
    sound: Samples,
    offset_s: float,
    stretches: Sequence[tuple[float, float]],
    prompt: str,
    give_way: Callable[[], None],
) -> CarefulResult:
    """The words of the sound that begins at `offset_s`, with those of the stretches that a first decode left out."""
    result = recogniser.careful(sound, offset_s, prompt, give_way)
    start = unheard_from(result.words, stretches)
    if start is None or result.unclear:
        return result
    first = index(max(0.0, start - LEAD_S - offset_s))
    rest = recogniser.careful(sound[first:], offset_s + first / RATE, prompt, give_way)
    kept = tuple(word for word in result.words if _middle(word) < start)
    if len(kept) + len(rest.words) <= len(result.words):
        return result
    doubts = (*(doubt for doubt in result.doubts if doubt.start < start), *rest.doubts)
    return CarefulResult(kept + rest.words, result.avg_logprob, result.no_speech, rest.unclear, doubts)


def unheard_from(words: Sequence[Word], stretches: Sequence[tuple[float, float]]) -> float | None:
    """Where speech begins that has no words although it should have, or None."""
    for start, end in stretches:
        inside = [word for word in words if start - SLACK_S <= _middle(word) <= end + SLACK_S]
        if not inside:
            if end - start >= UNHEARD_S:
                return start
            continue
        edges = [(start, start), *((word.start, word.end) for word in inside), (end, end)]
        for before, after in pairwise(edges):
            if after[0] - before[1] >= GAP_S:
                return before[1]
    return None


def _away(time_s: float, stretch: tuple[float, float]) -> float:
    return max(stretch[0] - time_s, time_s - stretch[1], 0.0)


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2
