"""The score object: the contract's form, the same bytes for the same answer, and no number where none is due."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicemock.rounds import ROUNDS
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer
from voicemock.scoring.models.encoder import FakeEncoder
from voicemock.transcript import Sentence, Word

ENCODER = FakeEncoder()
# The story of source 000, in our words: a baseline, three results and a period.
SAMPLE = (
    "Customers in Europe waited 12 seconds at the checkout, and 7% of them left their cart.",
    "My mandate was to get rid of that within 30 days.",
    "I set up a war room with two teams and looked at the traces every day.",
    "I ran the tests myself and talked the infrastructure team into moving the bucket.",
    "I cut the wait from 12 seconds to 1.8 seconds, an 85% improvement.",
    "Abandonment went down by 3.2%, and we made $2.4M more over six weeks.",
)
CONTRACT = [
    "schema",
    "source",
    "round",
    "principle",
    "question",
    "floor_time_s",
    "words",
    "pace_wpm",
    "fillers_per_min",
    "longest_pause_s",
    "sentences",
    "star_seconds",
    "metrics",
    "inconsistencies",
    "vague",
    "principles",
    "customer",
    "framework",
    "metric_depth",
    "interrupts",
    "dimensions",
    "overall",
    "bar",
    "verdict",
    "strength",
    "fixes",
    "not_scored",
    "checks",
    "delivery",
    "analytical_type",
]
TEXTS = st.lists(st.text(max_size=80), max_size=12)
SPOKEN = st.lists(
    st.sampled_from(
        [
            *SAMPLE,
            "We did it.",
            "It was huge.",
            "It went up by about 40 percent.",
            "I told him, um, no.",
            "So, yeah.",
        ]
    ),
    min_size=3,
    max_size=12,
)


def answer(sentences, round="behavioral", **more):
    return Answer(tuple(Sentence(text) for text in sentences), round, **more)


def score(sentences, round="behavioral", **more):
    return score_answer(answer(sentences, round, **more), encoder=ENCODER)


class TestSample:
    """The sample answer of source 000 gets 9 of 12 for metric depth, as there."""

    @pytest.fixture
    def sample(self):
        return score_answer(answer(SAMPLE, principle="customer-obsession", floor_time_s=100.0))

    def test_metric_depth(self, sample):
        assert sample.metric_depth - (sample.customer == "direct") == 9

    def test_the_pair_with_its_change_is_one_result(self, sample):
        (pair,) = [m for m in sample.metrics if m.sentence == 4]
        assert (pair.before, pair.after, pair.change_pct, pair.role) == (12, 1.8, -85.0, "result")
        assert sample.inconsistencies == ()

    def test_its_metrics_are_the_best(self, sample):
        assert sample.dimensions["metrics"] == 4.0


class TestForm:
    def test_the_keys_of_the_contract_in_order(self):
        assert list(score(SAMPLE).as_dict()) == CONTRACT
        assert list(score([]).as_dict()) == CONTRACT

    def test_json_has_no_surprises(self):
        json.dumps(score(SAMPLE, floor_time_s=61.234).as_dict(), allow_nan=False)

    def test_seconds_in_each_letter_add_up(self):
        timed = tuple(Sentence(t, i * 10.0, i * 10.0 + 8) for i, t in enumerate(SAMPLE))
        found = score_answer(Answer(timed, "behavioral", floor_time_s=58.0), encoder=ENCODER)
        assert sum(found.star_seconds.values()) == pytest.approx(48.0)

    def test_without_times_there_are_no_seconds_and_no_delivery(self):
        found = score(SAMPLE)
        assert found.star_seconds is None
        assert found.dimensions["delivery"] is None
        assert found.overall is not None

    def test_words_with_times_are_sentences_with_times(self):
        words = (Word("Hello", 0.0, 0.4), Word("there.", 0.5, 0.9))
        found = score_answer(
            Answer((Sentence("Hello there.", 0.0, 0.9, words),), "behavioral"), encoder=ENCODER
        )
        assert found.as_dict()["sentences"][0] == {
            "text": "Hello there.",
            "start": 0.0,
            "end": 0.9,
            "star": None,
        }

    def test_a_round_with_a_framework_has_parts_and_no_letters(self):
        found = score(SAMPLE, "product-sense").as_dict()
        assert set(found["framework"]) == {"clarify", "user", "ideas", "prioritise", "measure", "tradeoff"}
        assert all(s["star"] is None for s in found["sentences"])


class TestNotScored:
    """No number is made up."""

    @pytest.mark.parametrize(
        ("sentences", "reason"),
        [
            ([], "nothing was said"),
            (["", "  "], "nothing was said"),
            (["I can't think of any."], "only 5 words said"),
            (
                [
                    "Wir haben die Lieferzeit von zwölf auf drei Tage gesenkt, und die Kunden waren sehr froh darüber."
                ],
                "English",
            ),
            (
                ["Hemos reducido el tiempo de espera de doce a tres días y los clientes estaban contentos."],
                "English",
            ),
        ],
    )
    def test_why(self, sentences, reason):
        found = score(sentences, floor_time_s=20.0)
        assert found.overall is None
        assert reason in found.not_scored
        assert set(found.dimensions.values()) == {None}

    def test_an_answer_full_of_numbers_is_still_english(self):
        assert (
            score(["P99 latency was 2,300 milliseconds and the SLA said 800, we got it to 400."]).overall
            is not None
        )


class TestAdvice:
    def test_at_most_three_fixes_each_about_another_sentence(self):
        found = score(
            [
                "We had a project at work and it was big.",
                "We did many things.",
                "It was a huge success for us.",
            ]
        )
        assert 1 <= len(found.fixes) <= 3
        places = [fix.sentence for fix in found.fixes if fix.sentence is not None]
        assert len(set(places)) == len(places)

    def test_a_vague_claim_is_asked_for_by_its_subject(self):
        found = score_answer(answer([*SAMPLE[:4], "Performance improved significantly for everybody."]))
        assert any("performance" in fix.say.lower() for fix in found.fixes)

    def test_the_strength_names_what_was_done(self):
        assert "from 12 seconds to 1.8 seconds" in score(SAMPLE).strength

    def test_the_explanation_ends_with_the_sum(self):
        assert score(SAMPLE).explanation[-1].startswith("overall:")


class TestAnyText:
    @settings(max_examples=40, deadline=None)
    @given(TEXTS, st.sampled_from(list(ROUNDS)), st.none() | st.floats(1, 2000))
    def test_never_crashes_and_stays_in_range(self, texts, round_, duration):
        found = score(texts, round_, floor_time_s=duration)
        json.dumps(found.as_dict(), allow_nan=False)
        assert found.overall is None or 1 <= found.overall <= 4

    @settings(max_examples=40, deadline=None)
    @given(SPOKEN, st.sampled_from(list(ROUNDS)))
    def test_spans_are_verbatim_and_in_place(self, texts, round_):
        found = score(texts, round_)
        for quote in (*found.metrics, *found.vague):
            assert quote.text in texts[quote.sentence]
        for cut in found.interrupts:
            assert 0 <= cut.after_sentence < len(texts)
        for each in found.principles:
            assert all(0 <= i < len(texts) for i in each.evidence)

    @settings(max_examples=25, deadline=None)
    @given(SPOKEN)
    def test_the_same_answer_gives_the_same_bytes(self, texts):
        once = json.dumps(score(texts, floor_time_s=90.0).as_dict())
        again = json.dumps(score_answer(answer(texts, floor_time_s=90.0), encoder=FakeEncoder()).as_dict())
        assert once == again
