"""Several voicemocks at once on one recordings folder: nothing is lost, locked, or taken for what a crash left."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.interview.screenplay import speak
from tests.stored import BAKERY, add_answer, heard, spoken, write_wav
from voicemock.cli import main
from voicemock.errors import SessionBusy
from voicemock.interview.desk import Desk
from voicemock.interview.session import Plan, Session
from voicemock.packs.phrases import load_phrases
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.speech.voice import FakeVoice
from voicemock.store.lock import at_work, held_elsewhere
from voicemock.store.store import Store

HOLD = (
    "import sys\nfrom pathlib import Path\nfrom voicemock.store.lock import at_work\n"
    "with at_work(Path(sys.argv[1])):\n    print('at work', flush=True)\n    sys.stdin.read()\n"
)
ROOT = Path(__file__).parents[2]


@contextmanager
def another_process_at(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A voicemock that is at the session in `folder`, as one that records is."""
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        try:
            yield process
        finally:
            process.kill()


def voicemock(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


class TestAllAtOnce:
    """Sessions begun in the same second, and every other command beside them, from processes of their own."""

    def test_no_session_is_lost_and_no_lock_is_shown(self) -> None:
        command = [sys.executable, "-m", "benchmarks.many_processes", "--processes", "4", "--rounds", "1"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
        assert done.stdout.splitlines()[1].startswith("4 | 4 | 0 | 4 | 0 | ")

    def test_whoever_begins_in_the_same_second_gets_a_name_of_their_own(self, tmp_path: Path) -> None:
        def now() -> datetime:
            return datetime(2026, 4, 1, 9, 30, tzinfo=UTC)

        stores = [Store(tmp_path) for _ in range(30)]  # more than there are letters
        desk = Desk(
            source_for=lambda _: None,  # type: ignore[arg-type,return-value]
            voice=FakeVoice(), recogniser=ScriptedRecogniser(speak("Hm.").words), phrases=load_phrases(),
        )  # fmt: skip
        sessions = [
            Session(desk, Plan(()), store, today=now) for store in stores
        ]  # before any of them is stored
        for session in sessions:
            with session.opened():
                pass
        names = [session.id for session in sessions]
        base = names[0]
        assert names[1:3] == [f"{base}b", f"{base}c"]
        assert names[25:28] == [f"{base}z", f"{base}-27", f"{base}-28"]
        assert [row.id for row in stores[0].sessions()] == sorted(names)
        for store in stores:
            store.close()


class TestARecordingInProgress:
    """While a process is at a session nobody else takes up or removes it; the moment it dies its recording is lost."""

    @pytest.fixture
    def recordings(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "recordings"
        with Store(folder) as store:
            add_answer(store, "s1/1")
        write_wav(folder / "s1/1.wav", 60.0)
        write_wav(folder / "s1/2.wav", 60.0)  # being recorded

        def transcriber(_store: object, _model: str | None) -> object:
            return lambda path: heard(spoken(BAKERY))

        monkeypatch.setattr("voicemock.cli.verify._transcriber", transcriber)
        return folder

    def test_it_is_not_offered_as_lost(self, recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with another_process_at(recordings / "s1"):
            assert voicemock("review") == 0
        assert capsys.readouterr().err == ""
        assert voicemock("review") == 0
        assert "cut short" in capsys.readouterr().err

    def test_it_is_not_brought_back(self, recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with another_process_at(recordings / "s1"):
            assert voicemock("recover", "--round", "behavioral") == 0
            assert "s1/2: left as it is: its session is still running" in capsys.readouterr().out
            assert voicemock("verify", "--quick") == 0

    def test_it_is_brought_back_at_once_after_a_kill(
        self, recordings: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with another_process_at(recordings / "s1") as process:
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert voicemock("recover", "--round", "behavioral") == 0
        assert "s1/2: brought back" in capsys.readouterr().out

    def test_it_is_not_removed(self, recordings: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with another_process_at(recordings / "s1"):
            assert voicemock("review", "s1", "--delete", "--yes") == 1
        assert capsys.readouterr().err == (
            "voicemock: another voicemock is using session s1: wait until it ends\n"
        )
        assert (recordings / "s1/1.wav").is_file()

    def test_a_session_is_gone_on_with_by_one_process_only(self, recordings: Path) -> None:
        with another_process_at(recordings / "s1"), Store(recordings) as store:
            desk = Desk(
                source_for=lambda _: None,  # type: ignore[arg-type,return-value]
                voice=FakeVoice(), recogniser=ScriptedRecogniser(speak("Hm.").words), phrases=load_phrases(),
            )  # fmt: skip
            with pytest.raises(SessionBusy), Session(desk, Plan(()), store, continues="s1").opened():
                pass

    def test_two_who_only_look_do_not_stop_each_other(self, tmp_path: Path) -> None:
        assert held_elsewhere(tmp_path) is False
        with at_work(tmp_path):
            assert held_elsewhere(tmp_path) is True
        assert held_elsewhere(tmp_path) is False
        assert held_elsewhere(tmp_path / "nothing") is None
