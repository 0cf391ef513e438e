"""The one place that talks to the user's language model: one request, its reply as it streams in, both within bounds.

Standard library only. No proxy of the environment is used, no redirect is followed, nothing is tried twice. Every fault
is a MindError, whatever went wrong.
"""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from voicemock.errors import MindError
from voicemock.mind.endpoint import CALL, Endpoint, is_loopback, same_model, short_name
from voicemock.mind.stream import KIND, RAW_BYTES, Chunk, chunks
from voicemock.terminal.printable import excerpt

Messages = Sequence[Mapping[str, str]]

CONNECT_S = 3.0
LIST_S = 5.0  # for the list of models
LIST_BYTES = 1 << 20
FAULT_BYTES = 4096  # of what a server says about its own trouble


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `first_s` until its first word, `latency_s` until its last."""

    text: str
    model: str
    first_s: float
    latency_s: float
    tokens: int

    @property
    def tokens_per_s(self) -> float | None:
        """How fast it writes; None where it wrote too little to say."""
        took_s = self.latency_s - self.first_s
        return (self.tokens - 1) / took_s if self.tokens > 1 and took_s > 0 else None


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask; `tokens` at most are written, and `limit_s` is all the time there is. What comes after there is
    `enough` is not waited for. `purpose` is for the log alone. `may_be_empty`: a model that thinks first says nothing
    in one token, and is well.
    """

    messages: Messages
    tokens: int
    limit_s: float
    enough: Callable[[str], bool] | None = None
    purpose: str = ""
    may_be_empty: bool = False

    def body(self, model: str | None) -> dict[str, Any]:
        asked = {"messages": list(self.messages), "max_tokens": self.tokens, "temperature": 0, "stream": True}
        return {"model": model, **asked} if model else asked


class Talks(Protocol):
    """Whatever answers: a server, or a log of what one answered."""

    @property
    def endpoint(self) -> Endpoint: ...

    def models(self) -> tuple[str, ...]:
        """The names of the models that are there."""

    def ask(self, ask: Ask, leash: Leash) -> Reply: ...


class Leash:
    """Ends a request from another thread: when nobody wants the reply any more, or its time is over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.cancelled = False
        self.late = False

    def cancel(self) -> None:
        with self._lock:
            self.cancelled = True
            self._shut()

    @contextmanager
    def holding(self, sock: socket.socket, limit_s: float) -> Iterator[None]:
        """The time in which `sock` is read. A server that sends a byte a second keeps no timeout of a socket's."""
        with self._lock:
            self._socket = sock
            if self.cancelled:
                self._shut()
        timer = threading.Timer(max(limit_s, 0.0), self._too_late)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            with self._lock:
                self._socket = None

    def _too_late(self) -> None:
        with self._lock:
            self.late = self._socket is not None
            self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):  # the plain socket's, also under TLS: only the reader unwraps that
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Refused(MindError):
    """The server answered, and would not."""


