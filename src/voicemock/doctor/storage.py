"""Where sessions are kept, looked at before one is: room, who may write and read, the database, what a crash left."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from voicemock.audio.recorder import ROOM_NEEDED
from voicemock.audio.sound import RATE
from voicemock.doctor.finding import Finding
from voicemock.errors import StoreError

MINUTES_WANTED = 60  # of recording that should fit on the disk
BYTES_PER_MINUTE = RATE * 2 * 60
OTHERS = 0o077  # of a file's mode: what the group and everyone else may do
OTHERS_LIST = 0o044  # of a folder's mode: the names in it, which are the times of sessions
PRIVATE = {".wav", ".json", ".db", ".db-wal", ".html"}  # of what lies in the recordings folder


def check_disk(recordings: Path) -> Finding:
    """Whether an hour of recording fits."""
    free = shutil.disk_usage(_nearest(recordings)).free
    if free < ROOM_NEEDED:
        what = f"only {free // 2**20} MiB are free for {recordings}: recording stops at {ROOM_NEEDED // 2**20} MiB"
        return Finding("disk", "broken", what, "free some space, or choose another folder with --recordings")
    minutes = free // BYTES_PER_MINUTE
    if minutes < MINUTES_WANTED:
        return Finding("disk", "warning", f"room for {minutes} minutes in {recordings}", "free some space")
    return Finding("disk", "ok", f"room for {minutes // 60:,} hours in {recordings}")


def check_folder(recordings: Path) -> Finding:
    """Whether recordings can be written, really, and whether others on this machine could read them."""
    if recordings.exists() and not recordings.is_dir():
        raise StoreError(f"{recordings} is a file", "name a folder with --recordings")
    place = _nearest(recordings)
    try:
        with tempfile.TemporaryFile(dir=place) as file:  # its mode alone tells too little, root above all
            file.write(b"voicemock")
        shared = recordings.is_dir() and os.name != "nt" and recordings.stat().st_mode
        exposed = next(_exposed(recordings), None) if shared else None
    except OSError as error:
        problem = f"{place} can't be written to ({error.strerror})"
        raise StoreError(problem, "choose another folder with --recordings") from error
    if exposed is not None:
        what = f"other users of this machine can read {exposed}"
        return Finding("folder", "warning", what, f"chmod -R go-rwx {recordings}")
    if shared & OTHERS_LIST:
        what = f"other users of this machine can list the sessions in {recordings}, not read them"
        return Finding("folder", "warning", what, f"chmod 700 {recordings}")
    made = "writable, and private to you" if recordings.is_dir() else "will be created, private to you"
    return Finding("folder", "ok", f"{recordings} {made}")


def check_database(recordings: Path) -> Finding:
    """Whether SQLite finds its file sound, and whether a recording waits to be brought back. Makes no database."""
    from voicemock.store.database import DATABASE
    from voicemock.store.recover import lost_line
    from voicemock.store.store import Store

    if not (recordings / DATABASE).exists():
        if any(recordings.glob("*/*.wav")):
            what = f"{recordings} has recordings and no database"
            return Finding("database", "warning", what, "`voicemock recover` rebuilds it")
        return Finding("database", "ok", "no sessions yet")
    with Store(recordings, reads=True) as store:
        problem = store.quick_problem()
        answers = store.answer_count()
        lost = lost_line(store)
    if problem:
        raise StoreError(f"{recordings / DATABASE} is damaged ({problem})", "run `voicemock verify`")
    if lost:
        return Finding("database", "warning", lost, "voicemock recover")
    return Finding("database", "ok", f"sound; answers: {answers}, nothing to recover")


def _nearest(folder: Path) -> Path:
    """The folder itself, or the nearest one above it that is there."""
    folder = folder.absolute()
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _exposed(folder: Path) -> Iterator[Path]:
    """What of voicemock's own others can read."""
    for path in sorted(folder.iterdir()):
        if not path.stat().st_mode & OTHERS:
            continue
        if path.is_dir():
            yield from _exposed(path)
        elif path.suffix in PRIVATE:
            yield path
