"""Outcome words with no number in reach (rubric section 2): "a lot better", "people loved it"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from voicemock.scoring.lexicon import compile_entries, lexicon
from voicemock.scoring.model import Metric, Vague

REACH_CHARACTERS = 45  # a number this close after the words says how much
STORY_START = 0.35  # without letters, no outcome is looked for before this part of the answer
LEAD_WORDS = 5  # how far the quote reaches back for its subject
# Small words set off by commas are blanked out, so that ", like, super happy" reads on.
ASIDE = re.compile(r",\s*(?:like|um|uh|er|you know|i mean|obviously|well|also|frankly)\s*,", re.IGNORECASE)
CLAUSE_EDGE = re.compile(r"[,;:.!?]\s|\s(?:and|but|so|because|which|that|cause|then)\s", re.IGNORECASE)


def find_vague(
    sentences: Sequence[str],
    metrics: Sequence[Metric],
    star: Sequence[str] | None = None,
    round_: str = "behavioral",
) -> tuple[Vague, ...]:
    """All vague claims in order, quoted verbatim. `metrics` are those of the same sentences."""
    found: list[Vague] = []
    for number, text in enumerate(sentences):
        key = _pattern_key(number, len(sentences), star, round_)
        if key is None:
            continue
        numbers = [m for m in metrics if m.sentence == number and m.role in ("result", "baseline", "target")]
        for start, end in _spans(text, key):
            if not any(_in_reach(text, start, end, metric) for metric in numbers):
                found.append(Vague(number, text[start:end]))
    return tuple(found)


def _pattern_key(number: int, count: int, star: Sequence[str] | None, round_: str) -> str | None:
    """Which patterns fit the sentence: those of results, of actions, or none."""
    if star and number < len(star):
        return {"R": "result", "A": "action"}.get(star[number])
    if round_ in ("behavioral", "portfolio") and number < STORY_START * count:
        return None
    return "result"


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


def _spans(text: str, key: str) -> list[tuple[int, int]]:
    """The quotes of a sentence: overlapping matches joined, with their subject, one a clause."""
    plain = ASIDE.sub(lambda match: " " * len(match.group()), text)
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
    return spans


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


def _in_reach(text: str, start: int, end: int, metric: Metric) -> bool:
    """Whether a metric of the sentence says how much the vague words are."""
    at = text.find(metric.text)
    overlap = at < end and start < at + len(metric.text)
    follows = 0 <= at - end <= REACH_CHARACTERS and re.match(
        r"[\s,]*(?:from|by|it was|it went|at)\b", text[end:]
    )
    return at >= 0 and (overlap or bool(follows))
