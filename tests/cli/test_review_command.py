"""`voicemock review`: the list, one session, its page, its sound, its end, and every wrong turn."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from tests.report.builders import QUESTION, SESSION, add_answer, stored_session
from voicemock.audio.speaker import SilentSpeaker
from voicemock.cli import main
from voicemock.cli.review import review
from voicemock.errors import AudioFileError, DeviceError, StoreError, UnknownSession, UsageProblem
from voicemock.report.play import play
from voicemock.store.database import DATABASE
from voicemock.store.store import Store


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    stored_session(tmp_path / "recordings", audio_s=1.0).close()
    return tmp_path / "recordings"


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(
        review, list(arguments), input=answer, catch_exceptions=False, standalone_mode=False
    )


def speaker_is(monkeypatch: pytest.MonkeyPatch, opened: Callable[[], SilentSpeaker]) -> None:
    """Let what `--play` opens be this."""
    monkeypatch.setattr("voicemock.report.play.play", partial(play, open_speaker=opened))


class TestListing:
    def test_with_no_sessions_it_says_how_to_make_one(self) -> None:
        assert "voicemock practice --count 1" in run().output

    def test_looking_makes_no_folder(self, tmp_path: Path) -> None:
        run()
        assert not (tmp_path / "recordings").exists()

    def test_with_no_sessions_json_is_an_empty_list(self) -> None:
        assert json.loads(run("--json").output) == []

    def test_sessions_are_listed(self, recordings: Path) -> None:
        assert SESSION in run().output

    def test_only_the_newest_are_listed_and_the_rest_counted(self, recordings: Path) -> None:
        with Store(recordings) as store:
            for day in range(1, 26):
                store.add_session(f"s{day}", "practice", f"2026-05-{day:02d}T00:00:00+00:00", {})
        shown = run().output
        assert "… and 6 older: voicemock review --all" in shown
        assert SESSION not in shown
        assert SESSION in run("--all").output

    def test_json_has_every_score(self, recordings: Path) -> None:
        (entry,) = json.loads(run("--json").output)
        assert (entry["overall"], entry["best"]) == ([3.4, None], 3.4)


class TestOneSession:
    def test_last_is_the_newest(self, recordings: Path) -> None:
        assert QUESTION[:40] in run("last").output

    @pytest.mark.parametrize("arguments", [("last", "--answer", "2"), ("last/2",), (f"{SESSION}/2",)])
    def test_one_answer_can_be_asked_for(self, recordings: Path, arguments: tuple[str, ...]) -> None:
        shown = run(*arguments).output
        assert "What does this table tell you?" in shown
        assert QUESTION[:40] not in shown

    def test_plain_has_no_box_and_no_bar(self, recordings: Path) -> None:
        assert not set("─━┃│┄") & set(run("last", "--plain").output)

    def test_json_holds_the_score_object_unchanged(self, recordings: Path) -> None:
        with Store(recordings) as store:
            stored = store.score(f"{SESSION}/1")
        assert json.loads(run("last", "--json").output)["answers"][0]["score"] == stored.as_dict()

    def test_json_of_one_answer_is_that_answer(self, recordings: Path) -> None:
        assert json.loads(run("last/2", "--json").output)["answer"] == f"{SESSION}/2"

    def test_markup_in_the_words_is_printed_as_it_is(self, recordings: Path) -> None:
        with Store(recordings) as store:
            add_answer(store, 3, question="[red]Why[/red]?")
        assert "[red]Why[/red]?" in run("last/3").output


class TestPage:
    def test_it_is_written_beside_the_recordings_and_its_path_printed(self, recordings: Path) -> None:
        path = Path(run("last", "--html").output.strip())
        assert path == recordings / SESSION / "review.html"
        assert path.read_text(encoding="utf-8").startswith("<!doctype html>")

    def test_it_goes_to_a_file_that_is_named(self, recordings: Path, tmp_path: Path) -> None:
        assert run("last", "--html", str(tmp_path / "page.html")).output.strip() == str(
            tmp_path / "page.html"
        )

    @pytest.mark.parametrize("wanted", [("last", "--answer", "2"), (f"{SESSION}/2",)])
    def test_the_page_of_one_answer_holds_that_answer_alone(
        self, recordings: Path, tmp_path: Path, wanted: tuple[str, ...]
    ) -> None:
        run(*wanted, "--html", str(tmp_path / "page.html"))
        page = (tmp_path / "page.html").read_text(encoding="utf-8")
        assert "What does this table tell you?" in page
        assert QUESTION[:40] not in page

    def test_the_page_of_one_answer_takes_no_place_from_that_of_the_session(self, recordings: Path) -> None:
        assert Path(run("last/2", "--html").output.strip()) == recordings / SESSION / "review-2.html"

    def test_a_session_after_the_option_is_no_file_name(self, recordings: Path, tmp_path: Path) -> None:
        run("--html", "last")
        assert (recordings / SESSION / "review.html").exists()
        assert not (tmp_path / "last").exists()

    def test_a_folder_that_does_not_exist_is_named(self, recordings: Path, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"can't write .*nowhere"):
            run("last", "--html", str(tmp_path / "nowhere" / "page.html"))


class TestPlay:
    """Without a speaker: everything up to the device, and the device itself replaced by one that notes."""

    @pytest.mark.parametrize(("place", "start"), [("0:09", "0:06"), ("3", "0:12")])
    def test_it_plays_from_the_sentence_of_a_time_or_a_number(
        self, recordings: Path, place: str, start: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        speaker_is(monkeypatch, SilentSpeaker)
        assert f"Answer 1 from {start}" in run("last", "--play", place).stderr

    def test_without_a_speaker_nothing_is_said_to_play_and_the_page_is_named(
        self, recordings: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def none() -> SilentSpeaker:
            raise DeviceError("no speaker was found", "use --silent")

        speaker_is(monkeypatch, none)
        with pytest.raises(SystemExit):
            main(["review", "last/1", "--play"])
        said = capsys.readouterr().err
        assert "Answer 1 from" not in said
        assert "--silent" not in said
        assert f"play it in a browser: `voicemock review {SESSION}/1 --html`" in said

    @pytest.mark.parametrize("place", ["99", "0", "later", "1:x"])
    def test_a_place_that_is_not_there_is_a_usage_problem(self, recordings: Path, place: str) -> None:
        with pytest.raises(UsageProblem, match="a sentence from 1 to 10"):
            run("last", "--play", place)

    def test_a_recording_that_is_gone_is_said_to_be_gone(self, recordings: Path) -> None:
        (recordings / SESSION / "1.wav").unlink()
        with pytest.raises(AudioFileError, match="is gone"):
            run("last", "--play")


class TestDelete:
    """Nothing is left: no row, no audio, no page, no word in the database file."""

    def test_it_asks_first_and_a_no_keeps_everything(
        self, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr("voicemock.cli.review.sys", terminal)
        ended = run("last", "--delete", answer="n\n")
        assert (ended.stdout, ended.exit_code) == ("Nothing was deleted.\n", 0)
        assert (recordings / SESSION / "1.wav").exists()

    def test_where_nobody_can_be_asked_it_has_to_be_said_beforehand(self, recordings: Path) -> None:
        with pytest.raises(UsageProblem, match="add --yes"):
            run("last", "--delete", answer="y\n")
        assert (recordings / SESSION / "1.wav").exists()

    @pytest.mark.parametrize("one", [(f"{SESSION}/1",), (SESSION, "--answer", "1")])
    def test_one_answer_alone_cannot_be_removed(self, recordings: Path, one: tuple[str, ...]) -> None:
        with pytest.raises(UsageProblem, match=f"whole session.*voicemock review {SESSION} --delete"):
            run(*one, "--delete", "--yes")
        assert (recordings / SESSION / "1.wav").exists()

    def test_rows_audio_and_page_are_gone(self, recordings: Path) -> None:
        run("last", "--html")
        assert "Removed session" in run("last", "--delete", "--yes").output
        assert [path.name for path in recordings.iterdir() if not path.name.startswith(DATABASE)] == []
        assert "No sessions yet" in run().output

    def test_not_a_word_is_left_in_the_files(self, recordings: Path) -> None:
        run("last", "--delete", "--yes")
        left = b"".join(path.read_bytes() for path in recordings.iterdir())
        assert b"bakery" not in left
        assert SESSION.encode() not in left

    def test_other_sessions_are_kept(self, recordings: Path) -> None:
        with Store(recordings) as store:
            store.add_session("other", "practice", "2025-01-01T00:00:00+00:00", {})
            add_answer(store, 1, session="other", audio_s=0.5)
        run("last", "--delete", "--yes")
        with wave.open(str(recordings / "other" / "1.wav")) as kept:
            assert kept.getnframes() == 8_000
        assert "other" in run().output

    def test_a_damaged_row_removes_nothing_elsewhere(self, recordings: Path, tmp_path: Path) -> None:
        precious = tmp_path / "precious.wav"
        precious.touch()
        with Store(recordings) as store, store.transaction() as db:
            db.execute("UPDATE answers SET audio = '../precious.wav' WHERE number = 1")
        with pytest.raises(StoreError, match="is not inside"):
            run("last", "--delete", "--yes")
        assert precious.exists()


class TestWrongTurns:
    def test_an_unknown_session_is_one_line_and_exit_code_1(
        self, recordings: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as stop:
            main(["review", "nope"])
        assert stop.value.code == 1
        assert capsys.readouterr().err == (
            "voicemock: no session is called 'nope': `voicemock review` lists them\n"
        )

    def test_an_unknown_answer_says_how_many_there_are(self, recordings: Path) -> None:
        with pytest.raises(UnknownSession, match="no answer 7: it has 2"):
            run("last", "--answer", "7")

    @pytest.mark.parametrize("option", ["--delete", "--html", "--play"])
    def test_an_option_about_a_session_needs_one(self, recordings: Path, option: str) -> None:
        with pytest.raises(UsageProblem, match="no session was named"):
            run(option)

    def test_without_recordings_a_session_can_t_be_looked_at(self) -> None:
        with pytest.raises(UnknownSession, match="voicemock practice"):
            run("last")
