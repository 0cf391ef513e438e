"""What the articles hold up as good in a few sentences comes out as good (rubric section 10), with other facts."""

from __future__ import annotations

import pytest

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer, Score
from voicemock.transcript import sentences_from_text

OWNED = (
    "I owned the launch of a night bus pass at my company. When the card supplier slipped by 4 weeks,"
    " I cut the scope to one"
    " city, ran 2 trials, and shipped, resulting in 22% faster boarding and $1.8M more revenue a year."
)
FULL = (
    "Riders in Porto reported a 9-second wait at the gate, causing 6% of them to turn back. My "
    "mandate was to remove that wait"
    " within 40 days. I set up a daily stand-up with the gate makers, ran tests on two lines, and "
    "negotiated a direct line to"
    " the card server. The wait dropped to 1.5 seconds, people who turned back fell to 2.1%, and "
    "weekly sales rose by $1.1M."
)
LEARNED = (
    "At my last company the number of renewals dropped 14% in three weeks. I led a dive deep into the"
    " session logs. I found that"
    " 38% of members dropped off at the photo step. We tested skipping the photo, renewals rose 17%, "
    "and NPS increased 11"
    " points. This demonstrated Dive Deep and Customer Obsession."
)


def scored(text: str, round_: str = "behavioral", principle: str | None = None, question: str = "") -> Score:
    return score_answer(Answer(sentences_from_text(text), round_, question, principle))


class TestStories:
    @pytest.mark.parametrize(
        ("text", "principle", "least"),
        [(OWNED, "ownership", 3.5), (FULL, "customer-obsession", 3.5), (LEARNED, "dive-deep", 3.0)],
    )
    def test_act_and_result_in_a_few_sentences_are_enough(self, text, principle, least):
        score = scored(text, principle=principle)
        assert not score.checks
        assert score.overall is not None and score.overall >= least

    def test_what_cannot_be_judged_is_left_out(self):
        assert scored(OWNED, principle="ownership").dimensions["delivery"] is None

    @pytest.mark.parametrize(
        ("good", "bad"),
        [
            (
                OWNED,
                "We rolled out a new night bus pass after four weeks of testing, and the team was excited.",
            ),
            (FULL, "I led a team with a lot of people to improve the experience at the gate for everyone."),
        ],
    )
    def test_a_good_one_is_a_full_point_above_its_bad_twin(self, good, bad):
        high, low = scored(good).overall, scored(bad).overall
        assert high is not None and low is not None and high >= low + 1.0


class TestParts:
    def test_labelled_parts_are_found_in_few_words(self):
        score = scored(
            "North star: finished rides per member (target: 3 a week). Secondary: time to first ride "
            "(target: 2 days), share of"
            " helmets (target: 60%). Guardrail: complaints of walkers (under 1% of rides).",
            "analytical",
            question="How would you measure success for a cargo bike club?",
        )
        assert score.framework is not None
        assert score.framework["north_star"] and score.framework["secondary"] and score.framework["guardrail"]

    def test_a_test_in_five_steps_has_all_that_is_said(self):
        score = scored(
            "Hypothesis: a calmer start page raises bookings. Primary metric: booking rate. Sample "
            "size: 8,000 guests per variant"
            " for 95% confidence. Run it for 2 purchase cycles. Check significance and segments, new "
            "against returning guests.",
            "analytical",
            question="How would you measure the impact of a calmer start page?",
        )
        assert score.framework is not None and all(score.framework.values())
        assert score.analytical_type == "ab-test"
