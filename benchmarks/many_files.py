"""Many files: two jobs against one, Dask against the pool, memory, and what a kill loses.

    python -m benchmarks.many_files                             all of it on small numbers, some minutes
    python -m benchmarks.many_files --only memory --texts 10000 --sentences 4
    python -m benchmarks.many_files --only kills --kills 20     SIGKILL of the parent or a worker, resumed each time
    python -m benchmarks.many_files --only hostile --texts 2000

Speeds are ratios within one run: machines are shared. A text is some 20 sentences of the training answers,
each with a number of its own, so that no vector is remembered from one text to the next.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path

from benchmarks.spoken import espeak

from voicemock.audio.sound import RATE

VOICEMOCK = [sys.executable, "-m", "voicemock", "score"]
ANSWERS = Path(__file__).parents[1] / "training" / "answers"
SENTENCES = 20
POLL_S = 0.05  # how often memory and rows are looked at
HOSTILE = (
    b"",
    b"\x00" * 64,
    b"\xff\xfe\x00",
    b'{"sentences": 3}',
    b"{" * 5000,
    b"RIFF\x24\x00\x00\x00WAVEfmt ",
)


def sentences() -> list[str]:
    """The training answers' sentences without their labels."""
    lines = (line for path in sorted(ANSWERS.glob("*.txt")) for line in path.read_text("utf-8").splitlines())
    texts = (line.split("|", 1)[1] for line in lines if re.match(r"^[A-Z-] ?[^|=]*\|", line))
    return [re.sub(r"\{[^:{}]*: ([^{}]*)\}|!\S+", r"\1", text).strip() for text in texts]


def write_texts(folder: Path, count: int, length: int = SENTENCES) -> list[Path]:
    pool, chance = sentences(), random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        said = [
            f"{text} That was case {number}-{at}." for at, text in enumerate(chance.choices(pool, k=length))
        ]
        path = folder / f"{number:05d}.txt"
        path.write_text("\n".join(said), "utf-8")
        paths.append(path)
    return paths


