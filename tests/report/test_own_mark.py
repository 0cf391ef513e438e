"""The candidate's own mark stands beside the score, wherever an answer is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stored import add_answer, score
from voicemock.errors import StoreError
from voicemock.report.as_json import answer_json
from voicemock.report.build import review_answer, review_session
from voicemock.report.html import render_page
from voicemock.report.markdown import session_markdown
from voicemock.report.plain import session_text
from voicemock.report.terminal import render_session
from voicemock.store.store import Store
from voicemock.terminal.safe_console import SafeConsole


def stored(folder: Path, mark: object, overall: float | None = 2.6) -> Store:
    store = Store(folder)
    add_answer(store, scored=score(overall), details={"self_rating": mark} if mark is not None else {})
    return store


@pytest.mark.parametrize(
    ("mark", "said"),
    [(3.5, "3.5 of 4, 0.9 above the score"), (2.0, "2.0 of 4, 0.6 below the score")],
)
def test_every_renderer_shows_it(
    tmp_path: Path, mark: float, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with stored(tmp_path, mark) as store:
        session = review_session(store, "s1")
    render_session(SafeConsole(width=100), session)
    for shown in (
        session_text(session),
        session_markdown(session),
        render_page(session),
        capsys.readouterr().out,
    ):
        assert said in shown
    assert answer_json(session.answers[0])["self_rating"] == mark


def test_without_one_nothing_is_said_of_it(tmp_path: Path) -> None:
    with stored(tmp_path, None) as store:
        session = review_session(store, "s1")
    assert "mark" not in session_text(session)
    assert "own mark" not in render_page(session)


def test_a_mark_that_agrees_says_so(tmp_path: Path) -> None:
    with stored(tmp_path, 2.5, 2.52) as store:
        assert "2.5 of 4, just as scored" in session_text(review_session(store, "s1"))


@pytest.mark.parametrize("mark", ["three", 7, 2.2, True])
def test_what_is_no_mark_is_told_as_damage(tmp_path: Path, mark: object) -> None:
    with stored(tmp_path, mark) as store, pytest.raises(StoreError):
        review_answer(store, "s1/1")
