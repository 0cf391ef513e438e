"""Which examples of answers score as they are called: good at 3.8 or more, fair from 2.2 to 2.8.

    python -m benchmarks.examples [--move] [--take FOLDER]

Examples that do are shipped (`prompts/answers`); the others wait in `benchmarks/off_the_mark` until the scorer reads
them, or they are rewritten. Prints each that lies on the wrong side; `--move` puts it where it belongs, `--take` first
adds the files of a folder, in place of examples of the same question.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path

from voicemock.packs.examples import Example, read_examples
from voicemock.packs.questions import load_questions
from voicemock.report.exemplar import said_at_leisure
from voicemock.scoring.assemble import score_answer

ROOT = Path(__file__).parents[1]
SHIPPED, WAITING = ROOT / "prompts" / "answers", ROOT / "benchmarks" / "off_the_mark"
QUESTIONS = {question.id: question for question in load_questions()}
RANGES = {"good": (3.8, 4.0), "fair": (2.2, 2.8)}
HEAD = "# yaml-language-server: $schema=../../src/voicemock/data/answers.schema.json\nanswers:\n"

Files = dict[str, dict[str, Example]]  # by the file's name, then by the question's id


def misses(example: Example) -> Iterator[tuple[str, float | None]]:
    """Which of its two answers score outside their range, and how."""
    for kind, text in (("good", example.good), ("fair", example.fair)):
        overall = score_answer(said_at_leisure(QUESTIONS[example.question], text)).overall
        least, most = RANGES[kind]
        if overall is None or not least <= overall <= most:
            yield kind, overall


def read(folder: Path) -> Files:
    return {path.name: read_examples([path], QUESTIONS) for path in sorted(folder.glob("*.yaml"))}


def write(folder: Path, files: Mapping[str, Mapping[str, Example]]) -> None:
    """Write each file that holds something, and remove the others."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.yaml"):
        if not files.get(path.name):
            path.unlink()
    for name, examples in files.items():
        if examples:
            entries = "\n".join(as_yaml(example) for example in examples.values())
            (folder / name).write_text(HEAD + entries, encoding="utf-8")


def as_yaml(example: Example) -> str:
    texts = "".join(
        f"    {kind}: |\n" + "".join(f"      {line}\n" for line in wrapped(text))
        for kind, text in (("good", example.good), ("fair", example.fair))
    )
    return f"  - question: {example.question}\n{texts}"


def wrapped(text: str, width: int = 112) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--move", action="store_true")
    parser.add_argument("--take", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    shipped, waiting = read(SHIPPED), read(WAITING)
    if given.take:
        for name, examples in read(given.take).items():
            for files in (shipped, waiting):
                for held in files.values():
                    for question in examples:
                        held.pop(question, None)
            shipped.setdefault(name, {}).update(examples)
    placed: tuple[Files, Files] = ({}, {})
    for was_shipped, files in ((True, shipped), (False, waiting)):
        for name, examples in files.items():
            for example in examples.values():
                off = list(misses(example))
                placed[bool(off)].setdefault(name, {})[example.question] = example
                if was_shipped == bool(off):
                    why = ", ".join(f"{kind} {overall}" for kind, overall in off) or "scores as it is called"
                    print(f"{example.question:12} {why}")
    on, off_count = (sum(map(len, files.values())) for files in placed)

    print(f"{on} examples score as they are called, {off_count} do not of {len(QUESTIONS)} questions")
    if given.move:
        write(SHIPPED, placed[0])
        write(WAITING, placed[1])


if __name__ == "__main__":
    main()
