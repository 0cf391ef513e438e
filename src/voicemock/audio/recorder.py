"""Crash-safe recording: a plain WAV whose header is true after every block."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Self

from voicemock.audio.sound import RATE, Samples
from voicemock.audio.wav import HEADER_BYTES, SAMPLE_BYTES, header
from voicemock.errors import DiskFull, StoreError
from voicemock.files import write_file

ROOM_NEEDED = 50 * 1024 * 1024  # bytes; 20 minutes of 16 kHz mono are 38 MB
CHECK_EVERY = RATE  # samples; free space is looked at once a second of audio
SYNC_EVERY = 5 * RATE  # samples; a power cut costs at most these 5 s, a kill no more than a block
CHOOSE = "choose a folder with --recordings"


class Recorder:
    """Appends blocks to `path`. First the samples are written and then the header, each with one call: a kill
    loses no block written, and leaves a file that any player opens.

    Raises DiskFull before the disk is full, StoreError when a write fails; what was written stays.
    """

    def __init__(self, path: Path, *, room_needed: int = ROOM_NEEDED) -> None:
        self.path = path
        self.samples = 0
        self._room_needed = room_needed
        self._digest = hashlib.sha256()
        try:
            self._check_room()
            write_file(path, header(0), CHOOSE)
            self._file = path.open("r+b", buffering=0)
        except OSError as error:
            raise StoreError(f"can't record to {path} ({error.strerror})", CHOOSE) from error

    @property
    def sha256(self) -> str:
        """The digest of what was given to write: the samples, then the header, which is known last."""
        digest = self._digest.copy()
        digest.update(header(self.samples))
        return digest.hexdigest()

    def write(self, samples: Samples) -> None:
        sound = samples.tobytes()
        after = self.samples + len(samples)
        try:
            if self.samples // CHECK_EVERY != after // CHECK_EVERY:
                self._check_room()
            self._put(HEADER_BYTES + self.samples * SAMPLE_BYTES, sound)
            self._put(0, header(after))
            if self.samples // SYNC_EVERY != after // SYNC_EVERY:
                os.fsync(self._file.fileno())
        except OSError as error:
            raise self._failed(error) from error
        self._digest.update(sound)
        self.samples = after

    def keep(self, length_s: float) -> None:
        """Keep the first `length_s` of what was written: the rest came after the end, before it was known."""
        samples = round(length_s * RATE)
        if samples >= self.samples:
            return
        try:
            self._put(0, header(samples))
            self._file.truncate(HEADER_BYTES + samples * SAMPLE_BYTES)
            self._file.seek(HEADER_BYTES)
            self._digest = hashlib.sha256(self._file.read())
        except OSError as error:
            raise self._failed(error) from error
        self.samples = samples

    def _put(self, place: int, content: bytes) -> None:
        self._file.seek(place)
        while content:  # a disk that fills up takes a part, and refuses the rest
            content = content[self._file.write(content) :]

    def _check_room(self) -> None:
        if shutil.disk_usage(self.path.parent).free < self._room_needed:
            raise DiskFull(
                f"less than {self._room_needed // 2**20} MiB are free in {self.path.parent}",
                "free some space; everything recorded so far is kept",
            )

    def _failed(self, error: OSError) -> StoreError:
        return StoreError(
            f"writing {self.path} failed ({error.strerror}); what came before is kept",
            "free some space and run `voicemock recover`",
        )

    def close(self) -> None:
        """Bring all of it to the disk. Raises StoreError when that fails."""
        if self._file.closed:
            return
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._failed(error) from error
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        # what broke first is what the user must hear of
        with suppress(StoreError) if error else nullcontext():
            self.close()
