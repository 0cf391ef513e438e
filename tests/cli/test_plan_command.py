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
from voicemock.coaching.draft import Draft
from voicemock.coaching.drafts import keep
from voicemock.coaching.plan import kept
from voicemock.interview.session import Plan
from voicemock.store.notebook import notes, write_note
from voicemock.store.store import Store

Run = Callable[..., tuple[int, str, str]]
Practise = Callable[..., tuple[list[str], str]]
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

    def test_a_story_can_be_written_first_and_told_once_it_is(self, run: Run, folder: Path) -> None:
        _, out, _ = run("--date", "2027-01-15")
        assert "voicemock stories draft --principle customer-obsession" in out
        with Store(folder) as store:
            keep(store, Draft("", "Ward", "customer-obsession", "", {"hook": "A nurse."}))
        assert "voicemock practice --draft d1" in run()[1]

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

    def test_an_answer_broken_off_after_a_few_words_ticks_nothing(self, run: Run, folder: Path) -> None:
        today = as_json(run, "--date", "2027-01-15")["today"]["tasks"]
        asked = next(task for task in today if task["kind"] == "new")
        with Store(folder) as store:
            add_answer(
                store,
                question_id=asked["question"],
                principle=None,
                scored=score(None),
                started_at=f"{TODAY}T12:00:00+00:00",
            )
        assert not any(task["done"] for task in as_json(run)["today"]["tasks"])

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
        assert as_json(run, "--at", "none")["at"] is None


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
        with Store(folder) as store:
            write_note(store, kept.KIND, kept.KEY, {"date": "soon"}, "2026-11-30T08:00:00+00:00")
        code, _, err = run()
        assert code == 1
        assert "voicemock verify" in err


class TestPractising:
    """`voicemock practice` with nothing else follows the plan."""

    @pytest.fixture
    def practise(self, folder: Path, plans: list[Plan], capsys: pytest.CaptureFixture[str]) -> Practise:
        """`voicemock practice ARGUMENTS`: the ids of what is asked, and standard error."""

        def command(*arguments: str) -> tuple[list[str], str]:
            with pytest.raises(SystemExit):
                main(["practice", "--recordings", str(folder), "--seed", "1", *arguments])
            return [question.id for question in plans[-1].questions], capsys.readouterr().err

        return command

    def test_it_asks_what_is_next_and_says_so(self, run: Run, practise: Practise) -> None:
        tasks = as_json(run, "--date", "2027-01-15")["today"]["tasks"]
        asked, err = practise()
        assert asked == [tasks[0]["question"]]
        assert err.startswith("Following your plan for today (0 of ")
        assert "`--any` leaves the plan" in err
        assert practise("--count", "2")[0] == [task["question"] for task in tasks[:2]]

    def test_what_is_done_is_not_asked_again(self, run: Run, practise: Practise, folder: Path) -> None:
        tasks = as_json(run, "--date", "2027-01-15")["today"]["tasks"]
        with Store(folder) as store:
            add_answer(
                store, question_id=tasks[0]["question"], principle=tasks[0]["principle"],
                started_at=f"{TODAY}T12:00:00+00:00",
            )  # fmt: skip
        assert practise()[0] == [tasks[1]["question"]]

    def test_more_than_today_has_is_made_up_with_others(self, run: Run, practise: Practise) -> None:
        tasks = as_json(run, "--date", "2027-01-15")["today"]["tasks"]
        asked, _ = practise("--count", "9")
        assert asked[: len(tasks)] == [task["question"] for task in tasks]
        assert len(set(asked)) == 9

    @pytest.mark.parametrize(
        "arguments",
        [["--any"], ["--round", "analytical"], ["--question", "own-02"], ["--principle", "frugality"]],
    )
    def test_whatever_else_is_asked_for_leaves_it(
        self, run: Run, practise: Practise, arguments: list[str]
    ) -> None:
        run("--date", "2027-01-15")
        assert "plan" not in practise(*arguments)[1]

    def test_a_day_of_rest_says_so(self, run: Run, practise: Practise) -> None:
        run("--date", "2027-01-15", "--rest", "mon")
        asked, err = practise()
        assert len(asked) == 1
        assert "Your plan has a rest today; this is picked without it" in err

    def test_without_a_plan_nothing_is_said(self, practise: Practise) -> None:
        assert practise()[1] == ""

    def test_a_damaged_plan_is_told_and_is_no_reason_not_to_practise(
        self, folder: Path, practise: Practise
    ) -> None:
        with Store(folder) as store:
            write_note(store, kept.KIND, kept.KEY, {"date": "soon"}, "2026-11-30T08:00:00+00:00")
        asked, err = practise()
        assert len(asked) == 1
        assert "voicemock verify" in err


class TestTheWritingSample:
    def test_a_review_ticks_it_and_its_text_is_not_kept(
        self, run: Run, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run("--date", "2027-01-15")
        sample = tmp_path / "sample.md"
        sample.write_text("I moved the ferry by ten minutes and we missed fewer trains.", encoding="utf-8")
        with pytest.raises(SystemExit):
            main(["writing", str(sample), "--recordings", str(folder)])
        assert "Noted in your plan; it passes once every check does." in capsys.readouterr().err
        with Store(folder) as store:
            (noted,) = [each for each in notes(store, kept.KIND) if each.key.startswith(kept.WRITING)]
        assert noted.body == {"good": False}

    def test_without_a_plan_nothing_is_kept(self, folder: Path, tmp_path: Path) -> None:
        sample = tmp_path / "sample.md"
        sample.write_text("I moved the ferry by ten minutes and we missed fewer trains.", encoding="utf-8")
        with pytest.raises(SystemExit):
            main(["writing", str(sample), "--recordings", str(folder)])
        assert not folder.exists()


class TestProgress:
    @pytest.fixture
    def progress(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def command(*arguments: str) -> str:
            with pytest.raises(SystemExit):
                main(["progress", "--recordings", str(folder), *arguments])
            return capsys.readouterr().out

        return command

    def test_it_holds_the_plan_against_what_was_done(
        self, run: Run, folder: Path, progress: Callable[..., str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tasks = as_json(run, "--date", "2027-01-15")["today"]["tasks"]
        with Store(folder) as store:
            add_answer(store, question_id=tasks[0]["question"], started_at=f"{TODAY}T12:00:00+00:00")
        monkeypatch.setattr(kept, "local_today", lambda: TODAY + timedelta(days=1))
        assert f"Since 30 November 2026: {len(tasks)} tasks in " in progress("--plain")
        found = json.loads(progress("--json"))["plan"]
        assert (found["planned"], found["done"], found["date"]) == (len(tasks), 1, "2027-01-15")
        page = Path(progress("--html").strip()).read_text(encoding="utf-8")
        assert "Plan against done" in page

    def test_without_a_plan_it_has_none(self, folder: Path, progress: Callable[..., str]) -> None:
        with Store(folder) as store:
            add_answer(store)
        assert json.loads(progress("--json"))["plan"] is None
        assert "Plan against done" not in progress()
