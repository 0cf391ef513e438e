"""Every renderer's output for one synthetic session, kept beside this file.

After a change that is meant, run this file with VOICEMOCK_GOLDEN=write and read the difference.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from tests.report.builders import stored_session
from voicemock.report.as_csv import sessions_csv
from voicemock.report.as_json import session_json
from voicemock.report.build import review_session
from voicemock.report.html import render_page
from voicemock.report.markdown import session_markdown
from voicemock.report.plain import session_text
from voicemock.report.review import SessionReview
from voicemock.report.subtitles import srt, vtt
from voicemock.report.terminal import render_session

GOLDEN = Path(__file__).parent / "golden"


def terminal(session: SessionReview, color: bool = False) -> str:
    out = io.StringIO()
    colors = "standard" if color else None
    render_session(
        Console(file=out, width=80, color_system=colors, force_terminal=color, highlight=False), session
    )
    return re.sub(r" +$", "", out.getvalue(), flags=re.MULTILINE)


def page(session: SessionReview) -> str:
    """The page without its style and script, which are files themselves, and the digests of the two."""
    html = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", render_page(session), flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", html)


RENDERERS: dict[str, Callable[[SessionReview], str]] = {
    "terminal.txt": terminal,
    "terminal-color.txt": lambda session: terminal(session, color=True),
    "plain.txt": session_text,
    "page.html": page,
    "session.md": session_markdown,
    "session.json": lambda session: json.dumps(session_json(session), ensure_ascii=False, indent=1),
    "answers.csv": lambda session: "".join(sessions_csv([session])),
    "answer.srt": lambda session: srt(session.answers[0]),
    "answer.vtt": lambda session: vtt(session.answers[0]),
}


@pytest.mark.parametrize("name", RENDERERS)
def test_a_renderer_says_what_it_said_before(name: str, tmp_path: Path) -> None:
    with stored_session(tmp_path / "recordings", audio_s=0) as store:
        rendered = RENDERERS[name](review_session(store, "last")).rstrip() + "\n"
    golden = GOLDEN / name
    if os.environ.get("VOICEMOCK_GOLDEN") == "write":
        golden.write_text(rendered, encoding="utf-8")
    assert rendered == golden.read_text(encoding="utf-8")


def test_the_terminal_review_fits_eighty_columns(tmp_path: Path) -> None:
    with stored_session(tmp_path / "recordings", audio_s=0) as store:
        rendered = terminal(review_session(store, "last"))
    assert max(len(line) for line in rendered.splitlines()) <= 80


def test_the_same_session_renders_the_same_page_twice(tmp_path: Path) -> None:
    with stored_session(tmp_path / "recordings") as store:
        assert render_page(review_session(store, "last")) == render_page(review_session(store, "last"))