class Client:
    """Talks to the server at `endpoint`."""

    def __init__(self, endpoint: Endpoint, now: Callable[[], float] = time.monotonic) -> None:
        self.endpoint = endpoint
        self._now = now

    def models(self) -> tuple[str, ...]:
        """The names of the models that are there; none where the server keeps no list. Raises MindError."""
        try:
            with self._exchange("GET", "/models", None, LIST_S, Leash()) as response:
                content = response.read(LIST_BYTES)
        except _Refused as refused:
            if self.endpoint.model:
                return ()
            raise refused from None
        try:
            names = [entry["id"] for entry in json.loads(content)["data"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            raise self._fault("did not list its models", KIND) from None
        return tuple(name for name in names if isinstance(name, str))

    def ask(self, ask: Ask, leash: Leash) -> Reply:
        """The whole reply. Raises MindError: out of reach, late, cut off, cancelled, or no reply at all."""
        began = self._now()
        told: list[str] = []
        first_s, tokens, model = 0.0, 0, ""
        body = ask.body(self.endpoint.model)
        with self._exchange("POST", CALL, body, ask.limit_s, leash) as response:
            for chunk in self._chunks(response, leash):
                model = model or chunk.model
                self._right_model(chunk)
                if chunk.text:
                    first_s = first_s or self._now() - began
                    told.append(chunk.text)
                    tokens += chunk.tokens
                    if ask.enough is not None and ask.enough("".join(told)):
                        break
        text = "".join(told)
        if not (text.strip() or ask.may_be_empty):
            raise self._fault("replies with nothing", "")
        return Reply(text, model, round(first_s, 3), round(self._now() - began, 3), tokens)

    def _chunks(self, response: http.client.HTTPResponse, leash: Leash) -> Iterator[Chunk]:
        whole = False
        try:
            for chunk in chunks(response):
                whole = whole or chunk.last
                yield chunk
        except MindError as error:
            raise self._fault(error.problem, error.next_step) from None
        if not whole:
            raise self._broken(leash)

    def _right_model(self, chunk: Chunk) -> None:
        asked = self.endpoint.model
        if asked and chunk.model and not same_model(asked, chunk.model):
            told = excerpt(short_name(chunk.model))
            raise self._fault(f"was asked for {asked} and {told} answers", f"name the one you want: #{told}")

    @contextmanager
    def _exchange(
        self, method: str, path: str, body: Mapping[str, Any] | None, limit_s: float, leash: Leash
    ) -> Iterator[http.client.HTTPResponse]:
        until = self._now() + limit_s
        connection = self._connection()
        try:
            connection.connect()
            self._stays_here(connection.sock)
            connection.sock.settimeout(limit_s)
            with leash.holding(connection.sock, until - self._now()):
                content = None if body is None else json.dumps(body).encode()
                connection.request(method, f"{self.endpoint.base}{path}", content, self._headers())
                with connection.getresponse() as response:  # left half read, it would keep the socket open
                    self._status(response)
                    yield response
        except (OSError, http.client.HTTPException, ValueError) as error:
            # a ValueError is what the standard library makes of a chunk without a size
            raise self._broken(leash, error) from None
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self.endpoint.scheme == "https" else http.client.HTTPConnection
        return kind(self.endpoint.host, self.endpoint.port, timeout=CONNECT_S)

    def _stays_here(self, sock: socket.socket) -> None:
        """A name can point anywhere, whatever it sounds like: nothing has been sent yet."""
        if self.endpoint.local and not is_loopback(str(sock.getpeername()[0])):
            raise self._fault("is not this machine, although it is called so", "use 127.0.0.1")

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
        return {**headers, "Authorization": f"Bearer {self.endpoint.key}"} if self.endpoint.key else headers

    def _status(self, response: http.client.HTTPResponse) -> None:
        if response.status == http.client.OK:
            return
        said = response.read(FAULT_BYTES).decode(errors="replace")
        with suppress(ValueError, TypeError, KeyError, RecursionError):
            said = json.loads(said)["error"]["message"]
        told = excerpt(self.endpoint.hide_key(str(said))) or "no reason given"
        fault = self._fault(f"refuses ({response.status}: {told})", "`voicemock doctor` looks at it")
        raise _Refused(fault.problem, fault.next_step)

    def _broken(self, leash: Leash, error: Exception | None = None) -> MindError:
        """What ended a request before its reply was whole."""
        if leash.cancelled:
            return MindError("you had left")
        if leash.late or isinstance(error, TimeoutError):
            return self._fault("is too slow", "a smaller model answers sooner")
        if isinstance(error, OSError) and not isinstance(error, ConnectionResetError | BrokenPipeError):
            return self._fault(f"can't be reached ({error.strerror or error})", "is it running?")
        return self._fault("broke off in the middle of a reply", "its own log may say why")

    def _fault(self, what: str, next_step: str) -> MindError:
        return MindError(f"the model at {self.endpoint.address} {what}", next_step)


__all__: Sequence[str] = ("RAW_BYTES", "Ask", "Client", "Leash", "Messages", "Reply", "Talks")
