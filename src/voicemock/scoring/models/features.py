"""What the small models see of a sentence: its vector, its neighbours', its place and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models.encoder import CACHE_SENTENCES, Encoder, Vectors
from voicemock.scoring.models.sentence_cues import cue_names, sentence_cues

# A spoken answer has about this many sentences; while it is still being told, its length is taken to be this.
TYPICAL_SENTENCES = 12
PLACES = ("along", "along_squared", "first", "second", "last", "second_last", "third_last", "length", "told")
NEIGHBOURS = (1, -1, 2, -2)
LONGEST_GRAM = 3  # words
NUMBER = re.compile(r"[$€£]?\d[\d.,:]*")
TOKEN = re.compile(r"[\w'’#%]+")


@dataclass(frozen=True)
class Features:
    """One row a sentence. `vectors`, `before` and `after` are (n, 512); `place` is (n, len(PLACES)), `cues` (n, 5 times
    the cues of one).
    """

    vectors: Vectors
    before: Vectors
    after: Vectors
    place: NDArray[np.float64]
    cues: NDArray[np.float64]
    grams: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.grams)


def features(sentences: Sequence[str], encoder: Encoder, told: bool = True) -> Features:
    """The rows of an answer, or, with `told` false, of its beginning as heard so far."""
    vectors = encoder.encode(sentences)
    return Features(
        vectors,
        shifted(vectors, 1),
        shifted(vectors, -1),
        places(len(sentences), told),
        around(sentence_cues(sentences)),
        tuple(grams(sentence) for sentence in sentences),
    )


def around(cues: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cues of a sentence, then those of its neighbours on both sides, two deep."""
    return np.hstack([cues, *(shifted(cues, by) for by in NEIGHBOURS)])


def around_names() -> tuple[str, ...]:
    """The names of the columns of `around`."""
    return (*cue_names(), *(f"{name}@{-by:+d}" for by in NEIGHBOURS for name in cue_names()))


def shifted(vectors: NDArray[Any], by: int) -> NDArray[Any]:
    """Each row's neighbour `by` rows earlier; zeros where there is none."""
    out = np.zeros_like(vectors)
    if abs(by) >= len(vectors):
        return out
    if by > 0:
        out[by:] = vectors[:-by]
    else:
        out[:by] = vectors[-by:]
    return out


def places(count: int, told: bool = True) -> NDArray[np.float64]:
    """Where each sentence stands. What counts from the end is known only of an answer that is told."""
    rows = np.arange(count)
    along = rows / max(count - 1, TYPICAL_SENTENCES - 1)
    from_end = count - 1 - rows
    ends = [(from_end == k) & told for k in range(3)]
    columns = [along, along**2, rows == 0, rows == 1, *ends]
    columns += [np.full(count, min(count, 20) / 20 if told else 0.6), np.full(count, float(told))]
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)


@lru_cache(maxsize=CACHE_SENTENCES)
def grams(sentence: str) -> frozenset[str]:
    """The runs of one to three words, numbers as `#`."""
    tokens = TOKEN.findall(NUMBER.sub("#", sentence.lower()))
    return frozenset(
        " ".join(tokens[i : i + size])
        for size in range(1, LONGEST_GRAM + 1)
        for i in range(len(tokens) - size + 1)
    )
