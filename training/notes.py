"""What readers found in each answer (`shown/*.jsonl`), and which answers are kept out of training."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from voicemock.scoring.models.telling import SHOWN

FOLDER = pathlib.Path(__file__).parent / "shown"
KEPT_OUT = ("b-", "d-", "f-", "k-", "n-")  # of the answers that stand nowhere else
SAME = {"tradeoffs": "tradeoff", "metrics": "measure"}  # parts of two rounds that are one

Note = Mapping[str, Any]


def notes() -> Iterator[Note]:
    """One an answer; those that stand nowhere else have their sentences with them."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())


def found(note: Note) -> dict[str, list[int]]:
    """The sentences that show each thing that the reader looked for."""
    named = {SAME.get(name, name): said for name, said in note.items() if isinstance(said, list)}
    return {name: said for name, said in named.items() if name in SHOWN}
