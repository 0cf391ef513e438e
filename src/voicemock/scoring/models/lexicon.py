"""Word lists and patterns from `lexicons/*.toml`, read once and compiled once.

An entry is a lower-case phrase that may use regular expression syntax; a blank stands for any run of blanks.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The tables of `lexicons/NAME.toml`."""
    source = resources.files("voicemock.scoring.models").joinpath("lexicons", f"{name}.toml")
    tables: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    return tables


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The entries of one list, as plain words."""
    return frozenset(lexicon(name)[key])


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """One pattern, ignoring case, that matches any entry of a list at word boundaries."""
    return compile_entries(tuple(lexicon(name)[key]))


@cache
def compile_entries(entries: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for phrases: longest first, so that "a lot of" wins over "a lot"."""
    ordered = sorted(entries, key=len, reverse=True)
    body = "|".join(entry.replace(" ", r"\s+") for entry in ordered)
    return re.compile(rf"(?<![\w])(?:{body})(?![\w])", re.IGNORECASE)
