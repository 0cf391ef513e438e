"""The doctor sees each fault beforehand, says what to do about it, and looks at every part whatever the others do."""

from __future__ import annotations

import json
import sqlite3
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.stored import BAKERY, add_answer, write_wav
from voicemock import TELEMETRY_OFF
from voicemock.audio.sound import BLOCK_SAMPLES, Samples
from voicemock.audio.source import Block
from voicemock.cli import main
from voicemock.doctor import checks as doctor
from voicemock.doctor import storage as doctor_storage
from voicemock.doctor.finding import Finding
from voicemock.errors import DeviceError, ModelError
from voicemock.store.database import DATABASE
from voicemock.store.store import Store

PARTS = (
    "libraries", "model", "listening", "scorer", "voice", "microphone", "speaker", "terminal", "disk", "folder",
    "database",
)  # fmt: skip


class Microphone:
    """Gives one block again and again, or none."""

    def __init__(self, samples: Samples, lost: int = 0) -> None:
        self._block = Block(samples, 0.0, lost)
        self.closed = False

    def read(self) -> Block:
        return self._block

    def close(self) -> None:
        self.closed = True


def noise(rms: float) -> Samples:
    return (np.random.default_rng(1).normal(0, rms, BLOCK_SAMPLES)).clip(-32768, 32767).astype(np.int16)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """A store with one answer, private as voicemock makes it."""
    folder = tmp_path / "recordings"
    with Store(folder) as store:
        add_answer(store, "s1/1", BAKERY)
    write_wav(folder / "s1" / "1.wav", 60.0)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


