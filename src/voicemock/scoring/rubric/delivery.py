"""How the answer was spoken: pace, fillers, pauses and length against the target (rubric sections 1 and
6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from voicemock.rounds import LONG_PAUSE_S, ROUNDS, USUAL_PAUSE_S
from voicemock.scoring.models.lexicon import lexicon, pattern

WORD = re.compile(r"[\w'’$€£%.-]*\w[\w'’%]*")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Figures of one answer; those that need the floor time or the pauses are None without them.

    Pace and fillers are over the candidate's own speech, without longer silences: those are judged as pauses.
    `fillers_per_min` is a lower bound: recognisers drop fillers. `target_share` is the floor time over the nearest
    edge of the round's target, 1.0 within it and where the round has none.
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
    hesitations: int = 0,
) -> Delivery:
    """The delivery of an answer. `pauses` are (start, end) seconds of silence from the voice activity
    detector, `hesitations` the fillers that are not in the sentences any more.
    """
    words = sum(word_count(text) for text in sentences)
    fillers = hesitations + sum(filler_count(text) for text in sentences)
    lengths = [end - start for start, end in pauses] if pauses is not None else None
    minutes = _speech_s(floor_time_s, lengths or ()) / 60 if floor_time_s else None
    cap = ROUNDS[round_].cap_s if round_ in ROUNDS else None
    return Delivery(
        words=words,
        pace_wpm=round(words / minutes) if minutes else None,
        fillers=fillers,
        fillers_per_min=round(fillers / minutes, 1) if minutes else None,
        longest_pause_s=None if lengths is None else round(max(lengths, default=0.0), 1),
        long_pauses=None if lengths is None else sum(length > LONG_PAUSE_S for length in lengths),
        target_share=_target_share(floor_time_s, round_),
        over_cap=bool(floor_time_s and cap and floor_time_s > cap),
    )


def _speech_s(floor_time_s: float, pauses: Sequence[float]) -> float:
    """The floor time without the silences that are longer than usual; damaged ones never leave less than a second."""
    return max(1.0, floor_time_s - sum(pause for pause in pauses if pause > USUAL_PAUSE_S))


def _target_share(floor_time_s: float | None, round_: str) -> float | None:
    if floor_time_s is None:
        return None
    target = ROUNDS[round_].target_s if round_ in ROUNDS else None
    if target is None:
        return 1.0
    low, high = target
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
