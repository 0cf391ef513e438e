"""A draft as Markdown with headings, written and read, and as the mapping that a YAML file holds (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from voicemock.coaching.draft import ACTIONS, PARTS, Draft, tidied
from voicemock.errors import DraftError
from voicemock.rounds import PRINCIPLES
from voicemock.terminal.printable import excerpt

TITLE, PRINCIPLE, QUESTION, ALL_ACTIONS = "title", "principle", "question", "actions"
# What people call the parts, beside their keys.
_ALSO = {
    "situation": "hook",
    "mandate": "task",
    "action": ALL_ACTIONS,
    "steps": ALL_ACTIONS,
    "results": "result",
    "outcome": "result",
    "learning": "link",
    "lesson": "link",
    "link to a principle": "link",
    **{f"step {number}": key for number, key in enumerate(ACTIONS, start=1)},
    **{f"{word} action": key for word, key in zip(("first", "second", "third"), ACTIONS, strict=True)},
}
_NAMES = {
    **{name: name for name in (TITLE, PRINCIPLE, QUESTION, ALL_ACTIONS)},
    **{part.title.casefold(): part.key for part in PARTS},
    **_ALSO,
}
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_FIELD = re.compile(rf"\s*[-*]?\s*\**({TITLE}|{PRINCIPLE}|{QUESTION})\**\s*:\**\s*(.*)", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s+(.*)")
_LEGEND = "Hook, Task, Action 1 to 3, Result, Link"


def as_markdown(draft: Draft) -> str:
    """The draft with a heading for each part; `from_markdown` reads it."""
    lines = [f"# {draft.title}"] if draft.title else []
    lines += [f"Principle: {PRINCIPLES[draft.principle].title}"] if draft.principle else []
    lines += [f"Question: {draft.question}"] if draft.question else []
    for part in PARTS:
        if text := draft.text(part.key):
            lines.append(f"## {part.title}\n\n{text}")
    return "\n\n".join(lines) + "\n"


def from_markdown(text: str, name: str = "the draft") -> Draft:
    """The draft in a text with headings. Raises DraftError for a heading that is no part of a story, and for a text
    with none.
    """
    found: dict[str, Any] = {}
    for key, lines in _sections(text, name):
        said = "\n".join(lines).strip()
        if key == ALL_ACTIONS:
            found.setdefault(key, []).extend(_steps(lines))
        elif said:
            found[key] = f"{found[key]}\n\n{said}" if key in found else said
    return from_mapping(found, name)


def from_mapping(content: Mapping[Any, Any], name: str = "the draft") -> Draft:
    """The draft of what a YAML file holds: a text for each part, `actions` a list. Raises DraftError."""
    values: dict[str, str] = {}
    for given, value in content.items():
        key = _key(str(given))
        if key is None:
            raise DraftError(
                f"{name} has “{excerpt(given)}”, which is no part of a story", f"the parts are {_LEGEND}"
            )
        if key == ALL_ACTIONS:
            told = dict(zip(ACTIONS, _three(_texts(value, key, name)), strict=False))
        else:
            told = {} if value is None else {key: _text(value, key, name)}
        if twice := told.keys() & values.keys():
            raise DraftError(
                f"{name} has “{excerpt(given)}” where it has {min(twice)} already", "keep one of the two"
            )
        values.update(told)
    draft = Draft(
        title=values.pop(TITLE, ""),
        principle=_principle(values.pop(PRINCIPLE, ""), name),
        question=values.pop(QUESTION, ""),
        parts=values,
    )
    if not any(text.strip() for text in values.values()):
        raise DraftError(f"{name} has no part of a story in it", f"give them headings: {_LEGEND}")
    return tidied(draft)


def _sections(text: str, name: str) -> Iterator[tuple[str, list[str]]]:
    """Each heading's key with the lines under it; the first heading of the first level is the title."""
    key, lines, titled = "", list[str](), False
    for line in text.splitlines():
        heading, field = _HEADING.fullmatch(line), _FIELD.fullmatch(line)
        if heading:
            yield from [(key, lines)] if key else []
            known, lines = _key(heading[2]), []
            if known is None and len(heading[1]) == 1 and not titled:
                yield TITLE, [heading[2]]
                titled, known = True, ""
            if known is None:
                problem = f"{name} has a heading “{excerpt(heading[2])}”, which is no part of a story"
                raise DraftError(problem, f"the parts are {_LEGEND}")
            key = known
        elif field and not key:
            yield field[1].casefold(), [field[2]]
        else:
            lines.append(line)
    yield from [(key, lines)] if key else []


def _key(name: str) -> str | None:
    plain = " ".join(re.sub(r"[\W_]+", " ", name).split()).casefold()
    return _NAMES.get(plain)


def _steps(lines: Sequence[str]) -> list[str]:
    """The items of a list with the lines that go on with them; without a list, the paragraphs."""
    if not any(_ITEM.fullmatch(line) for line in lines):
        return [part.strip() for part in re.split(r"\n\s*\n", "\n".join(lines)) if part.strip()]
    steps: list[str] = []
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item or not steps:
            steps.append(item[1] if item else line.strip())
        else:
            steps[-1] = f"{steps[-1]} {line.strip()}".strip()
    return [step for step in steps if step]


def _three(steps: Sequence[str]) -> list[str]:
    """Three actions: what is more goes to the last."""
    last = len(ACTIONS) - 1
    return [*steps[:last], "\n".join(steps[last:])] if len(steps) > last else list(steps)


def _texts(value: object, key: str, name: str) -> list[str]:
    if isinstance(value, list):
        return [_text(each, key, name) for each in value]
    return [] if value is None else [_text(value, key, name)]


def _text(value: object, key: str, name: str) -> str:
    if not isinstance(value, str):
        raise DraftError(f"{name} has a {key} that is not text", "put it in quotes")
    return value


def _principle(said: str, name: str) -> str | None:
    """A slug, by slug or by title; None where none is given."""
    plain = "-".join(re.findall(r"\w+", said.casefold().replace("'", "").replace("’", "")))
    if not plain:
        return None
    titles = {slug: slug for slug in PRINCIPLES}
    titles |= {_slug(each.title): each.slug for each in PRINCIPLES.values()}
    if plain not in titles:
        raise DraftError(
            f"{name} has an unknown principle “{excerpt(said)}”", f"one of {', '.join(PRINCIPLES)}"
        )
    return titles[plain]


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.casefold().replace("'", "")))
