"""How often the checks see that a story does not answer its question, and how often they see it of one that does,
against readers who saw the answers and the questions alone (`readings/answers.jsonl`). Only answers that nothing was
fitted on: those of `heldout.txt` and of `validation*/`.

PYTHONPATH=src python training/answers_check.py [--show]
"""

from __future__ import annotations

import argparse
import json
import pathlib
from collections import Counter

from parse import HELD_OUT, STORY_ROUNDS, load

from voicemock.scoring.findings.annotate import annotate

HERE = pathlib.Path(__file__).parent
READINGS = HERE / "readings"
SEEN = {"off-question", "other-principle"}
NAMES = {"y": "yes", "p": "in part", "n": "no"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="the chance of each pair, a line each")
    given = parser.parse_args()
    held_out = {line.split()[0] for line in HELD_OUT.read_text().splitlines() if line and line[0] != "#"}
    unseen = [answer for answer in load() if answer.id in held_out]
    unseen += [answer for folder in sorted(HERE.glob("validation*")) for answer in load(folder)]
    stories = {answer.id: answer for answer in unseen if answer.round in STORY_ROUNDS}
    asked = [line.split("\t") for line in (READINGS / "questions.tsv").read_text("utf-8").splitlines()]
    pairs: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for line in (READINGS / "answers.jsonl").read_text("utf-8").splitlines():
        read = json.loads(line)
        if read["id"] not in stories:
            continue
        story = stories[read["id"]]
        texts = [line.text for line in story.lines]
        for says in NAMES:
            for principle, question in (asked[k] for k in read[says]):
                annotation = annotate(
                    texts, story.round, question=question, principle=principle or None, told=True
                )
                own = " (its own)" if question == story.header["question"] else ""
                hit = bool(SEEN & {check.kind for check in annotation.checks})
                pairs[NAMES[says] + own] += 1
                seen[NAMES[says] + own] += hit
                if given.show:
                    print(f"{says} {hit:d} {annotation.answering} {story.id}: {question}")
    print("does it answer what was asked?   pairs   the checks say no")
    for name, count in sorted(pairs.items()):
        print(f"{name:30}{count:8}{seen[name]:10}  {seen[name] / count:6.0%}")


if __name__ == "__main__":
    main()
