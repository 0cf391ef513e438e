"""How the answer was spoken: pace, fillers, pauses and length against the target (rubric sections 1 and
6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voicemock.scoring.models.lexicon import lexicon, pattern

LONG_PAUSE_S = 4.0  # a pause over this is marked down
PACE_WPM = (110.0, 170.0)  # words a minute that are easy to follow
FILLERS_PER_MIN = 4.0
# Target floor time in seconds by round: (low, high, cap); rubric section 1.
TARGETS = {
    "behavioral": (90.0, 130.0, 180.0),
    "product-sense": (90.0, 270.0, 300.0),
    "analytical": (90.0, 270.0, 300.0),
    "system-design": (90.0, 270.0, 300.0),
    "portfolio": (120.0, 1080.0, 1200.0),
}
WORD = re.compile(r"[\w'’$€£%.-]*\w[\w'’%]*")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Figures of one answer; those that need the floor time or the pauses are None without them.

    `fillers_per_min` is a lower bound: recognisers drop fillers. `target_share` is the floor time over the
    nearest edge of the round's target, 1.0 within it.
    """

    words: int
    pace_wpm: int | None
    fillers: int
    fillers_per_min: float | None
    longest_pause_s: float | None
    long_pauses: int | None
    target_share: float | None
    over_cap: bool


def delivery_of(
    sentences: Sequence[str],
    floor_time_s: float | None,
    pauses: Sequence[tuple[float, float]] | None,
    round_: str,
) -> Delivery:
    """The delivery of an answer. `pauses` are (start, end) seconds of silence from the voice activity
    detector.
    """
    words = sum(word_count(text) for text in sentences)
    fillers = sum(filler_count(text) for text in sentences)
    minutes = floor_time_s / 60 if floor_time_s else None
    lengths = [end - start for start, end in pauses] if pauses is not None else None
    low, high, cap = TARGETS.get(round_, TARGETS["behavioral"])
    return Delivery(
        words=words,
        pace_wpm=round(words / minutes) if minutes else None,
        fillers=fillers,
        fillers_per_min=round(fillers / minutes, 1) if minutes else None,
        longest_pause_s=None if lengths is None else round(max(lengths, default=0.0), 1),
        long_pauses=None if lengths is None else sum(length > LONG_PAUSE_S for length in lengths),
        target_share=_target_share(floor_time_s, low, high),
        over_cap=bool(floor_time_s and floor_time_s > cap),
    )


def _target_share(floor_time_s: float | None, low: float, high: float) -> float | None:
    if floor_time_s is None:
        return None
    edge = min(max(floor_time_s, low), high)
    return round(floor_time_s / edge, 2)


def word_count(text: str) -> int:
    return len(WORD.findall(text))


def filler_count(text: str) -> int:
    """Fillers in a sentence, each counted once; "like" only where commas set it off."""
    plain = text.replace("’", "'")
    return sum(
        len(found.findall(plain))
        for found in (pattern("delivery", "sounds"), pattern("delivery", "phrases"), *_extra())
    )


@cache
def _extra() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(entry, re.IGNORECASE) for entry in lexicon("delivery")["patterns"])
