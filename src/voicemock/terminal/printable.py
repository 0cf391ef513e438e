"""Text from files, packs, the recogniser and the store, made harmless for a terminal, a page or a script.

A control character could move the cursor, rename the window or hide a line; a bidirectional override shows words in an
order in which they do not stand. They are shown as what they are (\\x1b), never obeyed.
"""

from __future__ import annotations

import json
import re
from typing import Any

# C0 and C1 controls, line and paragraph separators, what steers the direction of writing, halves of surrogate pairs
_ACTS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ACTS_IN_LINES = re.compile(_ACTS.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
_TAB = "\t"
EXCERPT = 60  # characters of a value that an error quotes; enough to find it
# Spreadsheets run a cell that begins so as a formula; a transcript or a file's name may begin with anything.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HUGE_BITS = 256  # Python refuses to print integers of more than some 14,000 bits


def printable(text: str) -> str:
    """One line: whatever would act on its reader's screen is spelled out, a line's end too; a tab is a space."""
    return _ACTS.sub(_spelled, text.replace(_TAB, " "))


def printable_lines(text: str) -> str:
    """The same for a text of many lines: their ends stay."""
    return _ACTS_IN_LINES.sub(_spelled, text.replace(_TAB, " "))


def json_text(value: Any, *, indent: int | None = None, allow_nan: bool = False) -> str:
    """JSON as a person reads it, escaped where it would act on a terminal; always the same value when parsed."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=allow_nan, indent=indent)
    acts = _ACTS_IN_LINES.search(text)
    return json.dumps(value, allow_nan=allow_nan, indent=indent) if acts else text


def harmless_cell(cell: object) -> object:
    """A cell of CSV that a spreadsheet shows and never runs."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def excerpt(value: object) -> str:
    """A value out of a file as an error quotes it, in one short line, whatever its size."""
    if isinstance(value, list | tuple | set):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, int) and value.bit_length() > HUGE_BITS:
        return "a huge number"
    text = printable(" ".join(str(value).split()))
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"


def _spelled(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
