"""The plan until the interview: what holds for every plan, and what moves it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from voicemock.coaching.calendar import OCTETS, escaped, fold
from voicemock.coaching.plan.calendar import as_calendar
from voicemock.coaching.plan.job import read_job
from voicemock.coaching.plan.model import (
    DUE,
    INTERVIEW,
    LIGHT,
    MOCK,
    NEW,
    REST,
    STORY,
    WORK,
    WRITING,
    Answered,
    History,
    Plan,
    Settings,
)
from voicemock.coaching.plan.schedule import make_plan
from voicemock.coaching.plan.spacing import known_questions
from voicemock.coaching.plan.ticks import against, ticked
from voicemock.packs.questions import load_questions
from voicemock.rounds import PRINCIPLES, ROUNDS

MADE = date(2026, 11, 30)  # a Monday
QUESTIONS = load_questions()
BY_ID = {question.id: question for question in QUESTIONS}
ALL = frozenset(PRINCIPLES)


def days(number: int) -> date:
    return MADE + timedelta(days=number)


def setup(until: int = 30, **changes: object) -> Settings:
    return Settings(days(until), MADE, **{"rest": (6,), **changes})  # type: ignore[arg-type]


def answer(id: str, day: int, overall: float | None = 3.2, shown: frozenset[str] = frozenset()) -> Answered:
    question = BY_ID[id]
    return Answered(days(day), id, question.round, question.principle, overall, shown)


def plan_of(settings: Settings, history: History | None = None, today: int = 0) -> Plan:
    return make_plan(settings, QUESTIONS, history or History(), days(today))


def done_as_planned(settings: Settings, until: int, overall: float = 3.2) -> History:
    """Who keeps to the plan up to that day, which is left out."""
    history = History()
    for number in range(until):
        day = plan_of(settings, history, number).days[0]
        answers = [
            answer(task.question_id, number, overall, frozenset({task.principle} if task.principle else ()))
            for task in day.tasks
            if task.question_id
        ]
        kinds = [task.kind for task in day.tasks]
        history = History(
            (*history.answers, *answers),
            (*history.mocks, *([day.on] if MOCK in kinds else [])),
            (*history.stories, *([day.on] * kinds.count(STORY))),
            (*history.seconds, (day.on, day.minutes * 60.0)),
            (*history.writing, *([(day.on, True)] if WRITING in kinds else [])),
        )
    return history


histories = st.lists(
    st.tuples(
        st.sampled_from([question.id for question in QUESTIONS]),
        st.integers(-60, 20),
        st.one_of(st.none(), st.floats(1, 4)),
    ),
    max_size=40,
).map(lambda rows: History(tuple(answer(*row) for row in sorted(rows, key=lambda row: row[1]))))
settings_drawn = st.builds(
    setup,
    st.integers(0, 120),
    level=st.sampled_from(["pm", "senior"]),
    minutes=st.integers(15, 480),
    rest=st.sets(st.integers(0, 6), max_size=6).map(lambda found: tuple(sorted(found))),
)


class TestEveryPlan:
    """Whatever was practised and however the user set it."""

    @settings(max_examples=60, deadline=None)
    @given(settings_drawn, histories, st.integers(0, 40))
    def test_its_days_are_those_up_to_the_interview_and_within_their_minutes(
        self, chosen: Settings, history: History, today: int
    ) -> None:
        plan = plan_of(chosen, history, today)
        left = (chosen.until - days(today)).days
        assert [day.on for day in plan.days] == [days(today + ahead) for ahead in range(left + 1)]
        for day in plan.days:
            assert day.minutes <= chosen.minutes
            asked = [task.question_id for task in day.tasks if task.question_id]
            assert len(asked) == len(set(asked))
            assert all(task.minutes > 0 and task.command.startswith("voicemock ") for task in day.tasks)
            assert day.tasks == () or day.kind in (WORK, LIGHT)
        assert plan.days == () or plan.days[-1].kind == INTERVIEW

    @settings(max_examples=20, deadline=None)
    @given(settings_drawn, histories, st.integers(0, 40), st.randoms())
    def test_the_same_practice_gives_the_same_plan(
        self, chosen: Settings, history: History, today: int, chance: Random
    ) -> None:
        shuffled = list(QUESTIONS)
        chance.shuffle(shuffled)
        assert make_plan(chosen, shuffled, history, days(today)) == plan_of(chosen, history, today)

    @settings(max_examples=20, deadline=None)
    @given(settings_drawn)
    def test_it_is_kept_as_it_is(self, chosen: Settings) -> None:
        assert Settings.from_dict(chosen.as_dict()) == chosen

    @settings(max_examples=20, deadline=None)
    @given(settings_drawn, histories, st.integers(0, 20))
    def test_what_is_done_today_ticks_it_and_does_not_change_it(
        self, chosen: Settings, history: History, today: int
    ) -> None:
        before = plan_of(chosen, history, today)
        more = History((*history.before(days(today)).answers, answer("own-01", today, 1.0)))
        assert plan_of(chosen, more, today).days == before.days


class TestWhatComesFirst:
    def test_a_bad_answer_comes_again_sooner_than_a_good_one(self) -> None:
        due = [known_questions([answer("own-01", 0, score)])["own-01"].due for score in (1.5, 2.5, 3.2, 3.8)]
        assert due == sorted(due)
        assert due[0] == days(1) < due[2] < due[3]

    def test_each_good_answer_makes_the_next_wait_longer(self) -> None:
        first = known_questions([answer("own-01", 0)])["own-01"].due
        again = Answered(first, "own-01", "behavioral", "ownership", 3.2)
        second = known_questions([answer("own-01", 0), again])["own-01"].due
        assert second - first > first - MADE

    def test_an_answer_without_a_score_rates_nothing(self) -> None:
        assert known_questions([answer("own-01", 0, None)]) == {}

    def test_what_is_due_is_asked_again(self) -> None:
        today = plan_of(setup(), History((answer("own-01", 0, 1.5),)), today=1).days[0]
        assert [task.question_id for task in today.tasks if task.kind == DUE] == ["own-01"]

    def test_a_question_of_ones_own_is_in_no_plan(self) -> None:
        own = Answered(days(0), "own", "behavioral", None, 1.0)
        assert all(
            t.question_id != "own" for day in plan_of(setup(), History((own,)), 1).days for t in day.tasks
        )

    def test_only_principles_without_a_story_get_one(self) -> None:
        told = History((answer("own-01", 0, 3.8, ALL - {"frugality"}),))
        stories = [
            t.principle for day in plan_of(setup(), told, 1).days for t in day.tasks if t.kind == STORY
        ]
        assert stories == ["frugality"]

    def test_a_story_that_did_not_show_its_principle_comes_again_and_others_come_first(self) -> None:
        tried = History((answer("cust-01", 0, 2.0),))
        stories = [
            t.principle for day in plan_of(setup(60), tried, 1).days for t in day.tasks if t.kind == STORY
        ]
        assert stories[0] == "ownership"
        assert sorted(stories) == sorted(PRINCIPLES)

    def test_a_weak_round_gets_more_new_questions(self) -> None:
        practised = [answer(id, 0, 3.6, ALL) for id in ("an-01", "ps-01", "own-01", "sys-01")]
        weak = [answer("an-01", 0, 1.2), *practised[1:]]
        counts = [_new_rounds(plan_of(setup(), History(tuple(each)), 1)) for each in (practised, weak)]
        assert counts[1]["analytical"] > counts[0]["analytical"]

    def test_a_senior_plan_has_more_system_design(self) -> None:
        pm, senior = (_new_rounds(plan_of(setup(level=level))) for level in ("pm", "senior"))
        assert senior["system-design"] > pm["system-design"]

    def test_the_job_shifts_rounds_and_names_the_first_principle(self) -> None:
        lines = ["You define metrics and run A/B experiments with SQL.", "A frugal team with a small budget."]
        job = read_job("job.txt", lines)
        assert job.rounds == {"analytical": 1}
        assert "frugality" in job.principles
        plain, shifted = plan_of(setup()), plan_of(setup(job=job))
        assert _new_rounds(shifted)["analytical"] > _new_rounds(plain)["analytical"]
        first = next(task for task in shifted.days[0].tasks if task.kind == STORY)
        assert first.principle in job.principles


class TestTheJob:
    """Lines of a job's description, and words in it that only look like a principle's."""

    @pytest.mark.parametrize(
        ("line", "rounds", "principles"),
        [
            ("Define metrics and KPIs, and analyse experiments.", {"analytical"}, set()),
            ("Own the roadmap and run user research with shop owners.", {"product-sense"}, set()),
            ("Work with engineers on APIs and distributed systems.", {"system-design"}, set()),
            ("Influence senior stakeholders in a cross-functional team.", {"behavioral"}, set()),
            ("You mentor colleagues and take part in hiring.", {"behavioral"}, {"hire-and-develop-the-best"}),
            ("You challenge the status quo.", set(), {"have-backbone-disagree-and-commit"}),
            ("Delivery stations and shipments for personal care.", set(), set()),
            ("Inventory of drones with computer vision.", set(), set()),
            ("Lunch is paid for.", set(), set()),
        ],
    )
    def test_a_line_speaks_of_what_it_names(self, line: str, rounds: set[str], principles: set[str]) -> None:
        job = read_job("job.txt", [line])
        assert (set(job.rounds), set(job.principles)) == (rounds, principles)

    def test_a_text_that_names_all_principles_keeps_those_with_most_lines(self) -> None:
        lines = [principle.title for principle in PRINCIPLES.values()] + ["A small budget.", "Frugality."]
        assert read_job("job.txt", lines).principles[0] == "frugality"
        assert len(read_job("job.txt", lines).principles) == 5


class TestTheShapeOfIt:
    def test_a_month_has_mocks_the_writing_sample_rest_and_a_light_end(self) -> None:
        plan = plan_of(setup())
        kinds = [task.kind for day in plan.days for task in day.tasks]
        assert kinds.count(WRITING) == 1
        assert kinds.count(MOCK) >= 8
        assert {day.on.weekday() for day in plan.days if day.kind == REST} == {6}
        assert [day.kind for day in plan.days[-3:]] == [WORK, LIGHT, INTERVIEW]
        assert plan.days[-2].minutes <= 20

    def test_no_mock_follows_another(self) -> None:
        mocks = [day.on for day in plan_of(setup()).days if any(task.kind == MOCK for task in day.tasks)]
        assert all((after - before).days > 1 for before, after in pairwise(mocks))

    def test_a_mock_that_was_missed_is_not_put_off_for_ever(self) -> None:
        first = next(
            n for n, day in enumerate(plan_of(setup()).days) if any(t.kind == MOCK for t in day.tasks)
        )
        for today in range(first, 28):
            day = plan_of(setup(), today=today).days[0]
            assert day.kind == REST or any(task.kind == MOCK for task in day.tasks)

    def test_who_keeps_to_the_plan_gets_where_it_said(self) -> None:
        chosen = setup()
        said = {target.name: target.by_the_day for target in plan_of(chosen).targets}
        plan = plan_of(chosen, done_as_planned(chosen, 30), today=30)
        done = {target.name: target.done for target in plan.targets}
        assert (done["full mocks"], done["writing sample"]) == (said["full mocks"], said["writing sample"])
        assert done["hours"] == pytest.approx(said["hours"], rel=0.05)
        assert done["questions practised"] == pytest.approx(said["questions practised"], rel=0.05)
        assert (
            done["principles with a story"] >= said["principles with a story"]
        )  # new questions show some too

    def test_what_cannot_be_reached_is_said(self) -> None:
        plan = plan_of(setup(until=5))
        assert "of 60 hours" in plan.short[0]
        assert all(
            target.by_the_day < target.wanted for target in plan.targets if target.name == "full mocks"
        )

    def test_a_plan_that_reaches_everything_has_nothing_to_say(self) -> None:
        assert plan_of(setup(until=120, minutes=60)).short == ()

    def test_where_no_mock_fits_that_is_said(self) -> None:
        plan = plan_of(setup(minutes=30))
        assert (
            "A full mock takes 50 minutes, longer than any of your days; one that you do besides counts too."
            in plan.short
        )

    @pytest.mark.parametrize("minutes", [15, 20])
    def test_short_days_have_their_turns_too(self, minutes: int) -> None:
        kinds = {task.kind for day in plan_of(setup(minutes=minutes)).days for task in day.tasks}
        assert {DUE, STORY, NEW, WRITING} <= kinds

    def test_the_interview_alone_has_no_tasks(self) -> None:
        (only,) = plan_of(setup(until=0)).days
        assert (only.kind, only.tasks) == (INTERVIEW, ())

    def test_after_the_interview_there_are_no_days(self) -> None:
        assert plan_of(setup(until=3), today=4).days == ()


class TestTicks:
    def test_an_answer_ticks_its_question(self) -> None:
        today = plan_of(setup()).days[0]
        asked = next(task for task in today.tasks if task.kind == NEW)
        assert asked.question_id
        seen = ticked(today, History((answer(asked.question_id, 0),)))
        assert [task for task, done in zip(today.tasks, seen.done, strict=True) if done] == [asked]

    def test_any_story_for_the_principle_ticks_it_and_one_answer_ticks_one_task(self) -> None:
        today = plan_of(setup()).days[0]
        story = next(task for task in today.tasks if task.kind == STORY)
        other = next(q.id for q in QUESTIONS if q.principle == story.principle and q.id != story.question_id)
        seen = ticked(today, History((answer(other, 0), answer(other, 0))))
        assert story not in seen.left
        assert seen.beside == 1

    def test_yesterdays_answers_tick_nothing(self) -> None:
        today = plan_of(setup()).days[0]
        history = History(tuple(answer(task.question_id, -1) for task in today.tasks if task.question_id))
        assert not any(ticked(today, history).done)

    def test_the_days_behind_are_held_against_the_plan_as_it_was_made(self) -> None:
        chosen = setup()
        made = plan_of(chosen)
        held = against(made, done_as_planned(chosen, 1), days(2))
        assert held.tasks == sum(len(day.tasks) for day in made.days[:2])
        assert [done for _, done in held.days] == [len(made.days[0].tasks), 0]


class TestTheCalendar:
    """Read back by a parser that is not ours."""

    @pytest.fixture(params=[None, time(19, 30)])
    def plan(self, request: pytest.FixtureRequest) -> Plan:
        return plan_of(setup(at=request.param))

    def test_it_is_read_back_as_it_is_meant(self, plan: Plan) -> None:
        read = Calendar.from_ical(as_calendar(plan, datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("Asia/Tokyo"))))
        events = {str(event["UID"]): event for event in read.walk("VEVENT")}
        work = [day for day in plan.days if day.tasks or day.kind == INTERVIEW]
        assert len(events) == len(work)
        for day in work:
            event = events[f"{day.on.isoformat()}@plan.voicemock"]
            begins = event.decoded("DTSTART")
            if plan.settings.at and day.tasks:
                assert begins == datetime.combine(day.on, plan.settings.at)
                assert event.decoded("DTEND") - begins == timedelta(minutes=day.minutes)
            else:
                assert (begins, event.decoded("DTEND")) == (day.on, day.on + timedelta(days=1))
            said = str(event.get("DESCRIPTION", ""))
            assert all(task.title in said and task.command in said for task in day.tasks)
            assert event.errors == []

    def test_every_line_ends_and_is_folded_as_the_standard_says(self, plan: Plan) -> None:
        text = as_calendar(plan, datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("Asia/Tokyo")))
        lines = text.split("\r\n")
        assert lines.pop() == ""
        assert all("\n" not in line and len(line.encode()) <= OCTETS for line in lines)

    def test_a_day_keeps_its_name_when_the_plan_changes(self) -> None:
        at = datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("UTC"))
        first, changed = (as_calendar(plan_of(setup(minutes=m)), at) for m in (60, 30))
        names = [
            {str(e["UID"]) for e in Calendar.from_ical(text).walk("VEVENT")} for text in (first, changed)
        ]
        assert names[0] == names[1]
        assert first != changed

    @given(st.text())
    def test_no_letter_is_cut_in_two(self, text: str) -> None:
        line = escaped(text).replace("\r", "").replace("\n", "")
        pieces = fold(line).split("\r\n")
        assert all(len(piece.encode()) <= OCTETS for piece in pieces)
        assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def _new_rounds(plan: Plan) -> Counter[str]:
    found = Counter(dict.fromkeys(ROUNDS, 0))
    found.update(task.round or "" for day in plan.days for task in day.tasks if task.kind == NEW)
    return found
