"""`voicemock loop`, as a user types it: what it refuses, who comes in, and what it says when it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from voicemock.cli import loop_run, main
from voicemock.cli.desk import RunOptions
from voicemock.cli.loop import find_loop
from voicemock.errors import UsageProblem
from voicemock.interview.loop.plan import plan_loop
from voicemock.interview.loop.run import who_comes_in
from voicemock.interview.loop.steps import SETTING, as_stored
from voicemock.packs.questions import load_questions
from voicemock.store.store import Store

PLAN = plan_loop(load_questions(), "senior", 1, {})


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def stored(store: Store, name: str, day: int = 1, mode: str = "loop", **settings: Any) -> None:
    store.add_session(name, mode, f"2026-04-{day:02d}T09:30:00+00:00", settings)


class TestRefusals:
    """Each comes before anything is asked, and says what to do."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--resume"], "no loop was left unfinished"),
            (["--resume", "--seed", "3"], "keeps its own --seed"),
            (["--resume", "--style", "none"], "keeps its own --seed and --style"),
            (["--json", "--events", "-"], "both write to standard output"),
            (["--level", "chief"], "chief"),
        ],
    )
    def test_words_that_do_not_fit_together(
        self, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
    ) -> None:
        status, _, err = run(capsys, "loop", *arguments)
        assert status == 2
        assert said in err

    def test_a_session_that_is_no_loop_or_is_over(self, tmp_path: Path) -> None:
        with Store(tmp_path / "recordings") as store:
            stored(store, "a", mode="practice")
            stored(store, "b", **{SETTING: as_stored(PLAN), "debrief": {"verdict": "hire"}})
            with pytest.raises(UsageProblem, match="a is no loop"):
                find_loop(store, "a")
            with pytest.raises(UsageProblem, match="b is over: `voicemock review b`"):
                find_loop(store, "b")

    def test_no_candidate_for_a_fast_pace_begins_no_session(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        status, _, err = run(capsys, "loop", "--pace", "fast")
        assert (status, "needs --candidate" in err) == (2, True)
        with Store(tmp_path / "recordings") as store:
            assert store.sessions() == []


def test_resume_takes_the_newest_loop_that_is_not_over(tmp_path: Path) -> None:
    with Store(tmp_path / "recordings") as store:
        stored(store, "old", 1, **{SETTING: as_stored(PLAN)})
        stored(store, "stopped", 2, **{SETTING: as_stored(PLAN)})
        stored(store, "over", 3, **{SETTING: as_stored(PLAN), "debrief": {}})
        stored(store, "practice", 4, mode="practice")
        assert find_loop(store, "newest") == "stopped"
        assert find_loop(store, "old") == "old"


class TestWhoComesIn:
    def test_a_line_tells_the_round_the_name_and_the_focus(self) -> None:
        lines = [who_comes_in(PLAN, number) for number in range(len(PLAN.interviews))]
        for number, (line, interview) in enumerate(zip(lines, PLAN.interviews, strict=True), start=1):
            assert line.startswith(
                f"Interview {number} of 5, {interview.title}: {interview.interviewer.name}"
            )
        assert sum("(bar raiser)" in line for line in lines) == 1

    def test_ctrl_c_while_waiting_stops_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted() -> str:
            raise KeyboardInterrupt

        monkeypatch.setattr("click.getchar", interrupted)
        assert not loop_run.ready(1)
        monkeypatch.setattr("click.getchar", lambda: " ")
        assert loop_run.ready(1)


class TestTheEnd:
    """How the loop ended, in words, as JSON and as an exit code."""

    def test_a_stopped_loop_says_how_to_go_on(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        outcome = loop_run.LoopOutcome("20260401-093000", None, left=2)
        with Store(tmp_path / "recordings") as store:
            loop_run.print_outcome(store, outcome, RunOptions(plain=True))
        said = capsys.readouterr().out
        assert "2 interviews are left" in said
        assert "voicemock loop --resume 20260401-093000" in said
        assert outcome.exit_code == 130

    def test_a_finished_loop_shows_its_debrief(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        found = {"verdict": "no hire", "rows": [{"interviewer": "Noor", "round": "behavioral", "score": 3.1}],
                 "practise": [{"why": "Metrics.", "command": "voicemock practice"}]}  # fmt: skip
        with Store(tmp_path / "recordings") as store:
            stored(store, "s", debrief=found)
            outcome = loop_run.LoopOutcome("s", found, left=0)
            for options in (RunOptions(plain=True), RunOptions()):
                loop_run.print_outcome(store, outcome, options)
                said = capsys.readouterr().out
                assert "Debrief: no hire" in said
                assert "Noor · Behavioral · 3.1" in said
                assert "1. Metrics." in said
        assert (outcome.exit_code, outcome.as_dict()["finished"]) == (0, True)

    def test_standard_output_is_nothing_but_json_where_json_is_wanted(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        asked: list[bool] = []

        def no_loop(*_: object, quiet: bool) -> loop_run.LoopOutcome:
            asked.append(quiet)
            return loop_run.LoopOutcome("s", None, 4)

        monkeypatch.setattr(loop_run, "run_loop", no_loop)
        status, out, _ = run(capsys, "loop", "--json")
        assert asked == [True]
        assert json.loads(out) == {"session": "s", "finished": False, "debrief": None}
        assert status == 130
