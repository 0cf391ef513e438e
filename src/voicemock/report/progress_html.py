"""Progress as one page that needs nothing but itself, in the look of the review page.

Its Content-Security-Policy forbids every request and every script: the page has none.
"""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from voicemock import wording
from voicemock.coaching.progress import Progress
from voicemock.report import curves
from voicemock.report.html import TEMPLATES
from voicemock.rounds import PRINCIPLES
from voicemock.terminal.printable import printable_lines

STYLES = ("review.css", "progress.css")  # the first is the look that both pages share


def render_progress(progress: Progress) -> str:
    """The page."""
    style = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STYLES)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(round_title=wording.round_title, number=wording.number)
    environment.globals.update(curves=curves, principles=PRINCIPLES)
    page = environment.get_template("progress.html.j2").render(
        progress=progress,
        style=Markup(style),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'",
    )
    return printable_lines(page)
