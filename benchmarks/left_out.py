"""How well a draft is found again in what was told: the bounds of `coaching/left_out.py`, measured.

python -m benchmarks.left_out    drafts of training/retold.yaml, and training answers held against themselves

A sentence of an answer, held against the rest of its own story, was left out there: whatever looks said is a mistake.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml
from training.parse import ANSWERS, parse_file

from voicemock.coaching.draft import Draft, Pace
from voicemock.coaching.left_out import DraftedLine, compare_with_draft
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer
from voicemock.transcript import Sentence

RETOLD = Path(__file__).parents[1] / "training" / "retold.yaml"
MOST_STORIES = 60


def compared(drafted: list[str], told: list[str]) -> tuple[DraftedLine, ...]:
    """What became of each drafted sentence; as one part, so that they are cut as they stand."""
    draft = Draft(parts={"hook": "\n".join(drafted)})
    answer = Answer(tuple(map(Sentence, told)), "behavioral")
    return compare_with_draft(draft, Pace(), score_answer(answer)).lines


def retold(which: str) -> tuple[Counter[str], list[str]]:
    """States of the sentences that were told again, of those that were not, and the mistakes; of the stories by which
    the bounds were chosen, or of those held out.
    """
    counts: Counter[str] = Counter()
    wrong = []
    for story in yaml.safe_load(RETOLD.read_text("utf-8"))[which]:
        lines = compared(story["draft"], story["told"])
        assert len(lines) == len(story["holds"]), story["draft"][0]
        for line, holds in zip(lines, story["holds"], strict=True):
            counts[f"{'told' if holds else 'not told'}: {line.state}"] += 1
            if (line.state == "left out") == bool(holds):
                wrong.append(f"{line.state} ({line.likeness:.2f}): {line.text}")
    return counts, wrong


def alone() -> Counter[str]:
    """The states of sentences of training answers, each held against the rest of its story."""
    counts: Counter[str] = Counter()
    stories = [answer for path in sorted(ANSWERS.glob("behavioral-[ab]*.txt")) for answer in parse_file(path)]
    for story in stories[:MOST_STORIES]:
        texts = [line.text for line in story.lines]
        for number, text in enumerate(texts):
            counts.update(line.state for line in compared([text], texts[:number] + texts[number + 1 :]))
    return counts


def main() -> None:
    for which in ("stories", "held_out"):
        counts, wrong = retold(which)
        print(which, *(f"{name} {counts[name]};" for name in sorted(counts)))
        print(*wrong, sep="\n")
    others = alone()
    total = sum(others.values())
    print(
        f"left out of {total} training sentences:",
        *(f"{n} {n / total:.1%} {s};" for s, n in others.most_common()),
    )


if __name__ == "__main__":
    main()
