"""Progress for the terminal: what is next first, then curves, targets, and principles against stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from voicemock.coaching.outcomes import OutcomeSeen
from voicemock.coaching.plan.kept import Standing
from voicemock.coaching.progress import Progress, Target
from voicemock.coaching.self_rating import SelfRatings
from voicemock.coaching.story_bank import StoryBank
from voicemock.coaching.trends import Point, RoundTrend
from voicemock.report.cells import change, console, points, table, whole
from voicemock.report.plan_words import plan_lines
from voicemock.rounds import (
    BAR,
    DIMENSIONS,
    FILLERS_PER_MIN,
    HIGHEST,
    LONG_PAUSE_S,
    LOWEST,
    PACE_WPM,
    PRINCIPLES,
)
from voicemock.wording import clock, round_title, span, target_words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

BLOCKS = "▁▂▃▄▅▆▇█"
SCALE = (LOWEST, HIGHEST)  # of a score
BAR_WIDTH = 20  # characters of a target's bar
WIDEST_GAP = 1.5  # of a mark and a score that the curve shows
MOST_COLUMNS = 15  # stories beside each other: the target's upper end fits 80 columns


def print_progress(progress: Progress, plan: Standing | None = None, *, plain: bool = False) -> None:
    """Print it; `plain` leaves out curves, bars and the matrix, whose content is then in words."""
    out = console(plain)
    out.print("Next", style="bold")
    for advice in progress.advice:
        out.print(f"  {advice.why}\n    {advice.command}")
    if plan:
        out.print("\nPlan against done", style="bold")
        for line in plan_lines(plan):
            out.print(f"  {line}", soft_wrap=plain)
    for trend in progress.rounds:
        out.print(f"\n{_heading(trend)}", style="bold")
        out.print(_curves(trend, plain))
    if progress.marks:
        _print_marks(out, progress.marks, plain)
    if progress.outcomes:
        out.print("\nReal interviews", style="bold")
        out.print(outcome_table(progress.outcomes, plain))
    out.print("\nPreparation", style="bold")
    for target in progress.targets:
        out.print(f"  {_target(target, plain)}")
    if progress.bank.stories:
        _print_stories(out, progress.bank, plain)


def sparkline(values: Sequence[float | None], low: float, high: float) -> str:
    """One block a value between `low` and `high`, a blank where there is none."""
    steps = len(BLOCKS) - 1
    span = high - low or 1
    return "".join(
        " " if value is None else BLOCKS[round(max(0.0, min(1.0, (value - low) / span)) * steps)]
        for value in values
    )


def _heading(trend: RoundTrend) -> str:
    answers = "1 answer" if trend.answers == 1 else f"{trend.answers} answers"
    return f"{round_title(trend.round)}: {answers}, best {points(trend.best)}, bar {BAR}"


def _curves(trend: RoundTrend, plain: bool) -> Table:
    rows = table("", "First", "Now", "Change", *([] if plain else ["Over time"]), plain=plain)
    rows.columns[-1].justify = "right" if plain else "left"
    for name, figure, shown, scale in _figures(trend):
        values = [figure(point) for point in trend.points]
        first, now = figure(trend.first), figure(trend.latest)
        cells = [name, shown(first), shown(now), change(first, now, " s" if shown is _clock else "")]
        top = scale or (0.0, max([1.0, *(value for value in values if value is not None)]))
        rows.add_row(*cells, *([] if plain else [sparkline(values, *top)]))
    return rows


def _clock(seconds: float | None) -> str:
    return clock(seconds or 0)


Figure = Callable[[Point], float | None]
Shown = Callable[[float | None], str]


def _figures(trend: RoundTrend) -> Iterator[tuple[str, Figure, Shown, tuple[float, float] | None]]:
    """The rows: (name, which figure, how it is written, its scale; None begins at 0)."""
    yield "overall", lambda point: point.overall, points, SCALE
    for at, name in enumerate(DIMENSIONS):
        yield name, lambda point, at=at: point.dimensions[at], points, SCALE  # type: ignore[misc]
    target = f" (target {target_words(trend.target_s)})" if trend.target_s else ""
    yield f"time{target}", lambda point: point.floor_time_s, _clock, None
    yield f"words a minute ({span(PACE_WPM)})", lambda point: point.pace_wpm, whole, None
    yield f"fillers a minute (under {FILLERS_PER_MIN:g})", lambda point: point.fillers_per_min, points, None
    yield f"longest pause, s (under {LONG_PAUSE_S:g})", lambda point: point.longest_pause_s, points, None
    yield "interruptions", lambda point: point.interruptions, points, None


def _print_marks(out: Console, marks: SelfRatings, plain: bool) -> None:
    out.print("\nYour own marks against the scores", style="bold")
    if not plain and len(marks.points) > 1:
        gaps = [point.gap for point in marks.points]
        line = sparkline(gaps, -WIDEST_GAP, WIDEST_GAP)
        out.print(f"  {line}  a bar above the middle: you marked yourself higher than the score")
    for line in marks.said():
        out.print(f"  {line}", soft_wrap=plain)


def outcome_table(outcomes: Sequence[OutcomeSeen], plain: bool) -> Table:
    """What real interviews brought, beside the mocks of the four weeks before."""
    rows = table("", "Date", "Company", "Round", "Result", "Mocks, four weeks before", "Note", plain=plain)
    for column in rows.columns:
        column.justify = "left"
    for each in outcomes:
        told = each.outcome
        cells = (
            told.id,
            told.date.isoformat(),
            told.company,
            *told.words(),
            each.before.words(),
            " ".join(told.note.split()),
        )
        rows.add_row(*map(Text, cells))
    return rows


def _target(target: Target, plain: bool) -> str:
    said = f"{target.done:g} of {target.wanted:g} {target.name}"
    if plain:
        return said
    filled = round(target.share * BAR_WIDTH)
    return f"{'█' * filled}{'░' * (BAR_WIDTH - filled)} {said}"


def _print_stories(out: Console, bank: StoryBank, plain: bool) -> None:
    out.print("\nPrinciples and stories", style="bold")
    if not plain:
        out.print(_matrix(bank))  # its gaps are the principles without a story
    for story in bank.stories[:MOST_COLUMNS]:
        out.print(
            f"  {story.id} {story.title}" + (" (told for too many principles)" if story.overused else "")
        )
    if bank.missing and plain:
        out.print(f"  No story yet: {', '.join(bank.missing)}")


def _matrix(bank: StoryBank) -> Table:
    """● where a story shows a principle; a row without any is a gap."""
    shown = bank.stories[:MOST_COLUMNS]
    rows = table("", *(str(story.id) for story in shown))
    for slug, principle in PRINCIPLES.items():
        marks = ["●" if slug in story.principles else "·" for story in shown]
        rows.add_row(principle.title if slug not in bank.missing else f"{principle.title} ← gap", *marks)
    return rows
