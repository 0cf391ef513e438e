"""The plan on the page: what it shows, and what its form and buttons can have done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.stored import add_answer
from tests.web.serving import TODAY, Served
from voicemock.coaching.draft import Draft
from voicemock.coaching.drafts import keep
from voicemock.coaching.plan import kept
from voicemock.errors import UsageProblem
from voicemock.packs.questions import load_questions
from voicemock.store.notebook import notes
from voicemock.store.store import Store

FORM = {"date": "2027-01-15", "level": "senior", "minutes": 45, "rest": "sat,sun", "at": "19:00", "job": ""}


def shown(served: Served, path: str = "plan") -> str:
    status, _, body = served.get(path)
    assert status == 200, body
    return body.decode()


class TestWithoutAPlan:
    def test_the_page_has_the_form(self, served: Served) -> None:
        page = shown(served)
        assert "Make the plan" in page and 'min="2026-11-30"' in page
        assert 'id="forget"' not in page

    def test_the_start_page_has_no_tasks(self, served: Served) -> None:
        assert "The whole plan" not in shown(served, "")

    def test_there_is_no_calendar(self, served: Served) -> None:
        assert served.get("calendar")[0] == 404


class TestAPlan:
    def test_a_form_makes_it_and_changes_all_of_it(self, served: Served, call: Any) -> None:
        call("plan", **FORM)
        with Store(served.folder) as store:
            settings = kept.kept_settings(store)
        assert settings is not None
        assert (settings.until, settings.level, settings.minutes, settings.rest) == (
            date(2027, 1, 15), "senior", 45, (5, 6),
        )  # fmt: skip
        call("plan", **{**FORM, "rest": "", "at": "", "job": "You write SQL and define metrics."})
        with Store(served.folder) as store:
            settings = kept.kept_settings(store)
        assert settings is not None and settings.job is not None
        assert (settings.rest, settings.at, dict(settings.job.rounds)) == ((), None, {"analytical": 1})

    def test_today_and_every_day_are_shown(self, served: Served, call: Any) -> None:
        call("plan", **FORM)
        page = shown(served)
        assert "The interview is in 46 days" in page
        assert page.count('<li class="day ') == 47
        assert 'data-ask="' in page
        assert "Friday, 15 January 2027: the interview" in page

    def test_a_story_leads_to_its_draft(self, served: Served, call: Any) -> None:
        call("plan", **FORM)
        assert 'draft?principle=customer-obsession"' in shown(served)
        with Store(served.folder) as store:
            keep(store, Draft("", "Ward", "customer-obsession", "", {"hook": "A nurse."}))
        assert 'draft/d1"' in shown(served)

    def test_the_start_page_has_todays_tasks_and_what_is_done_is_ticked(
        self, served: Served, call: Any
    ) -> None:
        call("plan", **FORM)
        with Store(served.folder) as store:
            stands = kept.standing_if_any(store, load_questions)
            assert stands is not None and stands.today is not None
            task = stands.today.day.tasks[0]
            add_answer(store, question_id=task.question_id, started_at=f"{TODAY}T12:00:00+00:00")
        page = shown(served, "")
        assert page.count('class="ticked"') == 1
        assert f'data-ask="{task.question_id}"' in page

    def test_the_calendar_is_a_file_to_keep(self, served: Served, call: Any) -> None:
        call("plan", **FORM)
        status, headers, body = served.get("calendar")
        assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert headers["Content-Disposition"] == 'attachment; filename="interview.ics"'
        assert str(Calendar.from_ical(body).walk("VEVENT")[-1]["SUMMARY"]) == "Interview"

    def test_progress_holds_it_against_what_is_done(self, served: Served, call: Any) -> None:
        call("plan", **FORM)
        assert "Plan against done" in shown(served, "progress")

    def test_after_the_interview_the_page_says_so(
        self, served: Served, call: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call("plan", **FORM)
        monkeypatch.setattr(kept, "local_today", lambda: TODAY + timedelta(days=60))
        assert "The interview is over" in shown(served)
        assert "The whole plan" not in shown(served, "")

    def test_it_is_forgotten(self, served: Served, call: Any) -> None:
        call("plan", **FORM)
        call("forget_plan")
        assert "Make the plan" in shown(served)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"date": "soon"}, {"date": "2026-11-29"}, {"level": "cto"}, {"minutes": 5}, {"minutes": "45"},
            {"rest": "mon,tue,wed,thu,fri,sat,sun"}, {"at": "7pm"}, {"job": "x" * 20_001}, {"date": ["2027-01-15"]},
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused(self, served: Served, call: Any, wrong: dict[str, Any]) -> None:
        with pytest.raises(UsageProblem):
            call("plan", **{**FORM, **wrong})
        with Store(served.folder) as store:
            assert kept.kept_settings(store) is None

    def test_a_writing_sample_that_is_reviewed_ticks_it(self, served: Served, call: Any) -> None:
        sample = "I moved the ferry by ten minutes and we missed fewer trains."
        call("writing", text=sample)
        call("plan", **FORM)
        with Store(served.folder) as store:
            assert len(notes(store, kept.KIND)) == 1
        call("writing", text=sample)
        with Store(served.folder) as store:
            assert [each.body for each in notes(store, kept.KIND) if each.key != kept.KEY] == [
                {"good": False}
            ]
