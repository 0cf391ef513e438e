"""Guess words around a number: "about", "I think", "or so" (rubric section 2)."""

from __future__ import annotations

import re
from functools import cache

from voicemock.scoring.models.lexicon import lexicon


@cache
def _before() -> re.Pattern[str]:
    hedge, small = (_alternation(key) for key in ("before", "between"))
    opinion = rf"(?:{_alternation('opinion')})\s+(?:[\w'’]+\s+){{0,5}}"
    return re.compile(rf"(?<!\w)(?:(?:{hedge})[\s,]+(?:(?:{small})[\s,]+)*|{opinion})$", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    ends = r"(?=\s*(?:[.,;:!?]|$)|\s+(?:and|but|so|in|by|over|per|a|which|at|on|of|from|for)\b)"
    return re.compile(rf"^[\s,-]*(?:[\w'’%]+[\s,]+){{0,3}}(?:{_alternation('after')}){ends}", re.IGNORECASE)


def _alternation(key: str) -> str:
    entries = sorted(lexicon("hedges")[key], key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", r"[\s,]+") for entry in entries)


def is_hedged(text: str, start: int, end: int) -> bool:
    """Whether the number at `start`:`end` of a sentence is said as a guess."""
    return bool(_before().search(text[max(0, start - 60) : start]) or _after().search(text[end : end + 60]))
