"""Crash-safe recording: a plain WAV whose header is true after every block."""

from __future__ import annotations

import contextlib
import shutil
import wave
from pathlib import Path

from voicemock.audio.sound import RATE, Samples
from voicemock.errors import DiskFull, StoreError

ROOM_NEEDED = 50 * 1024 * 1024  # bytes; 20 minutes of 16 kHz mono are 38 MB
CHECK_EVERY = RATE  # samples; free space is looked at once a second of audio


class Recorder:
    """Appends blocks to `path`. `wave.writeframes` patches the header each time, so a kill loses no block written.

    Raises DiskFull before the disk is full, StoreError when a write fails; what was written stays.
    """

    def __init__(self, path: Path, *, room_needed: int = ROOM_NEEDED) -> None:
        self.path = path
        self.samples = 0
        self._room_needed = room_needed
        try:
            self._check_room()
            self._file = path.open("wb")
        except OSError as error:
            cause = f"can't record to {path} ({error.strerror})"
            raise StoreError(cause, "choose a folder with --recordings") from error
        self._wave = wave.open(self._file, "wb")  # noqa: SIM115 - closed in close()
        self._wave.setnchannels(1)
        self._wave.setsampwidth(2)
        self._wave.setframerate(RATE)

    def write(self, samples: Samples) -> None:
        if self.samples // CHECK_EVERY != (self.samples + len(samples)) // CHECK_EVERY:
            self._check_room()
        try:
            self._wave.writeframes(samples.tobytes())
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"writing {self.path} failed ({error.strerror}); what came before is kept",
                "free some space and run `voicemock recover`",
            ) from error
        self.samples += len(samples)

    def _check_room(self) -> None:
        if shutil.disk_usage(self.path.parent).free < self._room_needed:
            raise DiskFull(
                f"less than {self._room_needed // 2**20} MiB are free in {self.path.parent}",
                "free some space; everything recorded so far is kept",
            )

    def close(self) -> None:
        with contextlib.suppress(OSError):  # a full disk was reported by write(); closing must not hide that
            self._wave.close()
        self._file.close()
