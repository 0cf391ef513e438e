"""The prompts: Markdown files that a person can read and edit (`prompts/mind/`), filled with what is known.

What the candidate said, or a document holds, goes between two marks that it cannot contain, without the signs that
models take for the end of a message, and without the sentences that speak to whoever judges it. That keeps honest
models on their task. It is no protection: that is the guard, which reads what comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from voicemock.errors import PackError
from voicemock.limits import PACK_BYTES, read_up_to
from voicemock.packs.reader import shipped_folder
from voicemock.terminal.printable import printable

FOLDER = "mind"
NAMES: Mapping[str, frozenset[str]] = {
    "gap": frozenset({"question", "mark", "answer", "ours", "figures"}),
    "fix": frozenset({"question", "mark", "answer", "why", "line", "figures"}),
    "strength": frozenset({"question", "mark", "answer", "ours", "figures"}),
    "opinion": frozenset({"question", "mark", "answer"}),
    "question": frozenset({"document", "mark", "line", "ours"}),
}
DATA_WORDS = 1500  # of an answer; small models read some 4,000 tokens and a longest answer has 3,000 words
LEFT_OUT = "(some sentences are left out)"
TO_THE_JUDGE = "(a sentence to whoever judges this is left out)"
_PARTS = re.compile(r"(?s)^.*?^## System\s*\n(.*?)^## User\s*\n(.*)$", re.MULTILINE)
_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_SIGNS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "|": "/", "`": "'", "#": "No. "})
# A sentence that gives orders to whoever reads the transcript. It may be a story's own: then a model does without it.
_ORDERS = re.compile(
    r"(?i)\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:rules?|instructions?|prompts?|rubric|above|previous|everything)\b"
    r"|\b(?:give|award|grant|score|rate|grade|mark|rank)\b.{0,25}\b(?:me|this|it|answer|candidate)\b.{0,25}"
    r"(?:\b[1-4](?:\.\d)?\b|\b(?:four|full|top|highest|perfect|maximum)\b)"
    r"|\b(?:system|developer) (?:prompt|message)|\byou are (?:now |an? (?:ai|assistant|language model|judge|grader))"
    r"|\b(?:as an ai|language model|new instructions?)\b"
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One file: what the model is, and what it is asked."""

    system: str
    user: str

    def filled(self, fields: Mapping[str, str]) -> list[dict[str, str]]:
        """The messages. Fields are put in once: braces in what somebody said stay what they are."""
        parts = (("system", self.system), ("user", self.user))
        return [{"role": role, "content": _filled(text, fields)} for role, text in parts]


Prompts = Mapping[str, Prompt]


def load_prompts(extra: Path | None = None) -> Prompts:
    """The shipped prompts; a file of `mind/` in the folder `extra` replaces its namesake. Raises PackError."""
    folders = [shipped_folder() / FOLDER, *([extra / FOLDER] if extra else [])]
    found: dict[str, Prompt] = {}
    for name, known in NAMES.items():
        path = next(p for folder in reversed(folders) if (p := folder / f"{name}.md").is_file())
        found[name] = read_prompt(path, known)
    return found


def own_prompts(folder: Path) -> list[str]:
    """The names of the prompts that a prompts folder has."""
    return [name for name in NAMES if (folder / FOLDER / f"{name}.md").is_file()]


def read_prompt(path: Path, known: Iterable[str]) -> Prompt:
    """One prompt file. Raises PackError that names the file and what is wrong with it."""
    try:
        content = read_up_to(path, PACK_BYTES)
        parts = _PARTS.match((content or b"").decode())
    except (OSError, UnicodeDecodeError):
        raise PackError(f"{path}: can't be read as text", "save it as UTF-8") from None
    if parts is None:
        raise PackError(f"{path}: no `## System` with a `## User` after it", "start from the shipped one")
    unknown = {place for text in parts.groups() for place in _PLACE.findall(text) if place} - set(known)
    if unknown:
        wrong = ", ".join(f"{{{place}}}" for place in sorted(unknown))
        raise PackError(f"{path}: unknown {wrong}", f"one of {', '.join(sorted(known))}")
    return Prompt(parts[1].strip(), parts[2].strip())


def _filled(text: str, fields: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda found: fields[found[1]] if found[1] else found[0][0], text)


def answer_fields(sentences: Sequence[str], question: str) -> dict[str, str]:
    """What every prompt about an answer holds."""
    answer = as_data(sentences)
    return {"question": as_data([question]), "answer": answer, "mark": mark_for(answer)}


def as_data(sentences: Sequence[str]) -> str:
    """Sentences as a prompt may hold them, a line each; of too many the beginning and the end."""
    lines = [TO_THE_JUDGE if gives_orders(text) else printable(text).translate(_SIGNS) for text in sentences]
    counted = [len(line.split()) for line in lines]
    first, last = 0, len(lines)
    if sum(counted) <= DATA_WORDS:
        return "\n".join(lines)
    while first < last and sum(counted[: first + 1]) <= DATA_WORDS // 3:
        first += 1
    while last > first and sum(counted[last - 1 :]) <= DATA_WORDS * 2 // 3:
        last -= 1
    return "\n".join([*lines[:first], LEFT_OUT, *lines[last:]])


def gives_orders(text: str) -> bool:
    """Whether a sentence speaks to the model that reads it."""
    return bool(_ORDERS.search(text))


def mark_for(data: str) -> str:
    """A line that the data cannot hold: it is made of the data."""
    return f"===== {crc32(data.encode()):08x} ====="
