"""What is on disk after each block, and what a full or failing disk keeps."""

from __future__ import annotations

import os
import shutil
import wave
from collections import namedtuple
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voicemock.audio.recorder import ROOM_NEEDED, Recorder
from voicemock.audio.sound import BLOCK_SAMPLES, RATE
from voicemock.errors import AudioFileError, DiskFull, StoreError
from voicemock.store.recordings import recording_digest

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

    def test_a_disk_that_takes_a_part_of_a_block_keeps_all_before_it(self, tmp_path: Path) -> None:
        recorder = Recorder(tmp_path / "a.wav", room_needed=0)
        recorder.write(BLOCK)
        recorder._file = FillingFile(recorder._file, room=100)  # type: ignore[assignment]
        with pytest.raises(StoreError, match=r"a\.wav failed \(No space left.* what came before is kept"):
            recorder.write(BLOCK)
        recorder.close()
        assert frames(tmp_path / "a.wav") == BLOCK_SAMPLES
        assert (tmp_path / "a.wav").stat().st_size > 44 + 2 * BLOCK_SAMPLES  # the part is behind the end

    def test_a_sync_that_fails_at_the_end_is_an_error(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (
            pytest.raises(StoreError, match=r"a\.wav failed \(Input/output error"),
            a_recorder(tmp_path) as it,
        ):
            it.write(BLOCK)
            monkeypatch.setattr(os, "fsync", refuse)

    def test_but_it_does_not_hide_what_broke_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(KeyboardInterrupt), a_recorder(tmp_path):
            monkeypatch.setattr(os, "fsync", refuse)
            raise KeyboardInterrupt


def a_recorder(folder: Path) -> Recorder:
    return Recorder(folder / "a.wav", room_needed=0)


def refuse(_: int) -> None:
    raise OSError(5, "Input/output error")


class FillingFile:
    """A file on a disk that has room for so many bytes more."""

    def __init__(self, file: Any, room: int) -> None:
        self._file, self._room = file, room

    def write(self, data: bytes) -> int:
        if not self._room:
            raise OSError(28, "No space left on device")
        written: int = self._file.write(data[: self._room])
        self._room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class TestDurability:
    """What a power cut may cost is bounded, and what was recorded can be told from what is on the disk."""

    def test_the_sound_is_brought_to_the_disk_every_five_seconds_and_at_the_end(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        recorder = Recorder(tmp_path / "a.wav", room_needed=0)
        synced: list[int] = []
        monkeypatch.setattr(os, "fsync", lambda _: synced.append(recorder.samples // RATE))
        for _ in range(12 * RATE // BLOCK_SAMPLES):
            recorder.write(BLOCK)
        recorder.close()
        assert synced == [4, 9, 12]

    def test_the_digest_is_that_of_the_file(self, tmp_path: Path) -> None:
        with a_recorder(tmp_path) as recorder:
            recorder.write(BLOCK)
            recorder.write(BLOCK * 2)
        assert recorder.sha256 == recording_digest(tmp_path / "a.wav")

    def test_a_flip_of_a_bit_in_any_byte_changes_the_digest_or_is_refused(self, tmp_path: Path) -> None:
        with a_recorder(tmp_path) as recorder:
            recorder.write(BLOCK)
        content = (tmp_path / "a.wav").read_bytes()
        for at in range(len(content)):
            flipped = bytearray(content)
            flipped[at] ^= 1 << at % 8
            (tmp_path / "a.wav").write_bytes(flipped)
            with suppress(AudioFileError):
                assert recording_digest(tmp_path / "a.wav") != recorder.sha256


class TestAFolderThatRefuses:
    """A path that can't be written is one clear error."""

    def test_a_missing_folder_names_the_option(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="--recordings"):
            Recorder(tmp_path / "nowhere" / "a.wav", room_needed=0)
