"""What the interviewer says besides the questions: follow-ups for each kind of interruption, and phrases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicemock.packs.reader import PHRASES_FILE, Entry, read_mapping, shipped_folder

# The kinds of rubric section 7.
INTERRUPTIONS = (
    "customer-impact", "customer-voice", "exact-number", "baseline", "so-what", "why-this", "your-part",
    "hedged", "attribution", "blame", "result-now", "cap",
    "clarify-first", "prioritise", "trade-off", "kpi",
    "guardrail", "hypothesis", "sample-size", "sanity-check",
    "scope", "scale", "data-model",
)  # fmt: skip
SAYINGS = (
    "opening",
    "thanks",
    "next",
    "time",
    "think",
    "nothing-heard",
    "closing",
    "introduction",
    "your-questions",
)
PLACEHOLDERS = ("quote", "metric", "remaining", "interviewer", "focus")
_SECTIONS = {"interruptions": INTERRUPTIONS, "phrases": SAYINGS}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Phrases:
    """Wordings by kind; every kind has one at least that needs no placeholder."""

    wordings: Mapping[str, tuple[str, ...]]

    def wording(self, kind: str, index: int = 0, **fields: str) -> str:
        """Return wording number `index` of those of this kind that can be said, with its placeholders filled.

        Those are the wordings whose placeholders are all given and not empty, in the file's order, round and
        round. A field that no wording asks for is ignored. Raises KeyError on an unknown kind.
        """
        given = {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}
        usable = [text for text in self.wordings[kind] if given.keys() >= set(_PLACEHOLDER.findall(text))]
        # A substitution and not str.format: what the candidate said may hold braces of its own.
        return _PLACEHOLDER.sub(lambda found: given[found[1]], usable[index % len(usable)])


def load_phrases(extra: Path | None = None) -> Phrases:
    """Return the shipped wordings; a list in `follow-ups.yaml` of the folder `extra` replaces its namesake.

    Raises PackError, naming file, kind and cause.
    """
    wordings = read_phrases(shipped_folder() / PHRASES_FILE)
    if extra is not None and (extra / PHRASES_FILE).is_file():
        wordings |= read_phrases(extra / PHRASES_FILE)
    return Phrases(wordings)


def read_phrases(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the wordings of one file by kind, or raise PackError on its first fault."""
    file = Entry(path, "", read_mapping(path))
    file.only(_SECTIONS)
    wordings: dict[str, tuple[str, ...]] = {}
    for section, kinds in _SECTIONS.items():
        if section in file.content:
            entry = Entry(path, section, file.content[section])
            entry.only(kinds)
            wordings |= {kind: _checked(entry, kind) for kind in entry.content}
    if not wordings:
        file.fail("no wordings in it", f"it has {' and '.join(_SECTIONS)}")
    return wordings


def _checked(entry: Entry, kind: str) -> tuple[str, ...]:
    texts = entry.texts(kind)
    for text in texts:
        for name in _PLACEHOLDER.findall(text):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
                entry.fail(f"{kind} has an unknown placeholder {{{name}}}", f"one of {known}")
    if all(_PLACEHOLDER.search(text) for text in texts):
        entry.fail(f"{kind} needs a wording without a placeholder", "a field is not always known")
    return texts
