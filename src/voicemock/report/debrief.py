"""The debrief of a loop as the review shows it (rubric section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Interviewer:
    """One interviewer's row: what they heard, and the principles they saw.

    `quotes` are the words that show each of them, in the same order; `missed` they looked for in vain.
    """

    name: str
    round: str
    score: float | None
    verdict: str | None
    principles: tuple[str, ...]
    note: str = ""
    quotes: tuple[tuple[str, ...], ...] = ()
    missed: tuple[str, ...] = ()
    bar_raiser: bool = False

    def quotes_of(self, slug: str) -> tuple[str, ...]:
        return dict(zip(self.principles, self.quotes, strict=False)).get(slug, ())


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to practise, and the command that does it."""

    why: str
    command: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """The verdict of a loop, a row for each interviewer, the bar raiser's line, what to practise next."""

    verdict: str
    rows: tuple[Interviewer, ...]
    bar_raiser: str
    practise: tuple[NextStep, ...] = ()

    @property
    def matrix(self) -> tuple[str, ...]:
        """Every principle that somebody saw, in the order in which it was first seen."""
        return tuple(dict.fromkeys(slug for row in self.rows for slug in row.principles))


def read_debrief(stored: object) -> Debrief | None:
    """The debrief of a session's stored settings; None where there is none."""
    if not isinstance(stored, Mapping) or not stored:
        return None
    rows = stored.get("rows") or stored.get("interviewers") or ()
    return Debrief(
        verdict=str(stored.get("verdict") or ""),
        rows=tuple(_row(row) for row in rows if isinstance(row, Mapping)),
        bar_raiser=_sentence(stored.get("bar_raiser")),
        practise=tuple(NextStep(each["why"], each["command"]) for each in stored.get("practise") or ()),
    )


def _row(row: Mapping[str, Any]) -> Interviewer:
    score = row.get("score", row.get("overall"))
    round_slug = str(row.get("round") or "")
    return Interviewer(
        name=str(row.get("interviewer") or row.get("name") or ""),
        round=round_slug,
        score=float(score) if isinstance(score, int | float) else None,
        verdict=row.get("verdict"),
        principles=tuple(_slug(each) for each in row.get("principles") or ()),
        note=_sentence(row.get("note") or row.get("line")),
        quotes=tuple(_quotes(each) for each in row.get("principles") or ()),
        missed=tuple(row.get("missed") or ()),
        bar_raiser=bool(row.get("bar_raiser")),
    )


def _quotes(principle: object) -> tuple[str, ...]:
    evidence = principle.get("evidence") if isinstance(principle, Mapping) else None
    return tuple(str(each["text"]) for each in evidence or () if isinstance(each, Mapping))


def _slug(principle: object) -> str:
    return str(principle.get("slug", "")) if isinstance(principle, Mapping) else str(principle)


def _sentence(said: object) -> str:
    """Text, or the text within a mapping: a bar raiser's line may come with its numbers."""
    if isinstance(said, Mapping):
        said = said.get("line") or said.get("text")
    return str(said) if said else ""
