"""How well sentence ends are found in answers that nothing is trained on: without sound, and with made-up pauses.

PYTHONPATH=src:. python training/boundaries_check.py [FOLDER ...]
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks.spoken import espeak
from boundaries_text import COMMA, DASH, END, Text, is_word, of_sentences
from parse import load

from voicemock.audio.sound import RATE
from voicemock.transcript import boundaries

VALIDATION = [
    pathlib.Path(__file__).parent / name for name in ("validation", "validation-real", "validation-twins")
]
WORD_GAP_S = 0.03
NEAR = 60  # characters, in which the next word that espeak tells of must begin
QUIET = 60  # int16 units: less is silence
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


def made_up(speaker: Speaker) -> Callable[[Sequence[str]], list[float]]:
    """How long this speaker is silent after each word but the last."""
    chance = random.Random(7)

    def silences(sentences: Sequence[str]) -> list[float]:
        out = []
        for mark in of_sentences(sentences).marks[:-1]:
            (middle, spread), often = speaker.at_end, 1 - speaker.runs_on
            if mark != END:
                (middle, often), spread = (speaker.at_comma if mark == COMMA else speaker.hesitates), 0.4
            out.append(middle * chance.lognormvariate(0, spread) if chance.random() < often else WORD_GAP_S)
        return out

    return silences


def read_aloud(sentences: Sequence[str]) -> list[float]:
    """The same, where espeak reads the text with its punctuation."""
    text = DASH.sub(" — ", " ".join(sentences))
    begins = [match.start() for match in re.finditer(r"\S+", text) if is_word(match.group())]
    said, starts, behind = espeak(text), {}, 0
    for heard, time_s in said.starts:
        if heard and 0 <= (at := text.find(heard, behind)) < behind + NEAR:
            behind = at + len(heard)
            starts.setdefault(bisect_right(begins, at) - 1, time_s)
    loud = np.flatnonzero(np.abs(said.samples.astype(np.int32)) > QUIET)
    return [_silence_before(loud, starts[word]) if word in starts else 0.0 for word in range(1, len(begins))]


def _silence_before(loud: np.ndarray, time_s: float) -> float:
    """The longest that ends around this time: espeak's own times are a little off."""
    first, last = np.searchsorted(loud, [(time_s - 1.5) * RATE, (time_s + 0.05) * RATE])
    around = loud[max(first - 1, 0) : last + 1]
    late = around[1:] > (time_s - 0.1) * RATE
    return float(np.diff(around)[late].max(initial=0)) / RATE


def in_silence(sentences: Sequence[str]) -> list[float]:
    return [0.0] * (len(of_sentences(sentences).words) - 1)


def measured(
    answers: Sequence[Sequence[str]], silences: Callable[[Sequence[str]], list[float]]
) -> tuple[float, float, float, Counter[str]]:
    """F1, precision, recall, and what was wrong how often."""
    right, found, wanted, kinds = 0, 0, 0, Counter()
    for sentences in answers:
        text = of_sentences(sentences)
        ends = {place + 1 for place, mark in enumerate(text.marks[:-1]) if mark == END}
        cuts = set(boundaries.breaks(text.words, silences(sentences)))
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


def of_gold(folder: pathlib.Path) -> list[list[str]]:
    return [
        json.loads(path.read_text(encoding="utf-8"))["sentences"] for path in sorted(folder.glob("*.json"))
    ]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folders", nargs="*", type=pathlib.Path, metavar="FOLDER", help="answers in gold's form besides"
    )
    args = parser.parse_args()
    sets = [(folder.name, [[line.text for line in a.lines] for a in load(folder)]) for folder in VALIDATION]
    sets += [(str(folder), of_gold(folder)) for folder in args.folders]
    ways = {"no sound": in_silence, "espeak": read_aloud} | {s.name: made_up(s) for s in SPEAKERS}
    for name, answers in sets:
        for way, silences in ways.items():
            f1, precision, recall, kinds = measured(answers, silences)
            print(f"{name}, {way}: F1 {f1:.2f} (precision {precision:.2f}, recall {recall:.2f})", flush=True)
            if way == "no sound":
                print("   ", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common(9)))


if __name__ == "__main__":
    main()
