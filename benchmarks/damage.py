"""Whether `voicemock verify` finds damage, and is silent where there is none.

    python -m benchmarks.damage [--sessions 200] [--flips 2000] [--seed 1]        about five minutes

Good sessions come from the real `Session`; every third answer is corrected, every fourth scored again, every fifth
was brought back by `recover`. Then one of them is damaged, once at a time: a random bit of a file flipped, a file cut
short, a file removed. A flip in a part of the database that holds nothing (the content, every row and every table, is
the same) is counted apart and need not be found. Exits with 1 where damage was missed or a good session accused.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.sitting import ANSWER, get_ready, heard, line
from tests.interview.screenplay import room

from voicemock.cli.stored import open_recordings
from voicemock.coaching.correct import correct, replaced
from voicemock.coaching.stories import match_new
from voicemock.errors import VoicemockError
from voicemock.interview.session import Session
from voicemock.store.database import DATABASE
from voicemock.store.recover import find_lost, recover, rescore
from voicemock.store.store import Store
from voicemock.store.verify import verify

DAMAGED = 20  # good sessions, one file of which is damaged at a time
BEGAN = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
Damage = Callable[[Path, random.Random], None]


def make_good(folder: Path, sessions: int) -> None:
    """So many sessions of an answer each, with what users do to them afterwards."""
    for number in range(sessions):
        with room(folder, ANSWER) as there:
            began = BEGAN + timedelta(minutes=number)
            [done] = Session(there.desk, there.plan, there.store, today=lambda at=began: at).run()  # type: ignore[misc]
            _afterwards(there.store, done.answer_id, number)
    with Store(folder) as store:
        match_new(store)


def _afterwards(store: Store, answer_id: str, number: int) -> None:
    if number % 5 == 4:
        with store.transaction() as db:
            db.execute("DELETE FROM answers WHERE id = ?", (answer_id,))
        [lost] = find_lost(store)
        recover(store, lost, heard)
    row, words = store.answer(answer_id), store.words(answer_id)
    if number % 3 == 2:
        correct(store, row, replaced(words, [("parcels", "Parcels")]))
    if number % 4 == 3:
        rescore(store, answer_id)


def flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def remove(path: Path, _: random.Random) -> None:
    path.unlink()


def outcome(good: Path, name: str, damage: Damage, chance: random.Random) -> str:
    """What verify does about a copy in which the file `name` is damaged: found, missed or nothing lost."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "recordings"
        shutil.copytree(good, folder)
        damage(folder / name, chance)
        same = name == DATABASE and content(folder / name) == content(good / name)
        try:
            with open_recordings(folder) as store:
                found = bool(verify(store, score=None))
        except VoicemockError:
            found = True
    return "found" if found else "nothing lost" if same else "missed"


def content(database: Path) -> list[str]:
    """Everything that a database holds; empty where it can't be read."""
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return list(db.iterdump())
    except (sqlite3.Error, UnicodeDecodeError, TypeError):
        return []


def measure(sessions: int, flips: int, seed: int) -> int:
    chance = random.Random(seed)
    get_ready()
    with tempfile.TemporaryDirectory() as temporary:
        good = Path(temporary) / "recordings"
        make_good(good, sessions)
        with Store(good) as store:
            alarms = verify(store)
        print(f"{sessions} good sessions: {len(alarms)} false alarms", *map(line, alarms), sep="\n  ")
        small = Path(temporary) / "small"
        make_good(small, DAMAGED)
        files = sorted(str(path.relative_to(small)) for path in small.rglob("*") if path.is_file())
        missed = 0
        for what, damage, times in (("flipped", flip, flips), ("cut", cut, 3), ("removed", remove, 1)):
            kinds: dict[str, Counter[str]] = {}
            for name in files:
                here = times if damage is not flip or name == DATABASE else max(1, times // len(files))
                counts = kinds.setdefault(Path(name).suffix, Counter())
                counts.update(outcome(small, name, damage, chance) for _ in range(here))
            for kind, counts in kinds.items():
                missed += counts["missed"]
                print(f"{kind} {what}: " + ", ".join(f"{n} {name}" for name, n in sorted(counts.items())))
    print(f"false alarms: {len(alarms)}, damage missed: {missed}")
    return 1 if alarms or missed else 0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument(
        "--flips", type=int, default=2000, help="of the database; the others get as many together"
    )
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    return measure(arguments.sessions, arguments.flips, arguments.seed)


if __name__ == "__main__":
    sys.exit(main())
