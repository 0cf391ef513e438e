"""A cohort for the terminal: what to teach next first, then how scores are spread, and who improved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicemock.coaching.cohort import BANDS, Candidate, Cohort, Share, Spread
from voicemock.report.cells import console, moved, points, table
from voicemock.rounds import ROUNDS
from voicemock.wording import counted, name_of, round_title

if TYPE_CHECKING:
    from rich.console import Console

BLOCKS = " ▁▂▃▄▅▆▇█"
MOST_QUESTIONS = 8


def print_cohort(cohort: Cohort, *, plain: bool = False) -> None:
    """`plain` leaves out the pictures, whose content stands beside them in numbers."""
    out = console(plain)
    for line in headline(cohort):
        out.print(line)
    _spreads(out, "Scores", (cohort.overall, *cohort.dimensions), plain)
    _spreads(out, "By round", cohort.rounds, plain)
    _spreads(out, "Hardest questions", cohort.questions[:MOST_QUESTIONS], plain)
    _shares(out, "What was missing", cohort.gaps, plain)
    _shares(out, "Checks that fired", cohort.checks, plain)
    _candidates(out, cohort.candidates, plain)


def headline(cohort: Cohort) -> list[str]:
    """How many, how good, and what to teach next."""
    people = counted(len(cohort.candidates), "candidate")
    lines = [f"{people}, {counted(cohort.answers, 'answer')}"]
    if cohort.unscored:
        lines[0] += f", {cohort.unscored} not scored"
    if cohort.failed:
        lines[0] += f", {cohort.failed} unreadable"
    if cohort.overall.mean is not None:
        at_bar = f"{cohort.overall.at_bar} of {cohort.overall.count} meet the bar"
        lines.append(f"Mean {cohort.overall.mean:.1f} of 4; {at_bar}.")
    if cohort.weakest is not None:
        lines.append(f"Teach next: {cohort.weakest.name} ({points(cohort.weakest.mean)} on average)")
        if cohort.gaps:
            gap = cohort.gaps[0]
            lines[-1] += f", and {name_of(gap.name).lower()}, missing in {gap.share:.0%} of the answers."
    return lines


def histogram(counts: Sequence[int]) -> str:
    """A block for each band of half a point, from 1.0 to 4.0."""
    most = max(counts, default=0) or 1
    return "".join(BLOCKS[-(-count * (len(BLOCKS) - 1) // most)] for count in counts)


def title_of(name: str) -> str:
    """A round, a dimension or a kind as words; a question as it is."""
    if name in ROUNDS:
        return round_title(name)
    return name if " " in name else name_of(name)


def _spreads(out: Console, title: str, spreads: Sequence[Spread], plain: bool) -> None:
    if not spreads:
        return
    picture = () if plain else (f"{BANDS[0]:.0f} to {BANDS[-1]:.0f}",)
    grid = table(title, "answers", "mean", "middle 50 %", "at the bar", *picture, plain=plain)
    for spread in spreads:
        half = spread.quartiles
        cells = [str(spread.count), points(spread.mean), f"{half[0]:.1f}–{half[2]:.1f}" if half else "–"]
        drawn = [] if plain else [histogram(spread.counts)]
        grid.add_row(title_of(spread.name), *cells, str(spread.at_bar), *drawn)
    out.print()
    out.print(grid)


def _shares(out: Console, title: str, shares: Sequence[Share], plain: bool) -> None:
    if not shares:
        return
    grid = table(title, "answers", "share", plain=plain)
    for share in shares:
        grid.add_row(name_of(share.name), str(share.count), f"{share.share:.0%}")
    out.print()
    out.print(grid)
    for share in shares:
        if share.example:
            out.print(f"{name_of(share.name)}: “{share.example}”")


def _candidates(out: Console, candidates: Sequence[Candidate], plain: bool) -> None:
    grid = table("Candidate", "answers", "mean", "best", "first to last try", plain=plain)
    for one in candidates:
        grid.add_row(one.name, str(one.answers), points(one.mean), points(one.best), moved(one.change))
    out.print()
    out.print(grid)