def write_sounds(folder: Path, count: int) -> float:
    """Recordings of some 30 s; how many seconds they have in all."""
    pool, chance = sentences(), random.Random(11)
    folder.mkdir(parents=True, exist_ok=True)
    total = 0.0
    for number in range(count):
        samples = espeak(" ".join(chance.choices(pool, k=5))).samples
        with wave.open(str(folder / f"{number:02d}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
        total += len(samples) / RATE
    return total


def timed(*arguments: str) -> float:
    """Wall seconds of a run of `score`."""
    began = time.perf_counter()
    subprocess.run(
        [*VOICEMOCK, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - began


def speed(folder: Path, texts: int, sounds: int) -> None:
    """What a second process pays, without the start of the processes: from the difference of two sizes."""
    write_texts(folder / "texts", texts)
    write_texts(folder / "few", texts // 10)
    pairs = [("texts", "few", texts - texts // 10, "texts")]
    if sounds:
        seconds = write_sounds(folder / "sounds", sounds) - write_sounds(folder / "one", 2)
        pairs.append(("sounds", "one", round(seconds), "seconds of speech"))
    for many, few, amount, unit in pairs:
        took = {}
        for how in (["--jobs", "1"], ["--jobs", "2"], ["--jobs", "2", "--cluster", "local"]):
            took[how[-1]] = timed(str(folder / many), *how) - timed(str(folder / few), *how)
        rate = amount / took["1"] * 3600
        print(
            f"{unit:18} {rate:9,.0f} an hour by one job; two jobs {took['1'] / took['2']:.2f} times as fast;"
            f" Dask takes {took['local'] / took['2']:.2f} of the pool's time"
        )


def memory(folder: Path, texts: int, length: int) -> None:
    """Resident memory of parent and worker, at a quarter of the way and at the end."""
    write_texts(folder / "memory", texts, length)
    output = folder / "memory.jsonl"
    run = subprocess.Popen([*VOICEMOCK, str(folder / "memory"), "--jobs", "1", "--output", str(output)])
    seen: list[tuple[int, int]] = []
    while run.poll() is None:
        seen.append((rows_in(output), sum(resident_mib(pid) for pid in family(run.pid))))
        time.sleep(POLL_S * 10)
    early = max((mib for rows, mib in seen if texts // 5 <= rows <= texts // 3), default=0)
    late = max((mib for rows, mib in seen if rows >= texts * 0.9), default=0)
    print(f"memory over {texts} texts: {early} MiB at a quarter of the way, {late} MiB at the end")


def kills(folder: Path, texts: int, count: int) -> None:
    """SIGKILL of the parent, or of a worker every other time, then `--resume`: every file once?"""
    paths = write_texts(folder / "kills", texts)
    chance = random.Random(3)
    faults = 0
    for number in range(count):
        output = folder / f"kill-{number}.jsonl"
        command = [*VOICEMOCK, str(folder / "kills"), "--jobs", "2", "--output", str(output)]
        run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wanted = chance.randrange(texts)
        while run.poll() is None and rows_in(output) < wanted:
            time.sleep(POLL_S)
        others = [pid for pid in family(run.pid) if pid != run.pid]
        victims = [run.pid, *others] if number % 2 == 0 else others[-1:]
        for pid in victims:
            kill(pid)
        run.wait()
        subprocess.run([*command, "--resume"], stderr=subprocess.DEVNULL, check=False)
        rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
        right = [row["source"] for row in rows] == [str(path) for path in paths]
        faults += not right or any("error" in row for row in rows)
    print(f"kills: {count - faults} of {count} runs have every file once, in order, after --resume")


def hostile(folder: Path, texts: int) -> None:
    """As many bad files as good ones among each other."""
    write_texts(folder / "hostile", texts)
    endings = (".json", ".wav", ".txt", ".mp3", ".md", ".flac")
    for number in range(texts):
        bad = HOSTILE[number % len(HOSTILE)] + (b"" if number % 2 else os.urandom(number % 97))
        (folder / "hostile" / f"{number:05d}-bad{endings[number % len(endings)]}").write_bytes(bad)
    output = folder / "hostile.jsonl"
    timed(str(folder / "hostile"), "--jobs", "2", "--output", str(output))
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    good = [row for row in rows if "-bad" not in row["source"]]
    bad_rows = [row for row in rows if "-bad" in row["source"]]
    scored = sum(row["overall"] is not None for row in good)
    reasons = sum(bool(row.get("error") or row.get("not_scored")) for row in bad_rows)
    unexpected = sum("unexpected error" in row.get("error", "") for row in bad_rows)
    print(
        f"hostile: {scored} of {texts} good ones scored, {reasons} of {len(bad_rows)} bad ones have a reason,"
        f" {unexpected} of them unexpected"
    )


def rows_in(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def family(pid: int) -> list[int]:
    """The process and its children, by /proc: Linux only."""
    found = [pid]
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        if parent == pid:
            found.append(int(entry.parent.name))
    return found


def resident_mib(pid: int) -> int:
    try:
        line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("VmRSS"))
    except (OSError, StopIteration):
        return 0
    return int(line.split()[1]) // 1024


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", choices=("speed", "memory", "kills", "hostile"))
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="of a text, for memory")
    parser.add_argument("--sounds", type=int, default=12)
    parser.add_argument("--kills", type=int, default=4)
    wanted = parser.parse_args()
    parts: dict[str, Callable[[Path], None]] = {
        "speed": lambda folder: speed(folder, wanted.texts, wanted.sounds),
        "memory": lambda folder: memory(folder, wanted.texts, wanted.sentences),
        "kills": lambda folder: kills(folder, min(wanted.texts, 60), wanted.kills),
        "hostile": lambda folder: hostile(folder, wanted.texts),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, part in parts.items():
            if wanted.only in (None, name):
                part(Path(folder))


if __name__ == "__main__":
    main()
