"""Two attempts side by side: what rose, what was kept, what contradicts."""

from __future__ import annotations

import pytest

from tests.stored import claim as metric
from tests.stored import score
from voicemock.coaching.comparison import compare
from voicemock.coaching.metric_pairs import metric_changes

LOAD = metric("from 12 seconds to 1.8 seconds", "time", before=12.0, after=1.8, unit="s", change_pct=-85.0)
CHURN = metric("churn fell by 3.2%", "rate", after=3.2, unit="%")
REVENUE = metric("$2.4M more revenue", "money", after=2_400_000.0, unit="$")


def fix(dimension: str, say: str) -> dict[str, object]:
    return {"dimension": dimension, "sentence": 1, "say": say}


def texts(metrics: object) -> list[str]:
    return [each.text for each in metrics]  # type: ignore[attr-defined]


class TestMetrics:
    """Kept, changed, lost, gained."""

    def test_the_same_numbers_in_other_words_are_kept(self) -> None:
        other = metric("the churn dropped 3.2 percent", "rate", after=3.2, unit="%")
        changes = metric_changes([CHURN, LOAD], [LOAD, other])
        assert len(changes.kept) == 2
        assert (changes.changed, changes.lost, changes.gained) == ((), (), ())

    def test_a_number_that_differs_is_changed_and_says_in_what(self) -> None:
        slower = metric("load time from 12 seconds to 2.4 seconds", "time", before=12.0, after=2.4, unit="s")
        (pair,) = metric_changes([LOAD], [slower]).changed
        assert pair.differs == ("after",)

    def test_units_of_time_are_compared_in_seconds(self) -> None:
        minutes = metric("the build took 2 minutes", "time", after=2.0, unit="min")
        seconds = metric("the build took 120 seconds", "time", after=120.0, unit="s")
        assert metric_changes([minutes], [seconds]).kept

    def test_what_is_said_no_more_is_lost_and_what_is_new_is_gained(self) -> None:
        changes = metric_changes([CHURN], [REVENUE])
        assert texts(changes.lost) == [CHURN.text]
        assert texts(changes.gained) == [REVENUE.text]

    def test_a_number_that_became_part_of_a_pair_is_not_lost(self) -> None:
        baseline = metric("it took 12 seconds", "time", after=12.0, unit="s")
        assert metric_changes([baseline, LOAD], [LOAD]).lost == ()

    def test_claims_about_other_things_are_not_paired(self) -> None:
        cost = metric("cost fell by 9%", "rate", after=9.0, unit="%")
        assert metric_changes([CHURN], [cost]).changed == ()

    def test_a_claim_that_gives_less_does_not_contradict(self) -> None:
        only_after = metric("down to 1.8 seconds", "time", after=1.8, unit="s")
        assert metric_changes([LOAD], [only_after]).kept


class TestFixes:
    """What the first attempt was told, and what became of it."""

    @pytest.mark.parametrize(
        ("before", "after", "outcome"),
        [
            (2.0, 3.0, "done"),
            (3.3, 3.5, "done"),  # at the bar now
            (4.0, 4.0, "done"),  # two numbers that disagreed, which costs elsewhere
            (2.0, 2.3, "better"),
            (2.0, 2.0, "not yet"),
            (3.6, 3.0, "not yet"),
            (None, 3.0, "can't tell"),
            (2.0, None, "can't tell"),
        ],
    )
    def test_a_fix_is_judged_by_its_dimension(
        self, before: float | None, after: float | None, outcome: str
    ) -> None:
        asked = fix("metrics", "From what to what?")
        (check,) = compare(score(before, fixes=[asked]), score(after)).fixes
        assert (check.outcome, check.say) == (outcome, "From what to what?")

    @pytest.mark.parametrize(
        ("after", "told", "outcome"),
        [
            (2.0, 'After "I left", give a second number: what changed, from what to what.', "better"),
            (3.5, 'After "I left", give a second number: what changed, from what to what.', "better"),
            (1.0, 'After "I left", give two numbers: what changed, from what to what.', "not yet"),
            (2.0, 'You said "a lot": put a number on it.', "better"),  # which hides that there is only one
            (3.5, 'You said "9%": add what it was before.', "done"),
        ],
    )
    def test_a_fix_that_is_given_again_was_not_done(self, after: float, told: str, outcome: str) -> None:
        asked = fix("metrics", "At the end, give two numbers: what changed, from what to what.")
        (check,) = compare(score(1.0, fixes=[asked]), score(after, fixes=[fix("metrics", told)])).fixes
        assert check.outcome == outcome

    def test_a_full_list_that_leaves_a_fix_out_proves_nothing(self) -> None:
        asked = fix("metrics", "Give two numbers.")
        full = [fix(name, "Say more.") for name in ("structure", "customer", "principle")]
        (check,) = compare(score(1.0, fixes=[asked]), score(2.0, fixes=full)).fixes
        assert check.outcome == "better"


def test_scores_phases_and_delivery_are_side_by_side() -> None:
    found = compare(score(2.5), score(3.5, fillers_per_min=0.5, vague=[{"sentence": 0, "text": "a lot"}]))
    assert (found.overall.before, found.overall.after) == (2.5, 3.5)
    assert [pair.name for pair in found.phases] == list("STARLO")
    assert {pair.name: pair.after for pair in found.delivery}["fillers_per_min"] == 0.5
    assert (found.vague.before, found.vague.after) == (0, 1)


def test_a_round_without_star_has_no_phases() -> None:
    assert compare(score(star_seconds=None), score(star_seconds=None)).phases == ()
