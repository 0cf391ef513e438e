"""A careful decode that leaves no stretch of speech out.

Whisper now and then ends its text after some of a window's sentences. The detector knows that somebody spoke on,
so the rest is decoded again by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from voicemock.audio.sound import RATE, Samples, index
from voicemock.speech.recogniser import CarefulResult, Recogniser
from voicemock.transcript import Word

UNHEARD_S = (
    1.2  # a stretch this long has words; a shorter one may be a breath or "um", which Whisper leaves out
)
GAP_S = 3.0  # without a word in the middle of a stretch, where the detector heard no pause
SLACK_S = 0.2  # alignment is good to some 0.1 s
LEAD_S = 0.1  # sound before the stretch that is decoded again


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


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2
