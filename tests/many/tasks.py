"""Tasks that processes of a test can import."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

from voicemock.many.workers import Row


def echo(name: str) -> Row:
    return Row(name, json.dumps({"source": name}))


def lost(name: str) -> Row:
    return Row(name, json.dumps({"source": name, "error": "lost"}), failed=True)


HELD: list[int] = []


def hold(fifo: str) -> Row:
    """Opens a pipe for writing and never closes it: its reader sees how long this process lives."""
    HELD.append(os.open(fifo, os.O_WRONLY))
    return echo(fifo)


def die_once(name: str) -> Row:
    """Kills its own process the first time that a name with "once" in it comes, always for one with "ever"."""
    mark = Path(f"{name}.tried")
    if "ever" in name or ("once" in name and not mark.exists()):
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(name)