class TestWhereSessionsAreKept:
    def test_nothing_is_wrong_with_a_good_one(self, recordings: Path) -> None:
        for check in (doctor_storage.check_disk, doctor_storage.check_folder, doctor_storage.check_database):
            assert check(recordings).verdict == "ok"

    def test_nothing_is_made_where_nothing_is(self, tmp_path: Path) -> None:
        for check in (doctor_storage.check_disk, doctor_storage.check_folder, doctor_storage.check_database):
            assert check(tmp_path / "none" / "yet").verdict == "ok"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(("mebibytes", "verdict"), [(10, "broken"), (60, "warning"), (10_000, "ok")])
    def test_a_disk_that_fills_up_is_seen_before_it_is_full(
        self, mebibytes: int, verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        free = SimpleNamespace(free=mebibytes * 2**20)
        monkeypatch.setattr(doctor_storage, "shutil", SimpleNamespace(disk_usage=lambda _: free))
        assert doctor_storage.check_disk(tmp_path).verdict == verdict

    def test_a_folder_that_cannot_be_written_to(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def refuse(**_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(doctor_storage, "tempfile", SimpleNamespace(TemporaryFile=refuse))
        found = part("folder", tmp_path)
        assert found.verdict == "broken"
        assert f"{tmp_path} can't be written to" in found.what

    def test_a_file_in_the_folders_place(self, tmp_path: Path) -> None:
        (tmp_path / "recordings").write_text("")
        assert "is a file" in part("folder", tmp_path / "recordings").what

    def test_recordings_that_others_can_read_are_named(self, recordings: Path) -> None:
        (recordings / "README.md").touch(0o644)
        assert doctor_storage.check_folder(recordings).verdict == "ok"
        (recordings / "s1").chmod(0o755)
        (recordings / "s1" / "1.wav").chmod(0o644)
        found = doctor_storage.check_folder(recordings)
        assert found.verdict == "warning"
        assert str(recordings / "s1" / "1.wav") in found.what
        assert found.next_step == f"chmod -R go-rwx {recordings}"

    def test_a_folder_that_others_can_list_is_said(self, recordings: Path) -> None:
        recordings.chmod(0o755)
        found = doctor_storage.check_folder(recordings)
        assert found.verdict == "warning"
        assert "can list the sessions" in found.what
        assert found.next_step == f"chmod 700 {recordings}"

    def test_a_damaged_database(self, recordings: Path) -> None:
        db = sqlite3.connect(recordings / DATABASE)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'events_of_type'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
        db.close()
        with (recordings / DATABASE).open("r+b") as file:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)
        found = part("database", recordings)
        assert found.verdict == "broken"
        assert "is damaged" in found.what

    def test_a_recording_that_waits_to_be_recovered(self, recordings: Path) -> None:
        write_wav(recordings / "s2" / "1.wav", 5.0)
        found = doctor_storage.check_database(recordings)
        assert (found.verdict, found.next_step) == ("warning", "voicemock recover")

    def test_recordings_whose_database_is_gone(self, recordings: Path) -> None:
        for path in recordings.glob(f"{DATABASE}*"):
            path.unlink()
        found = doctor_storage.check_database(recordings)
        assert found.verdict == "warning"
        assert "recover" in found.next_step
        assert not (recordings / DATABASE).exists()


class TestTheMicrophone:
    """What would spoil an answer is heard in a second of listening."""

    @pytest.mark.parametrize(
        ("samples", "lost", "verdict", "says"),
        [
            (noise(5), 0, "ok", "the room is quiet"),
            (noise(100), 0, "ok", "hears something"),
            (noise(900), 0, "warning", "noisy while nobody speaks"),
            (np.zeros(BLOCK_SAMPLES, dtype=np.int16), 0, "warning", "only silence"),
            (noise(900), BLOCK_SAMPLES, "warning", "were lost"),
            (noise(40_000), 0, "warning", "clipping"),
        ],
    )
    def test_it_is_judged_by_what_it_sends(
        self, samples: Samples, lost: int, verdict: str, says: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        microphone = Microphone(samples, lost)
        monkeypatch.setattr("voicemock.audio.microphone.MicrophoneSource", lambda: microphone)
        found = doctor._microphone()
        assert found.verdict == verdict
        assert says in found.what
        assert microphone.closed

    def test_one_that_sends_nothing_is_broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        microphone = Microphone(np.zeros(0, dtype=np.int16))
        monkeypatch.setattr("voicemock.audio.microphone.MicrophoneSource", lambda: microphone)
        clock = count()  # each look at the clock is a second later
        monkeypatch.setattr(doctor, "time", SimpleNamespace(monotonic=lambda: float(next(clock))))
        assert "sends no sound" in doctor._microphone().what


class TestEngines:
    def test_a_folder_of_the_users_own_is_said_to_be_one(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for name in ("model.bin", "config.json", "tokenizer.json"):
            (tmp_path / name).touch()
        monkeypatch.setattr("voicemock.speech.models.load", lambda _, notice: None)
        monkeypatch.setattr("voicemock.speech.models.decode_once", lambda _: None)
        assert "not verified" in doctor._model(str(tmp_path)).what

    def test_a_slow_voice_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = iter([0.0, 1.5])
        monkeypatch.setattr(doctor, "time", SimpleNamespace(monotonic=lambda: next(clock)))
        assert doctor._voice(None).verdict == "warning"

    def test_telemetry_that_was_switched_on_again_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert doctor._libraries().verdict == "ok"
        monkeypatch.setenv(next(iter(TELEMETRY_OFF)), "0")
        assert doctor._libraries().verdict == "broken"

    def test_a_library_that_is_missing_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        needs = ["click>=8.1", "no-such-library[fast]==1.0", "absent>=1; extra == 'piper'"]
        monkeypatch.setattr(doctor.metadata, "requires", lambda _: needs)
        found = doctor._libraries()
        assert (found.verdict, found.next_step) == ("broken", "pip install no-such-library")


class TestAnythingElse:
    def test_a_part_that_fails_in_whatever_way_hides_no_other(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def gone() -> Finding:
            raise ImportError("No module named 'onnxruntime'")

        fine = Finding("", "ok", "")
        for name in ("_listening", "_scorer"):
            monkeypatch.setattr(doctor, name, gone)
        for name in ("_microphone", "_speaker", "_terminal"):
            monkeypatch.setattr(doctor, name, lambda: fine)
        for name in ("_model", "_voice"):
            monkeypatch.setattr(doctor, name, lambda _: fine)
        found = list(doctor.examine(tmp_path))
        assert len(found) == len(PARTS)
        assert [each.what for each in found if each.verdict == "broken"] == [
            "can't be checked (ImportError: No module named 'onnxruntime')"
        ] * 2


class TestTheTerminal:
    @pytest.mark.parametrize(
        ("at_terminal", "columns", "lines", "verdict"),
        [
            (True, 120, 40, "ok"),
            (True, 60, 40, "warning"),
            (True, 120, 20, "warning"),
            (False, 80, 24, "warning"),
        ],
    )
    def test_small_ones_and_none(
        self, at_terminal: bool, columns: int, lines: int, verdict: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stream = SimpleNamespace(isatty=lambda: at_terminal)
        monkeypatch.setattr(doctor, "sys", SimpleNamespace(stdin=stream, stdout=stream))
        size = SimpleNamespace(columns=columns, lines=lines)
        monkeypatch.setattr(doctor, "shutil", SimpleNamespace(get_terminal_size=lambda: size))
        assert doctor._terminal().verdict == verdict


class TestTheCommand:
    """Every part is looked at, a line each, and the exit code says whether an interview can be held."""

    @pytest.fixture
    def no_devices(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def none() -> Finding:
            raise DeviceError("none was found", "plug one in")

        monkeypatch.setattr(doctor, "_microphone", none)
        monkeypatch.setattr(doctor, "_speaker", none)

    @pytest.mark.usefixtures("no_devices")
    def test_a_part_that_fails_hides_no_other(
        self, recordings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def damaged(_: object) -> None:
            raise ModelError("the model is damaged", "reinstall it")

        monkeypatch.setattr("voicemock.speech.models.load", damaged)
        with pytest.raises(SystemExit) as ended:
            main(["doctor", "--json", "--recordings", str(recordings)])
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert tuple(each["part"] for each in found) == PARTS
        broken = {each["part"] for each in found if each["verdict"] == "broken"}
        assert broken == {"model", "microphone", "speaker"}
        assert all(each["next_step"] for each in found if each["verdict"] != "ok")
        assert ended.value.code == 1


def part(name: str, recordings: Path) -> Finding:
    """What the doctor says of one part, as the command would."""
    return next(found for found in doctor.examine(recordings) if found.part == name)
