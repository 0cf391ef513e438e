"""A file from the page, or pasted text: taken in parts over a WebSocket of its own, scored, kept where asked."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from voicemock.calls.captions import CAPTIONS
from voicemock.errors import UsageProblem, VoicemockError
from voicemock.files import Scratch, make_folder
from voicemock.report.build import review_told
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.scoring.model import Score
from voicemock.store.kept import CALL, RECORDING, Told, keep_told
from voicemock.terminal.printable import excerpt
from voicemock.web.interviews import OWN_QUESTION_CHARACTERS, one_of
from voicemock.web.room import Room
from voicemock.web.site import Site

MOST_BYTES = 1 << 27  # twelve minutes as a CD has them, hours as MP3
WITHIN_S = 60.0  # for all of it to come, from a page on this machine
ARRIVING = ".arriving-"  # a folder beside the recordings, for as long as a file is being scored
NAME_CHARACTERS = 100
OF_A_CALL = (*CAPTIONS, ".json")  # an answer as JSON has no times, and is not kept
LONGEST_S = 86_400.0  # as `score --duration` takes it


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page says of a file. None: it leaves that to the file."""

    name: str
    size: int
    keep: bool
    round: str | None
    principle: str | None
    question: str | None
    duration_s: float | None
    speaker: str | None


class Uploads:
    """One file at a time, and none during an interview: a recogniser at work would make that late."""

    def __init__(self, site: Site, room: Room) -> None:
        self._site = site
        self._room = room
        self._busy = False

    async def take(self, connection: ServerConnection) -> None:
        """Answer with what a page shows of the score, or with what is wrong. Never raises."""
        with contextlib.suppress(ConnectionClosed):
            try:
                body: dict[str, Any] = {"value": await self._scored(connection)}
            except VoicemockError as error:
                body = {"error": {"problem": error.problem, "next_step": error.next_step}}
            except Exception as error:  # noqa: BLE001 - the page is told, and the server goes on
                problem = f"that failed ({type(error).__name__})"
                body = {"error": {"problem": problem, "next_step": "try another file"}}
            await connection.send(json.dumps(body))

    async def _scored(self, connection: ServerConnection) -> dict[str, Any]:
        if self._room.busy:
            raise UsageProblem("an interview is going on", "score it afterwards")
        if self._busy:
            raise UsageProblem("another file is being scored", "wait until that is done")
        self._busy = True
        try:
            async with self._arrived(connection) as (path, asked):
                return await asyncio.to_thread(self._score, path, asked)
        finally:
            self._busy = False

    @contextlib.asynccontextmanager
    async def _arrived(self, connection: ServerConnection) -> AsyncIterator[tuple[Path, Asked]]:
        """The file, for as long as it is looked at."""
        make_folder(self._site.services.recordings)
        scratch = Scratch(self._site.services.recordings, ARRIVING)
        try:
            async with asyncio.timeout(WITHIN_S):
                asked = read_asked(await connection.recv())
                path = scratch.path / f"answer{ending(asked.name)}"
                with path.open("wb") as file:
                    await receive(connection, file, asked.size)
            yield path, asked
        except TimeoutError:
            raise UsageProblem(f"the file did not come within {WITHIN_S:.0f} s", "send it again") from None
        finally:
            scratch.close()

    def _score(self, path: Path, asked: Asked) -> dict[str, Any]:
        try:
            told, scores = self._site.services.score(path, asked)
        except VoicemockError as error:  # of a file under the name that its owner knows
            shown = error.problem.replace(str(path), asked.name)
            raise type(error)(shown, error.next_step) from error
        kept = self._keep(told, scores, asked) if asked.keep else None
        return {"kept": kept, "page": self._page(told, scores, asked.keep and kept is None)}

    def _keep(self, told: tuple[Told, ...], scores: list[Score], asked: Asked) -> str | None:
        mode = CALL if ending(asked.name) in OF_A_CALL else RECORDING
        with self._site.store() as store:
            return keep_told(store, told, scores, asked.name, mode)

    def _page(self, told: tuple[Told, ...], scores: list[Score], no_times: bool) -> str:
        reviews = [
            review_told(one, score, number)
            for number, (one, score) in enumerate(zip(told, scores, strict=True), start=1)
        ]
        return self._site.render("scored.html.j2", answers=reviews, no_times=no_times)


async def receive(connection: ServerConnection, file: BinaryIO, size: int) -> None:
    """As many bytes as were announced. Raises UsageProblem where others come."""
    came = 0
    while came < size:
        part = await connection.recv()
        if not isinstance(part, bytes) or not part or came + len(part) > size:
            raise UsageProblem("the file did not come as it was announced", "send it again")
        came += file.write(part)


def read_asked(message: str | bytes) -> Asked:
    """What a page says of the file that follows. Raises UsageProblem."""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise UsageProblem("the page did not describe the file", "load the page again")
    size = said.get("size")
    if not isinstance(size, int) or size <= 0:
        raise UsageProblem("there is nothing to score", "choose a file, or write something")
    if size > MOST_BYTES:
        largest = f"use a file of {MOST_BYTES >> 20} MiB at most (as MP3 or M4A it gets smaller)"
        raise UsageProblem("that file is too large", f"{largest}, or `voicemock score`")
    return Asked(
        name=excerpt(Path(str(said.get("name") or "")).name[:NAME_CHARACTERS]) or "a file",
        size=size,
        keep=bool(said.get("keep")),
        round=one_of(said, "round", tuple(ROUNDS)),
        principle=one_of(said, "principle", tuple(PRINCIPLES)),
        question=_written(said, "question"),
        duration_s=_seconds(said),
        speaker=_written(said, "speaker"),
    )


def _written(said: Mapping[str, Any], name: str) -> str | None:
    return str(said.get(name) or "").strip()[:OWN_QUESTION_CHARACTERS] or None


def _seconds(said: Mapping[str, Any]) -> float | None:
    given = said.get("duration_s")
    if given is None:
        return None
    if not isinstance(given, int | float) or isinstance(given, bool) or not 0 < given <= LONGEST_S:
        raise UsageProblem(f"{given!r} is no length of an answer", "give its seconds, or leave them out")
    return float(given)


def ending(name: str) -> str:
    """The ending by which a file is known for what it is; nothing else of the name reaches the disk."""
    found = Path(name).suffix.lower()
    return found if found[1:].isalnum() and found.isascii() and len(found) <= 9 else ""
