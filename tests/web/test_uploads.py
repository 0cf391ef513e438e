"""A file or a text from the page: scored as by the command, kept only where asked, refused in words."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from tests.sounds import silence, write_wav
from tests.stored import BAKERY, heard, spoken
from tests.web.serving import Served, asks, say, serving
from voicemock.cli import cli
from voicemock.speech import batch
from voicemock.store.store import Store
from voicemock.store.verify import verify
from voicemock.web import uploads

CALL = """WEBVTT

00:01.000 --> 00:04.000
<v Ana>Tell me about a time you fixed something that was nobody's job.

00:05.000 --> 00:09.000
<v Ben>A bakery owner in Leeds told me her oven orders vanished.

00:09.500 --> 00:14.000
<v Ben>I rebuilt the oven calendar and lost orders fell from 12 to 3 a week.
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path / "recordings") as served:
        yield served


def sends(
    page: ClientConnection, content: bytes, name: str, size: int | None = None, **said: object
) -> dict[str, Any]:
    """What comes back for a file."""
    with contextlib.suppress(ConnectionClosed):  # it may be refused before all of it was sent
        page.send(json.dumps({"name": name, "size": len(content) if size is None else size, **said}))
        for at in range(0, len(content), 1 << 15):
            page.send(content[at : at + (1 << 15)])
    answer: dict[str, Any] = json.loads(page.recv(timeout=60))
    return answer


def sessions(served: Served) -> list[str]:
    with Store(served.folder) as store:
        assert verify(store) == []
        return [row.mode for row in store.sessions()]


class TestText:
    def test_it_is_scored_as_by_the_command_and_nothing_is_kept(
        self, served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with served.page(at="upload") as page:
            page_says = sends(page, BAKERY.encode(), "pasted.txt", duration_s=40)["value"]
        (tmp_path / "a.txt").write_text(BAKERY)
        cli.main(["score", str(tmp_path / "a.txt"), "--duration", "40", "--json"], standalone_mode=False)
        overall = json.loads(capsys.readouterr().out)["overall"]
        assert f'<span class="big">{overall:.1f}</span>' in page_says["page"]
        assert page_says["kept"] is None
        assert sessions(served) == []
        assert [each.name for each in served.folder.iterdir() if each.is_dir()] == []

    def test_text_without_times_is_not_kept_and_says_so(self, served: Served) -> None:
        with served.page(at="upload") as page:
            value = sends(page, BAKERY.encode(), "pasted.txt", keep=True)["value"]
        assert value["kept"] is None
        assert "Text has no times" in value["page"]

    def test_what_it_says_is_shown_and_never_run(self, served: Served) -> None:
        bad = f"<script>alert(1)</script> {BAKERY}"
        with served.page(at="upload") as page:
            assert "<script>" not in sends(page, bad.encode(), "<b>.txt")["value"]["page"]


class TestARecording:
    @pytest.fixture(autouse=True)
    def _heard(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(batch, "transcribe_sound", lambda *_, **__: heard(spoken(BAKERY)))

    @pytest.mark.parametrize(("keep", "modes"), [(True, ["recording"]), (False, [])])
    def test_it_is_kept_only_where_asked(
        self, served: Served, tmp_path: Path, keep: bool, modes: list[str]
    ) -> None:
        sound = write_wav(tmp_path / "a.wav", silence(20.0)).read_bytes()
        with served.page(at="upload") as page:
            value = sends(page, sound, "my answer.wav", keep=keep, question="Why this one?")["value"]
        assert sessions(served) == modes
        if keep:
            with Store(served.folder) as store:
                row = store.answer(f"{value['kept']}/1")
                assert (row.question, store.path_of(row.audio).stat().st_size) == (
                    "Why this one?",
                    len(sound),
                )


class TestACall:
    def test_its_answers_are_scored_and_kept_each_with_its_question(self, served: Served) -> None:
        with served.page(at="upload") as page:
            value = sends(page, CALL.encode(), "call.vtt", keep=True, speaker="Ben")["value"]
        with Store(served.folder) as store:
            assert store.answer(f"{value['kept']}/1").question.startswith("Tell me about a time")
        assert sessions(served) == ["call"]

    def test_who_the_candidate_is_has_to_be_told(self, served: Served) -> None:
        with served.page(at="upload") as page:
            error = sends(page, CALL.encode(), "call.vtt")["error"]
        assert error["problem"].startswith("call.vtt has 2 speakers")


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "name", "said", "problem"),
        [
            (b"", "a.txt", {}, "there is nothing to score"),
            (b"", "a.wav", {"size": uploads.MOST_BYTES + 1}, "that file is too large"),
            (b"", "a.txt", {"size": "many"}, "there is nothing to score"),
            (b"x" * 20, "a.txt", {"size": 10}, "the file did not come as it was announced"),
            (b"\xff\xfe\xfa", "answer.txt", {}, "answer.txt is not UTF-8 text"),
            (b"no sound at all", "../../a.wav", {}, "a.wav "),
            (b"[]", "a.json", {}, "a.json "),
            (BAKERY.encode(), "a.txt", {"round": "poker"}, "'poker' is no round"),
            (BAKERY.encode(), "a.txt", {"duration_s": -1}, "-1 is no length of an answer"),
        ],
    )
    def test_each_says_why_and_leaves_nothing(
        self, served: Served, content: bytes, name: str, said: dict[str, Any], problem: str
    ) -> None:
        with served.page(at="upload") as page:
            assert sends(page, content, name, **said)["error"]["problem"].startswith(problem)
        assert [each for each in served.folder.iterdir() if each.is_dir()] == []

    def test_none_is_scored_during_an_interview(self, served: Served) -> None:
        with served.page() as page:
            asks(page, "begin")
            with served.page(at="upload") as other:
                answer = sends(other, BAKERY.encode(), "a.txt")
            assert answer["error"]["problem"] == "an interview is going on"
            say(page, "stop")

    def test_one_at_a_time(self, served: Served) -> None:
        with served.page(at="upload") as page, served.page(at="upload") as other:
            page.send(json.dumps({"name": "a.txt", "size": 10}))
            assert sends(other, b"", "b.txt", size=5)["error"]["problem"] == "another file is being scored"

    def test_one_that_never_comes_is_given_up(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(uploads, "WITHIN_S", 0.01)
        with served.page(at="upload") as page:
            assert "did not come within" in sends(page, b"", "a.txt", size=5)["error"]["problem"]
        monkeypatch.setattr(uploads, "WITHIN_S", 60.0)
        with served.page(at="upload") as page:
            assert "value" in sends(page, BAKERY.encode(), "a.txt")
