"""What is on disk after each block, and what a full or failing disk keeps."""

from __future__ import annotations

import shutil
import wave
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest

from voicemock.audio.recorder import ROOM_NEEDED, Recorder
from voicemock.audio.sound import BLOCK_SAMPLES, RATE
from voicemock.errors import DiskFull, StoreError

BLOCK = np.full(BLOCK_SAMPLES, 7, dtype=np.int16)
Usage = namedtuple("Usage", "total used free")


def frames(path: Path) -> int:
    with wave.open(str(path)) as file:
        return file.getnframes()


class TestAKill:
    """Any reader sees every block written, although the file was never closed."""

    def test_the_header_is_true_after_every_block(self, tmp_path: Path) -> None:
        recorder = Recorder(tmp_path / "a.wav", room_needed=0)
        for count in (1, 2, 3):
            recorder.write(BLOCK)
            assert frames(tmp_path / "a.wav") == count * BLOCK_SAMPLES
        recorder.close()


class TestAFullDisk:
    """Recording stops with an error that says so, and what was written stays."""

    def test_no_room_at_the_start_is_said_before_a_file_is_made(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, ROOM_NEEDED - 1))
        with pytest.raises(DiskFull, match="free some space"):
            Recorder(tmp_path / "a.wav")
        assert not (tmp_path / "a.wav").exists()

    def test_room_that_runs_out_is_seen_within_a_second_and_the_sound_is_kept(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorder = Recorder(tmp_path / "a.wav")
        recorder.write(BLOCK)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, 0))
        with pytest.raises(DiskFull):
            for _ in range(RATE // BLOCK_SAMPLES + 1):
                recorder.write(BLOCK)
        recorder.close()
        assert frames(tmp_path / "a.wav") >= BLOCK_SAMPLES

    def test_a_write_that_fails_is_an_error_and_closing_does_not_hide_it(self, tmp_path: Path) -> None:
        recorder = Recorder(tmp_path / "a.wav", room_needed=0)
        recorder.write(BLOCK)
        recorder._file.close()
        recorder._wave._file = FailingFile()  # type: ignore[attr-defined]
        recorder._file = recorder._wave._file  # type: ignore[attr-defined]
        with pytest.raises(StoreError, match="what came before is kept"):
            recorder.write(BLOCK)
        recorder.close()
        assert frames(tmp_path / "a.wav") == BLOCK_SAMPLES


class FailingFile:
    """A disk that takes nothing any more."""

    def write(self, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    def tell(self) -> int:
        return 0

    def seek(self, *_: int) -> int:
        return 0

    def flush(self) -> None:
        raise OSError(28, "No space left on device")

    def close(self) -> None:
        return None


class TestAFolderThatRefuses:
    """A path that can't be written is one clear error."""

    def test_a_missing_folder_names_the_option(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="--recordings"):
            Recorder(tmp_path / "nowhere" / "a.wav", room_needed=0)
