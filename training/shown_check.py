"""How well the network sees what an answer shows, on answers that it has not learned from.

    PYTHONPATH=src python training/shown_check.py

For each thing: in how many of the answers a reader found it, in how many of these it is seen with the chances of
`shown.toml`, in how many of the others as well, and how well the chances order the answers (the area under the curve).
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from itertools import product

from notes import KEPT_OUT, found, notes
from parse import load

from voicemock.scoring.models import telling
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.models.telling import SHOWN

HERE = pathlib.Path(__file__).parent
FOLDERS = ("validation", "validation-twins", "validation-real")


def kept_out() -> Iterator[tuple[dict[str, list[int]], list[str]]]:
    """What a reader found, by its name, and the sentences."""
    told = {
        answer.id: [line.text for line in answer.lines] for name in FOLDERS for answer in load(HERE / name)
    }
    for note in notes():
        if "sentences" in note and note["id"].startswith(KEPT_OUT):
            told[note["id"]] = note["sentences"]
        if note["id"] in told:
            yield found(note), told[note["id"]]


def main() -> None:
    seen: dict[str, list[tuple[bool, float]]] = {name: [] for name in SHOWN}
    for there_is, sentences in kept_out():
        chances = telling.read(sentences).shown.max(axis=0)
        for name, said in there_is.items():
            seen[name].append((bool(said), float(chances[SHOWN.index(name)])))
    for name, rows in seen.items():
        there = [chance for read, chance in rows if read]
        others = [chance for read, chance in rows if not read]
        least = float(lexicon("shown")["likely"][name])
        wins = [(a > b) + (a == b) / 2 for a, b in product(there, others)]
        order = f"{sum(wins) / len(wins):.2f}" if wins else "   -"
        print(
            f"{name:14} in {len(there):3} of {len(rows):3}: seen in {sum(c >= least for c in there):3} of them,",
            f"in {sum(c >= least for c in others):3} of the others; ordered {order}",
        )


if __name__ == "__main__":
    main()
