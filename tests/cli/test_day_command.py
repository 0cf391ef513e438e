"""`voicemock day`, as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.stored import add_answer
from voicemock.cli import main
from voicemock.coaching.plan.kept import keep
from voicemock.coaching.plan.model import Settings
from voicemock.interview.loop.kept_days import begun, kept_day
from voicemock.store.store import Store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["day", "--date", "2027-01-15", *arguments, "--recordings", str(tmp_path)])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return command


def test_it_shows_every_round_and_break_and_keeps_them(run: Run) -> None:
    _, first, _ = run("--plain")
    assert (first.count("Break"), "13:45" in first, "bar raiser" in first) == (4, True, True)
    assert run("--plain")[1] == first


def test_it_is_planned_as_asked(run: Run) -> None:
    told = json.loads(
        run("--start", "10:30", "--rounds", "2", "--break", "30", "--minutes", "60", "--json")[1]
    )
    assert [slot["start"][-5:] for slot in told["slots"]] == ["10:30", "12:00"]


def test_the_level_is_that_of_the_plan(run: Run, tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        keep(store, Settings(date(2027, 1, 15), date(2026, 11, 30), level="pm"))
    assert "System design" not in run("--plain")[1]
    assert "System design" in run("--plain", "--level", "senior")[1]


def test_a_calendar_file_has_an_entry_a_round(run: Run, tmp_path: Path) -> None:
    run("--level", "pm", "--ics", str(tmp_path / "day.ics"))
    text = (tmp_path / "day.ics").read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 4
    assert "20270115T090000" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--now"], "add --go"),
        (["--remove"], "no day is planned"),
        (["--remove", "--go"], "do not go together"),
        (["--start", "nine"], "no time of day"),
        (["--start", "23:00"], "midnight"),
        (["--level", "pm", "--rounds", "5"], "4 rounds"),
        (["--json", "--events", "-"], "both write to standard output"),
    ],
)
def test_what_does_not_fit_says_what_to_do(run: Run, arguments: list[str], said: str) -> None:
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err


def test_a_day_that_has_begun_is_not_planned_anew(run: Run, tmp_path: Path) -> None:
    run()
    with Store(tmp_path) as store:
        day = kept_day(store, date(2027, 1, 15))
        assert day is not None
        begun(store, day, "20270115-090000")
        add_answer(store, "20270115-090000/1", mode="loop")
    assert "has begun" in run("--start", "11:00")[2]
    assert run("--remove")[0] == 0


def test_a_day_that_was_left_before_a_word_can_be_planned_anew(run: Run, tmp_path: Path) -> None:
    run()
    with Store(tmp_path) as store:
        day = kept_day(store, date(2027, 1, 15))
        assert day is not None
        begun(store, day, "20270115-090000")
    assert run("--start", "11:00")[0] == 0


def test_what_is_not_asked_for_stays_as_it_was(run: Run, tmp_path: Path) -> None:
    run("--start", "10:00", "--break", "30")
    with Store(tmp_path) as store:
        before = kept_day(store, date(2027, 1, 15))
    run("--minutes", "60")
    with Store(tmp_path) as store:
        after = kept_day(store, date(2027, 1, 15))
    assert before is not None and after is not None
    assert (after.start, after.break_minutes, after.minutes) == (before.start, 30, 60)
    assert after.plan == before.plan


def test_a_day_that_is_over_says_where_its_debrief_is(run: Run, tmp_path: Path) -> None:
    run()
    with Store(tmp_path) as store:
        store.add_session("s1", "loop", "2027-01-15T09:00:00+00:00", {"debrief": {"verdict": "hire"}})
        day = kept_day(store, date(2027, 1, 15))
        assert day is not None
        begun(store, day, "s1")
    assert "voicemock review s1" in run("--go")[2]


def test_a_day_to_come_is_held_only_as_a_rehearsal(run: Run) -> None:
    later = (datetime.now().astimezone() + timedelta(days=9)).date().isoformat()
    code, _, told = run("--date", later, "--go")
    assert code == 2
    assert "add --now to rehearse it" in told
