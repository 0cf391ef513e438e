"""The server: one small HTTP and WebSocket server on the loopback, in a thread beside the interview."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.server import Server as WebSocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed, InvalidMessage
from websockets.http11 import Request, Response

from voicemock.errors import DeviceError, VoicemockError
from voicemock.web import replies
from voicemock.web.guard import HEADERS, Guard
from voicemock.web.replies import Reply
from voicemock.web.room import Room
from voicemock.web.uploads import Uploads

HEAD_S = 5.0  # for a request to be told; who takes longer holds a place
ANSWER_S = 60.0  # for it to be answered and read
MOST_CONNECTIONS = 100  # a browser opens six at a time
MESSAGE_BYTES = 1 << 16
WAITING_MESSAGES = 2_000  # for a page that does not read; at ten a second it has been gone for minutes
LOOK_EVERY_S = 1.0
LIVE = "live"  # where the WebSocket of every page is
UPLOAD = "upload"  # where that of a file is
Answer = Callable[[str, Mapping[str, str]], Reply]  # (target, headers)
Call = Callable[[str, Mapping[str, Any]], Any]  # (name, arguments); raises VoicemockError


def refused(status: HTTPStatus, line: str) -> bytes:
    """A response for whoever got no further than the first bytes."""
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Type: {replies.TEXT}\r\n"
    return f"{head}Content-Length: {len(line)}\r\n\r\n{line}".encode()


BAD_REQUEST = refused(HTTPStatus.BAD_REQUEST, "Malformed request.\n")
BUSY = refused(HTTPStatus.SERVICE_UNAVAILABLE, "Too many connections at once.\n")


class PageOutbox:
    """What goes to one page, in order; a page that does not read loses its connection, and nobody waits for it."""

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[str | bytes] = asyncio.Queue(WAITING_MESSAGES)

    def put(self, message: str | bytes) -> None:
        with contextlib.suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._put, message)

    def _put(self, message: str | bytes) -> None:
        try:
            self._waiting.put_nowait(message)
        except asyncio.QueueFull:
            self._connection.transport.abort()

    async def send(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                await self._connection.send(await self._waiting.get())


class Connection(ServerConnection):
    """A connection that is told why it gets nothing, and has to say quickly what it wants."""

    gate: Server
    _refused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.loop.call_later(HEAD_S, self._in_time)
        if not self.gate.admit(self):
            self.transport.write(BUSY)
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.gate.dismiss(self)
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self.request is None and not self.transport.is_closing():
            self._refuse()
            self.transport.close()

    def send_data(self) -> None:
        if self.request is None and isinstance(self.protocol.handshake_exc, InvalidMessage):
            self._refuse()
        super().send_data()

    def _refuse(self) -> None:
        if not self._refused and not self.transport.is_closing():
            self._refused = True
            self.transport.write(BAD_REQUEST)


class Server:
    """Serves what it is given to whoever passes the guard. Raises DeviceError where it can't."""

    def __init__(
        self,
        port: int | None,
        room: Room,
        answer: Callable[[Guard], Answer],
        call: Call,
        uploads: Callable[[Guard], Uploads],
    ) -> None:
        self._sockets = bind(port)
        self.guard = Guard(self._sockets[0].getsockname()[1])
        self._room = room
        self._answer = answer(self.guard)
        self._call = call
        self._uploads = uploads(self.guard)
        self._connections: set[ServerConnection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="voicemock-web", daemon=True)
        self._ready = threading.Event()

    def start(self) -> None:
        """Begin to serve. The first page is made beforehand, beside: templates and packs take a moment to be read."""
        self._thread.start()
        self._ready.wait()
        threading.Thread(
            target=self._answer, args=(self.guard.root, {}), name="voicemock-warming", daemon=True
        ).start()

    def close(self) -> None:
        """End the server and every connection."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=5.0)

    def cut_off(self) -> None:
        """Break every connection, as a network does that is gone for a moment."""
        self._loop.call_soon_threadsafe(self._abort)

    def _abort(self) -> None:
        for connection in tuple(self._connections):
            connection.transport.abort()

    def admit(self, connection: ServerConnection) -> bool:
        self._connections.add(connection)
        return len(self._connections) <= MOST_CONNECTIONS

    def dismiss(self, connection: ServerConnection) -> None:
        self._connections.discard(connection)

    # --- the loop -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(
            lambda _loop, _context: None
        )  # a connection that breaks off is no news
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        servers = [await self._listen(each) for each in self._sockets]
        self._ready.set()
        while not self._stop.is_set():
            self._room.look()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), LOOK_EVERY_S)
        for server in servers:
            server.close()
        self._abort()
        await asyncio.gather(*(server.wait_closed() for server in servers))

    async def _listen(self, listening: socket.socket) -> WebSocketServer:
        quiet = logging.getLogger("voicemock.web")
        quiet.addHandler(logging.NullHandler())
        quiet.propagate = False
        return await serve(
            self._talk,
            sock=listening,
            process_request=self._reply,
            create_connection=type("OurConnection", (Connection,), {"gate": self}),
            compression=None,  # sound does not get smaller, and it costs time
            server_header=None,
            open_timeout=ANSWER_S,
            close_timeout=HEAD_S,
            max_size=MESSAGE_BYTES,
            max_queue=256,
            logger=quiet,
        )

    # --- requests -------------------------------------------------------------------------------------------

    async def _reply(self, connection: ServerConnection, request: Request) -> Response | None:  # noqa: ARG002
        """None lets the WebSocket be opened; it is for those who may ask anything else too."""
        try:
            headers = single(request.headers)
            target, upgrade = request.path, "websocket" in headers.get("Upgrade", "").lower()
            path = urlsplit(target).path
        except ValueError:
            return response(replies.text("Bad request.", HTTPStatus.BAD_REQUEST))
        refusal = self.guard.check(request.method, target, headers, socket=upgrade)
        if refusal is not None:
            return response(replies.text(refusal.reason, refusal.status))
        if upgrade and path in (self.guard.root + LIVE, self.guard.root + UPLOAD):
            return None
        return response(await asyncio.to_thread(self._answer, target, headers))

    # --- the WebSocket --------------------------------------------------------------------------------------

    async def _talk(self, connection: ServerConnection) -> None:
        if connection.request is not None and connection.request.path == self.guard.root + UPLOAD:
            return await self._uploads.take(connection)
        outbox = PageOutbox(connection)
        sending = asyncio.create_task(outbox.send())
        try:
            async for message in connection:
                if isinstance(message, bytes):
                    self._room.hear(outbox, message)
                else:
                    self._take(outbox, json.loads(message))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            await connection.close(1008, reason(error))
        except ConnectionClosed:
            pass
        finally:
            self._room.leave(outbox)
            sending.cancel()

    def _take(self, outbox: PageOutbox, message: Any) -> None:
        """One message from a page. Raises ValueError where it is none."""
        if not isinstance(message, dict) or not isinstance(message.get("do"), str):
            raise ValueError("a message says what to do")
        match message["do"]:
            case "call":
                task = asyncio.create_task(self._carry_out(outbox, message))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            case "enter":
                if not self._room.enter(outbox, take_over=bool(message.get("take_over"))):
                    outbox.put('{"is": "taken"}')
            case what:
                self._room.do(outbox, what, message)

    async def _carry_out(self, outbox: PageOutbox, message: Mapping[str, Any]) -> None:
        answer: dict[str, Any] = {"is": "answer", "id": message.get("id")}
        given = message.get("with")
        try:
            arguments = given if isinstance(given, dict) else {}
            answer["value"] = await asyncio.to_thread(self._call, str(message.get("name")), arguments)
        except VoicemockError as error:
            answer["error"] = {"problem": error.problem, "next_step": error.next_step}
        except Exception as error:  # noqa: BLE001 - the page is told, and the server goes on
            answer["error"] = {
                "problem": f"that failed ({type(error).__name__})",
                "next_step": str(error),
            }
        outbox.put(json.dumps(answer))


def bind(port: int | None) -> list[socket.socket]:
    """Sockets on both loopbacks and one port; None takes any that is free. Raises DeviceError."""
    try:
        first = socket.create_server(("127.0.0.1", port or 0))
    except OSError as error:
        raise DeviceError(
            f"port {port} can't be used ({error.strerror})", "choose another with --port"
        ) from error
    sockets = [first]
    with contextlib.suppress(OSError):  # a machine without IPv6, or the port is somebody's there
        sockets.append(socket.create_server(("::1", first.getsockname()[1]), family=socket.AF_INET6))
    return sockets


def single(headers: Headers) -> dict[str, str]:
    """Each header once, in its usual spelling. Raises ValueError where one comes twice: which one would count?"""
    found: dict[str, str] = {}
    for name, value in headers.raw_items():
        usual = name.title()
        if usual in found:
            raise ValueError(f"{usual} comes twice")
        found[usual] = value
    return found


def response(reply: Reply) -> Response:
    headers = Headers(
        {
            **HEADERS,
            **reply.headers,
            "Content-Type": reply.type,
            "Content-Length": str(len(reply.body)),
            "Connection": "close",
        }
    )
    return Response(reply.status, HTTPStatus(reply.status).phrase, headers, reply.body)


def reason(error: Exception) -> str:
    """What a page that sent nonsense is told; a close frame takes 123 bytes."""
    return str(error).encode("ascii", "replace")[:120].decode()
