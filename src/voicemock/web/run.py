"""One run of the server: the address is told, the browser opened, and Ctrl-C ends it in good order."""

from __future__ import annotations

import contextlib
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from voicemock.errors import DeviceError
from voicemock.store.store import Store
from voicemock.terminal.signals import EXIT_INTERRUPTED, Interrupts
from voicemock.web.calls import Calls
from voicemock.web.interviews import Interviews, Services
from voicemock.web.pages import Pages
from voicemock.web.room import Room
from voicemock.web.server import Server
from voicemock.web.site import Site
from voicemock.web.uploads import Uploads

USUAL_PORT = 8480  # the same each time, so that the browser remembers that the microphone is allowed
PATIENCE_S = 60.0  # for an answer to be written down, scored and kept; the next Ctrl-C does not wait


def run_web(
    services: Services, port: int | None, *, open_browser: bool, say: Callable[[str], None] = print
) -> int:
    """Serve until Ctrl-C; the exit code. Raises VoicemockError where it can't begin."""
    Store(services.recordings).close()  # a folder that can't be used is said now
    room = Room(Interviews(services))
    server = open_server(port, room, services)
    over = threading.Event()

    def stop() -> bool:
        """The first Ctrl-C is taken; the next one leaves at once."""
        first = not over.is_set()
        over.set()
        return first

    with Interrupts(stop).watch():
        server.start()
        try:
            say(f"voicemock is at {server.guard.address()}  (Ctrl-C ends it)")
            with opened(server.guard.address()) if open_browser else contextlib.nullcontext():
                while not over.wait(0.2):
                    pass
            interrupted = room.busy
            room.stop()
            room.wait(PATIENCE_S)
        finally:
            server.close()
    return EXIT_INTERRUPTED if interrupted else 0


def open_server(port: int | None, room: Room, services: Services) -> Server:
    """On the port asked for, else on the usual one, else on any. Raises DeviceError."""

    if port is not None:
        return server_at(port, room, services)
    try:
        return server_at(USUAL_PORT, room, services)
    except DeviceError:
        return server_at(None, room, services)


def server_at(port: int | None, room: Room, services: Services) -> Server:
    """On that port, or on any that is free. Raises DeviceError."""
    return Server(
        port,
        room,
        lambda guard: Pages(guard, services),
        Calls(services, room),
        lambda guard: Uploads(Site(guard.root, services), room),
    )


@contextlib.contextmanager
def opened(address: str) -> Iterator[None]:
    """The browser is led there by a file that only its owner can read: the key is in no list of processes."""
    with tempfile.TemporaryDirectory(
        prefix="voicemock-"
    ) as folder:  # private, as every one that Python makes
        page = Path(folder) / "open.html"
        page.write_text(
            f'<!doctype html><meta http-equiv="refresh" content="0;url={escape(address)}">', encoding="utf-8"
        )
        with contextlib.suppress(webbrowser.Error, OSError):
            webbrowser.open(page.as_uri())
        yield
