"""A cohort as one page that needs nothing but itself, in the look of the review page. It has no script."""

from __future__ import annotations

from collections.abc import Sequence

from voicemock.coaching.cohort import BANDS, Cohort
from voicemock.report.cells import moved, points
from voicemock.report.cohort_terminal import headline, title_of
from voicemock.report.page import render_page

STYLES = ("review.css", "progress.css", "cohort.css")
WIDTH, HEIGHT = 140, 36  # units of a histogram; the page scales it


def render_cohort(cohort: Cohort) -> str:
    """The page."""
    return render_page(
        "cohort.html.j2",
        STYLES,
        cohort=cohort,
        headline=headline(cohort),
        bands=BANDS,
        bars=bars,
        points=points,
        moved=moved,
        name=title_of,
        size=(WIDTH, HEIGHT),
    )


def bars(counts: Sequence[int]) -> list[tuple[float, float, float, float]]:
    """x, y, width and height of a bar for each count."""
    most = max(counts, default=0) or 1
    step = WIDTH / max(1, len(counts))
    heights = [HEIGHT * count / most for count in counts]
    return [
        (round(i * step + 1, 1), round(HEIGHT - height, 1), round(step - 2, 1), round(height, 1))
        for i, height in enumerate(heights)
    ]
