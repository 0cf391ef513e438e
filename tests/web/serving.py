"""A server on a free port with an interviewer that only listens, and clients with good and bad manners."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from voicemock.audio.source import Block
from voicemock.cli.practice import choose
from voicemock.cli.web import score_file
from voicemock.packs.questions import Question
from voicemock.speech.voice import FakeVoice
from voicemock.web.calls import Calls
from voicemock.web.interviews import Services
from voicemock.web.room import Room
from voicemock.web.run import server_at
from voicemock.web.server import Server

WAITING = 50  # blocks that a test may have sent just before it stops the interview
QUESTION = Question("q", "behavioral", "Tell me about a time.")
TODAY = date(2026, 11, 30)  # of what is planned
Call = Callable[..., Any]


class Listening:
    """An interview that asks at once, counts the blocks it hears, and stops when it is told to."""

    def __init__(self) -> None:
        self.blocks = self.lost = 0

    def __call__(self, room: Room, wanted: Mapping[str, Any]) -> None:
        source = room.source()
        room.screen.question(QUESTION, 1, 1)
        while not room.screen.stopping():
            self.hear(source.read())
        for _ in range(WAITING):  # what had arrived by then
            if not self.hear(source.read()):
                break
        room.wire.turn("over", session="s", answers=[], retry_of=None)

    def hear(self, block: Block) -> bool:
        self.blocks += bool(len(block.samples))
        self.lost += block.lost
        return bool(len(block.samples))


@dataclass
class Served:
    """A running server and ways to talk to it."""

    server: Server
    room: Room
    interview: Listening
    folder: Path

    @property
    def port(self) -> int:
        return self.server.guard.port

    @property
    def root(self) -> str:
        return self.server.guard.root

    def url(self, path: str) -> str:
        """As a browser asks for it."""
        return f"http://127.0.0.1:{self.port}{self.root}{path}"

    def headers(self, **changed: str | None) -> dict[str, str]:
        usual = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"voicemock={self.server.guard.cookie}",
            "Connection": "close",
        }
        given = {**usual, **{name.replace("_", "-"): value for name, value in changed.items()}}
        return {name: value for name, value in given.items() if value is not None}

    def get(
        self, path: str = "", method: str = "GET", **changed: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of a request under our root."""
        lines = [f"{name}: {value}" for name, value in self.headers(**changed).items()]
        raw = self.raw("\r\n".join([f"{method} {self.root}{path} HTTP/1.1", *lines, "", ""]).encode())
        return parsed(raw)

    def raw(self, sent: bytes) -> bytes:
        """What comes back for these bytes, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=15) as client:
            client.sendall(sent)
            return read_all(client)

    def page(self, close_timeout: float = 10.0, at: str = "live", **changed: str | None) -> ClientConnection:
        """The WebSocket of a page that was let in."""
        return connect(
            f"ws://127.0.0.1:{self.port}{self.root}{at}",
            additional_headers=self.headers(**{"Host": None, "Connection": None, **changed}),
            origin=Origin(f"http://127.0.0.1:{self.port}"),
            close_timeout=close_timeout,
        )


def read_all(client: socket.socket) -> bytes:
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def parsed(raw: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return int(first.split()[1]), dict(line.split(": ", 1) for line in lines), body


def say(page: ClientConnection, do: str, **fields: object) -> None:
    page.send(json.dumps({"do": do, **fields}))


def hears(page: ClientConnection, **wanted: object) -> dict[str, Any]:
    """The next message that has these fields."""
    while True:
        message = page.recv(timeout=15)
        if isinstance(message, str):
            fields: dict[str, Any] = json.loads(message)
            if wanted.items() <= fields.items():
                return fields


def asks(page: ClientConnection, name: str, **given: object) -> dict[str, Any]:
    """The answer to a call."""
    say(page, "call", id=1, name=name, **{"with": given})
    return hears(page, **{"is": "answer"})


def calling(served: Served) -> Callable[..., Any]:
    """What a page of this server can have done, by name: `call("plan", date=…)`."""
    calls = Calls(Services(served.folder, None, None, None, no_desk, None, choose, no_desk), served.room)
    return lambda name, **given: calls(name, given)


def no_desk(*_: object) -> Any:
    raise AssertionError("no interview of these tests opens a desk")


def scorer(folder: Path) -> Any:
    """Scores a file as `voicemock web` does."""
    return lambda path, asked: score_file(path, asked, None, folder)


@contextmanager
def serving(folder: Path, interview: Any = None) -> Iterator[Served]:
    listening = Listening()
    room = Room(interview or listening)
    services = Services(
        folder, None, None, None, no_desk, None, choose, scorer(folder), lambda _: FakeVoice()
    )
    server = server_at(None, room, services)
    server.start()
    try:
        yield Served(server, room, interview if isinstance(interview, Listening) else listening, folder)
    finally:
        room.stop()
        room.wait(5.0)
        server.close()
