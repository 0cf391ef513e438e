"""Times are stored in UTC and read where the reader is, whichever command or page shows them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.report.builders import SESSION, stored_session
from voicemock.cli import cli

THERE, UTC = "2026-03-31", "2026-04-01"  # half past nine in UTC is the evening before, ten hours to the west


@pytest.fixture
def recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    stored_session(tmp_path / "recordings", audio_s=1.0).close()
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "HST10")
        time.tzset()
        yield tmp_path / "recordings"
    time.tzset()


@pytest.mark.parametrize(
    "command",
    [
        "review", "review --plain", f"review {SESSION}", f"review {SESSION} --plain", f"export {SESSION} --format md",
        "search ownership", "stories show 1",
    ],
)  # fmt: skip
def test_a_command_shows_the_readers_day(recordings: Path, command: str) -> None:
    CliRunner().invoke(cli, ["stories", "--recordings", str(recordings)], catch_exceptions=False)
    run = CliRunner().invoke(cli, [*command.split(), "--recordings", str(recordings)], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    assert THERE in run.output
    assert UTC not in run.output


@pytest.mark.parametrize("command", [f"review {SESSION} --html", "progress --html"])
def test_a_page_shows_the_readers_day(recordings: Path, command: str) -> None:
    run = CliRunner().invoke(cli, [*command.split(), "--recordings", str(recordings)], catch_exceptions=False)
    assert run.exit_code == 0, run.output
    [page] = list(recordings.rglob("*.html"))
    assert THERE in page.read_text(encoding="utf-8")
    assert UTC not in page.read_text(encoding="utf-8")
