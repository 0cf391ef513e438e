"""The debrief of a loop as the review shows it (rubric section 8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Interviewer:
    """One interviewer's row: what they heard, and the principles they saw.

    `quotes` are the words that show each of them, in the same order; `missed` they asked for in vain, and
    `unasked` they listen for too, but no question of theirs asked for it.
    """

    name: str
    round: str
    score: float | None
    verdict: str | None
    principles: tuple[str, ...]
    note: str = ""
    quotes: tuple[tuple[str, ...], ...] = ()
    missed: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
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
    """The verdict of a loop, a row for each interviewer, the bar raiser's line, what to practise next, and the
    stories that were told to several of them.
    """

    verdict: str
    rows: tuple[Interviewer, ...]
    bar_raiser: str
    practise: tuple[NextStep, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def matrix(self) -> tuple[str, ...]:
        """Every principle that somebody saw, in the order in which it was first seen."""
        return tuple(dict.fromkeys(slug for row in self.rows for slug in row.principles))


def read_debrief(stored: object) -> Debrief | None:
    """The debrief of a session's stored settings; None where there is none."""
    if not isinstance(stored, Mapping) or not stored:
        return None
    return Debrief(
        verdict=str(stored.get("verdict") or ""),
        rows=tuple(_row(row) for row in _mappings(stored.get("rows"))),
        bar_raiser=_text(_mapping(stored.get("bar_raiser")), "line"),
        practise=tuple(NextStep(each["why"], each["command"]) for each in stored.get("practise") or ()),
        repeated=tuple(_text(each, "line") for each in _mappings(stored.get("repeated"))),
    )


def _row(row: Mapping[str, Any]) -> Interviewer:
    score, seen = row.get("score"), _mappings(row.get("principles"))
    return Interviewer(
        name=_text(row, "interviewer"),
        round=_text(row, "round"),
        score=float(score) if isinstance(score, int | float) else None,
        verdict=row.get("verdict"),
        principles=tuple(_text(each, "slug") for each in seen),
        note=_text(row, "note"),
        quotes=tuple(tuple(_text(one, "text") for one in _mappings(each.get("evidence"))) for each in seen),
        missed=tuple(row.get("missed") or ()),
        unasked=tuple(row.get("unasked") or ()),
        bar_raiser=bool(row.get("bar_raiser")),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def _mapping(stored: object) -> Mapping[str, Any]:
    return stored if isinstance(stored, Mapping) else {}


def _mappings(stored: object) -> list[Mapping[str, Any]]:
    return [each for each in stored if isinstance(each, Mapping)] if isinstance(stored, list) else []
