"""The sound of a call, where it lies beside its transcript: the candidate's turns, cut out and joined. Pure but for
finding the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from voicemock.audio.sound import RATE, RECORDINGS, Samples
from voicemock.calls.conversation import Spoken
from voicemock.speech.fillers import is_filler
from voicemock.transcript import Word

APART_S = 0.6  # a filler this near to one of the transcript's is the same


def sound_beside(transcript: Path) -> Path | None:
    """The recording with the transcript's name, in the order of RECORDINGS; None where there is none."""
    found = (transcript.with_suffix(suffix) for suffix in RECORDINGS)
    return next((path for path in found if path.is_file()), None)


def turns_of(sound: Samples, spoken: Spoken) -> Samples:
    """The candidate's turns one after the other: the sound that `words_of` tells the times of."""
    stretches = [sound[_at(turn[0].start) : _at(turn[-1].end)] for turn in spoken.turns]
    return np.concatenate(stretches) if stretches else sound[:0]


def with_fillers(words: Sequence[Word], heard: Iterable[Word]) -> tuple[Word, ...]:
    """The transcript's words, and among them the fillers that were heard and that callers' transcripts leave out."""
    known = [word.start for word in words if is_filler(word.text)]
    new = [
        word
        for word in heard
        if is_filler(word.text) and all(abs(word.start - start) > APART_S for start in known)
    ]
    return tuple(sorted([*words, *new], key=lambda word: word.start))


def _at(seconds: float) -> int:
    return round(seconds * RATE)
