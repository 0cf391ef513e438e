"""The review as one page that needs nothing but itself: sound, style and script are inside.

Its Content-Security-Policy forbids every request, and every script but its own, by digest; so a transcript
that got past the escaping could neither run nor fetch anything.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from voicemock import wording
from voicemock.errors import AudioFileError
from voicemock.packs.exhibits import Exhibit
from voicemock.report import curves, draft_lines, lines
from voicemock.report.chart_svg import drawing
from voicemock.report.page_sound import mp3
from voicemock.report.review import AnswerReview, SessionReview
from voicemock.report.sentences import UNSURE_BELOW, Mark, SentenceReview, pieces
from voicemock.report.timeline import PACE_TOP_WPM, timeline
from voicemock.rounds import HIGHEST, LOWEST, PACE_WPM, PRINCIPLES
from voicemock.terminal.printable import printable_lines

TEMPLATES = Path(__file__).parent / "templates"
FIXES_FIRST = 2  # more than two things at once are not worked on (design.md, turn-taking)


def render_page(session: SessionReview) -> str:
    """The page of a whole session, with the sound of every answer whose recording is there."""
    style, script = _asset("review.css"), _asset("review.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " media-src blob:; img-src data:; base-uri 'none'; form-action 'none'"
    )
    page = environment().get_template("review.html.j2")
    return printable_lines(
        page.render(session=session, style=Markup(style), script=Markup(script), policy=policy)
    )


def exhibit_html(exhibit: Exhibit) -> str:
    """An exhibit alone, for a page that shows it with its question."""
    return printable_lines(environment().get_template("exhibit.html.j2").render(exhibit=exhibit))


def sound(answer: AnswerReview) -> str:
    """The answer's recording as MP3 in base64; empty where there is none that can be read."""
    if answer.audio is None:
        return ""
    try:
        return base64.b64encode(mp3(answer.audio)).decode()
    except AudioFileError:  # the page says so, and the rest of the review is still worth having
        return ""


def mark_tag(mark: Mark) -> str:
    """The few words beside a mark: no colour or underline has to be told from another."""
    if mark.kind == "metric":
        return mark.note.split(",")[0]
    return mark.note


def on_scale(score: float) -> float:
    """A score's place between 1 and 4, in percent."""
    low, high = LOWEST, HIGHEST
    return round((score - low) / (high - low) * 100, 1)


@cache
def environment() -> Environment:
    """What the templates are read with. `root` is where `voicemock web` serves them; a page in a file has none."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(
        clock=wording.clock,
        when=wording.local_time,
        principle=wording.principle_title,
        round_title=wording.round_title,
        name=wording.name_of,
        metric=wording.metric_words,
        number=wording.number,
        on_scale=on_scale,
    )
    environment.globals.update(
        root="",
        lines=lines,
        draft_lines=draft_lines,
        star_names=wording.STAR_NAMES,
        reasons=wording.REASONS,
        customer_words=wording.CUSTOMER,
        pieces=pieces,
        sound=sound,
        timeline=timeline,
        is_sentence=lambda step: isinstance(step, SentenceReview),
        mark_tag=mark_tag,
        fixes_first=FIXES_FIRST,
        unsure_below=UNSURE_BELOW,
        pace_wpm=PACE_WPM,
        pace_top=PACE_TOP_WPM,
        curves=curves,
        drawing=drawing,
        principles=PRINCIPLES,
    )
    return environment


def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """The digest by which a Content-Security-Policy allows one inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
