"""An OpenAI-compatible server that does what a test says, on the loopback: whole replies, broken ones, or none."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from voicemock.mind.endpoint import Endpoint

MODEL = "scripted-1b"
OK = b"HTTP/1.1 200 OK\r\n"
STREAM = OK + b"Content-Type: text/event-stream\r\n\r\n"  # no length: it ends with the connection

Script = Callable[["Asked"], Iterator[bytes]]


@dataclass
class Asked:
    """One request as it arrived; `left` is set when the test is over, for those who hang."""

    path: str
    head: str
    body: dict[str, Any]
    left: threading.Event

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])


@dataclass
class Scripted:
    """The server, and what it was asked so far."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def endpoint(self, **fields: Any) -> Endpoint:
        return Endpoint("http", "127.0.0.1", self.port, **fields)


def event(text: str, model: str = MODEL, ended: bool = False) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": "stop" if ended else None}
    return b"data: " + json.dumps({"model": model, "choices": [choice]}).encode() + b"\n\n"


def says(text: str, model: str = MODEL) -> Script:
    """Streams the text word by word."""

    def script(_: Asked) -> Iterator[bytes]:
        yield STREAM
        for word in text.split(" "):
            yield event(word + " ", model)
        yield event("", model, ended=True)
        yield b"data: [DONE]\n\n"

    return script


def sends(*parts: bytes) -> Script:
    return lambda _: iter(parts)


def hangs(*parts: bytes) -> Script:
    """Sends so much, and then nothing until the test is over."""

    def script(asked: Asked) -> Iterator[bytes]:
        yield from parts
        asked.left.wait()

    return script


def as_json(body: object, status: bytes = b"200 OK") -> bytes:
    content = json.dumps(body).encode()
    head = b"HTTP/1.1 " + status + b"\r\nContent-Type: application/json\r\nContent-Length: "
    return head + str(len(content)).encode() + b"\r\n\r\n" + content


MODELS = as_json({"data": [{"id": MODEL}]})


@contextmanager
def serving(script: Script, models: bytes = MODELS) -> Iterator[Scripted]:
    """Answers every request for words with `script`, and for its models with `models`."""
    left = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                head += line
            length = next((int(x.split(b":")[1]) for x in head.splitlines() if b"ength:" in x), 0)
            body = self.rfile.read(length)
            path = head.split(b" ")[1].decode() if b" " in head else ""
            asked = Asked(path, head.decode(), json.loads(body) if body else {}, left)
            seen.asked.append(asked)
            try:
                for part in iter((models,)) if path.endswith("/models") else script(asked):
                    self.wfile.write(part)
            except OSError:
                pass  # the client left, as some tests want

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        seen = Scripted(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield seen
        finally:
            left.set()
            server.shutdown()
            thread.join()
