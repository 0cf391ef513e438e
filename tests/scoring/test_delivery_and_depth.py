"""Pace, fillers, pauses and length; and the metric-depth score of source 000."""

import pytest

from voicemock.rounds import HIGHEST, ROUNDS
from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.rubric.delivery import delivery_of, filler_count, word_count
from voicemock.scoring.rubric.depth import metric_depth
from voicemock.scoring.rubric.dimensions import delivery


class TestDelivery:
    def test_pace_and_fillers_are_per_minute_of_speech(self):
        """Silences longer than usual are judged as pauses, and slow nobody down."""
        pauses = [(1.0, 2.5), (4.0, 5.2), (8.0, 13.0)]  # the second is a usual one
        spoken = delivery_of(["Um, so I went there, you know."] * 10, 36.5, pauses, "behavioral")
        assert (spoken.words, spoken.pace_wpm) == (70, 140)
        assert (spoken.fillers, spoken.fillers_per_min) == (20, 40.0)
        assert (spoken.longest_pause_s, spoken.long_pauses) == (5.0, 1)

    def test_text_alone_has_no_times(self):
        spoken = delivery_of(["Hello there."], None, None, "behavioral")
        assert (spoken.pace_wpm, spoken.fillers_per_min, spoken.longest_pause_s) == (None, None, None)

    @pytest.mark.parametrize(("seconds", "share"), [(45, 0.5), (110, 1.0), (260, 2.0)])
    def test_the_target_is_a_band(self, seconds, share):
        assert delivery_of(["Yes."], seconds, (), "behavioral").target_share == share

    @pytest.mark.parametrize("round_", ["product-sense", "portfolio"])
    @pytest.mark.parametrize("seconds", [20, 200, 290])
    def test_a_round_without_a_target_is_held_to_its_cap_alone(self, round_, seconds):
        assert ROUNDS[round_].target_s is None
        spoken = delivery_of(["Yes."], seconds, (), round_)
        assert spoken.target_share == 1.0
        assert not spoken.over_cap

    def test_a_case_told_in_three_minutes_is_not_too_short(self):
        told = delivery_of(["I led the case from the first call."] * 50, 180, (), "portfolio")
        assert delivery(told).value == HIGHEST

    def test_over_the_cap_is_told(self):
        assert delivery_of(["Yes."], 181, (), "behavioral").over_cap
        assert not delivery_of(["Yes."], 181, (), "product-sense").over_cap

    def test_like_counts_only_between_commas(self):
        assert filler_count("It was, like, odd.") == 1
        assert filler_count("I like it, it looks like rain.") == 0

    def test_numbers_are_words(self):
        assert word_count("It cost $2.4M, about 12%.") == 5


class TestDepth:
    """+2 a percentage improvement (most 6), +1 each $100k (most 5), +1 for a customer's own words."""

    def test_the_sample_of_the_source_gets_nine(self):
        text = (
            "Reduced checkout latency from 12 seconds to 1.8 seconds, a 85 % improvement, which drove a "
            "3.2 % reduction in cart abandonment and $2.4 M additional GMV over six weeks."
        )
        assert metric_depth(find_metrics([text], ["R"]), "none") == 9

    def test_a_customers_words_add_one_and_no_result_adds_none(self):
        assert metric_depth(find_metrics(["We had 14 stores."], ["S"]), "direct") == 1
        assert metric_depth((), "none") == 0
