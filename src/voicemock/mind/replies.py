"""What a reply says, without what models put around it. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

from voicemock.rounds import HIGHEST, LOWEST

_THINKING = re.compile(r"(?s)<think>.*?(?:</think>|\Z)")
_OBJECT = re.compile(r"(?s)\{.*\}")
_LABEL = re.compile(r"(?i)^(?:[-*•\d.)\s]*)(?:question|answer|reply|why|say|ask|then)\s*:\s*")


def has_a_line(reply: str) -> bool:
    """Whether the first line of a reply that is still being written is whole."""
    return "\n" in _THINKING.sub("", reply).lstrip()


def one_line(reply: str) -> str:
    """The first line that says something, without what models put around it."""
    text = _THINKING.sub("", reply)
    line = next((" ".join(x.split()) for x in text.splitlines() if x.strip()), "")
    line = _LABEL.sub("", line).strip("*_ ")
    return line[1:-1].strip() if len(line) > 2 and line[0] in "\"“'" and line[-1] in "\"”'" else line


def labelled(reply: str, label: str) -> list[str]:
    """The lines that begin with `LABEL:`."""
    text = _THINKING.sub("", reply)
    found = re.findall(rf"(?im)^[-*\s]*{label}\s*:\s*(.+)$", text)
    return [one_line(line) for line in found]


def json_object(reply: str) -> dict[str, Any]:
    """The object that a reply holds; an empty one where it holds none."""
    found = _OBJECT.search(_THINKING.sub("", reply))
    try:
        body = json.loads(found[0]) if found else {}
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def mark_in(value: object) -> float | None:
    """A mark from 1 to 4; None for what is none."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and LOWEST <= value <= HIGHEST
    return round(float(value), 1) if fits else None  # type: ignore[arg-type] # a number, as it was just found
