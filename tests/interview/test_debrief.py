"""The debrief, from scores that were made up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stored import score
from voicemock.interview.loop.debrief import debrief
from voicemock.interview.loop.heard import Heard
from voicemock.interview.loop.plan import Interview, Interviewer, plan_loop
from voicemock.packs.questions import load_questions
from voicemock.report.debrief import read_debrief
from voicemock.report.lines import debrief_lines
from voicemock.rounds import CANDIDATE_QUESTIONS

PLAN = plan_loop(load_questions(), "senior", 1, {})
STORY = Interview(
    "behavioral", Interviewer("Noor", "gb", ("ownership", "earn-trust"), True), "bar-raiser", ()
)
PRODUCT = Interview("product-sense", Interviewer("Kim", "us", ("think-big",)), "polite", ())

overalls = st.lists(
    st.lists(st.integers(10, 40).map(lambda n: n / 10), min_size=1, max_size=2), min_size=5, max_size=5
)


def heard(answer_id: str, overall: float | None = 3.6, round: str = "behavioral", **changes: Any) -> Heard:
    return Heard(answer_id, round, "ownership" if round == "behavioral" else None, score(overall, **changes))


def shown(slug: str, text: str) -> dict[str, Any]:
    return {
        "principles": [{"slug": slug, "named": False, "demonstrated": True, "evidence": [0]}],
        "sentences": [{"text": text, "start": 3.2, "end": 6.0, "star": "A"}],
    }


def asked(*questions: str) -> Heard:
    sentences = [{"text": text, "start": 0.0, "end": 1.0, "star": None} for text in questions]
    return heard("s/9", None, CANDIDATE_QUESTIONS, sentences=sentences)


class TestVerdict:
    """Hire only with 3.5 or more in every round."""

    @given(overalls)
    def test_is_hire_exactly_where_no_round_is_under_the_bar(self, scores: list[list[float]]) -> None:
        answers = [[heard(f"s/{i}{j}", each) for j, each in enumerate(some)] for i, some in enumerate(scores)]
        enough = all(sum(some) / len(some) >= 3.5 - 1e-6 for some in scores)
        assert debrief(PLAN.interviews, answers)["verdict"] == ("hire" if enough else "no hire")

    @given(overalls)
    def test_a_score_shown_at_the_bar_is_at_the_bar(self, scores: list[list[float]]) -> None:
        answers = [[heard(f"s/{i}{j}", each) for j, each in enumerate(some)] for i, some in enumerate(scores)]
        found = debrief(PLAN.interviews, answers)
        assert (found["verdict"] == "hire") == all(row["score"] >= 3.5 for row in found["rows"])

    def test_two_answers_that_come_to_three_point_four_five_are_not_rounded_up(self) -> None:
        row = debrief([STORY], [[heard("s/1", 3.4), heard("s/2", 3.5)]])["rows"][0]
        assert (row["score"], row["verdict"]) == (3.4, "just under the bar")

    def test_an_answer_that_could_not_be_scored_is_no_hire_and_is_said(self) -> None:
        found = debrief([STORY], [[heard("s/1", 3.9), heard("s/2", None)]])
        assert found["verdict"] == "no hire"
        assert found["rows"][0]["verdict"] == "meets the bar, 1 of 2 answers not scored"
        assert found["practise"][0]["command"] == "voicemock practice --round behavioral --count 3"

    def test_nothing_scored_gives_no_number_anywhere(self) -> None:
        found = debrief([STORY, PRODUCT], [[heard("s/1", None)], []])
        assert [row["score"] for row in found["rows"]] == [None, None]
        assert found["verdict"] == "no hire"
        assert found["bar_raiser"]["mean"] is None
        assert "not scored" in found["bar_raiser"]["line"]


def told(answer_id: str, *texts: str, round: str = "behavioral") -> Heard:
    sentences = [{"text": text, "start": 0.0, "end": 1.0, "star": None} for text in texts]
    return heard(answer_id, 3.6, round, sentences=sentences)


OVEN = "A bakery owner in Leeds told me her oven orders vanished, so I rebuilt the oven calendar with flour stock."
OVEN_AGAIN = (
    "In Leeds a bakery lost oven orders; I put flour stock into the oven calendar, and the owner was glad."
)
DOCK = "A driver at the dock lost parcels in the rain because labels came off, and I moved the label printer."


class TestWhatWasPrepared:
    """The candidate's list, against what they asked."""

    PREPARED = ("Which principle did your team argue about last?", "How does the team find out it was wrong?")

    def found(self, *said: str) -> dict[str, Any]:
        closing = asked(*said)
        prepared = Heard(closing.answer_id, closing.round, None, closing.score, self.PREPARED)
        row: dict[str, Any] = debrief([STORY], [[heard("s/1"), prepared]])["rows"][0]
        return row

    def test_it_is_ticked_in_other_words_too(self) -> None:
        row = self.found("So what was the last principle that your team argued about?")
        assert [each["asked"] for each in row["asks"]] == [True, False]
        assert "On your screen, and not asked: How does the team find out it was wrong?" in row["note"]

    def test_another_question_ticks_nothing(self) -> None:
        assert not any(each["asked"] for each in self.found("When will I hear back from you?")["asks"])

    def test_all_asked_leaves_nothing_to_say(self) -> None:
        assert "not asked" not in self.found(*self.PREPARED)["note"]


