"""Read the hand-labelled training answers (`answers/*.txt`, format in README.md); write them in the gold
set's form.

python training/parse.py                     check every file, print what is in them
python training/parse.py --gold-json OUTDIR  one JSON file an answer, for shared/tools/evaluate-scorer
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ANSWERS = pathlib.Path(__file__).parent / "answers"
SENTENCES = pathlib.Path(__file__).parent / "sentences"
HELD_OUT = pathlib.Path(__file__).parent / "heldout.txt"

PRINCIPLES = frozenset(
    [
        "customer-obsession",
        "ownership",
        "invent-and-simplify",
        "are-right-a-lot",
        "learn-and-be-curious",
        "hire-and-develop-the-best",
        "insist-on-the-highest-standards",
        "think-big",
        "bias-for-action",
        "frugality",
        "earn-trust",
        "dive-deep",
        "have-backbone-disagree-and-commit",
        "deliver-results",
        "strive-to-be-earths-best-employer",
        "success-and-scale-bring-broad-responsibility",
    ]
)
ANALYTICAL_PARTS = {
    "metric-definition": ["goal", "north_star", "secondary", "guardrail", "tradeoff"],
    "ab-test": ["hypothesis", "primary_metric", "sample_size", "duration", "significance"],
    "estimation": ["assumptions", "breakdown", "arithmetic", "sanity_check"],
    "root-cause": ["clarify", "timeline", "segments", "causes", "data", "hypothesis", "next_step"],
}
PARTS = {
    "product-sense": ["clarify", "user", "ideas", "prioritise", "measure", "tradeoff"],
    "system-design": ["scope", "features", "flow", "data_model", "tradeoffs", "metrics"],
}
CHECKS = frozenset(
    ["off-question", "hypothetical", "not-yours", "no-substance", "other-principle", "no-action"]
)
STORY_ROUNDS = frozenset({"behavioral", "portfolio"})
ROUNDS = STORY_ROUNDS | PARTS.keys() | {"analytical"}
ROLES = frozenset(["result", "baseline", "target", "context"])
KINDS = frozenset(["time", "rate", "money", "count", "ratio", "score"])
CUTS = frozenset(
    [
        "customer-impact",
        "customer-voice",
        "exact-number",
        "baseline",
        "so-what",
        "why-this",
        "your-part",
        "hedged",
        "attribution",
        "blame",
        "result-now",
        "cap",
        "clarify-first",
        "prioritise",
        "trade-off",
        "kpi",
        "guardrail",
        "hypothesis",
        "sample-size",
        "sanity-check",
        "scope",
        "scale",
        "data-model",
    ]
)
HEADER_KEYS = frozenset(
    [
        "round",
        "principle",
        "question",
        "duration",
        "overall",
        "customer",
        "named",
        "demonstrated",
        "type",
        "framework",
        "checks",
    ]
)
CUT = re.compile(r"\s*!([a-z-]+)\s*$")
OPENING = re.compile(r"\{\s*(?:(vague)|([a-z]+)\s+([a-z]+)\s*(~)?)\s*:\s*")


class BadAnswerError(Exception):
    """Raised when a line does not follow README.md; the message starts with file and line."""


@dataclass
class Line:
    """One labelled sentence. `cuts` are the interruption kinds that are fair right after it."""

    text: str
    letter: str
    tags: list[str]
    metrics: list[dict[str, Any]]
    vague: list[str]
    cuts: list[str]


@dataclass
class TrainingAnswer:
    """One labelled answer; `group` is the name of its file."""

    id: str
    group: str
    header: dict[str, str]
    lines: list[Line] = field(default_factory=list)

    @property
    def round(self) -> str:
        return self.header["round"]

    @property
    def parts(self) -> list[str]:
        """The framework parts that this answer's round has; none for a story."""
        return (
            ANALYTICAL_PARTS[self.header["type"]] if self.round == "analytical" else PARTS.get(self.round, [])
        )

    def words(self, key: str) -> list[str]:
        return self.header.get(key, "").split()

    def as_gold(self) -> dict[str, Any]:
        """The answer in the form of shared/gold."""
        parts = set(self.words("framework"))
        labels: dict[str, Any] = {
            "star": [line.letter for line in self.lines] if self.round in STORY_ROUNDS else None,
            "metrics": [{"sentence": i, **m} for i, line in enumerate(self.lines) for m in line.metrics],
            "vague": [{"sentence": i, "text": v} for i, line in enumerate(self.lines) for v in line.vague],
            "named": self.words("named"),
            "demonstrated": self.words("demonstrated"),
            "customer": self.header["customer"],
            "inconsistent": [i for i, line in enumerate(self.lines) if "inconsistent" in line.tags],
            "framework": {part: part in parts for part in self.parts} or None,
            "interrupts": [
                {"after_sentence": i, "kinds": line.cuts} for i, line in enumerate(self.lines) if line.cuts
            ],
            "overall": float(self.header["overall"]),
        }
        if self.round == "analytical":
            labels["analytical_type"] = self.header["type"]
        return {
            "id": self.id,
            "round": self.round,
            "question": self.header["question"],
            "principle": self.header.get("principle") or None,
            "duration_s": float(self.header["duration"]),
            "sentences": [line.text for line in self.lines],
            "labels": labels,
        }


