"""A whole onsite day: its times, its breaks, what is kept, and how it is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from voicemock.cli.day_run import Breaks
from voicemock.cli.desk import RunOptions
from voicemock.coaching.calendar import OCTETS, Entry, calendar_text
from voicemock.errors import StoreError, UsageProblem
from voicemock.interview.loop.day import Day, plan_day, rows, wait_s
from voicemock.interview.loop.kept_days import begun, keep_day, kept_day, remove_day
from voicemock.interview.loop.plan import LoopPlan, plan_loop
from voicemock.packs.questions import load_questions
from voicemock.store.store import Store
from voicemock.terminal.safe_console import SafeConsole

ON = date(2027, 1, 15)
NINE = datetime(2027, 1, 15, 9, 0)
PLAN = plan_loop(load_questions(), "senior", 1, {})


def planned(rounds: int = 5, start: time = time(9, 0), plan: LoopPlan = PLAN, **changes: Any) -> Day:
    values = {"minutes": 45, "break_minutes": 15, **changes}
    return plan_day(ON, start, values["minutes"], values["break_minutes"], plan, rounds)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


class TestItsTimes:
    def test_five_rounds_of_45_minutes_with_breaks_end_at_a_quarter_to_two(self) -> None:
        slots = planned().slots
        assert [slot.start.strftime("%H:%M") for slot in slots] == [
            "09:00",
            "10:00",
            "11:00",
            "12:00",
            "13:00",
        ]
        assert slots[-1].end == datetime(2027, 1, 15, 13, 45)

    def test_breaks_stand_between_the_rounds(self) -> None:
        assert [row[2] for row in rows(planned(2))][1] == "Break"
        assert "Break" not in [row[2] for row in rows(planned(2, break_minutes=0))]

    @pytest.mark.parametrize("rounds", [1, 2, 3, 4])
    def test_a_shorter_day_keeps_the_bar_raiser(self, rounds: int) -> None:
        kept = planned(rounds).plan.interviews
        assert len(kept) == rounds
        assert sum(each.interviewer.bar_raiser for each in kept) == 1
        assert [each for each in PLAN.interviews if each in kept] == list(kept)

    def test_more_rounds_than_a_level_has_are_refused(self) -> None:
        with pytest.raises(UsageProblem, match="4 rounds"):
            planned(5, plan=plan_loop(load_questions(), "pm", 1, {}))

    def test_a_day_ends_on_its_day(self) -> None:
        with pytest.raises(UsageProblem, match="midnight"):
            planned(start=time(22, 0))


class TestTheWait:
    def test_each_round_waits_for_its_time(self) -> None:
        assert wait_s(planned(), 1, NINE + timedelta(minutes=40), at_once=False, first=True) == 20 * 60

    def test_a_time_that_has_come_is_not_waited_for(self) -> None:
        assert wait_s(planned(), 0, NINE + timedelta(hours=3), at_once=False, first=True) == 0

    def test_at_once_only_the_breaks_are_waited_for(self) -> None:
        assert wait_s(planned(), 0, NINE, at_once=True, first=True) == 0
        assert wait_s(planned(), 3, NINE, at_once=True, first=False) == 15 * 60


class TestKeeping:
    def test_it_comes_back_as_it_was_planned(self, store: Store) -> None:
        day = keep_day(store, planned(3))
        assert kept_day(store, ON) == day
        assert kept_day(store, ON + timedelta(days=1)) is None

    def test_it_knows_the_session_that_it_is_held_in(self, store: Store) -> None:
        begun(store, planned(), "20270115-090000")
        kept = kept_day(store, ON)
        assert kept is not None
        assert kept.session == "20270115-090000"

    def test_it_can_be_forgotten(self, store: Store) -> None:
        keep_day(store, planned())
        assert (remove_day(store, ON), remove_day(store, ON)) == (True, False)

    def test_a_damaged_one_is_told_as_damage(self, store: Store) -> None:
        keep_day(store, planned())
        with store.transaction() as db:
            db.execute("UPDATE notes SET body = json_set(body, '$.minutes', 'many')")
        with pytest.raises(StoreError):
            kept_day(store, ON)


class Clock:
    """Time that passes only by waiting."""

    def __init__(self) -> None:
        self.at = NINE

    def now(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Pressing:
    """Keys of which one is pressed after so many looks."""

    def __init__(self, after: int, error: type[BaseException] | None = None) -> None:
        self._left, self._error, self.open_now = after, error, False

    def open(self) -> None:
        self.open_now = True

    def pressed(self) -> str:
        self._left -= 1
        if self._left < 0 and self._error:
            raise self._error
        return " " if self._left < 0 else ""

    def close(self) -> None:
        self.open_now = False


class TestHolding:
    def held(
        self,
        store: Store,
        keys: Pressing,
        numbers: Sequence[int] = (0, 1),
        *,
        at_once: bool = True,
        plain: bool = False,
    ) -> tuple[list[bool], Clock, list[int]]:
        clock, told = Clock(), []
        breaks = Breaks(store, planned(), at_once=at_once, now=clock.now, wait=clock.wait, keys=lambda: keys)

        def before(number: int) -> Any:
            screen = SimpleNamespace(aside=lambda show: show())
            return SimpleNamespace(
                screen=screen, number=number, session_id="s1", is_person=number > 0 or not at_once,
                say_who_comes_in=lambda: told.append(number), options=RunOptions(plain=plain),
                console=SafeConsole(),
            )  # fmt: skip

        return [breaks(before(number)) for number in numbers], clock, told

    def test_a_break_is_as_long_as_it_was_planned(
        self, store: Store, capsys: pytest.CaptureFixture[str]
    ) -> None:
        went_on, clock, told = self.held(store, Pressing(10**9), plain=True)
        assert (went_on, told) == ([True, True], [0, 1])
        assert (clock.at - NINE).total_seconds() == pytest.approx(15 * 60, abs=1)
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if "Begins" in line] == [
            f"Begins in {left}:00." for left in range(15, 0, -1)
        ]

    def test_any_key_ends_it(self, store: Store) -> None:
        keys = Pressing(20)
        went_on, clock, _ = self.held(store, keys)
        assert went_on == [True, True]
        assert (clock.at - NINE).total_seconds() == pytest.approx(2, abs=0.2)
        assert not keys.open_now

    def test_ctrl_c_stops_the_day_and_gives_the_keys_back(self, store: Store) -> None:
        keys = Pressing(20, KeyboardInterrupt)
        went_on, _, _ = self.held(store, keys)
        assert went_on == [True, False]
        assert not keys.open_now

    def test_the_first_round_waits_for_its_time_too(self, store: Store) -> None:
        _, clock, _ = self.held(store, Pressing(10**9), (1,), at_once=False)
        assert clock.at - NINE == pytest.approx(timedelta(hours=1), abs=timedelta(seconds=1))

    def test_its_session_is_known_from_the_first_round_on(self, store: Store) -> None:
        self.held(store, Pressing(0))
        kept = kept_day(store, ON)
        assert kept is not None
        assert kept.session == "s1"


class TestTheCalendarFile:
    def text(self, **changes: str) -> str:
        entry = Entry(
            "day-1",
            NINE,
            NINE + timedelta(minutes=45),
            changes.get("title", "A round"),
            changes.get("text", ""),
        )
        return calendar_text([entry], datetime.fromisoformat("2027-01-01T12:00:00+01:00"))

    def test_times_are_those_where_you_are(self) -> None:
        text = self.text()
        assert "DTSTART:20270115T090000\r\nDTEND:20270115T094500\r\n" in text
        assert "DTSTAMP:20270101T110000Z" in text

    def test_no_line_is_longer_than_the_format_allows_and_no_letter_is_cut(self) -> None:
        text = self.text(title="é" * 200)
        assert all(len(line.encode()) <= OCTETS for line in text.split("\r\n"))
        assert "é" * 200 in text.replace("\r\n ", "")

    def test_what_is_a_sign_in_the_format_is_escaped(self) -> None:
        assert "SUMMARY:a\\, b\\; c\\\\\r\n" in self.text(title="a, b; c\\")
        assert "DESCRIPTION:one\\ntwo\r\n" in self.text(text="one\ntwo")
