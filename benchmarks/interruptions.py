"""How often the bar raiser cuts in, how fairly, and whether good answers are left alone.

    python benchmarks/interruptions.py FOLDER

FOLDER holds labelled answers as JSON, such as `python training/parse.py --gold-json FOLDER` writes. A cut-in is fair
where a person labelled that place with that kind (`training/README.md`).
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer, CutIn
from voicemock.transcript import Sentence

CLOCK_KINDS = ("cap", "result-now")  # the clock's doing, fair at any place


def cut_ins(gold: dict[str, Any]) -> tuple[CutIn, ...]:
    answer = Answer(
        sentences=tuple(Sentence(text) for text in gold["sentences"]),
        round=gold["round"],
        question=gold["question"],
        principle=gold.get("principle"),
        analytical_type=gold.get("analytical_type"),
        floor_time_s=gold.get("duration_s"),
    )
    return tuple(cut for cut in score_answer(answer).interrupts if cut.kind not in CLOCK_KINDS)


def fair_among(cuts: tuple[CutIn, ...], gold: dict[str, Any]) -> int:
    fair = {
        (place["after_sentence"], kind) for place in gold["labels"]["interrupts"] for kind in place["kinds"]
    }
    return sum((cut.after_sentence, cut.kind) in fair for cut in cuts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    bands: dict[float, list[tuple[int, int]]] = defaultdict(list)
    for path in sorted(parser.parse_args().folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        cuts = cut_ins(gold)
        bands[gold["labels"]["overall"]].append((len(cuts), fair_among(cuts, gold)))
    print("labelled  answers  cut-ins an answer  fair")
    for overall, rows in sorted(bands.items()):
        cuts, fair = (sum(column) for column in zip(*rows, strict=True))
        share = f"{fair / cuts:.2f}" if cuts else "–"
        print(f"{overall:8.1f}  {len(rows):7}  {cuts / len(rows):17.2f}  {share}")
    all_cuts, all_fair = (sum(row[i] for rows in bands.values() for row in rows) for i in (0, 1))
    print(f"fair: {all_fair} of {all_cuts}; on answers labelled 4: {sum(cuts for cuts, _ in bands[4.0])}")


if __name__ == "__main__":
    main()
