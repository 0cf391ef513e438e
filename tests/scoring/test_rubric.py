"""The dimensions follow rubric section 6, and a better answer never scores lower on what it is better in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.annotations import proposal, story
from voicemock.rounds import DIMENSIONS
from voicemock.scoring.model import Metric
from voicemock.scoring.rubric import dimensions as dims
from voicemock.scoring.rubric.delivery import delivery_of
from voicemock.scoring.rubric.framework_dimensions import structure as parts_structure
from voicemock.scoring.rubric.judge import judge, overall_of, verdict

GOOD = story(
    "S The patients waited 5 hours for a bed.",
    "T I had until June to halve that.",
    "A I sat with the nurses and I wrote down every minute.",
    "A I decided to move the trigger, and I convinced the pharmacy.",
    "A I tested it on one ward first, and I counted the returned bags every Friday.",
    "R The wait fell from 5 hours to 2 hours, and complaints dropped by 62% in ten weeks.",
    "L I learned to ask the night shift first.",
)
METRICS = st.builds(
    Metric,
    sentence=st.integers(0, 6),
    text=st.just("x"),
    role=st.sampled_from(["result", "baseline", "target", "context"]),
    kind=st.sampled_from(["time", "rate", "money", "count"]),
    before=st.none() | st.floats(1, 9),
    period=st.none() | st.just("in a week"),
    hedged=st.booleans(),
)


def with_metrics(metrics):
    return replace(GOOD, metrics=tuple(metrics))


class TestMetrics:
    @pytest.mark.parametrize(("count", "value"), [(0, 1.0), (1, 2.0), (2, 3.0), (5, 3.0)])
    def test_hedged_results_count_up_to_three(self, count, value):
        hedged = [Metric(5, "x", "result", "count", hedged=True)] * count
        assert dims.metrics(with_metrics(hedged)).value == value

    def test_two_firm_ones_with_a_baseline_are_four(self):
        firm = [Metric(5, "x", "result", "rate", before=3.0), Metric(5, "y", "result", "count")]
        assert dims.metrics(with_metrics(firm)).value == 4.0

    @given(st.lists(METRICS, max_size=6), METRICS)
    def test_another_result_never_lowers_it(self, metrics, more):
        another = replace(more, role="result")
        before = dims.metrics(with_metrics(metrics)).value
        assert dims.metrics(with_metrics([*metrics, another])).value >= before


class TestStructure:
    def test_all_parts_in_proportion(self):
        assert dims.structure(GOOD).value == 4.0

    def test_no_result_costs_a_point(self):
        star = tuple("A" if letter == "R" else letter for letter in GOOD.star)
        found = dims.structure(replace(GOOD, star=star, metrics=()))
        assert found.value <= 3.0
        assert "no result" in found.why

    def test_a_result_within_an_action_sentence_is_a_result(self):
        found = story(
            "S Parcels were lost.", "A I changed the printer, and lost parcels fell from 90 to 12 a week."
        )
        assert "R" in dims.missing_parts(replace(found, metrics=()))
        assert "R" not in dims.missing_parts(replace(found, metrics=(Metric(1, "x", "result", "count"),)))

    def test_a_goal_in_numbers_is_a_task_and_a_decision_an_action(self):
        found = story("S They waited 5 hours, I decided to move the bed.", "R It fell to 2 hours.")
        goal = replace(found, metrics=(Metric(0, "x", "target", "time"),))
        assert dims.missing_parts(goal) == ("L",)

    def test_a_framework_counts_its_parts(self):
        half = proposal("product-sense", ("clarify", "Before I start, the goal is bookings."), ("", "So."))
        assert parts_structure(half, half.framework).value < 2.5


class TestOwnership:
    def test_i_with_decisions_and_influence(self):
        assert dims.ownership(GOOD).value == 4.0

    def test_we_fog(self):
        fog = story("A We met.", "A We built it and we shipped it.", "A We tested it.")
        assert dims.ownership(fog).value == 1.0

    def test_nobody_acts(self):
        assert dims.ownership(story("S It was slow.")).value == 1.0

    def test_an_act_that_is_told_with_its_result_is_an_act(self):
        judged = dims.ownership(story("R I reduced churn from 5% to 3%."))
        assert judged.value == 3.0
        assert "no action is told" in judged.why[0]


class TestCustomer:
    def test_direct_and_quantified(self):
        direct = replace(GOOD, customer_chances=GOOD.customer_chances + 0.99)
        assert dims.customer(direct).value == 4.0

    def test_absent(self):
        assert dims.customer(story("S The service was slow.", "R It runs now.")).value == 1.0


class TestDelivery:
    def spoken(self, words, seconds, pauses=()):
        return dims.delivery(delivery_of(["word " * words], seconds, pauses, "behavioral"))

    def test_text_alone_is_not_judged(self):
        assert self.spoken(200, None).value is None

    def test_near_the_target_at_an_easy_pace(self):
        assert self.spoken(250, 110.0).value == 4.0

    def test_over_the_cap_too_fast_and_with_long_pauses(self):
        assert self.spoken(250, 190.0).value < self.spoken(250, 130.0).value
        assert self.spoken(400, 110.0).value < 4.0
        assert self.spoken(250, 110.0, [(3.0, 9.0)]).value < 4.0


class TestOverall:
    SPOKEN = delivery_of(GOOD.sentences, 60.0, None, "behavioral")

    @pytest.mark.parametrize("which", ["story", "framework"])
    @given(data=st.data())
    def test_it_never_falls_when_a_dimension_rises(self, which, data):
        values = {name: data.draw(st.floats(1, 4)) for name in DIMENSIONS}
        name = data.draw(st.sampled_from(DIMENSIONS))
        better = {**values, name: data.draw(st.floats(values[name], 4))}
        assert overall_of(better, which, {}) >= overall_of(values, which, {})

    def test_it_stays_between_one_and_four(self):
        assert overall_of(dict.fromkeys(DIMENSIONS, 1.0), "story", {"vague": 3.0}) == 1.0
        assert overall_of(dict.fromkeys(DIMENSIONS, 4.0), "story", {}) >= 3.9

    def test_the_verdict_follows_the_bar(self):
        assert verdict(3.5) == "meets the bar"
        assert verdict(3.4) != verdict(3.5)

    def test_the_explanation_has_a_line_for_each(self):
        assert len(judge(GOOD, self.SPOKEN).explanation) == len(DIMENSIONS) + 1
