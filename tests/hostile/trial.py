"""One bad input tried on the command line as a user types it, in a folder that is watched, and what is wrong with
what came of it.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path

from voicemock.cli import main

SECONDS = 60.0  # the longest that an input of any size may take; alone on a core the slowest takes a tenth
MEMORY = (
    6 << 30
)  # bytes of address space for a process of its own; the libraries reserve 3 GiB, and use a tenth
SCRIPT = "<script>alert(1)</script>"  # what hostile texts hold; a page must never hold it as it is
IMAGE = "<img src=x onerror=alert(1)>"
MARKS = "\u061c\u200e\u200f"  # weaker ones of the same kind
STEERS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # Unicode's bidirectional controls
STORE = "recordings"
NOWHERE = "/nowhere/at/all"


@dataclass(frozen=True)
class Case:
    """`lay` puts the input into the working folder; `{answer}` says what an error must name, if there is one."""

    kind: str
    name: str
    arguments: tuple[str, ...]
    lay: Callable[[Path], None] = lambda _: None
    stdin: bytes = b""
    names: str = ""
    own_process: bool = False  # native code reads it, which could take the whole process down


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str
    seconds: float


@dataclass
class Findings:
    """What was wrong, by the column of the table."""

    tracebacks: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    escapes: list[str] = field(default_factory=list)
    manners: list[str] = field(default_factory=list)  # exit code, one line, the name in it, the time

    def __iter__(self) -> Iterator[str]:
        return iter([*self.tracebacks, *self.outside, *self.escapes, *self.manners])


def try_it(case: Case, root: Path, *, own_process: bool = False) -> Findings:
    """Lay the input down in an empty `root` and run the command there."""
    work = root / "work"
    for folder in (work, root / "home", root / "tmp"):
        folder.mkdir(parents=True)
    case.lay(work)
    before = snapshot(root)
    run = in_a_process if own_process or case.own_process else in_this_process
    outcome = run(case, work)
    return judged(case, outcome, before, snapshot(root), work)


def in_this_process(case: Case, work: Path) -> Outcome:
    out, err = _stream(), _stream()
    began = time.monotonic()
    stdin, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(case.stdin), encoding="utf-8")
    code: object = 0
    try:
        with _at_home_in(work), redirect_stdout(out), redirect_stderr(err):
            main(list(case.arguments))
    except SystemExit as ends:
        code = ends.code
    finally:
        sys.stdin = stdin
    return Outcome(int(code or 0), _text(out), _text(err), time.monotonic() - began)  # type: ignore[call-overload]


def in_a_process(case: Case, work: Path) -> Outcome:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "voicemock", *map(os.fsencode, case.arguments)],  # type: ignore[list-item]
        cwd=work,
        env={**os.environ, **_surroundings(work), "PYTHONUTF8": "1"},
        input=case.stdin,
        capture_output=True,
        timeout=4 * SECONDS,
        preexec_fn=limit,
    )
    taken = time.monotonic() - began
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode(), taken)


def judged(
    case: Case, outcome: Outcome, before: dict[str, str], after: dict[str, str], work: Path
) -> Findings:
    found = Findings()
    where = f"{case.kind}, {case.name}: {' '.join(case.arguments)[:120]!r}"
    said = outcome.out + outcome.err
    if "Traceback" in said or "unexpected error" in said:
        found.tracebacks.append(f"{where}: {outcome.err[-300:]!r}")
    if outcome.code not in (0, 1, 2):
        found.tracebacks.append(f"{where}: exit code {outcome.code}, {outcome.err[-300:]!r}")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    found.outside = [f"{where}: {name}" for name in sorted(changed) if not name.startswith(f"work/{STORE}")]
    found.escapes = [f"{where}: {what}" for what in acts(said)]
    for page in filter(Path.is_file, work.rglob("*.html")):
        text = page.read_text()
        found.escapes += [f"{where}: page: {what}" for what in (*acts(text), *markup(text))]
    lines = outcome.err.splitlines()
    if outcome.code and len(lines) != 1 and not (outcome.code == 1 and outcome.out and not lines):
        found.manners.append(f"{where}: {len(lines)} lines on standard error: {outcome.err[:300]!r}")
    if outcome.code == 1 and case.names and case.names not in said:
        found.manners.append(f"{where}: {case.names} is not named: {outcome.err[:300]!r}")
    if outcome.seconds > SECONDS:
        found.manners.append(f"{where}: took {outcome.seconds:.0f} s")
    return found


def acts(text: str) -> list[str]:
    """What in a text would act on a terminal, by Unicode's own tables and not by ours."""
    return [
        f"{c!r} after {text[max(0, i - 30) : i]!r}"
        for i, c in enumerate(text)
        if c != "\n"
        and (
            unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")
            or unicodedata.bidirectional(c) in STEERS
            or c in MARKS
        )
    ][:3]


def markup(page: str) -> list[str]:
    return [each for each in (SCRIPT, IMAGE, "<script>alert", "onerror=alert(1)>") if each in page]


def snapshot(root: Path) -> dict[str, str]:
    """Everything under `root` that is not inside the store itself, with what tells a change."""
    found = {}
    for path in sorted(root.rglob("*")):
        with suppress(FileNotFoundError):  # what SQLite keeps beside a database goes when it is closed
            stat = path.lstat()
            changed = "" if path.is_dir() and not path.is_symlink() else f"{stat.st_size} {stat.st_mtime_ns}"
            found[str(path.relative_to(root))] = changed
    return found


@contextmanager
def _at_home_in(work: Path) -> Iterator[None]:
    before, here = dict(os.environ), Path.cwd()
    os.environ.update(_surroundings(work))
    os.chdir(work)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)


def _surroundings(work: Path) -> dict[str, str]:
    return {
        "HOME": str(work.parent / "home"), "TMPDIR": str(work.parent / "tmp"), "VOICEMOCK_RECORDINGS": STORE,
        "HF_HOME": str(work.parent / "home" / "hub"), "HF_HUB_OFFLINE": "1", "EDITOR": "true", "COLUMNS": "100",
    }  # fmt: skip


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer
    assert isinstance(content, io.BytesIO)
    return content.getvalue().decode()