class TestStoriesToldAgain:
    """Interviewers compare notes."""

    def test_a_story_told_to_two_interviewers_is_named_with_both(self) -> None:
        found = debrief([STORY, PRODUCT], [[told("s/1", OVEN)], [told("s/2", OVEN_AGAIN)]])
        (again,) = found["repeated"]
        assert (again["answers"], again["interviewers"]) == (["s/1", "s/2"], ["Noor", "Kim"])
        shown = read_debrief(found)
        assert shown is not None
        assert any("You told “" in line and "twice, to Noor and Kim" in line for line in debrief_lines(shown))

    def test_different_stories_are_no_repetition(self) -> None:
        assert debrief([STORY, PRODUCT], [[told("s/1", OVEN)], [told("s/2", DOCK)]])["repeated"] == []

    def test_what_is_no_story_is_none_told_again(self) -> None:
        answers = [[told("s/1", OVEN)], [told("s/2", OVEN_AGAIN, round="product-sense")]]
        assert debrief([STORY, PRODUCT], answers)["repeated"] == []


class TestNote:
    """What decided it, in a sentence that goes on after a colon, and a line that can be said."""

    @pytest.mark.parametrize(
        ("why", "line", "said"),
        [
            (
                "Most of the steps have no actor.",
                "I was the one who ___.",
                'What decided it: most of the steps have no actor. Next time say: "I was the one who ___."',
            ),
            (
                "Brno at 17 is the last we hear of it.",
                "How many came back in May?",
                "What decided it: Brno at 17 is the last we hear of it."
                " Have an answer to this: How many came back in May?",
            ),
        ],
    )
    def test_a_name_keeps_its_capital_and_a_question_is_not_to_be_said(
        self, why: str, line: str, said: str
    ) -> None:
        fix = {"dimension": "metrics", "sentence": 0, "say": why, "why": why, "line": line}
        sentences = [{"text": "We opened in Brno.", "start": 0.0, "end": 1.0, "star": "S"}]
        row = debrief([STORY], [[heard("s/1", 2.0, fixes=[fix], sentences=sentences)]])["rows"][0]
        assert said in row["note"]


class TestPrinciples:
    """What each interviewer saw, with the words that show it."""

    def test_a_principle_comes_with_its_evidence_and_where_it_is(self) -> None:
        found = debrief([STORY], [[heard("s/1", **shown("ownership", "I took the night shift."))]])
        evidence = {"answer": "s/1", "sentence": 0, "t": 3.2, "text": "I took the night shift."}
        assert found["rows"][0]["principles"] == [{"slug": "ownership", "evidence": [evidence]}]
        row = found["rows"][0]
        assert (row["missed"], row["unasked"]) == ([], ["earn-trust"])  # no question was about it

    def test_what_a_question_asked_for_is_missed_where_the_story_does_not_show_it(self) -> None:
        row = debrief([STORY], [[heard("s/1", **shown("earn-trust", "I showed them the bill."))]])["rows"][0]
        assert (row["missed"], row["unasked"]) == (["ownership"], [])
        text = "\n".join(debrief_lines(read_debrief({"rows": [row]})))
        assert "asked for Ownership, and did not see it" in text
        assert "had no question on" not in text

    def test_the_matrix_has_what_was_looked_for_and_what_was_seen(self) -> None:
        found = debrief(
            [STORY, PRODUCT],
            [
                [heard("s/1", **shown("dive-deep", "I read every log."))],
                [heard("s/2", round="product-sense")],
            ],
        )
        assert {line["slug"]: (line["looked_for_by"], line["seen_by"]) for line in found["matrix"]} == {
            "ownership": (["Noor"], {}),
            "earn-trust": (["Noor"], {}),
            "think-big": (["Kim"], {}),
            "dive-deep": ([], {"Noor": 1}),
        }

    def test_nothing_is_missed_where_no_story_was_told(self) -> None:
        found = debrief([PRODUCT, STORY], [[heard("s/1", round="product-sense")], [heard("s/2", None)]])
        assert [row["missed"] for row in found["rows"]] == [[], []]

    def test_a_principle_that_was_only_named_is_not_seen(self) -> None:
        named = {"principles": [{"slug": "ownership", "named": True, "demonstrated": False, "evidence": []}]}
        assert debrief([STORY], [[heard("s/1", **named)]])["rows"][0]["principles"] == []


