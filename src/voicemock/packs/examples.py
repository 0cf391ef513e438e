"""What good sounds like: for a question, an answer at 4.0 and one at 2.5 by the same candidate, written by hand.

They lie in `answers/` beside the packs, each file with `answers:`, a list of `question`, `good` and `fair`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicemock.errors import UnknownQuestion
from voicemock.packs.reader import Entry, pack_files, read_mapping, shipped_folder
from voicemock.terminal.printable import excerpt

FOLDER = "answers"
KEYS = ("question", "good", "fair")


@dataclass(frozen=True)
class Example:
    """Both answers to one question, as spoken; `question` is its id."""

    question: str
    good: str
    fair: str


def load_examples(known: Collection[str], extra: Path | None = None) -> Mapping[str, Example]:
    """The shipped examples by the ids of their questions, and those of the user's folder `extra` in their place.

    `known` are the ids of all questions. Raises PackError.
    """
    examples = read_examples(example_files(shipped_folder()), known)
    if extra is not None:
        examples |= read_examples(example_files(extra), known)
    return examples


def find_example(examples: Mapping[str, Example], question_id: str) -> Example:
    """Raises UnknownQuestion where the question has none."""
    if question_id not in examples:
        raise UnknownQuestion(
            f"there is no example of an answer to {question_id}",
            f"write one: {FOLDER}/*.yaml in your --prompts folder",
        )
    return examples[question_id]


def example_files(place: Path) -> tuple[Path, ...]:
    """The files of examples in a folder of prompts; a place without any has none."""
    folder = place / FOLDER
    return pack_files(folder) if folder.is_dir() else ()


def holds_examples(path: Path) -> bool:
    """Whether a file of prompts is one of examples. Raises PackError where it can't be read."""
    return "answers" in read_mapping(path)


def read_examples(paths: Iterable[Path], known: Collection[str]) -> dict[str, Example]:
    """The examples of these files; raise PackError on a fault, a question nobody asks, or one answered twice."""
    found: dict[str, Example] = {}
    for path in paths:
        file = Entry(path, "", read_mapping(path, "start from a shipped file of answers"))
        file.only(("answers",))
        contents = file.items("answers")
        if not contents:
            file.fail("answers is missing or empty")
        for number, content in enumerate(contents, start=1):
            example = _example(path, number, content, known)
            if example.question in found:
                file.fail(f"answer {number}: {example.question} is answered twice", "keep one of the two")
            found[example.question] = example
    return found


def _example(path: Path, number: int, content: object, known: Collection[str]) -> Example:
    name = content.get("question") if isinstance(content, dict) else None
    entry = Entry(
        path, f"answer to {excerpt(name)}" if isinstance(name, str) else f"answer {number}", content
    )
    entry.only(KEYS)
    return Example(entry.choice("question", known), entry.text("good"), entry.text("fair"))