def marked(text: str) -> tuple[str, list[dict[str, Any]], list[str]]:
    """The plain sentence, its metrics and its vague claims. Raises ValueError with the cause."""
    plain, metrics, vague = "", [], []
    open_marks: list[tuple[re.Match[str], int]] = []
    i = 0
    while i < len(text):
        if text[i] == "{":
            mark = OPENING.match(text, i)
            if not mark:
                raise ValueError(f"unknown mark at '{text[i : i + 30]}'")
            check_mark(mark)
            open_marks.append((mark, len(plain)))
            i = mark.end()
        elif text[i] == "}":
            if not open_marks:
                raise ValueError("a } without its {")
            mark, start = open_marks.pop()
            span = plain[start:].strip()
            if not span:
                raise ValueError("an empty mark")
            if mark[1]:
                vague.append(span)
            else:
                metrics.append({"text": span, "role": mark[2], "kind": mark[3], "hedged": bool(mark[4])})
            i += 1
        else:
            plain += text[i]
            i += 1
    if open_marks:
        raise ValueError("a { without its }")
    return plain, metrics, vague


def check_mark(mark: re.Match[str]) -> None:
    if not mark[1] and mark[2] not in ROLES:
        raise ValueError(f"unknown role '{mark[2]}'")
    if not mark[1] and mark[3] not in KINDS:
        raise ValueError(f"unknown kind '{mark[3]}'")


def parse_line(raw: str, answer: TrainingAnswer) -> Line:
    """One `LETTER TAGS | TEXT !CUTS` line. Raises ValueError with the cause."""
    head, bar, text = raw.partition("|")
    letter, *tags = head.split() or [""]
    letters = "STARLO" if answer.round in STORY_ROUNDS else "-"
    if not bar or letter not in letters or not letter:
        raise ValueError(f"a sentence starts with one of {letters} and tags, then |")
    known = PRINCIPLES | {"direct", "indirect", "inconsistent"} | set(answer.parts)
    if strange := set(tags) - known:
        raise ValueError(f"unknown tag {', '.join(sorted(strange))}")
    cuts: list[str] = []
    while found := CUT.search(text):
        cuts.insert(0, found[1])
        text = text[: found.start()]
    if strange := set(cuts) - CUTS:
        raise ValueError(f"unknown cut {', '.join(sorted(strange))}")
    plain, metrics, vague = marked(text.strip())
    if not plain:
        raise ValueError("no words")
    return Line(plain, letter, tags, metrics, vague, cuts)


def check_header(answer: TrainingAnswer) -> None:
    """Raises ValueError when a header does not fit README.md."""
    header = answer.header
    for key in ("round", "question", "duration", "overall", "customer"):
        if not header.get(key):
            raise ValueError(f"header lacks {key}")
    if answer.round not in ROUNDS:
        raise ValueError(f"unknown round '{answer.round}'")
    if answer.round == "analytical" and header.get("type") not in ANALYTICAL_PARTS:
        raise ValueError(f"type is one of {', '.join(ANALYTICAL_PARTS)}")
    if header["customer"] not in ("direct", "indirect", "none"):
        raise ValueError(f"unknown customer '{header['customer']}'")
    if not 1 <= float(header["overall"]) <= 4 or float(header["overall"]) * 2 % 1:
        raise ValueError("overall is 1 to 4 in steps of 0.5")
    float(header["duration"])
    slugs = [*answer.words("named"), *answer.words("demonstrated"), *answer.words("principle")]
    if strange := set(slugs) - PRINCIPLES:
        raise ValueError(f"unknown principle {', '.join(sorted(strange))}")
    if strange := set(answer.words("checks")) - CHECKS:
        raise ValueError(f"unknown check {', '.join(sorted(strange))}")
    if strange := set(answer.words("framework")) - set(answer.parts):
        raise ValueError(f"unknown framework part {', '.join(sorted(strange))}")


