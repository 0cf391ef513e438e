"""What each number of a sentence is: the level before, after, how far it went; and whether it came of the work.

Lists of words say it where it is told in one of their ways; this reads the whole sentence. Three layers of MiniLM-L6
(Apache-2.0), taught by `training/numbers_fit.py` on sentences of our own, its weights in bytes, run by ONNX Runtime.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.scoring.models import networks
from voicemock.scoring.models.pieces import story_pieces
from voicemock.scoring.numbers.quantities import Quantity

# Before, after, how far it went, a level alone, a period, none. Result, baseline, target, context.
PARTS, ROLES = "baclpn", "rogx"
MARK = "#"  # stands before each number
MOST_PIECES = 160
DIGITS = 3  # kept, so that another machine's last bits do not reach a decision


@dataclass(frozen=True, slots=True)
class NumberPart:
    """How likely a number is each of `PARTS`, and if it is told of a thing's level or change, each of `ROLES`."""

    parts: tuple[float, ...]
    roles: tuple[float, ...]

    def part(self, letter: str) -> float:
        return self.parts[PARTS.index(letter)]


def number_parts(text: str, numbers: tuple[Quantity, ...]) -> tuple[NumberPart | None, ...]:
    """One a number of the sentence; None for those beyond what is read of it."""
    if not numbers:
        return ()
    pieces, marks = marked(text, numbers)
    read = np.array([pieces[:MOST_PIECES]], dtype=np.int64)
    scores = _session().run(None, {"pieces": read})[0][0]
    return tuple(_part(scores[mark]) if mark < MOST_PIECES else None for mark in marks)


def marked(text: str, numbers: Sequence[Quantity]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The pieces of a sentence with a mark before each number, and where the marks stand."""
    known = story_pieces()
    (mark,) = known.of(MARK)
    pieces, marks, behind = [known.start], [], 0
    for number in numbers:
        pieces += known.of(text[behind : number.start])
        marks.append(len(pieces))
        pieces += (mark, *known.of(text[number.start : number.end]))
        behind = number.end
    return (*pieces, *known.of(text[behind:]), known.separator), tuple(marks)


def _part(scores: NDArray[np.float32]) -> NumberPart:
    return NumberPart(_chances(scores[: len(PARTS)]), _chances(scores[len(PARTS) :]))


def _chances(scores: NDArray[np.float32]) -> tuple[float, ...]:
    powers = np.exp(scores.astype(np.float64) - scores.max())
    return tuple(round(float(chance), DIGITS) for chance in powers / powers.sum())


@cache
def _session() -> Any:
    # Forty pieces are too few for a second thread.
    return networks.loaded(__package__, "number_parts.onnx", threads=1)
