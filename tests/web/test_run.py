"""`voicemock web` as a process: what it prints, how it ends, and that an answer is kept however it does."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from benchmarks.spoken import espeak
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.web.serving import asks, hears, say
from voicemock.audio.sound import BLOCK_SAMPLES, blocks
from voicemock.store.store import Store
from voicemock.web.blocks import HEADER
from voicemock.web.guard import COOKIE

SAID = "I moved the night bus by ten minutes, and missed connections fell from 31 to 9 percent in two months."
PATIENCE_S = 60.0
ROOM_BLOCKS = 25  # half a second of the room for each message that comes
KEPT = "missed connections"  # what a recogniser makes of espeak without fail
posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


class Running:
    """A `voicemock web` of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = [sys.executable, "-u", "-m", "voicemock", "web", "--no-open", "--recordings", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)(\S+)\?token=\S+", self.line)
        assert found, self.line
        self.port, self.root, self.address = int(found[1]), found[2], found[0]

    def page(self) -> ClientConnection:
        """A page that came in by the printed address."""
        from urllib.request import urlopen

        with urlopen(self.address) as reply:
            cookie = re.search(rf"{COOKIE}=[^;]+", reply.headers["Set-Cookie"])
        assert cookie
        origin = Origin(f"http://127.0.0.1:{self.port}")
        return connect(
            f"ws://127.0.0.1:{self.port}{self.root}live",
            additional_headers={"Cookie": cookie[0]},
            origin=origin,
        )

    def end(self, signal_number: int) -> tuple[int, str]:
        """The exit code after a signal, and what was printed after the address."""
        self.process.send_signal(signal_number)
        rest, _ = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, rest


@pytest.fixture
def running(tmp_path: Path, handlers_as_they_were: None) -> Iterator[Running]:
    """It hears a Ctrl-C also where these tests run in the background, which ignores it."""
    running = Running(tmp_path / "recordings")
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


def answer(page: ClientConnection) -> None:
    """Begin an interview and say a sentence."""
    asks(page, "begin", question="Tell me about a time you moved a bus.")
    say(page, "enter")
    hears(page, state="ready")
    say(page, "go")
    hears(page, state="asking")
    room = np.random.default_rng(1).integers(-20, 20, BLOCK_SAMPLES).astype("<i2")
    number = 0
    while True:  # the room is heard while the question is asked
        for _ in range(ROOM_BLOCKS):
            page.send(HEADER.pack(1, number, 0.0) + room.tobytes())
            number += 1
        message = page.recv(timeout=PATIENCE_S)
        if isinstance(message, bytes):
            line, _ = (int.from_bytes(message[i : i + 4], "little") for i in (0, 4))
            say(page, "playing", line=line, latency_s=0.01)
            say(page, "played", line=line)
        elif "answer_started" in message:
            break
    for sound in blocks(espeak(SAID).samples):
        page.send(HEADER.pack(1, number, 0.0) + (sound + room).astype("<i2").tobytes())
        number += 1
    hears(page, type="utterance")


@posix
class TestEnding:
    def test_the_address_is_one_line_and_ctrl_c_ends_it_at_once(self, running: Running) -> None:
        assert running.line.startswith("voicemock is at http://127.0.0.1:")
        assert running.end(signal.SIGINT) == (0, "")

    def test_ctrl_c_in_mid_answer_keeps_it_scored(self, running: Running) -> None:
        with running.page() as page:
            answer(page)
            code, rest = running.end(signal.SIGINT)
        assert (code, rest) == (130, "")
        with Store(running.folder) as store:
            row = store.answer("last")
            assert row.complete
            assert store.score(row.id) is not None
            assert KEPT in " ".join(word.text for word in store.words(row.id))

    def test_after_a_kill_the_page_of_the_next_start_brings_it_back(
        self, running: Running, tmp_path: Path
    ) -> None:
        with running.page() as page:
            answer(page)
            running.end(signal.SIGKILL)
        again = Running(running.folder)
        with again.page() as page:
            assert asks(page, "bring_back")["value"] == {"back": 1, "left": []}
        assert again.end(signal.SIGINT) == (0, "")
        with Store(running.folder) as store:
            assert KEPT in " ".join(word.text for word in store.words(store.answer("last").id))
