"""Quantified claims: one claim is one metric, with its values, kind, period, hedge and role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.scoring.claims.metrics import find_metrics


def only(text, star=None):
    (metric,) = find_metrics([text], [star] if star else None)
    return metric


class TestOneClaimIsOneMetric:
    """A before/after pair with its derived change is one; the next claim is a second."""

    def test_a_pair_with_its_change_is_one_and_the_money_another(self):
        story = "We cut it from 12 seconds to 1.8 seconds, an 85% cut, and made $2.4M more over six weeks."
        latency, money = find_metrics([story])
        assert (latency.before, latency.after, latency.unit, latency.change_pct) == (12, 1.8, "s", -85.0)
        assert (money.kind, money.after, money.period) == ("money", 2.4e6, "over six weeks")

    @pytest.mark.parametrize(
        ("text", "before", "after", "kind"),
        [
            ("Late trains went from 31% to 12%.", 31, 12, "rate"),
            ("At the end 57% of trips were same day from zero.", 0, 57, "rate"),
            ("The share of late trains is 12%, down from 31.", 31, 12, "rate"),
            ("It takes 4 minutes instead of 20 minutes.", 20, 4, "time"),
            ("The queue used to be 40 minutes and it was 9 when I left.", 40, 9, "time"),
            ("Returns fell from 28 to 13% over two quarters.", 28, 13, "rate"),
            ("Confidence was 4.1 out of 5, up from 2.3.", 2.3, 4.1, "score"),
            ("NPS moved from minus 41 to minus 12.", -41, -12, "score"),
            ("Latency fell from 2.8 seconds to around 400 milliseconds.", 2.8, 0.4, "time"),
            ("The bill went from 84 to 52 thousand dollars.", 84_000, 52_000, "money"),
        ],
    )
    def test_before_and_after_are_told_apart(self, text, before, after, kind):
        metric = only(text)
        assert (metric.before, metric.after, metric.kind) == (before, after, kind)

    @pytest.mark.parametrize(
        "text",
        [
            "I changed three things.",
            "That was three years ago.",
            "I met the two clerks one on one.",
            "We open sourced version 2.0 in 2019.",
            "I wrote it up in a week.",
        ],
    )
    def test_what_claims_nothing_is_no_metric(self, text):
        assert find_metrics([text]) == ()

    def test_operands_of_a_spoken_sum_are_no_claims_but_its_result_is(self):
        assert only("So 5,000 over 25 is 200 vans.").after == 200


class TestKind:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Churn fell to 4%.", "rate"),
            ("Throughput doubled.", "ratio"),
            ("It saved 480,000 a year.", "money"),
            ("We called 40 patients.", "count"),
            ("The wait is 9 minutes.", "time"),
            ("The app has 4.6 stars.", "score"),
        ],
    )
    def test_kind_follows_the_stated_unit(self, text, kind):
        assert only(text).kind == kind

    def test_a_bare_number_takes_the_unit_of_the_claim_before_it(self):
        metrics = find_metrics(["The median was 900 milliseconds.", "The contract said 800."])
        assert [m.kind for m in metrics] == ["time", "time"]


class TestHedge:
    @pytest.mark.parametrize(
        "text",
        [
            "It was about 40%.",
            "I think it fell by 40%.",
            "It was 40% or so.",
            "Call it 40%.",
            "It's, like, 40%.",
        ],
    )
    def test_guess_words_hedge_a_number(self, text):
        assert only(text).hedged

    def test_a_measured_number_is_not_hedged(self):
        assert not only("Refunds fell by 40%.").hedged


class TestRole:
    """With the letters of a classifier, and by words and place without."""

    STORY = (
        "Every week 240 parcels arrived broken and customers complained.",
        "My goal was to get that under 50 by June.",
        "I interviewed 14 drivers at the depot.",
        "I chose a new carton over more padding because it was cheaper.",
        "Broken parcels dropped from 240 to 31 a week.",
    )

    @pytest.mark.parametrize("star", ["STAAR", None])
    def test_the_four_roles_of_a_story(self, star):
        metrics = find_metrics(self.STORY, star)
        assert [m.role for m in metrics] == ["baseline", "target", "context", "result"]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_gives_verbatim_spans(sentences):
    for metric in find_metrics(sentences):
        assert metric.text
        assert metric.text in sentences[metric.sentence]


WORDS = "from to 12% 3 half a doubled $4M seconds , . and so in was about five million out of two times"
PIECES = WORDS.split()


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_mix_of_claim_words_gives_spans_in_order(pieces):
    text = " ".join(pieces)
    end = 0
    for metric in find_metrics([text]):
        start = text.index(metric.text, end)
        end = start + len(metric.text)
