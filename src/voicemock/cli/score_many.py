"""`voicemock score` over many files: by several processes or a cluster, into a file that a kill doesn't lose."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from voicemock.cli.answer_files import Wanted, read_answer
from voicemock.cli.output import echo, tell
from voicemock.errors import TranscriptError, VoicemockError
from voicemock.many.inputs import readable
from voicemock.many.results import Results
from voicemock.many.workers import Processes, Row, Workers, in_order
from voicemock.terminal.printable import json_text, printable
from voicemock.wording import counted

if TYPE_CHECKING:
    from rich.progress import Progress

    from voicemock.scoring.gaps.policy import Wording

EXIT_UNREAD = 1  # at least one row tells of a failure
CALL = "a transcript of a call is scored by itself: voicemock score FILE --speaker NAME"
KILLED = "the process that scored it was killed, twice"


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """The task: the score of one file as a row. What can't be scored gives a row with the reason, never an exception.

    `folder` is where relative names begin, since a cluster's worker stands somewhere else.
    """

    wanted: Wanted
    folder: str

    def __call__(self, name: str) -> Row:
        from voicemock.cli.score_call import is_call
        from voicemock.scoring.assemble import score_answer

        try:
            with _at_hand(name, self.folder) as path:
                _refuse_pipes(path, name)
                if is_call(path):
                    return failure(name, CALL)
                answer = read_answer(path, self.wanted)
            score = score_answer(replace(answer, source=readable(name)), wording=_wording())
            return Row(readable(name), json_text(score.as_dict(), indent=None))
        except VoicemockError as error:
            return failure(name, str(error))
        except Exception as error:  # noqa: BLE001 - one file of ten thousand must not end the run
            return failure(name, f"unexpected error: {type(error).__name__}: {error}")


def failure(name: str, reason: str) -> Row:
    source = readable(name)
    row = {"source": source, "overall": None, "error": printable(reason)}
    return Row(source, json_text(row, indent=None), failed=True)


def _refuse_pipes(path: str, name: str) -> None:
    """A pipe or a device may never end, and a run of thousands would wait for it. Raises TranscriptError."""
    found = Path(path)
    if found.exists() and not (found.is_file() or found.is_dir()):
        raise TranscriptError(
            f"{readable(name)} is no regular file", "score it by itself, or copy it to a file"
        )


def score_many(
    names: Sequence[str],
    wanted: Wanted,
    *,
    jobs: int,
    cluster: str | None,
    output: Path | None,
    resume: bool,
) -> int:
    """Score every file in order, into `output` or as JSON lines on standard output. The exit code."""
    if not names:
        raise TranscriptError("there is nothing to score", "name files, a folder or a pattern")
    task = ScoreFile(wanted, os.getcwd())  # noqa: PTH109 - as a text, for another process
    asked = {name: told for name in ("round", "principle") if (told := getattr(wanted, name))}
    if cluster is not None:
        from voicemock.many.cluster import find_dask

        find_dask()  # before a file of results is begun
    sources = [readable(name) for name in names]
    results = Results(output, sources, resume=resume, asked=asked) if output is not None else None
    failed = results.failed if results else 0
    with results or nullcontext():
        done = results.done if results else 0
        if done < len(names):
            with _workers(jobs, cluster) as workers, _progress(len(names), done) as progress:
                rows = in_order(task, names[done:], workers, lambda name: failure(name, KILLED))
                try:
                    for row in rows:
                        failed += row.failed
                        if results is not None:
                            results.write(row)
                        else:
                            echo(row.line)
                        if progress is not None:
                            progress.advance(progress.task_ids[0])
                except KeyboardInterrupt:
                    if results is not None:
                        tell(f"{results.path} is not complete: the same command with --resume goes on")
                    raise
        if results is not None:
            results.finish()
            _tell_outcome(results, len(names), done, failed)
    return EXIT_UNREAD if failed else 0


def _tell_outcome(results: Results, total: int, done: int, failed: int) -> None:
    before = f", {done} already there" if done else ""
    unread = f"; {failed} could not be scored, each has a row that says why" if failed else ""
    tell(f"{results.path}: {counted(total, 'row')}{before}{unread}")


@contextmanager
def _workers(jobs: int, cluster: str | None) -> Iterator[Workers]:
    workers: Workers
    if cluster is None:
        workers = Processes(jobs, warm_up)
    else:
        from voicemock.many.cluster import Cluster

        workers = Cluster(cluster, jobs)
        for name, version in workers.refused.items():
            tell(
                f"the worker {name} has voicemock {version} and gets no work: install the same version there"
            )
    try:
        yield workers
    finally:
        workers.close()


def warm_up() -> None:
    """What every file needs, loaded before the first one comes."""
    from voicemock.scoring import assemble

    assemble.warm_up()


@contextmanager
def _progress(total: int, done: int) -> Iterator[Progress | None]:
    """A bar with the time left, on standard error, where somebody looks."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from voicemock.terminal.safe_console import SafeConsole

    console = SafeConsole(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Progress(
        "scoring", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    ) as bar:
        bar.add_task("scoring", total=total, completed=done)
        yield bar


@contextmanager
def _at_hand(name: str, folder: str) -> Iterator[str]:
    """A path on this machine for a name: what lies elsewhere (an fsspec address) is fetched for as long as needed."""
    if "://" not in name:
        yield os.path.join(folder, name)  # noqa: PTH118 - `-` and odd names stay as they are
        return
    with tempfile.TemporaryDirectory(prefix="voicemock-") as place:
        path = Path(place, Path(name.split("://", 1)[1]).name)
        _fetch(name, path)
        yield str(path)


def _fetch(name: str, path: Path) -> None:
    try:
        import fsspec

        with fsspec.open(name, "rb") as source, path.open("wb") as target:
            shutil.copyfileobj(source, target)
    except (OSError, ValueError, ImportError) as error:
        raise TranscriptError(f"{name} can't be fetched ({error})", "check the address") from error


@cache
def _wording() -> Wording:
    from voicemock.packs.phrases import load_phrases

    return load_phrases().questions
