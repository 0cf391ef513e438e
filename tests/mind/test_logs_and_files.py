"""The options around a mind: they overwrite no file of somebody else's, and an address that is none is told at once."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.mind.server import MODEL, Scripted, says, serving
from voicemock.cli import cli
from voicemock.cli.desk import RunOptions, _event_file
from voicemock.cli.mind import MindOptions, open_mind
from voicemock.cli.questions import questions
from voicemock.cli.web import web
from voicemock.errors import UsageProblem, VoicemockError
from voicemock.interview.events import Event, EventFile
from voicemock.mind.endpoint import KEY
from voicemock.mind.log import Replayed

THEIRS = ("# My CV\n", '{"type": "object", "title": "a schema"}\n', "[]\n", "\x00\xff", '{"models": ["a"]}\n')
CV = "Led the redesign of the pharmacy queue, cutting the wait from 40 minutes to 10\n"


def exchange(log: Path, server: Scripted, *, goes_on: bool = False) -> None:
    with open_mind(MindOptions(f"{server.url}#{MODEL}", mind_log=log, log_goes_on=goes_on)) as mind:
        assert mind is not None
        mind.warm_up()


class TestALog:
    @pytest.mark.parametrize("content", THEIRS)
    @pytest.mark.parametrize("option", ["--mind-log", "--events"])
    def test_never_takes_the_place_of_a_file_that_the_option_did_not_write(
        self, option: str, content: str, tmp_path: Path
    ) -> None:
        path = tmp_path / "mine"
        path.write_text(content)
        with ExitStack() as stack, pytest.raises(UsageProblem) as refused:
            if option == "--events":
                _event_file(RunOptions(events=str(path)), stack)
            else:
                stack.enter_context(open_mind(MindOptions("http://localhost:1/v1#m", mind_log=path)))
        assert path.read_text() == content
        assert f"{path} exists" in str(refused.value) and option in str(refused.value)
        assert refused.value.next_step and refused.value.exit_code == 2

    def test_of_the_exchange_is_begun_anew_over_its_own_kind_and_over_an_empty_file(
        self, tmp_path: Path
    ) -> None:
        log = tmp_path / "mind.jsonl"
        log.touch()
        with serving(says("Yes.")) as server:
            exchange(log, server)
            once = log.read_text().count("\n")
            exchange(log, server)
        assert log.read_text().count("\n") == once > 0

    def test_of_the_exchange_goes_on_where_one_command_holds_several_interviews(self, tmp_path: Path) -> None:
        log = tmp_path / "mind.jsonl"
        with serving(says("Yes.")) as server:
            exchange(log, server)
            once = log.read_text().count("\n")
            exchange(log, server, goes_on=True)
        assert log.read_text().count("\n") == 2 * once > 0

    def test_of_the_events_is_begun_anew_over_its_own_kind(self, tmp_path: Path) -> None:
        path = tmp_path / "events.jsonl"
        for _ in range(2):
            with ExitStack() as stack:
                (listener,) = _event_file(RunOptions(events=str(path)), stack)
                assert isinstance(listener, EventFile)
                listener(Event("session_started", 0.0, 1.0, {"session": "s"}))
        assert path.read_text().count("\n") == 1

    def test_says_when_each_exchange_was_and_what_it_was_for(self, tmp_path: Path) -> None:
        log = tmp_path / "mind.jsonl"
        with serving(says("Yes.")) as server:
            exchange(log, server)
        rows = [json.loads(line) for line in log.read_text().splitlines()]
        assert [row["for"] for row in rows] == ["models", "warm-up"]
        assert all(row["time"][:2] == "20" and "T" in row["time"] for row in rows)
        assert Replayed(log).models() == (MODEL,)

    def test_of_a_replay_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(UsageProblem, match="leave --mind-log out"), ExitStack() as stack:
            wanted = MindOptions(f"replay:{tmp_path / 'a'}", mind_log=tmp_path / "b")
            stack.enter_context(open_mind(wanted))


class TestTheHelp:
    @pytest.mark.parametrize(
        "command", ["practice", "loop", "day", "retry", "score", "review", "web", "doctor", "questions from"]
    )
    def test_of_every_command_with_a_mind_names_the_key_and_the_configuration(self, command: str) -> None:
        shown = CliRunner().invoke(cli, [*command.split(), "--help"]).stdout
        assert "--mind URL[#MODEL]" in shown and KEY in shown and "~/.config/voicemock/config.toml" in shown


class TestThePage:
    @pytest.mark.parametrize(
        ("mind", "why"),
        [
            ("http://10.9.9.9/v1", "--mind-may-leave-this-machine"),
            ("ftp://x/v1", "is not an address"),
            ("hello", "--mind hello is not an address: such as http"),
        ],
    )
    def test_does_not_begin_with_an_address_that_will_not_do(
        self, mind: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def served(*_: object, **__: object) -> int:
            raise AssertionError("the page was served")

        monkeypatch.setattr("voicemock.web.run.run_web", served)
        with pytest.raises(VoicemockError, match=why) as refused:
            CliRunner().invoke(
                web,
                ["--no-open", "--recordings", str(tmp_path / "r"), "--mind", mind],
                catch_exceptions=False,
            )
        assert refused.value.exit_code == 2


class TestAPackOfQuestions:
    def made(self, folder: Path, output: Path, *more: str) -> str:
        (folder / "cv.txt").write_text(CV)
        wanted = ["from", "--cv", str(folder / "cv.txt"), "--output", str(output), *more]
        return CliRunner().invoke(questions, wanted, catch_exceptions=False).stdout

    def test_is_written_into_a_folder_that_was_not_there(self, tmp_path: Path) -> None:
        output = tmp_path / "mine" / "job.yaml"
        self.made(tmp_path, output)
        assert "pharmacy queue" in output.read_text()

    @pytest.mark.parametrize("there", ["round: behavioral\n", None], ids=["a file", "a folder"])
    def test_that_is_there_stays_and_nothing_is_asked(self, there: str | None, tmp_path: Path) -> None:
        output = tmp_path / "job.yaml"
        output.mkdir() if there is None else output.write_text(there)
        with serving(says("Yes.")) as server, pytest.raises(UsageProblem, match=r"job\.yaml") as refused:
            self.made(tmp_path, output, "--mind", f"{server.url}#{MODEL}")
        assert refused.value.next_step and refused.value.exit_code == 2
        assert server.asked == [] and (there is None or output.read_text() == there)

    def test_that_cannot_be_written_is_told_before_anything_is_asked(self, tmp_path: Path) -> None:
        (tmp_path / "mine").write_text("a file, and no folder")
        with serving(says("Yes.")) as server, pytest.raises(VoicemockError, match="--output FILE"):
            self.made(tmp_path, tmp_path / "mine" / "job.yaml", "--mind", f"{server.url}#{MODEL}")
        assert server.asked == []
