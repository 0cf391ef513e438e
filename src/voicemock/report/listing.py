"""The list of sessions: a table for people, objects for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from voicemock.store.store import SessionOutline
from voicemock.terminal.printable import printable
from voicemock.wording import counted, local_time

HEADINGS = ("session", "date", "mode", "rounds", "answers", "scores", "best")
SCORES_SHOWN = 5  # a loop has at most five rounds; longer sessions say how many more there are


def list_lines(outlines: Sequence[SessionOutline]) -> Iterator[str]:
    """The table, column by column as wide as it needs to be, a session a line.

    Formatted by hand: a rich table takes a second for 2,000 sessions.
    """
    rows = [HEADINGS, *(_cells(outline) for outline in outlines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def plain_list_lines(outlines: Sequence[SessionOutline]) -> Iterator[str]:
    """A sentence a session."""
    for outline in outlines:
        session, date, mode, rounds, _, scores, _ = _cells(outline)
        answers = counted(len(outline.overalls), "answer")
        yield f"{session}, {date}, {mode}, {rounds or 'no round'}, {answers}, scores {scores or 'none'}"


def list_json(outlines: Sequence[SessionOutline]) -> list[dict[str, Any]]:
    return [
        {
            "session": outline.id,
            "mode": outline.mode,
            "started_at": outline.started_at,
            "rounds": list(dict.fromkeys(outline.rounds)),
            "answers": len(outline.overalls),
            "overall": list(outline.overalls),
            "best": best(outline),
        }
        for outline in outlines
    ]


def best(outline: SessionOutline) -> float | None:
    return max((each for each in outline.overalls if each is not None), default=None)


def _cells(outline: SessionOutline) -> tuple[str, ...]:
    rounds = list(dict.fromkeys(outline.rounds))
    more = len(outline.overalls) - SCORES_SHOWN
    scores = [_score(each) for each in outline.overalls[:SCORES_SHOWN]] + ([f"+{more}"] if more > 0 else [])
    cells = (
        outline.id,
        local_time(outline.started_at),
        outline.mode,
        rounds[0] + (f" +{len(rounds) - 1}" if len(rounds) > 1 else "") if rounds else "",
        str(len(outline.overalls)),
        " ".join(scores),
        _score(best(outline)),
    )
    return tuple(map(printable, cells))  # a session a line, whatever it is called


def _score(overall: float | None) -> str:
    return "–" if overall is None else f"{overall:.1f}"
