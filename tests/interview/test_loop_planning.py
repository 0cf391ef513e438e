"""The plan of a loop: who comes in, for what, with which questions."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stored import answer_row
from voicemock.errors import UsageProblem
from voicemock.interview.loop.plan import (
    COMBINED,
    FITS,
    FOCUS,
    INTERVIEWS,
    VOICES,
    Level,
    LoopPlan,
    plan_loop,
)
from voicemock.interview.loop.steps import answers_by_step, as_stored, from_stored, steps
from voicemock.packs.phrases import load_phrases
from voicemock.packs.picker import Practice
from voicemock.packs.questions import filter_questions, load_questions
from voicemock.rounds import CANDIDATE_QUESTIONS, PRINCIPLES
from voicemock.scoring.gaps.policy import Style
from voicemock.speech.voice import NEURAL_VOICES

QUESTIONS = load_questions()
PHRASES = load_phrases()
SEEDS = 60  # tried where a tendency is tested: the odds are far from even, so this never wavers

levels = st.sampled_from(get_args(Level))
practices = st.builds(Practice, asked=st.integers(0, 30), mean_score=st.none() | st.floats(1, 4))
histories = st.dictionaries(st.sampled_from([*PRINCIPLES, *INTERVIEWS]), practices)
plans = st.builds(plan_loop, st.just(QUESTIONS), levels, st.integers(), histories)


class TestEveryPlan:
    """Whatever the level, the seed and what was practised before."""

    @given(plans)
    def test_has_one_interview_of_each_kind_and_system_design_for_seniors_only(self, plan: LoopPlan) -> None:
        kinds = Counter(interview.kind for interview in plan.interviews)
        expected = set(INTERVIEWS) if plan.level == "senior" else set(INTERVIEWS) - {"system-design"}
        assert kinds == Counter(expected)
        assert len(kinds) == {"pm": 4, "senior": 5}[plan.level]

    @given(plans)
    def test_asks_one_or_two_questions_of_the_rounds_of_its_kind_and_none_twice(self, plan: LoopPlan) -> None:
        for interview in plan.interviews:
            assert 1 <= len(interview.questions) <= 2
            assert tuple(question.round for question in interview.questions) == INTERVIEWS[interview.kind]
        ids = [question.id for interview in plan.interviews for question in interview.questions]
        assert len(set(ids)) == len(ids)

    @given(plans)
    def test_gives_each_interviewer_a_name_a_voice_and_principles_of_their_own(self, plan: LoopPlan) -> None:
        people = [interview.interviewer for interview in plan.interviews]
        assert len({who.name for who in people}) == len({who.voice for who in people}) == len(people)
        assert all(len(who.focus) == FOCUS for who in people)
        slugs = [slug for who in people for slug in who.focus]
        assert len(set(slugs)) == len(slugs)
        assert set(slugs) <= set(PRINCIPLES)

    @given(plans)
    def test_lets_an_interviewer_look_for_the_principles_that_they_ask_about(self, plan: LoopPlan) -> None:
        for interview in plan.interviews:
            asked = {question.principle for question in interview.questions if question.principle}
            assert asked <= set(interview.interviewer.focus)
            if interview.kind in FITS:
                assert set(interview.interviewer.focus) & set(FITS[interview.kind])

    @given(plans)
    def test_has_one_bar_raiser_who_alone_cuts_in_and_asks_for_a_story(self, plan: LoopPlan) -> None:
        raisers = [interview for interview in plan.interviews if interview.interviewer.bar_raiser]
        assert [interview.style for interview in raisers] == ["bar-raiser"]
        assert raisers[0].kind in ("behavioral", COMBINED)
        assert {each.style for each in plan.interviews if each not in raisers} == {"polite"}

    @given(plans)
    def test_comes_back_from_the_store_as_it_was(self, plan: LoopPlan) -> None:
        assert from_stored(json.loads(json.dumps(as_stored(plan)))) == plan

    @given(levels, st.integers(), histories, st.sampled_from(["none", "debrief"]))
    def test_is_the_same_for_the_same_seed_and_takes_a_style_for_all(
        self, level: Level, seed: int, practised: dict[str, Practice], style: Style
    ) -> None:
        plan = plan_loop(QUESTIONS, level, seed, practised, style)
        assert plan == plan_loop(tuple(reversed(QUESTIONS)), level, seed, practised, style)
        assert {interview.style for interview in plan.interviews} == {style}


class TestLeaning:
    """The loop asks for what was practised least."""

    def test_a_principle_practised_often_is_seldom_asked_about(self) -> None:
        practised = {slug: Practice(asked=20, mean_score=4.0) for slug in PRINCIPLES if slug != "frugality"}
        assert self._asked_about("frugality", practised) > 2 * self._asked_about("frugality", {})

    def _asked_about(self, slug: str, practised: dict[str, Practice]) -> int:
        loops = [plan_loop(QUESTIONS, "pm", seed, practised) for seed in range(SEEDS)]
        return sum(q.principle == slug for plan in loops for each in plan.interviews for q in each.questions)

    def test_a_round_without_enough_questions_is_refused(self) -> None:
        without = [question for question in QUESTIONS if question.round != "analytical"]
        with pytest.raises(UsageProblem, match="1 analytical questions, there are 0"):
            plan_loop(without, "pm", 1, {})
        trust = filter_questions(QUESTIONS, principle="earn-trust")
        others = [question for question in QUESTIONS if question.round != "behavioral"]
        with pytest.raises(UsageProblem, match="3 behavioral questions, there are 1"):
            plan_loop((*others, *trust), "pm", 1, {})


class TestSteps:
    """Each time the candidate has the floor, in order."""

    @given(plans)
    def test_an_interview_ends_with_the_candidates_own_questions(self, plan: LoopPlan) -> None:
        found = steps(plan, PHRASES)
        assert [step.place for step in found] == list(range(len(found)))
        for number, interview in enumerate(plan.interviews):
            own = [step for step in found if step.interview == number]
            assert tuple(step.question for step in own[:-1]) == interview.questions
            assert [step.closes for step in own] == [False] * len(interview.questions) + [True]
            assert own[-1].question.round == CANDIDATE_QUESTIONS
            assert own[-1].notes["kind"] == CANDIDATE_QUESTIONS
        assert len({step.question.id for step in found}) == len(found)

    def test_only_the_last_whole_answer_to_a_step_counts(self) -> None:
        rows = [
            answer_row("s1/1", complete=True, details={"step": 0}),
            answer_row("s1/2", complete=True, details={"step": 0}),
            answer_row("s1/3", complete=True, details={"step": 1, "broken_off": True}),
            answer_row("s1/4", complete=False, details={"step": 2}),
            replace(answer_row("s1/5"), complete=True),
        ]
        assert {step: row.id for step, row in answers_by_step(rows).items()} == {0: "s1/2"}


@pytest.mark.parametrize("voices", [VOICES, tuple(NEURAL_VOICES)])
def test_the_interviewers_of_a_loop_have_voices_of_their_own(voices: tuple[str, ...]) -> None:
    drawn = [i.interviewer.voice for i in plan_loop(QUESTIONS, "senior", 1, {}, voices=voices).interviews]
    assert sorted(drawn) == sorted(voices)
