"""One score, whichever way it is shown: the same numbers, targets and verdict."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from tests.report.builders import SESSION, score, stored_session
from voicemock.coaching.progress import as_dict, read_progress
from voicemock.report.as_csv import sessions_csv
from voicemock.report.as_json import session_json
from voicemock.report.build import review_session
from voicemock.report.cells import points
from voicemock.report.html import render_page
from voicemock.report.markdown import session_markdown
from voicemock.report.plain import session_text
from voicemock.report.review import SessionReview
from voicemock.report.terminal import render_session
from voicemock.rounds import BAR, DIMENSIONS, ROUNDS
from voicemock.scoring.model import Score
from voicemock.store.store import Store
from voicemock.wording import clock, target_words

SPOKEN_S = 68.4  # of a recording of 75 s


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored_session(tmp_path, audio_s=0.1) as store:
        store.add_score(f"{SESSION}/1", score(floor_time_s=SPOKEN_S))
        yield store


@pytest.fixture
def session(store: Store) -> SessionReview:
    return review_session(store, SESSION)


@pytest.fixture
def scored(store: Store) -> Score:
    found = store.score(f"{SESSION}/1")
    assert found is not None
    return found


def terminal(session: SessionReview) -> str:
    console = Console(record=True, width=200, file=io.StringIO())
    render_session(console, session)
    return console.export_text()


def page(session: SessionReview) -> str:
    """What a reader of the page sees."""
    return re.sub(
        r"\s+", " ", re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", render_page(session), flags=re.S)
    )


FOR_PEOPLE: dict[str, Callable[[SessionReview], str]] = {
    "terminal": terminal,
    "plain": session_text,
    "page": page,
    "markdown": lambda session: session_markdown(session).replace("\\", ""),
}


@pytest.mark.parametrize("surface", FOR_PEOPLE)
def test_people_are_shown_the_same_figures(surface: str, session: SessionReview, scored: Score) -> None:
    shown = FOR_PEOPLE[surface](session)
    assert scored.overall is not None and scored.verdict and scored.strength and scored.pace_wpm
    target = ROUNDS["behavioral"].target_s
    assert target is not None
    for figure in (
        points(scored.overall), scored.verdict, scored.strength, f"{scored.pace_wpm} words a minute",
        f"You spoke for {clock(SPOKEN_S)}, {target_words(target)} is usual, the cap is 3:00",
        f"longest pause {scored.longest_pause_s:.1f} s", *(fix.say for fix in scored.fixes),
        *(metric.text for metric in scored.metrics),
    ):  # fmt: skip
        assert figure in shown.replace("[", "").replace("]", "").replace("~", "").replace("!", ""), figure
    for name, value in scored.dimensions.items():
        assert value is None or re.search(
            rf"{name}\W+(?:\S* ){{0,3}}\W*{points(value)}", shown, re.I | re.S
        ), name


def test_programs_are_given_the_score_as_it_is(session: SessionReview, scored: Score) -> None:
    given = json.loads(json.dumps(session_json(session)))["answers"][0]["score"]
    assert given == json.loads(json.dumps(scored.as_dict()))
    [row, _] = csv.DictReader(io.StringIO("".join(sessions_csv([session]))))
    assert float(row["floor_time_s"]) == SPOKEN_S
    assert (float(row["overall"]), row["verdict"]) == (scored.overall, scored.verdict)
    assert [row[name] for name in DIMENSIONS] == [
        "" if scored.dimensions[name] is None else str(scored.dimensions[name]) for name in DIMENSIONS
    ]
    assert (int(row["words"]), int(row["pace_wpm"])) == (scored.words, scored.pace_wpm)


def test_progress_counts_the_same(store: Store, scored: Score) -> None:
    [trend] = [each for each in as_dict(read_progress(store))["rounds"] if each["round"] == "behavioral"]
    [point] = trend["points"]
    assert (point["overall"], point["floor_time_s"], point["pace_wpm"]) == (
        scored.overall, SPOKEN_S, scored.pace_wpm,
    )  # fmt: skip
    assert point["dimensions"] == dict(scored.dimensions)
    assert trend["target_s"] == ROUNDS["behavioral"].target_s
    assert trend["within_target"] == 0.0  # 68 s are under 90 s


def test_the_bar_is_one_figure(scored: Score, session: SessionReview) -> None:
    assert scored.bar == BAR
    assert all(f"{BAR:.1f}" in show(session) for show in FOR_PEOPLE.values())
