"""What each sentence of a story is, read in the whole answer by a transformer, and which outcomes are vague.

The linear model of `star.py` sees a sentence, its neighbours and its place; this one sees every word around it. It
is eight layers of all-mpnet-base-v2 (Apache-2.0), taught further by `training/context_fit.py`, its weights in bytes,
run by ONNX Runtime.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models import networks
from voicemock.scoring.models.pieces import story_pieces

Floats = NDArray[np.float64]

# The network's columns, in order: what a sentence is, and whether it claims an outcome vaguely.
LETTERS = ("S", "T", "A", "R", "L", "O")
VAGUE = "vague"
COLUMNS = (*LETTERS, VAGUE)
MOST_PIECES = (
    260  # read at once, as when it was taught; a longer answer is read in windows that overlap by half
)
SAYS = 1.4  # how much its log-odds of the letters count beside those of the linear model
LONGEST_SENTENCE = 96  # pieces
THREADS = 2
REMEMBERED = 256  # windows: of an answer that grows only the last one or two are new
DIGITS = 3  # kept, so that another machine's last bits do not reach a decision


@dataclass(frozen=True, eq=False)
class InContext:
    """A whole answer as the network reads it: for each sentence the scores of its pieces, shape (pieces, `COLUMNS`)."""

    sentences: tuple[str, ...]
    pieces: tuple[Floats, ...]

    @property
    def letters(self) -> Floats:
        """The log of each letter's chance for each sentence, shape (sentences, 6)."""
        looks = SAYS * np.array([each[:, : len(LETTERS)].mean(axis=0) for each in self.pieces])
        looks = looks.reshape(-1, len(LETTERS))
        top = looks.max(axis=1, keepdims=True, initial=-np.inf)
        out: Floats = np.round(looks - top - np.log(np.exp(looks - top).sum(axis=1, keepdims=True)), DIGITS)
        return out

    def vague(self, sentence: int, start: int, end: int) -> float:
        """How likely these words of a sentence claim an outcome vaguely; 0 for words beyond what is read of it."""
        first, after = (len(story_pieces().of(self.sentences[sentence][:at])) for at in (start, end))
        scores = self.pieces[sentence][first : max(after, first + 1), COLUMNS.index(VAGUE)]
        return round(float(1 / (1 + np.exp(-scores.mean()))), DIGITS) if len(scores) else 0.0


def read(sentences: Sequence[str]) -> InContext:
    """Read a whole answer."""
    pieces = [story_pieces().of(text)[:LONGEST_SENTENCE] or (story_pieces().separator,) for text in sentences]
    totals = [np.zeros((len(each), len(COLUMNS))) for each in pieces]
    weights = [0.0] * len(pieces)
    for first, after in windows([len(each) + 1 for each in pieces]):
        inside = _says(first, after, len(sentences))
        for k, scores in enumerate(_read(tuple(pieces[first:after])), first):
            totals[k] += inside[k - first] * scores
            weights[k] += inside[k - first]
    return InContext(
        tuple(sentences), tuple(total / weight for total, weight in zip(totals, weights, strict=True))
    )


def windows(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The sentences of each window, first and after last: as many as fit in, at least one."""
    first = 0
    while first < len(sizes):
        after, room = first, MOST_PIECES - 1
        while after < len(sizes) and (after == first or sizes[after] <= room):
            room -= sizes[after]
            after += 1
        yield first, after
        if after == len(sizes):
            return
        first += max(1, (after - first) // 2)


def _says(first: int, after: int, count: int) -> Floats:
    """How much a window's reading of each of its sentences counts: more in its middle, where more is seen of what
    stands around, and all where the answer begins or ends.
    """
    size = after - first
    place = np.arange(size)
    says = np.minimum(place + 1, size - place) + 0.5
    says[: size // 2] += size * (first == 0)
    says[size // 2 :] += size * (after == count)
    return says.astype(np.float64)


@lru_cache(maxsize=REMEMBERED)
def _read(sentences: tuple[tuple[int, ...], ...]) -> tuple[Floats, ...]:
    """One window: for each sentence the scores of its pieces."""
    numbers = [story_pieces().start]
    spans = []
    for each in sentences:
        spans.append((len(numbers), len(numbers) + len(each)))
        numbers += [*each, story_pieces().separator]
    (scores,) = _session().run(None, {"pieces": np.array([numbers], dtype=np.int64)})
    out = tuple(scores[0, first:after].astype(np.float64) for first, after in spans)
    for each in out:
        each.flags.writeable = False  # it is remembered
    return out


@cache
def _session() -> Any:
    return networks.loaded(__package__, "network", "reading.onnx", threads=THREADS)
