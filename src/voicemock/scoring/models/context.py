"""What part of a story each sentence is, read in the whole answer: a small transformer that was taught on our answers.

The linear model of `star.py` sees a sentence, its neighbours and its place; this one sees every word around it. It
is MiniLM-L6 (Apache-2.0), taught further by `training/context_fit.py`, its weights in bytes, run by ONNX Runtime.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models.pieces import Pieces

Floats = NDArray[np.float64]

LETTERS = ("S", "T", "A", "R", "L", "O")  # the order of the network's columns
MOST_PIECES = (
    260  # read at once, as when it was taught; a longer answer is read in windows that overlap by half
)
LONGEST_SENTENCE = 96  # pieces
THREADS = 2
REMEMBERED = 256  # windows: of an answer that grows only the last one or two are new
DIGITS = 3  # kept, so that another machine's last bits do not reach a decision


def letter_chances(sentences: Sequence[str]) -> Floats:
    """The log of each letter's chance for each sentence of a whole answer, shape (sentences, 6)."""
    pieces = [_pieces().of(text)[:LONGEST_SENTENCE] or (_pieces().separator,) for text in sentences]
    total, weight = np.zeros((len(sentences), len(LETTERS))), np.zeros((len(sentences), 1))
    for first, after in windows([len(each) + 1 for each in pieces]):
        inside = _says(first, after, len(sentences))
        total[first:after] += inside * _read(tuple(pieces[first:after]))
        weight[first:after] += inside
    out: Floats = np.round(total / np.maximum(weight, 1e-9), DIGITS)
    return out


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
    column: Floats = says[:, None].astype(np.float64)
    return column


@lru_cache(maxsize=REMEMBERED)
def _read(sentences: tuple[tuple[int, ...], ...]) -> Floats:
    """One window: the log chances of the letters, shape (sentences, 6)."""
    numbers = [_pieces().start]
    spans = []
    for each in sentences:
        spans.append((len(numbers), len(numbers) + len(each)))
        numbers += [*each, _pieces().separator]
    (scores,) = _session().run(None, {"pieces": np.array([numbers], dtype=np.int64)})
    looks = np.array([scores[0, first:after].mean(axis=0) for first, after in spans], dtype=np.float64)
    top = looks.max(axis=1, keepdims=True)
    out: Floats = looks - top - np.log(np.exp(looks - top).sum(axis=1, keepdims=True))
    out.flags.writeable = False  # it is remembered
    return out


@cache
def _pieces() -> Pieces:
    text = resources.files(__package__).joinpath("network", "vocabulary.txt").read_text(encoding="utf-8")
    return Pieces({piece: number for number, piece in enumerate(text.split("\n"))})


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    content = resources.files(__package__).joinpath("network", "letters.onnx").read_bytes()
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
