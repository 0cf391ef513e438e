"""How far the readings of the stories agree (`readings/*.jsonl`): whoever wrote them, and two who read them blind.

python training/agreement.py
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections import Counter
from typing import Any

from scipy.stats import spearmanr

READINGS = pathlib.Path(__file__).parent / "readings"
Readings = dict[str, dict[str, Any]]  # by the id of the answer


def readings(name: str) -> Readings:
    rows = map(json.loads, (READINGS / f"{name}.jsonl").read_text("utf-8").splitlines())
    return {row["id"]: row for row in rows}


def agreement(one: Readings, other: Readings) -> str:
    both = [(one[key], other[key]) for key in sorted(one.keys() & other.keys())]
    letters = [pair for a, b in both for pair in zip(a["star"], b["star"], strict=True)]
    shown = [(set(a["demonstrated"]), set(b["demonstrated"])) for a, b in both]
    alike = 2 * sum(len(a & b) for a, b in shown) / max(1, sum(len(a) + len(b) for a, b in shown))
    overalls = [(a["overall"], b["overall"]) for a, b in both]
    error = sum(abs(a - b) for a, b in overalls) / len(both)
    customer = sum(a["customer"] == b["customer"] for a, b in both) / len(both)
    return (
        f"{len(both)} answers: letters {sum(a == b for a, b in letters) / len(letters):.2f}, "
        f"principles {alike:.2f} (F1), customer {customer:.2f}, "
        f"overall {error:.2f} apart, rank correlation {spearmanr(*zip(*overalls, strict=True)).statistic:.2f}"
    )


def letters_of(found: Readings) -> str:
    counted = Counter("".join(row["star"] for row in found.values()))
    return ", ".join(f"{letter} {counted[letter] / counted.total():.0%}" for letter in "STARLO")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.parse_args()
    writer, first, second = map(readings, ("writer", "blind-1", "blind-2"))
    early = {
        key: writer[key] for key in second
    }  # before their writers were told that they found too much situation
    print("writer, the earliest:", letters_of(early))
    print("blind-1, the same:", letters_of({key: first[key] for key in second}))
    print("blind-1, all:", letters_of(first))
    print("blind-1 and blind-2:", agreement(first, second))
    print("writer and blind-1, the earliest:", agreement(early, first))
    print("writer and blind-1, all:", agreement(writer, first))


if __name__ == "__main__":
    main()
