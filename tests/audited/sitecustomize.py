"""Python loads a module of this name in every process with this folder on PYTHONPATH: it notes what leaves the process.

A line in the file AUDIT for each attempt to reach a network or a name server, to unpickle, and to write a file.
"""

import os
import sys
from typing import Any

NETWORK = {
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo",
}  # fmt: skip
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
notes = os.open(os.environ["AUDIT"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event in NETWORK and "AF_UNIX" not in repr(arguments[0]):
        note(f"network {event} {arguments}")
    elif event == "pickle.find_class":
        note(f"unpickled {arguments}")
    elif event == "os.mkdir" or (event == "open" and arguments[2] & WRITES):
        note(f"wrote {place(arguments[0])}")


def place(path: str | bytes | int) -> str:
    """The absolute path; that of the null device for a file that is open already."""
    return os.devnull if isinstance(path, int) else os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - no more imports


def note(line: str) -> None:
    os.write(notes, f"{line}\n".encode())


sys.addaudithook(hook)
