"""Phrases that tell an outcome without a number, from `lexicons/vague.toml`: "a lot better", "people loved it"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from voicemock.scoring.findings.vague_cues import CLAUSE_EDGE, blanked
from voicemock.scoring.models.lexicon import compile_entries, lexicon
from voicemock.scoring.numbers.quantities import CACHED_SENTENCES

ASKED = re.compile(
    r"\s*(?:and |but |so )?(?:how|what|where|why|who|when|did|was|were|does|do|is|are)\b", re.IGNORECASE
)
LEAD_WORDS = 5  # how far the quote reaches back for its subject


@cache
def _pattern(key: str) -> re.Pattern[str]:
    tables = lexicon("vague")
    slots = {
        name: "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"
        for name, words in tables["slots"].items()
    }
    entries = [
        re.sub(r"\{([a-z]+)\}", lambda m: slots[m.group(1)], entry) for entry in tables["patterns"][key]
    ]
    return compile_entries(tuple(entries))


@cache
def _unless() -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("vague")["unless"]["nearby"]))


@cache
def _said(key: str) -> re.Pattern[str]:
    return compile_entries(tuple(lexicon("vague")["unless"][key]))


def without_idioms(text: str) -> str:
    """The text with "for good" and its like as blanks; every other character keeps its place."""
    return _said("idioms").sub(lambda match: " " * len(match.group()), text)


def claims_nothing(text: str, start: int, end: int) -> bool:
    """Whether the words at `start`:`end` are asked, a record's own, or of a loss or how it had been: no outcome."""
    asked = bool(ASKED.match(text)) and text.rstrip().endswith("?")
    recorded = any(
        _clause(text, *match.span())[1] > start for match in _said("recorded").finditer(text, 0, end)
    )
    beside = (match.span() for key in ("ironic", "earlier") for match in _said(key).finditer(text))
    return asked or recorded or any(first <= end + 1 and start < last for first, last in beside)


@lru_cache(maxsize=2 * CACHED_SENTENCES)
def pattern_spans(text: str, key: str) -> tuple[tuple[int, int], ...]:
    """The quotes of a sentence: overlapping matches joined, with their subject, one a clause."""
    plain = without_idioms(blanked(text))
    spans: list[tuple[int, int]] = []
    for start, end in _matches(plain, key):
        clause_start, clause_end = _clause(plain, start, end)
        if _unless().search(plain[clause_start : min(end + 12, clause_end)]):
            continue
        start = _with_subject(plain, start)
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        elif spans and not CLAUSE_EDGE.search(plain[spans[-1][1] - 1 : start + 1]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans)


def _matches(text: str, key: str) -> list[tuple[int, int]]:
    """All matches, those that start inside another included, joined where they overlap."""
    joined: list[tuple[int, int]] = []
    match = _pattern(key).search(text)
    while match:
        start, end = match.span()
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
        match = _pattern(key).search(text, start + 1)
    return joined


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a match."""
    first = max((m.end() for m in CLAUSE_EDGE.finditer(text, 0, start)), default=0)
    after = CLAUSE_EDGE.search(text, end)
    return first, after.start() if after else len(text)


def _with_subject(text: str, start: int) -> int:
    """Back to the beginning of the clause, `LEAD_WORDS` at most."""
    floor = max((m.end() for m in CLAUSE_EDGE.finditer(text, 0, start)), default=0)
    lead = list(re.finditer(r"\S+", text[floor:start]))
    return floor + lead[-LEAD_WORDS:][0].start() if lead else start
