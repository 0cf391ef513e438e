"""How often the checks see that a story does not answer its question: precision and recall against a reader who saw the
answers and the questions alone (`readings/answers.jsonl`). `question_of` names the story whose question was printed.

PYTHONPATH=src python training/answers_check.py [--every N]
"""

from __future__ import annotations

import argparse
import json
import pathlib

from parse import load

from voicemock.scoring.findings.annotate import annotate

READINGS = pathlib.Path(__file__).parent / "readings" / "answers.jsonl"
SEEN = {"off-question", "other-principle"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="only every Nth reading")
    stories = {answer.id: answer for answer in load()}
    right = found = missing = 0
    for line in READINGS.read_text("utf-8").splitlines()[:: parser.parse_args().every]:
        read = json.loads(line)
        story, asked = stories[read["id"]], stories[read.get("question_of", read["id"])].header
        annotation = annotate(
            [line.text for line in story.lines],
            story.round,
            question=asked["question"],
            principle=asked.get("principle") or None,
            told=True,
        )
        seen, wanted = bool(SEEN & {check.kind for check in annotation.checks}), read["answers"] == "no"
        right, found, missing = right + (seen and wanted), found + seen, missing + wanted
    print(f"no answer to the question: {missing}; seen {found}, of which right {right}")


if __name__ == "__main__":
    main()
