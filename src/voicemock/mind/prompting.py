"""The prompts: Markdown files that a person can read and edit (`prompts/mind/`), filled with what is known.

What the candidate said, or a document holds, goes between two tags as numbered sentences. It can hold no tag: it is
without the signs that tags and the ends of messages are made of. Sentences that speak to whoever marks the answer are
left out (`orders`). That keeps honest models on their task. It is no protection: that is the guard, which reads what
comes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from voicemock.errors import PackError
from voicemock.limits import PACK_BYTES, read_up_to
from voicemock.mind.orders import left_out
from voicemock.packs.reader import shipped_folder
from voicemock.terminal.printable import printable

FOLDER = "mind"
NAMES: Mapping[str, frozenset[str]] = {
    "gap": frozenset({"question", "answer", "ours", "figures"}),
    "fix": frozenset({"question", "answer", "why", "line", "figures"}),
    "strength": frozenset({"question", "answer", "ours", "figures"}),
    "opinion": frozenset({"question", "answer"}),
    "question": frozenset({"document", "line", "ours"}),
}
DATA_WORDS = 1500  # of an answer; small models read some 4,000 tokens and a longest answer has 3,000 words
LEFT_OUT = "(some sentences are left out)"
ONE_LEFT_OUT = "(left out)"
_PARTS = re.compile(r"(?s)^.*?^## System\s*\n(.*?)^## User\s*\n(.*)$", re.MULTILINE)
_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)\}")
_SIGNS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "|": "/", "`": "'", "#": "No. "})


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
    """A line whose places are all empty is left out: an answer may have no question."""
    lines = (line for line in text.split("\n") if not _is_empty(line, fields))
    return _PLACE.sub(lambda found: fields[found[1]] if found[1] else found[0][0], "\n".join(lines)).strip()


def _is_empty(line: str, fields: Mapping[str, str]) -> bool:
    places = [place for place in _PLACE.findall(line) if place]
    return bool(places) and not any(fields[place].strip() for place in places)


def answer_fields(
    sentences: Sequence[str], question: str, hidden: Mapping[int, str] | None = None
) -> dict[str, str]:
    """What every prompt about an answer holds; `hidden` is `left_out` of the sentences, where it is known."""
    hidden = left_out(sentences) if hidden is None else hidden
    return {"question": as_data(question), "answer": numbered(sentences, hidden)}


def as_data(text: str) -> str:
    """One line of text as a prompt may hold it."""
    return printable(text).translate(_SIGNS)


def numbered(sentences: Sequence[str], hidden: Mapping[int, str] = MappingProxyType({})) -> str:
    """Sentences as a prompt may hold them, a numbered line each, without the `hidden` ones; of too many the beginning
    and the end.
    """
    lines = [
        f"{at + 1}. {ONE_LEFT_OUT if at in hidden else as_data(text)}" for at, text in enumerate(sentences)
    ]
    counted = [len(line.split()) for line in lines]
    first, last = 0, len(lines)
    if sum(counted) <= DATA_WORDS:
        return "\n".join(lines)
    while first < last and sum(counted[: first + 1]) <= DATA_WORDS // 3:
        first += 1
    while last > first and sum(counted[last - 1 :]) <= DATA_WORDS * 2 // 3:
        last -= 1
    return "\n".join([*lines[:first], LEFT_OUT, *lines[last:]])
