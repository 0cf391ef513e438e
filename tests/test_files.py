"""Small files are whole, private, and where the user's own link or pipe points."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from benchmarks.sitting import events_path, sit

import voicemock
from tests.stored import add_answer, write_wav
from voicemock.audio.recorder import Recorder
from voicemock.cli import main
from voicemock.cli.desk import RunOptions, _event_file
from voicemock.errors import StoreError
from voicemock.files import make_folder, write_file
from voicemock.packs.questions import Question
from voicemock.store.database import DATABASE
from voicemock.store.sidecar import keep_asked
from voicemock.store.store import Store

SOURCES = Path(voicemock.__file__).parent


@pytest.fixture(autouse=True)
def _others_may_read_by_default() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class TestAWriteThatFails:
    """What was there stays, nothing is left beside it, and the line names the path."""

    @pytest.mark.parametrize("broken", ["fsync", "replace"])
    def test_the_old_file_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
        path = tmp_path / "page.html"
        write_file(path, b"old", "")

        def refuse(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, broken, refuse)
        with pytest.raises(
            StoreError, match=r"can't write .*page\.html \(No space left on device\): free some"
        ):
            write_file(path, b"new", "free some")
        assert path.read_bytes() == b"old"
        assert [each.name for each in tmp_path.iterdir()] == ["page.html"]

    def test_a_folder_that_can_not_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(StoreError, match=r"can't make the folder .*file/inside .*--recordings"):
            make_folder(tmp_path / "file" / "inside")


class TestTheUsersOwnPlaces:
    """A file that the user names may be more than a plain file."""

    def test_a_link_is_refused_wherever_it_leads(self, tmp_path: Path) -> None:
        (tmp_path / "real").write_bytes(b"theirs")
        for link, target in (("a", "real"), ("b", "c"), ("c", "b"), ("d", "nowhere")):
            (tmp_path / link).symlink_to(tmp_path / target)
        for link in "abcd":
            with pytest.raises(StoreError, match=r"it is a link\): name another"):
                write_file(tmp_path / link, b"page", "name another")
        assert (tmp_path / "real").read_bytes() == b"theirs"
        assert not (tmp_path / "nowhere").exists()

    def test_a_link_that_somebody_laid_where_the_new_file_is_made_is_not_followed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "theirs").write_bytes(b"theirs")
        names = iter(("known", "free"))
        monkeypatch.setattr("tempfile._get_candidate_names", lambda: names)
        for name in (".page.known.tmp", f".page.{os.getpid()}.tmp"):
            (tmp_path / name).symlink_to(tmp_path / "theirs")
        write_file(tmp_path / "page", b"page", "")
        assert (tmp_path / "theirs").read_bytes() == b"theirs"
        assert (tmp_path / "page").read_bytes() == b"page"
        assert not (tmp_path / "page").is_symlink()

    def test_a_device_is_written_to_and_not_replaced(self) -> None:
        write_file(Path(os.devnull), b"page", "")
        assert Path(os.devnull).is_char_device()


class TestNoCommandWritesThroughALink:
    """Whoever can lay a link in a folder of the user's does not say what voicemock overwrites."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "recordings"
        with Store(folder) as store:
            add_answer(store)
        write_wav(folder / "s1/1.wav", 60.0)
        (tmp_path / "theirs").write_bytes(b"theirs")
        return folder

    @pytest.mark.parametrize(
        ("link", "command"),
        [
            ("recordings/progress.html", ["progress", "--html"]),
            ("page.html", ["progress", "--html", "page.html"]),
            ("recordings/s1/review.html", ["review", "s1", "--html"]),
            ("recordings/s1/review-1.html", ["review", "s1/1", "--html"]),
            ("page.html", ["review", "s1", "--html", "page.html"]),
            ("answers.csv", ["export", "--output", "answers.csv"]),
            ("answers.json", ["export", "s1", "--output", "answers.json"]),
            (
                "events.jsonl",
                ["practice", "--candidate", "CANDIDATE", "--pace", "fast", "--events", "events.jsonl"],
            ),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else None,
    )
    def test_it_is_said_and_what_it_leads_to_stays(
        self,
        folder: Path,
        tmp_path: Path,
        link: str,
        command: list[str],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (tmp_path / link).symlink_to(tmp_path / "theirs")
        sound = str(folder / "s1/1.wav")
        arguments = [sound if each == "CANDIDATE" else each for each in command]
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--recordings", str(folder)])
        assert ended.value.code == 1
        assert "(it is a link)" in capsys.readouterr().err
        assert (tmp_path / "theirs").read_bytes() == b"theirs"

    def test_nor_do_a_recording_and_what_is_kept_beside_it(self, folder: Path, tmp_path: Path) -> None:
        for name in ("2.wav", "2.json"):
            (folder / "s1" / name).symlink_to(tmp_path / "theirs")
        with pytest.raises(StoreError, match="it is a link"):
            Recorder(folder / "s1/2.wav")
        with pytest.raises(StoreError, match="it is a link"):
            keep_asked(folder / "s1/2.wav", Question("own-01", "behavioral", "Why?"), "2026-04-01", {})
        assert (tmp_path / "theirs").read_bytes() == b"theirs"

    def test_nothing_in_the_package_writes_a_file_in_another_way(self) -> None:
        """Over the source: who opens a file to write does it in `files`, or appends as recorder and SQLite do."""
        writes = re.compile(
            r"write_text\(|write_bytes\(|mkstemp|\.touch\(|open\([^)]*[\"'](?:[wax]b?|r\+b?)[\"']"
        )
        allowed = {
            "files.py", "audio/recorder.py", "store/database.py",
            "report/page_sound.py", "web/reading.py",  # into memory
            "packs/schema.py",  # a tool of this repository, which no command calls
            "web/run.py", "web/uploads.py", "cli/score_many.py",  # into a folder that it has just made
        }  # fmt: skip
        found = {
            str(path.relative_to(SOURCES))
            for path in SOURCES.rglob("*.py")
            if writes.search(path.read_text(encoding="utf-8"))
        }
        assert found <= allowed


class TestPrivacy:
    """What is recorded is for its owner's eyes alone."""

    def test_every_file_is_0600_and_every_folder_0700(self, tmp_path: Path) -> None:
        folder = tmp_path / "recordings"
        with suppress(SystemExit):
            sit(folder)
        for command in (["review", "last", "--html"], ["progress", "--html"]):
            with suppress(SystemExit):
                main([*command, "--recordings", str(folder)])
        with Store(folder) as store:
            store.add_session("s1", "practice", "2026-04-01T09:30:00+00:00", {})
            made = [events_path(folder), folder, *folder.rglob("*")]
            names = {path.name for path in made}
            assert {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "1.wav", "1.json", "review.html"} <= names
            assert {
                path.name: oct(mode(path)) for path in made if path.is_dir() and mode(path) != 0o700
            } == {}
            assert {
                path.name: oct(mode(path)) for path in made if path.is_file() and mode(path) != 0o600
            } == {}

    def test_events_into_a_file_that_others_could_read_are_private_from_then_on(self, tmp_path: Path) -> None:
        events = tmp_path / "events.jsonl"
        events.touch(0o644)
        with ExitStack() as stack:
            _event_file(RunOptions(events=str(events)), stack)
        assert mode(events) == 0o600

    def test_a_folder_of_the_users_own_keeps_its_mode(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        Store(tmp_path).close()
        assert mode(tmp_path) == 0o755
        assert mode(tmp_path / DATABASE) == 0o600