class TestBarRaiser:
    def test_names_the_weakest_dimension_and_every_score_under_the_bar(self) -> None:
        weak = dict.fromkeys(("structure", "metrics"), 3.8) | {"customer": 1.4, "delivery": None}
        found = debrief(
            [STORY, PRODUCT], [[heard("s/1", 3.1, dimensions=weak)], [heard("s/2", 3.6, "product-sense")]]
        )["bar_raiser"]
        assert (found["interviewer"], found["dimension"], found["mean"]) == ("Noor", "customer", 2.5)
        assert found["line"].endswith("Under 3.5: behavioral 3.1 (Noor).")
        assert found["below"] == ["behavioral"]

    def test_says_so_where_nothing_is_under_the_bar(self) -> None:
        found = debrief([STORY], [[heard("s/1", 3.9)]])
        assert "No round is under 3.5." in found["bar_raiser"]["line"]


class TestPractiseNext:
    """Three things, each with the command that does it."""

    @given(overalls)
    def test_are_three_with_different_commands(self, scores: list[list[float]]) -> None:
        answers = [[heard(f"s/{i}{j}", each) for j, each in enumerate(some)] for i, some in enumerate(scores)]
        commands = [step["command"] for step in debrief(PLAN.interviews, answers)["practise"]]
        assert len(set(commands)) == len(commands) == 3
        assert all(command.startswith("voicemock ") for command in commands)

    def test_begin_with_what_costs_most(self) -> None:
        bad = dict.fromkeys(("structure", "metrics", "customer"), 3.6) | {"metrics": 1.2}
        found = debrief(
            [STORY, PRODUCT],
            [[heard("s/1", 3.4), heard("s/2", 2.4, dimensions=bad)], [heard("s/3", 3.6, "product-sense")]],
        )
        assert [step["command"] for step in found["practise"]] == [
            "voicemock retry s/2",
            "voicemock practice --round behavioral --count 3",
            "voicemock practice --principle ownership",
        ]


class TestOwnQuestions:
    @pytest.mark.parametrize(
        ("questions", "said"), [((), "You asked me nothing"), (("Why you?", "Who is next?"), "")]
    )
    def test_are_counted_and_told_when_they_are_few(self, questions: tuple[str, ...], said: str) -> None:
        row = debrief([STORY], [[heard("s/1"), asked(*questions)]])["rows"][0]
        assert row["answers"] == ["s/1"]
        assert said in row["note"]

    def test_three_are_enough(self) -> None:
        three = asked("How do you plan?", "Who decides in the end?", "What would you change?")
        row = debrief([STORY], [[heard("s/1"), three]])["rows"][0]
        assert row["questions_asked"] == 3
        assert "prepare" not in row["note"]


def test_the_review_shows_all_of_a_debrief_that_was_stored() -> None:
    story = [heard("s/1", 3.1, **shown("ownership", "I took the night shift.")), asked()]
    stored = debrief([STORY, PRODUCT], [story, [heard("s/2", None, "product-sense")]])
    read = read_debrief(stored)
    assert read is not None
    lines = "\n".join(debrief_lines(read))
    for part in (
        "Debrief: no hire", "Noor (bar raiser) · Behavioral · 3.1",
        "saw Ownership: “I took the night shift.”", "had no question on Earn Trust",
        "Kim · Product sense · – · not scored",
        "Bar raiser: The weakest", "voicemock retry s/1",
    ):  # fmt: skip
        assert part in lines