def parse_file(path: pathlib.Path) -> Iterator[TrainingAnswer]:
    """The answers of one file, in order. Raises BadAnswerError naming file and line."""
    answer: TrainingAnswer | None = None
    start = 0
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        try:
            if line.startswith("==="):
                if answer:
                    yield finished(answer)
                answer, start = TrainingAnswer(line.strip("= "), path.stem, {}), number
            elif not line or line.startswith("#"):
                continue
            elif answer is None:
                raise ValueError("words before the first ===")
            elif not answer.lines and (pair := re.match(r"([a-z]+):\s*(.*)", line)):
                if pair[1] not in HEADER_KEYS:
                    raise ValueError(f"unknown header key '{pair[1]}'")
                answer.header[pair[1]] = pair[2].strip()
            else:
                if not answer.lines:
                    check_header(answer)
                answer.lines.append(parse_line(line, answer))
        except ValueError as cause:
            raise BadAnswerError(
                f"{path.name}:{number} ({answer.id if answer else ''} from {start}): {cause}"
            ) from None
    if answer:
        yield finished(answer)


def finished(answer: TrainingAnswer) -> TrainingAnswer:
    if not answer.lines:
        raise ValueError(f"{answer.id} has no sentences")
    return answer


def held_out_ids() -> frozenset[str]:
    """Answers that are never trained on; tests/scoring holds the scorer to bars on them."""
    text = HELD_OUT.read_text(encoding="utf-8") if HELD_OUT.exists() else ""
    return frozenset(line.split("#")[0].strip() for line in text.splitlines()) - {""}


def load(folder: pathlib.Path = ANSWERS) -> list[TrainingAnswer]:
    """All training answers in the order of their files. Raises BadAnswerError, also for an id used twice."""
    answers = [answer for path in sorted(folder.glob("*.txt")) for answer in parse_file(path)]
    for name, count in collections.Counter(a.id for a in answers).items():
        if count > 1:
            raise BadAnswerError(f"{name} is used {count} times")
    return answers


HEADING = re.compile(r"\[([a-z_ -]+)\]$")


def load_sentences(name: str, folder: pathlib.Path = SENTENCES) -> list[tuple[str, set[str]]]:
    """Single sentences of `sentences/NAME.txt` with their tags; `none` in a heading stands for no tag."""
    found: list[tuple[str, set[str]]] = []
    tags: set[str] | None = None
    path = folder / f"{name}.txt"
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if heading := HEADING.match(line):
            tags = set(heading[1].split())
        elif tags is None:
            raise BadAnswerError(f"{path.name}:{number}: words before the first heading")
        else:
            found.append((line, tags))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold-json", type=pathlib.Path, metavar="OUTDIR")
    parser.add_argument("--folder", type=pathlib.Path, default=ANSWERS, help="read these answers instead")
    parser.add_argument("--held-out", action="store_true", help="only the answers of heldout.txt")
    args = parser.parse_args()
    try:
        answers = load(args.folder)
    except BadAnswerError as error:
        sys.exit(str(error))
    if args.held_out:
        answers = [a for a in answers if a.id in held_out_ids()]
    if args.gold_json:
        args.gold_json.mkdir(parents=True, exist_ok=True)
        for answer in answers:
            target = args.gold_json / f"{answer.id}.json"
            target.write_text(json.dumps(answer.as_gold(), indent=1), encoding="utf-8")
    rounds = collections.Counter(a.round for a in answers)
    sentences = sum(len(a.lines) for a in answers)
    print(
        f"{len(answers)} answers, {sentences} sentences:",
        ", ".join(f"{n} {r}" for r, n in sorted(rounds.items())),
    )


if __name__ == "__main__":
    main()
