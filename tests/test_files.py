"""Small files are whole, private, and where the user's own link or pipe points."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from benchmarks.sitting import events_path, sit

from voicemock.cli import main
from voicemock.cli.desk import RunOptions, _event_file
from voicemock.errors import StoreError
from voicemock.files import make_folder, write_file
from voicemock.store.database import DATABASE
from voicemock.store.store import Store


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

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "real")
        write_file(tmp_path / "link", b"page", "")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "real").read_bytes() == b"page"

    def test_links_in_a_circle_are_refused_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to(tmp_path / "b")
        (tmp_path / "b").symlink_to(tmp_path / "a")
        with suppress(StoreError):  # later Pythons put a file in the link's place
            write_file(tmp_path / "a", b"page", "name another")
            assert (tmp_path / "a").read_bytes() == b"page"

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
