"""What real interviews brought, what to ask, and a whole day: on the page, as the commands keep them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from tests.stored import add_answer, score
from tests.web.serving import Call, Served
from voicemock.coaching import kept_asks, kept_outcomes
from voicemock.errors import UsageProblem
from voicemock.interview.loop.day import Day
from voicemock.interview.loop.kept_days import begun, kept_day
from voicemock.packs.asks import load_asks
from voicemock.store.store import Store

ON = date(2027, 1, 15)
EVIL = "<script>alert(1)</script>"
INTERVIEW = {
    "company": "Northwind",
    "date": "2026-11-20",
    "round": "behavioral",
    "result": "next",
    "note": "Numbers.",
}


def shown(served: Served, path: str) -> str:
    status, _, body = served.get(path)
    assert status == 200, body
    assert len(body) < 200_000
    return body.decode()


@pytest.mark.parametrize("place", ["", "plan"])
def test_the_start_page_and_the_plan_lead_to_all_three(served: Served, place: str) -> None:
    page = shown(served, place)
    assert [f'href="{served.root}{name}"' in page for name in ("day", "asks", "outcomes")] == [True] * 3


def test_progress_leads_to_the_real_interviews(served: Served) -> None:
    assert f'href="{served.root}outcomes"' in shown(served, "progress")


class TestOutcomes:
    def test_one_is_kept_and_stands_beside_the_mocks_before_it(self, served: Served, call: Call) -> None:
        with Store(served.folder) as store:
            add_answer(store, scored=score(3.0), started_at="2026-11-10T12:00:00+00:00")
        call("outcome", **INTERVIEW)
        page = shown(served, "outcomes")
        for said in ("Northwind", "On to the next round", "3.0 over 1 mock answer", "Numbers."):
            assert said in page

    def test_it_is_changed_in_its_place_and_removed(self, served: Served, call: Call) -> None:
        call("outcome", **INTERVIEW)
        call("outcome", **{**INTERVIEW, "id": "o1", "round": "", "result": "offer"})
        with Store(served.folder) as store:
            (only,) = kept_outcomes.kept_outcomes(store)
        assert (only.id, only.round, only.result, only.note) == ("o1", None, "offer", "Numbers.")
        call("remove_outcome", id="o1")
        assert "Northwind" not in shown(served, "outcomes")

    def test_what_was_written_is_no_markup(self, served: Served, call: Call) -> None:
        call("outcome", **{**INTERVIEW, "company": EVIL, "note": EVIL})
        assert EVIL not in shown(served, "outcomes")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"company": " "}, {"company": "x" * 101}, {"date": "2026-12-01"}, {"date": "soon"}, {"round": "poetry"},
            {"result": ""}, {"result": "perhaps"}, {"note": "x" * 1_001}, {"id": "o9"}, {"note": ["a"]},
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused(self, served: Served, call: Call, wrong: dict[str, Any]) -> None:
        with pytest.raises(UsageProblem):
            call("outcome", **{**INTERVIEW, **wrong})
        with Store(served.folder) as store:
            assert kept_outcomes.kept_outcomes(store) == []


class TestAsks:
    def order(self, served: Served) -> list[str]:
        with Store(served.folder) as store:
            return [ask.text for ask in kept_asks.kept_asks(store)]

    def test_they_are_kept_changed_put_in_order_and_removed(self, served: Served, call: Call) -> None:
        for text in ("One?", "Two?", "Three?"):
            call("ask", text=text, round="")
        call("move_ask", id="a3", place=1)
        assert self.order(served) == ["Three?", "One?", "Two?"]
        call("ask", id="a1", text="Which one?", round="analytical")
        assert self.order(served) == ["Three?", "Which one?", "Two?"]
        call("remove_ask", id="a3")
        page = shown(served, "asks")
        assert page.index("Which one?") < page.index("Two?")
        assert "Three?" not in page

    def test_a_suggestion_that_is_kept_is_suggested_no_more(self, served: Served, call: Call) -> None:
        first = load_asks()["analytical"][0]
        before = shown(served, "asks").count("data-take=")
        call("ask", text=first, round="analytical")
        assert shown(served, "asks").count("data-take=") == before - 1

    def test_the_rounds_that_have_too_few_are_named(self, served: Served, call: Call) -> None:
        assert "You keep fewer than 3 for" in shown(served, "asks")
        for text in ("One?", "Two?", "Three?"):
            call("ask", text=text, round="")
        assert "You keep fewer than 3 for" not in shown(served, "asks")

    @pytest.mark.parametrize(
        ("name", "wrong"),
        [
            ("ask", {"text": " "}), ("ask", {"text": "x" * 301}), ("ask", {"text": "Why?", "round": "poetry"}),
            ("ask", {"text": "One?"}), ("ask", {"text": "Why?", "id": "a9"}), ("move_ask", {"id": "a9", "place": 1}),
            ("move_ask", {"id": "a1", "place": "first"}), ("move_ask", {"id": "a1"}),
            ("move_ask", {"id": "a1", "place": 0}),
            ("remove_ask", {"id": "a9"}), ("remove_ask", {}),
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused(
        self, served: Served, call: Call, name: str, wrong: dict[str, Any]
    ) -> None:
        call("ask", text="One?", round="")
        with pytest.raises(UsageProblem):
            call(name, **wrong)
        assert self.order(served) == ["One?"]


FORM = {"on": "2027-01-15", "start": "10:00", "rounds": 3, "minutes": 60, "pause": 30, "level": "senior"}


class TestADay:
    def kept(self, served: Served) -> Day:
        with Store(served.folder) as store:
            day = kept_day(store, ON)
        assert day is not None
        return day

    def test_looking_at_a_day_plans_none(self, served: Served) -> None:
        assert "Plan it" in shown(served, "day?on=2027-01-15")
        with Store(served.folder) as store:
            assert kept_day(store, ON) is None

    def test_it_is_seen_as_a_calendar_of_rounds_and_breaks(self, served: Served, call: Call) -> None:
        call("day", **FORM)
        page = shown(served, "day?on=2027-01-15")
        assert (page.count('<li class="round '), page.count('<li class="pause ')) == (3, 2)
        assert "<time>10:00</time>" in page and "<time>14:00</time>" in page
        assert "bar raiser" in page
        assert f"/day-calendar/{ON}" in page

    def test_the_next_day_that_is_planned_is_shown_first(self, served: Served, call: Call) -> None:
        call("day", **FORM)
        assert "Friday, 15 January 2027" in shown(served, "day")
        call("day", **{**FORM, "on": "2026-12-04"})
        page = shown(served, "day")
        assert "Friday, 4 December 2026" in page
        assert "day?on=2027-01-15" in page

    def test_other_times_keep_the_interviews(self, served: Served, call: Call) -> None:
        call("day", **FORM)
        before = self.kept(served)
        call("day", on=ON.isoformat(), minutes=45, start="09:30")
        after = self.kept(served)
        assert after.plan == before.plan
        assert (after.minutes, after.break_minutes, after.start.isoformat("minutes")) == (45, 30, "09:30")

    def test_other_interviewers_keep_the_times_and_how_many_they_are(
        self, served: Served, call: Call
    ) -> None:
        call("day", **FORM)
        call("day", on=ON.isoformat(), style="none")
        after = self.kept(served)
        assert {each.style for each in after.plan.interviews} == {"none"}
        assert (len(after.plan.interviews), after.minutes) == (3, 60)

    def test_its_calendar_is_the_one_that_the_command_writes(self, served: Served, call: Call) -> None:
        call("day", **FORM)
        status, headers, body = served.get("day-calendar/2027-01-15")
        assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert headers["Content-Disposition"] == 'attachment; filename="day-2027-01-15.ics"'
        assert len(Calendar.from_ical(body).walk("VEVENT")) == 3
        assert served.get("day-calendar/2027-01-16")[0] == 404

    def test_one_that_has_begun_is_not_planned_anew_and_can_be_forgotten(
        self, served: Served, call: Call
    ) -> None:
        call("day", **FORM)
        with Store(served.folder) as store:
            answer = add_answer(store, "held/1")
            begun(store, self.kept(served), "held")
        page = shown(served, "day")
        assert "It has begun" in page and "Go on with it" in page and "Change the day" not in page, answer
        with pytest.raises(UsageProblem, match="has begun"):
            call("day", on=ON.isoformat(), minutes=30)
        call("forget_day", on=ON.isoformat())
        assert "Plan it" in shown(served, "day?on=2027-01-15")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"on": "soon"}, {"on": ""}, {"start": "nine"}, {"start": "22:00"}, {"rounds": 6}, {"rounds": 0},
            {"minutes": 5}, {"minutes": 181}, {"pause": -1}, {"pause": "long"}, {"level": "cto"}, {"style": "rude"},
            {"level": "pm", "rounds": 5},
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused(self, served: Served, call: Call, wrong: dict[str, Any]) -> None:
        with pytest.raises(UsageProblem):
            call("day", **{**FORM, **wrong})
        with Store(served.folder) as store:
            assert kept_day(store, ON) is None

    def test_forgetting_what_is_not_there_is_told(self, call: Call) -> None:
        with pytest.raises(UsageProblem, match="no day is planned"):
            call("forget_day", on=ON.isoformat())

    def test_a_date_that_is_none_is_told(self, served: Served) -> None:
        assert served.get("day?on=soon")[0] == 409
