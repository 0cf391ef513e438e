"""How well sentence ends are found in answers that nothing is trained on: without sound, and with made-up pauses.

PYTHONPATH=src python training/boundaries_check.py [FOLDER ...]     folders of gold's form besides
"""

from __future__ import annotations

import json
import pathlib
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from boundaries_text import COMMA, END, Text, labelled, of_sentences

from voicemock.transcript import boundaries

VALIDATION = [
    pathlib.Path(__file__).parent / name for name in ("validation", "validation-real", "validation-twins")
]
WORD_GAP_S = 0.03
LINKS = {"and", "so", "but", "because", "or", "then", "which"}


@dataclass(frozen=True)
class Speaker:
    """How long and how often somebody pauses: at ends, at commas and in the middle of things."""

    name: str
    at_end: tuple[float, float]  # seconds in the middle, spread
    runs_on: float  # ends without any pause
    at_comma: tuple[float, float]  # seconds, share
    hesitates: tuple[float, float]


SPEAKERS = (
    Speaker("clear", (0.7, 0.35), 0.03, (0.2, 0.5), (0.4, 0.02)),
    Speaker("usual", (0.6, 0.45), 0.08, (0.25, 0.6), (0.4, 0.04)),
    Speaker("hesitant", (0.55, 0.6), 0.15, (0.3, 0.6), (0.5, 0.08)),
)


def silences(text: Text, speaker: Speaker, chance: random.Random) -> list[float]:
    out = []
    for mark in text.marks[:-1]:
        (middle, spread), often = speaker.at_end, 1 - speaker.runs_on
        if mark != END:
            (middle, often), spread = (speaker.at_comma if mark == COMMA else speaker.hesitates), 0.4
        out.append(middle * chance.lognormvariate(0, spread) if chance.random() < often else WORD_GAP_S)
    return out


def measured(texts: Sequence[Text], speaker: Speaker | None) -> tuple[float, float, float, Counter[str]]:
    """F1, precision, recall, and what was wrong how often."""
    chance, right, found, wanted, kinds = random.Random(7), 0, 0, 0, Counter()
    for text in texts:
        pauses = silences(text, speaker, chance) if speaker else [0.0] * (len(text.words) - 1)
        ends = {place + 1 for place, mark in enumerate(text.marks[:-1]) if mark == END}
        cuts = set(boundaries.breaks(text.words, pauses))
        right, found, wanted = right + len(ends & cuts), found + len(cuts), wanted + len(ends)
        kinds.update(wrong(text, ends, cuts))
    return 2 * right / (found + wanted), right / max(found, 1), right / wanted, kinds


def wrong(text: Text, ends: set[int], cuts: set[int]) -> Iterator[str]:
    for place in ends ^ cuts:
        how = (
            "missed"
            if place in ends
            else "cut at a comma"
            if text.marks[place - 1] == COMMA
            else "cut inside"
        )
        yield f"{how}{' before ' + text.words[place] if text.words[place] in LINKS else ''}"


def of_gold(folder: pathlib.Path) -> Iterator[Text]:
    for path in sorted(folder.glob("*.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        yield of_sentences(answer["sentences"])


def main() -> None:
    sets = [(folder.name, labelled(folder)) for folder in VALIDATION]
    sets += [(name, list(of_gold(pathlib.Path(name)))) for name in sys.argv[1:]]
    for name, texts in sets:
        for speaker in (None, *SPEAKERS):
            f1, precision, recall, kinds = measured(texts, speaker)
            print(
                f"{name}, {speaker.name if speaker else 'no sound'}: F1 {f1:.2f} ({precision:.2f}, {recall:.2f})"
            )
            if speaker is None:
                print("   ", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common(9)))


if __name__ == "__main__":
    main()
