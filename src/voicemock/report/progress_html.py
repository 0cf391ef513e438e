"""Progress as one page that needs nothing but itself, in the look of the review page."""

from __future__ import annotations

from voicemock.coaching.plan.kept import Standing
from voicemock.coaching.progress import Progress
from voicemock.report.page import render_page
from voicemock.report.plan_words import plan_lines

STYLES = ("review.css", "progress.css")  # the first is the look that both pages share


def render_progress(progress: Progress, plan: Standing | None = None) -> str:
    """The page."""
    return render_page("progress.html.j2", STYLES, progress=progress, plan=plan_lines(plan) if plan else ())
