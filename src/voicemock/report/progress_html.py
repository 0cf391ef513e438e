"""Progress as one page that needs nothing but itself, in the look of the review page.

Its Content-Security-Policy forbids every request and every script: the page has none.
"""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from voicemock.coaching.progress import Progress
from voicemock.report.html import TEMPLATES, environment
from voicemock.terminal.printable import printable_lines

STYLES = ("review.css", "progress.css")  # the first is the look that both pages share


def render_progress(progress: Progress) -> str:
    """The page."""
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = (
        environment()
        .get_template("progress.html.j2")
        .render(
            progress=progress,
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'",
        )
    )
    return printable_lines(page)
