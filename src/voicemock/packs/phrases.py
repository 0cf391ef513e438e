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
    "hedged", "attribution", "blame", "result-now", "cap", "false-sum", "two-values", "goal-missed", "recitation",
    "off-question", "hypothetical", "not-yours", "no-action", "no-substance",
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
    "cut-in",  # what a cut-in opens with
    "closing",
    "introduction",
    "your-questions",
    "welcome-back",
    "rate",
    "which-number",
)
PLACEHOLDERS = (
    "remaining", "interviewer", "focus",
    "quote", "metric", "deed", "Doing", "work", "Work",  # no longer filled, and no fault in anybody's own file
    "step",  # the same
    # The candidate's own words, made ready to be spliced by scoring/feedback/material.py.
    "customers", "customer", "a_customer", "source", "thing", "topic", "idea", "first", "second",
    "audience", "spread", "failure", "others", "ought", "several", "background", "Deed", "Choice", "to_do",
    "act", "of", "Of", "now", "before", "said", "true", "goal", "count",
    "measure", "praise", "many", "claim", "claim_people", "claim_measure", "claim_praise", "claim_thing", "claim_made",
    "claim_bond", "claim_unknown",
    "fared_spread", "fared_failed", "fared_better", "fared_worked", "fared_ahead", "fared_some",
    "fared_gain", "fared_glad", "fared_about", "fared_taken_up", "fared_few", "fared_beyond", "fared_talk",
    "kpi", "Kpi", "answer",
)  # fmt: skip
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
        return _filled(usable[index % len(usable)], given)

    def questions(self, kind: str, fields: Mapping[str, str], turn: int = 0) -> tuple[str, ...]:
        """All wordings of a kind that these fields can fill: those that hold most of them first, `turn` says with which
        of the equals to begin, so that two questions of one kind hardly ever sound the same.
        """
        ranked: dict[int, list[str]] = {}
        for text in self.wordings[kind]:
            wanted = set(_PLACEHOLDER.findall(text))
            if wanted <= fields.keys():
                ranked.setdefault(len(wanted), []).append(_filled(text, fields))
        rows = (ranked[held] for held in sorted(ranked, reverse=True))
        return tuple(text for row in rows for text in (*row[turn % len(row) :], *row[: turn % len(row)]))


def _filled(text: str, fields: Mapping[str, str]) -> str:
    # A substitution and not str.format: what the candidate said may hold braces of its own.
    said = _PLACEHOLDER.sub(lambda found: fields[found[1]], text)
    return said[:1].upper() + said[1:]


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
