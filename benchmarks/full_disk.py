"""A disk that is full: before a session, in mid-answer, and to the last byte.

    python -m benchmarks.full_disk         a few seconds; needs `unshare` (util-linux), as root or not

Runs itself in a mount namespace of its own, on a small tmpfs, with `voicemock practice` and a scripted candidate. The
recording must stop within a second, the command must say why and where, and what was recorded must be kept, come back
once there is room again, and verify. Exits with 1 where a promise was broken.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from benchmarks.sitting import get_ready, look_after, sit

from voicemock.audio.recorder import Recorder
from voicemock.audio.sound import BLOCK_S, RATE, Samples
from voicemock.audio.source import Block, FileSource

MIB = 2**20
FILLED_AFTER = 75  # blocks of the answer: a second and a half into it
STOPS_WITHIN_S = 1.0
INSIDE = "--inside"


class FillingSource(FileSource):
    """A candidate during whose answer, after `FILLED_AFTER` blocks, the disk fills up."""

    def __init__(self, samples: Samples, fill: Callable[[], None]) -> None:
        super().__init__(samples, real_pace=False)
        self._fill, self._handed = fill, 0

    def read(self) -> Block | None:
        block = super().read()
        self._handed += not self._held
        if self._handed == FILLED_AFTER:
            self._fill()
        return block


def take(disk: Path, size: int | None = None) -> None:
    """Take so many bytes of the disk, or all there are."""
    with (disk / "taken").open("ab", buffering=0) as file:
        try:
            for _ in range(10**9 if size is None else size // 4096):
                file.write(bytes(4096))
        except OSError:
            return  # full


def practise(folder: Path, fill: Callable[[], None]) -> tuple[int, str]:
    """The exit code and what was said on standard error."""
    said, code = io.StringIO(), 0
    with redirect_stdout(io.StringIO()), redirect_stderr(said):
        try:
            sit(folder, source=lambda samples: FillingSource(samples, fill))
        except SystemExit as end:
            code = int(end.code or 0)
    return code, said.getvalue()


def full_before(disk: Path) -> list[str]:
    """Too little room from the start: nothing is begun."""
    take(disk, 60 * MIB)
    code, said = practise(disk / "recordings", lambda: None)
    recorded = list(disk.glob("*/*/*.wav"))
    return _expected(code, said, "MiB are free", disk) + [f"{path} was recorded" for path in recorded]


def fills_up(disk: Path) -> list[str]:
    """Another program takes the room in mid-answer: the recorder sees it before the disk is full."""
    code, said = practise(disk / "recordings", lambda: take(disk, 40 * MIB))
    return _expected(code, said, "MiB are free", disk) + _kept(disk)


def to_the_last_byte(disk: Path) -> list[str]:
    """The same, and nobody looked at the room: the write itself fails."""
    with patch.dict(Recorder.__init__.__kwdefaults__, room_needed=0):
        code, said = practise(disk / "recordings", lambda: take(disk))
    return _expected(code, said, "No space left on device", disk) + _kept(disk)


def _expected(code: int, said: str, cause: str, disk: Path) -> list[str]:
    right = code == 1 and cause in said and str(disk) in said and said.count("\n") == 1
    print(f"  exit code {code}: {said.strip()}")
    return [] if right else [f"it ended with {code} and said {said!r}"]


def _kept(disk: Path) -> list[str]:
    """Make room again; what is wrong with what was kept."""
    (disk / "taken").unlink()
    after = look_after(disk / "recordings")
    [samples] = after.samples.values()
    late = samples / RATE - FILLED_AFTER * BLOCK_S
    print(f"  kept {samples / RATE:.2f} s; stopped {late:.2f} s after the disk was full")
    problems = list(after.problems)
    if not -BLOCK_S <= late <= STOPS_WITHIN_S:
        problems.append(f"it stopped {late:.2f} s after the disk was full")
    return problems


def inside() -> int:
    get_ready()
    broken = 0
    for case in (full_before, fills_up, to_the_last_byte):
        with tempfile.TemporaryDirectory() as temporary:
            disk = Path(temporary).resolve()
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "none", str(disk)], check=True)
            print(f"{case.__name__.replace('_', ' ')}:")
            problems = case(disk)
            subprocess.run(["umount", str(disk)], check=True)
        print("\n".join(f"  broken: {problem}" for problem in problems) or "  all kept")
        print()
        broken += len(problems)
    print(f"broken promises: {broken}")
    return 1 if broken else 0


def main() -> int:
    """Go into a namespace in which this process may mount: of a user who may, else of root's own."""
    if INSIDE in sys.argv:
        return inside()
    for flags in ("-rm", "-m"):
        if not subprocess.run(["unshare", flags, "true"], capture_output=True, check=False).returncode:
            command = ["unshare", flags, sys.executable, "-m", "benchmarks.full_disk", INSIDE]
            return subprocess.run(command, env=os.environ, check=False).returncode
    print("no mount namespace can be had here: run it as root", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
