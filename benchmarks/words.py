"""Everything that is said to the candidates of a folder of answers, for reading, and what of it the gate would stop.

    python -m benchmarks.words --answers FOLDER [--quiet] [--only ID …]

FOLDER holds answers as JSON, one a file, as `python training/parse.py --gold-json FOLDER` writes them, or one a line in
`answers.jsonl`. Ends with 1 where a text does not pass the gate.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicemock.packs.phrases import load_phrases
from voicemock.scoring.assemble import material_of, score_answer
from voicemock.scoring.feedback.gate import passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.model import Answer, Score
from voicemock.transcript import Sentence


def answers_in(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.json")):
        yield {"id": path.stem, **json.loads(path.read_text(encoding="utf-8"))}
    for path in sorted(folder.glob("answers.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def answer_of(told: dict[str, Any]) -> Answer:
    return Answer(
        sentences=tuple(Sentence(text) for text in told.get("sentences") or [told["text"]]),
        round=told.get("round", "behavioral"),
        question=told.get("question") or "",
        principle=told.get("principle"),
        analytical_type=told.get("analytical_type"),
        floor_time_s=told.get("duration_s"),
    )


def stopped(answer: Answer, score: Score) -> Iterator[tuple[str, str]]:
    """Each text that the gate stops, and why; an interruption is held against what was heard by then."""
    told = material_of(answer)
    texts = [(fix.why, False) for fix in score.fixes] + [(fix.line, True) for fix in score.fixes if fix.line]
    for text, line in [*texts, *([(score.strength, False)] if score.strength else [])]:
        verdict = passes(text, told, line=line)
        if not verdict:
            yield text, verdict.why
    for cut in score.interrupts:
        heard = Material(told.annotation.until(cut.after_sentence + 1), answer.question)
        verdict = passes(cut.question, heard)
        if not verdict:
            yield cut.question, verdict.why


def show(told: dict[str, Any], score: Score) -> None:
    print(
        f"\n## {told['id']} [{score.overall}] {score.round} · {score.principle or score.analytical_type or ''}"
    )
    print(f"Q {score.question}")
    cuts = {cut.after_sentence: cut for cut in score.interrupts}
    for i, (sentence, star) in enumerate(score.sentences):
        print(f"  {i:2} {star or ' '} {sentence.text}")
        if i in cuts:
            print(f"        >>> ({cuts[i].kind}) {cuts[i].question}")
    for fix in score.fixes:
        print(f"  FIX {fix.sentence} {fix.dimension}: {fix.why}\n      Say: {fix.line}")
    print(f"  STRENGTH {score.strength}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--quiet", action="store_true", help="only what fails")
    parser.add_argument("--only", nargs="*", default=(), help="ids")
    args = parser.parse_args()
    wording = load_phrases().questions
    counted: Counter[str] = Counter()
    for told in answers_in(args.answers):
        if args.only and told["id"] not in args.only:
            continue
        answer = answer_of(told)
        score = score_answer(answer, wording=wording)
        counted.update(answers=1, interruptions=len(score.interrupts), fixes=len(score.fixes))
        counted["strengths"] += score.strength is not None
        if not args.quiet:
            show(told, score)
        for text, why in stopped(answer, score):
            counted["stopped"] += 1
            print(f"STOPPED {told['id']}: {why}: {text}")
    print(", ".join(f"{name}: {number}" for name, number in counted.items()))
    return 1 if counted["stopped"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
