"""`voicemock plan`, as a user types it, on a day that the test sets."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.stored import add_answer, score
from voicemock.cli import main
from voicemock.coaching.plan import kept
from voicemock.store.store import Store

Run = Callable[..., tuple[int, str, str]]
TODAY = date(2026, 11, 30)
JOB = "You define metrics and run experiments with SQL.\nYou dive deep into the root cause of defects.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(kept, "local_today", lambda: TODAY)
    return tmp_path / "recordings"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`voicemock plan ARGUMENTS`: exit code, standard output and standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["plan", "--recordings", str(folder), *arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return command


def as_json(run: Run, *arguments: str) -> dict:  # type: ignore[type-arg]
    code, out, err = run("--json", *arguments)
    assert code == 0, err
    return json.loads(out)  # type: ignore[no-any-return]


class TestWithoutAPlan:
    def test_it_says_how_to_make_one_and_makes_no_folder(self, run: Run, folder: Path) -> None:
        assert run() == (
            0,
            "No plan yet. Make one with the day of the interview: voicemock plan --date YYYY-MM-DD\n",
            "",
        )
        assert not folder.exists()

    def test_json_is_null(self, run: Run) -> None:
        assert run("--json") == (0, "null\n", "")

    def test_there_is_nothing_to_change(self, run: Run) -> None:
        code, _, err = run("--minutes", "30")
        assert code == 2
        assert err == "voicemock: there is no plan to change: make one with --date YYYY-MM-DD\n"

    def test_there_is_nothing_to_write(self, run: Run, tmp_path: Path) -> None:
        assert run("--ics", str(tmp_path / "x.ics"))[0] == 2

    def test_there_is_nothing_to_forget(self, run: Run) -> None:
        assert run("--forget")[:2] == (0, "There is no plan.\n")


class TestAPlan:
    def test_it_is_made_kept_and_shown(self, run: Run) -> None:
        code, made, _ = run("--date", "2027-01-15")
        assert code == 0
        assert made.startswith("Interview in 46 days: Friday, 15 January 2027.")
        assert "voicemock practice --question " in made
        assert run()[1] == made

    def test_plain_says_the_same_in_lines(self, run: Run) -> None:
        run("--date", "2027-01-15")
        code, out, _ = run("--plain", "--all")
        assert code == 0
        assert "Thu 2027-01-14" in out and "the interview" in out

    def test_options_change_what_they_name_alone(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "job.txt").write_text(JOB, encoding="utf-8")
        run("--date", "2027-01-15", "--level", "senior", "--rest", "sat,Sunday", "--at", "19:00")
        found = as_json(run, "--minutes", "45", "--job", str(tmp_path / "job.txt"))
        assert (found["date"], found["level"], found["rest"], found["at"]) == (
            "2027-01-15", "senior", ["sat", "sun"], "19:00",
        )  # fmt: skip
        assert (found["minutes"], found["job"]["rounds"]["analytical"]) == (45, 1)
        assert "dive-deep" in found["job"]["principles"]

    def test_what_is_practised_ticks_it(self, run: Run, folder: Path) -> None:
        today = as_json(run, "--date", "2027-01-15")["today"]["tasks"]
        asked = next(task for task in today if task["kind"] == "new")
        with Store(folder) as store:
            add_answer(
                store, question_id=asked["question"], principle=None, started_at=f"{TODAY}T12:00:00+00:00"
            )
        after = as_json(run)["today"]["tasks"]
        assert [task["question"] for task in after if task["done"]] == [asked["question"]]
        assert [task["question"] for task in after] == [task["question"] for task in today]

    def test_the_next_day_holds_the_plan_against_what_was_done(
        self, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = as_json(run, "--date", "2027-01-15")["today"]["tasks"][0]
        with Store(folder) as store:
            add_answer(
                store, question_id=asked["question"], scored=score(1.5), started_at=f"{TODAY}T12:00:00+00:00"
            )
        monkeypatch.setattr(kept, "local_today", lambda: TODAY + timedelta(days=1))
        found = as_json(run)
        assert found["behind"][0]["done"] == 1
        assert asked["question"] in [task["question"] for task in found["today"]["tasks"]]
        assert "Since 30 November 2026:" in run()[1]
        assert "Behind you" in run("--all")[1]

    def test_after_the_interview_it_says_so(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        run("--date", "2026-12-01")
        monkeypatch.setattr(kept, "local_today", lambda: TODAY + timedelta(days=2))
        assert "The interview was on Tuesday, 1 December 2026" in run()[1]
        assert as_json(run)["today"] is None
        code, _, err = run("--minutes", "30")
        assert code == 2
        assert "give the day of the next one" in err

    def test_it_is_forgotten(self, run: Run) -> None:
        run("--date", "2027-01-15")
        assert run("--forget")[:2] == (0, "The plan is removed; what you practised stays.\n")
        assert run()[1].startswith("No plan yet.")

    def test_the_calendar_is_read_back(self, run: Run, tmp_path: Path) -> None:
        run("--date", "2027-01-15")
        file = tmp_path / "interview.ics"
        assert run("--at", "19:00", "--ics", str(file))[:2] == (0, f"{file}\n")
        events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        assert str(events[-1]["SUMMARY"]) == "Interview"
        assert events[0].decoded("DTSTART").isoformat() == "2026-11-30T19:00:00"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--date", "tomorrow"], "“tomorrow” is no day: write it as YYYY-MM-DD"),
            (["--date", "2026-11-29"], "2026-11-29 is over: give a day from today on"),
            (["--date", "2028-11-29"], "2028-11-29 is more than a year away: plan when it is nearer"),
            (["--date", "2027-01-15", "--rest", "xyz"], "“xyz” names no days"),
            (["--date", "2027-01-15", "--rest", "mon,tue,wed,thu,fri,sat,sun"], "that leaves no day to practise"),
            (["--date", "2027-01-15", "--at", "7pm"], "“7pm” is no time of day"),
            (["--date", "2027-01-15", "--job", "nowhere.txt"], "nowhere.txt can't be read"),
            (["--forget", "--date", "2027-01-15"], "--forget removes the plan: give it alone"),
        ],
    )  # fmt: skip
    def test_it_says_what_to_do_and_keeps_nothing(
        self, run: Run, folder: Path, arguments: list[str], said: str
    ) -> None:
        code, out, err = run(*arguments)
        assert (code != 0, out) == (True, "")
        assert said in err
        assert not folder.exists()

    def test_a_plan_that_is_damaged_is_told(self, run: Run, folder: Path) -> None:
        from voicemock.store.notebook import write_note

        with Store(folder) as store:
            write_note(store, kept.KIND, kept.KEY, {"date": "soon"}, "2026-11-30T08:00:00+00:00")
        code, _, err = run()
        assert code == 1
        assert "voicemock verify" in err
