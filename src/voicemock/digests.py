"""Model weights are code that nobody reads: a file of them is used only when its digest is the one that is known."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from voicemock.errors import ModelError

READ_BYTES = 1 << 20  # a digest is taken a megabyte at a time: the weights need not be in memory


def check_weights(path: Path, sha256: str, name: str, next_step: str) -> None:
    """Raises ModelError, with `next_step`, when the file is missing or is not the one with this SHA-256."""
    try:
        stat = path.stat()
        found = _digest(path, stat.st_size, stat.st_mtime_ns)
    except OSError as error:
        raise ModelError(f"{name} can't be read ({error.strerror}: {path})", next_step) from error
    if found != sha256:
        raise ModelError(f"{name} in {path} is damaged or not the real one", next_step)


@lru_cache(maxsize=16)  # in memory only: a verdict on disk could be stale or forged
def _digest(path: Path, size: int, changed_ns: int) -> str:
    """SHA-256 of a file; `size` and `changed_ns` are there so that a changed file is read again."""
    del size, changed_ns
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(READ_BYTES):
            digest.update(block)
    return digest.hexdigest()
