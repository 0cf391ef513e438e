"""Which files a run is about: names, folders, patterns and lists, in an order that is the same each time."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from voicemock.audio.sound import RECORDINGS
from voicemock.errors import TranscriptError

TEXT = (".txt", ".md", ".json", ".vtt", ".srt")
STANDARD_INPUT = "-"


def expand(places: Iterable[str], listing: str | None = None) -> tuple[str, ...]:
    """Every file once, in the order given; a folder's files by name, hidden ones and other kinds left out.

    A name that does not exist stays, and becomes a row that says so.
    Raises TranscriptError where the list can't be read.
    """
    names = [name for place in places for name in _files_of(place)]
    if listing is not None:
        names.extend(_listed(listing))
    return tuple(dict.fromkeys(names))


def readable(name: str) -> str:
    """The name as text: what the file system has that is no text is written as \\xff."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def is_many(places: Sequence[str]) -> bool:
    """Whether these are more than files named one by one."""
    return any(Path(place).is_dir() or _is_pattern(place) for place in places)


def _files_of(place: str) -> Iterator[str]:
    path = Path(place)
    if "://" not in place and path.is_dir():
        yield from map(str, _inside(path))
    elif _is_pattern(place):
        yield from sorted(glob.glob(place, recursive=True))  # noqa: PTH207 - keeps a relative name as it was given
    else:
        yield place


def _inside(folder: Path) -> list[Path]:
    """The files that count, and each folder that can't be looked into: it becomes a row that says so."""
    closed: list[Path] = []
    walked = os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
    found = [Path(place, name) for place, _, names in _in_sight(walked) for name in names]
    return sorted([*(path for path in found if _counts(path, folder)), *closed])


def _in_sight(
    walked: Iterable[tuple[str, list[str], list[str]]],
) -> Iterator[tuple[str, list[str], list[str]]]:
    """The same without hidden folders, which are not even looked into."""
    for place, folders, names in walked:
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield place, folders, names


def _counts(found: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in found.relative_to(folder).parts)
    return not hidden and found.suffix.lower() in TEXT + RECORDINGS and found.is_file()


def _is_pattern(place: str) -> bool:
    return glob.has_magic(place) and not Path(place).exists()


def _listed(listing: str) -> Iterator[str]:
    """One name a line; blank lines and those that begin with # are skipped."""
    try:
        text = sys.stdin.read() if listing == STANDARD_INPUT else Path(listing).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise TranscriptError(f"the list {listing} can't be read ({cause})", "one file a line") from error
    yield from (line for raw in text.splitlines() if (line := raw.strip()) and not line.startswith("#"))
