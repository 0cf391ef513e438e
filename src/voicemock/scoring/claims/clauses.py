"""Clauses around a number, as far as word lists can tell them: where one begins and what its lead says."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from voicemock.scoring.models.lexicon import lexicon, pattern

CACHED_PLACES = 4096  # the same few places of a sentence are asked for by role, actor and mode
HARD_STOP = re.compile(r"[.;:!?…—–](?=\s|$)|\s-\s|[“”\"]")


@cache
def _openings() -> re.Pattern[str]:
    """Where a clause begins: after a joint, or a joint or comma with a subject of its own."""
    opens, joins, subject, asides = (_alternation(key) for key in ("opens", "joins", "subject", "asides"))
    begins = rf"(?=(?:{subject})\b)(?!(?:{asides})\b)"
    return re.compile(
        rf"(?:,\s*)?\b(?:{opens})\b,?\s|(?:,\s*)?\b(?:{joins})\s+{begins}|,\s+{begins}", re.IGNORECASE
    )


def _alternation(key: str) -> str:
    entries: list[str] = sorted(lexicon("clauses")[key], key=len, reverse=True)
    return "|".join(entry.replace(" ", r"\s+") for entry in entries)


@lru_cache(maxsize=CACHED_PLACES)
def clause_start(text: str, position: int) -> int:
    """Where the clause that holds `position` begins."""
    start = sentence_start(text, position)
    for match in _openings().finditer(text, start, position):
        start = match.end()
    return start


def sentence_start(text: str, position: int) -> int:
    """Behind the last full stop, colon or dash before `position`."""
    return max((match.end() for match in HARD_STOP.finditer(text, 0, position)), default=0)


def clause_end(text: str, position: int) -> int:
    """Where the clause that holds `position` ends: at a stop, or where the next one opens."""
    stop = HARD_STOP.search(text, position)
    end = stop.start() if stop else len(text)
    opening = _openings().search(text, position, end)
    return opening.start() if opening else end


def says(key: str, text: str) -> bool:
    """Whether a list of lexicons/clauses.toml has something in `text`."""
    return bool(pattern("clauses", key).search(text))
