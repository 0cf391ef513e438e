"""Every page of what is stored, as its address gives it."""

from __future__ import annotations

import csv
import io
import json
import os
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.builders import SESSION, stored_session
from tests.sounds import silence, write_wav
from tests.stored import BAKERY, add_answer, answer_row, score, shows
from tests.web.serving import Served, serving
from voicemock.store.store import Store
from voicemock.web.replies import part


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over a session with two answers, and a second attempt at one of them."""
    folder = tmp_path_factory.mktemp("recordings")
    with stored_session(folder) as store:
        add_answer(store, "s1/1", text=BAKERY, scored=score(2.0, principles=shows("ownership")))
    with serving(folder) as served:
        yield served


def shown(served: Served, path: str) -> str:
    status, headers, body = served.get(path)
    assert status == 200, body
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    return body.decode()


def test_the_sessions_are_listed_newest_first(served: Served) -> None:
    page = shown(served, "sessions")
    assert page.index("review/s1") != -1
    assert f"review/{SESSION}" in page
    assert "3.4" in page


def test_an_older_page_of_the_list_that_is_not_there_is_empty(served: Served) -> None:
    assert "Nothing recorded yet" in shown(served, "sessions?page=9")
    assert served.get("sessions?page=nine")[0] == 404


def test_a_session_has_what_can_be_done_about_it_and_no_sound_inside(served: Served) -> None:
    page = shown(served, f"review/{SESSION}")
    for part_of_it in ("Answer it again", "Correct words", "Delete this session", f"sound/{SESSION}/1.mp3"):
        assert part_of_it in page
    assert 'class="sound"' not in page
    assert len(page) < 200_000


def test_no_page_has_a_style_or_a_script_of_its_own_which_the_policy_would_refuse(served: Served) -> None:
    paths = [
        "",
        "interview",
        "sessions",
        f"review/{SESSION}",
        "progress",
        "stories",
        "questions",
        "question/own-01",
        "question/an-19",
        "search?q=oven",
        "score",
        "writing",
        "checks",
        "plan",
        "outcomes",
        "asks",
        "day",
    ]
    for page in (shown(served, path) for path in paths):
        assert "<style" not in page and " style=" not in page and " onclick" not in page
        assert "<script>" not in page


def test_the_state_of_the_machine_is_there_without_a_click_where_it_costs_nothing(served: Served) -> None:
    page = shown(served, "checks")
    for name in ("Libraries", "Disk", "Folder", "Database"):
        assert f"<b>{name}</b>" in page
    assert "<b>Model</b>" not in page


def test_the_sound_comes_whole_and_in_parts(served: Served) -> None:
    status, headers, whole = served.get(f"sound/{SESSION}/1.mp3")
    assert (status, headers["Content-Type"]) == (200, "audio/mpeg")
    status, headers, some = served.get(f"sound/{SESSION}/1.mp3", Range="bytes=100-199")
    assert status == 206
    assert headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
    assert some == whole[100:200]


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [("bytes=2-", 206, b"cdef"), ("bytes=-2", 206, b"ef"), ("bytes=0-0", 206, b"a"), ("bytes=3-99", 206, b"def"),
     ("bytes=9-", 416, b""), ("bytes=4-2", 416, b""), ("", 200, b"abcdef"), ("lines=1-2", 200, b"abcdef"),
     ("bytes=-", 200, b"abcdef"), ("bytes=a-b", 200, b"abcdef"), ("bytes=0-1,3-4", 200, b"abcdef")],
)  # fmt: skip
def test_a_player_gets_the_range_it_can_mean(wanted: str, status: int, content: bytes) -> None:
    reply = part(b"abcdef", "audio/mpeg", wanted)
    assert (reply.status, reply.body) == (status, content)


def test_two_attempts_are_set_side_by_side(served: Served) -> None:
    page = shown(served, f"compare/s1/1/{SESSION}/1")
    assert "Overall" in page and "+1.4" in page


def test_what_was_said_is_found_with_its_time(served: Served) -> None:
    page = shown(served, "search?q=calendar")
    assert '<b class="found">calendar</b>' in page
    assert "review/s1#answer-1" in page


def test_a_search_for_nothing_finds_nothing(served: Served) -> None:
    assert "Search what you said" in shown(served, "search")
    assert "Nothing found" in shown(served, "search?q=zebra")
    assert "Nothing found" in shown(served, "search?q=%22%2A")


def test_questions_are_filtered(served: Served) -> None:
    assert shown(served, "questions?round=analytical").count("data-question") < 179
    assert "Practise: " in shown(served, "questions?q=customer")
    assert served.get("questions?round=nonsense")[0] == 409


def test_stories_and_one_of_them(served: Served) -> None:
    page = shown(served, "stories")
    number = page.split("story/")[1].split('"')[0]
    assert "Put it right" in shown(served, f"story/{number}")
    assert served.get("story/999")[0] == served.get("story/x")[0] == 404


def test_progress_is_that_of_the_command(served: Served) -> None:
    page = shown(served, "progress")
    assert "What to practise next" in page and "Preparation" in page


@pytest.mark.parametrize("form", ["md", "json", "csv"])
def test_a_session_is_kept_as_a_file(served: Served, form: str) -> None:
    _, headers, body = served.get(f"export/{SESSION}?form={form}")
    assert headers["Content-Disposition"] == f'attachment; filename="voicemock-{SESSION}.{form}"'
    read = {
        "md": lambda text: text,
        "json": json.loads,
        "csv": lambda text: list(csv.reader(io.StringIO(text))),
    }
    assert read[form](body.decode())


def test_an_answer_is_kept_as_subtitles_and_a_session_is_not(served: Served) -> None:
    assert b"-->" in served.get(f"export/{SESSION}/1?form=vtt")[2]
    assert served.get(f"export/{SESSION}?form=srt")[0] == 409
    assert served.get(f"export/{SESSION}/1?form=exe")[0] == 409
    assert served.get(f"export/{SESSION}/7?form=srt")[0] == 404


def test_a_crash_is_told_on_the_start_page(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
        store.add_answer(answer_row("s1/1"))
    recording = write_wav(tmp_path / "s1" / "1.wav", silence(3.0) + 100)
    os.utime(recording, (0, 0))  # nobody is at it any more
    with serving(tmp_path) as served:
        assert "Bring it back" in shown(served, "")


def test_markup_in_what_was_said_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        add_answer(
            store, "s1/1", text="I said <script>alert(1)</script> and <b>bold</b> to the team today again"
        )
    with serving(tmp_path) as served:
        for path in ("review/s1", "search?q=bold", "search?q=%3Cscript%3Ealert(2)%3C/script%3E", "stories"):
            assert "<script>alert" not in shown(served, path)


class TestWhatGoodSoundsLike:
    """The page of a question, with both answers, and the voice that reads one of them."""

    def test_a_question_of_the_list_has_a_page_with_both_answers_marked_up(self, served: Served) -> None:
        assert "question/own-01" in shown(served, "questions")
        page = shown(served, "question/own-01")
        for part_of_it in (
            "What good sounds like",
            "The same, told vaguely",
            "What is missing",
            "What is marked",
        ):
            assert part_of_it in page
        assert 'data-question="own-01"' in page
        assert 'class="metric result"' in page and 'class="tag reason customer"' in page

    def test_an_exhibit_stands_on_it(self, served: Served) -> None:
        assert "Share of new members still active" in shown(served, "question/an-19")

    def test_each_sentence_is_a_sound_of_its_own(self, served: Served) -> None:
        status, headers, body = served.get("spoken/own-01/0.wav")
        assert (status, headers["Content-Type"]) == (200, "audio/wav")
        with wave.open(io.BytesIO(body)) as sound:
            assert sound.getnframes() > sound.getframerate()

    @pytest.mark.parametrize(
        "path", ["question/own-99", "spoken/own-01/999.wav", "spoken/own-01/one", "spoken/x/0.wav"]
    )
    def test_what_is_not_there_is_said(self, served: Served, path: str) -> None:
        assert served.get(path)[0] == 404

    def test_an_answer_to_such_a_question_leads_there(self, tmp_path: Path) -> None:
        with stored_session(tmp_path) as store:
            add_answer(store, "s1/1", text=BAKERY, details={"question": {"id": "own-01"}})
            add_answer(store, "s2/1", text=BAKERY, details={"question": {"id": "own"}})
        with serving(tmp_path) as served:
            assert "question/own-01#good" in shown(served, "review/s1")
            assert "question/own-01#good" in shown(served, "summary/s1/1")
            assert "What good sounds like" not in shown(served, "review/s2")
