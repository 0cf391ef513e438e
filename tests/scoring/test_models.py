"""The shipped models: their shapes fit, they read as data, and each does on plain cases what it is for."""

import json
from importlib import resources

import numpy as np
import pytest

from voicemock.scoring.findings.customer import find_customer, signal_probabilities
from voicemock.scoring.findings.frameworks import find_framework, framework_name, part_probabilities, parts_of
from voicemock.scoring.findings.principles import (
    MOST_DEMONSTRATED,
    Told,
    cues,
    demonstrated,
    evidence_probabilities,
    findings,
    own_deeds,
    slugs,
    words_for,
    worth_of,
)
from voicemock.scoring.models.encoder import FakeEncoder, default_encoder
from voicemock.scoring.models.features import PLACES, TYPICAL_SENTENCES, features, grams, places
from voicemock.scoring.models.lexicon import pattern
from voicemock.scoring.models.linear import Gate, from_json, gate, log_odds, model, softmax
from voicemock.scoring.models.star import best_path, letters

MODELS = [
    "star", "evidence", "customer", "framework-product-sense", "framework-system-design",
    "framework-metric-definition", "framework-ab-test", "framework-estimation",
]  # fmt: skip
STORY = [
    "I ran the booking desk at a ferry company, and on stormy days people slept on the floor of the terminal.",
    "My goal was to have everyone rebooked within an hour by October.",
    "I sat with nine stranded passengers one night, and a woman told me she just wanted to know it wasn't forever.",
    "I built a text message that books the next ferry with one reply.",
    "I tested it on one line first because the captains were against it.",
    "Rebooking went from 5 hours to 40 minutes, and complaints fell by 62% in three months.",
    "What I learned is to ask people while they are still stuck.",
]

GOOD_WORTH = {"results": 2.0, "vague": 0.0, "own_acts": 1.0, "direct": 1.0, "learned": 1.0}


def rows(sentences, told=True):
    return features(sentences, default_encoder(), told)


class TestFeatures:
    def test_an_answer_that_is_told_knows_its_end(self):
        told, heard = places(3), places(3, told=False)
        assert told[2, PLACES.index("last")] == 1
        assert heard[:, PLACES.index("last")].sum() == 0

    def test_how_far_along_does_not_depend_on_what_is_still_to_come(self):
        short, longer = places(3, told=False), places(TYPICAL_SENTENCES, told=False)
        assert short[2, 0] == longer[2, 0]

    def test_numbers_look_alike(self):
        assert grams("from 12% to 9%") == grams("from 40% to 3.5%")

    def test_neighbours_are_rows_shifted(self):
        seen = features(["one", "two"], FakeEncoder())
        assert np.array_equal(seen.after[0], seen.vectors[1])
        assert not seen.before[0].any()


class TestWeightFiles:
    @pytest.mark.parametrize("name", MODELS)
    def test_shapes_fit_and_the_figures_stand_beside(self, name):
        labels = len(model(name).labels)
        assert model(name).bias.shape == (labels,)
        assert model(name).vector.shape == (512, labels)
        source = resources.files("voicemock.scoring.models").joinpath("weights", f"{name}.json")
        assert json.loads(source.read_text())["trained"]["sentences"] > 0

    def test_all_of_them_are_small(self):
        folder = resources.files("voicemock.scoring.models").joinpath("weights")
        assert sum(len(f.read_bytes()) for f in folder.iterdir()) < 1_500_000

    def test_a_model_without_a_block_leaves_it_out(self):
        plain = from_json(
            {"labels": ["a", "b"], "exclusive": True, "bias": [0.0, 1.0], "words": {"one": {"0": 2.0}}}
        )
        assert plain.logits(features(["one"], FakeEncoder())).tolist() == [[2.0, 1.0]]

    def test_a_gate_ignores_cues_it_does_not_know(self):
        assert Gate(0.0, {"a": 1.0}).probability({"b": 9.0}) == 0.5


class TestStar:
    def test_a_story_in_order(self):
        assert "".join(letters(rows(STORY), STORY)) == "STAAARL"

    def test_no_sentence_no_letter(self):
        assert letters(rows([]), []) == ()

    def test_the_order_of_letters_outvotes_a_doubtful_look(self):
        looks = np.log(np.array([[0.9, 0.1], [0.45, 0.55], [0.9, 0.1]]))
        stay = np.log(np.array([[0.9, 0.1], [0.1, 0.9]]))
        assert best_path(looks, np.zeros(2), stay, np.zeros(2)) == [0, 0, 0]

    def test_softmax_sums_to_one(self):
        assert np.allclose(softmax(np.array([[1.0, 2.0], [900.0, 0.0]])).sum(axis=1), 1)


class TestCustomer:
    def test_talking_to_customers_is_direct(self):
        found = find_customer(signal_probabilities(rows(STORY)), STORY, story=True)
        assert found.signal == "direct"
        assert found.sentence == 2

    def test_nothing_said_is_none(self):
        assert find_customer(np.zeros((0, 2)), [], story=True).signal == "none"


class TestBriefStories:
    """People answer in three sentences too, and each of them is a part of the story."""

    @pytest.mark.parametrize(
        ("sentences", "expected"),
        [
            (
                (
                    "Two in five of our parcels were lost in the rain, and nobody knew why.",
                    "I followed forty of them myself and I moved the label under the lid.",
                    "Losses fell from 90 a week to 12.",
                ),
                ("S", "A", "R"),
            ),
            (
                (
                    "Patients waited five months for a letter that came too late.",
                    "I wrote a script that finds them and I called the clinics every morning.",
                    "No-shows went from 19% to 8% by December.",
                    "I learned that the gap between two teams is where the patient stands.",
                ),
                ("S", "A", "R", "L"),
            ),
        ],
    )
    def test_letters(self, sentences, expected):
        assert letters(rows(list(sentences)), sentences) == expected

    @pytest.mark.parametrize(
        ("sentence", "letter"),
        [
            ("My job there was to bring the ferry queue under an hour before the season.", "T"),
            ("The pier had 40 boats, and my goal was a berth for each of them by May.", "T"),
            ("Then I rang 19 of the skippers who'd stopped coming.", "A"),
            ("Instead I proposed to close the north gate for good.", "A"),
        ],
    )
    def test_a_sentence_that_says_which_part_it_is(self, sentence, letter):
        story = (
            "At our harbour people waited two hours for a berth.",
            sentence,
            "I moved the booking to the evening before.",
            "The wait fell from 120 minutes to 35.",
        )
        assert letters(rows(list(story)), story)[1] == letter

    def test_a_task_that_is_over_is_no_mandate(self):
        assert not pattern("story", "named_task").search("By noon my job was done.")


class TestPrinciples:
    """What a story demonstrates follows what its sentences look like, their words, and what the story is worth."""

    def told(self, worth=GOOD_WORTH, named=None, letters="STAAARL", principle="customer-obsession"):
        words = words_for(STORY, letters, named or {})
        return Told(evidence_probabilities(rows(STORY)), words, own_deeds(STORY), worth, principle)

    def test_at_most_three_with_evidence_that_exists(self):
        found = findings(self.told(), {"ownership": (1,)})
        assert sum(p.demonstrated for p in found) <= MOST_DEMONSTRATED
        assert "customer-obsession" in [p.slug for p in found if p.demonstrated]
        assert all(i < len(STORY) for p in found for i in p.evidence)
        assert [p.evidence for p in found if p.slug == "ownership" and not p.demonstrated] in ([], [(1,)])

    def test_the_same_words_show_less_in_a_story_that_came_to_nothing(self):
        slug = "customer-obsession"
        decision = gate("principles", "demonstrated")
        nothing = dict.fromkeys(GOOD_WORTH, 0.0) | {"vague": 3.0}
        good, poor = (decision.probability(cues(self.told(worth), slug)) for worth in (GOOD_WORTH, nothing))
        assert log_odds(poor) < log_odds(good) - 0.2  # 0.05 where it is even; near one all chances are alike

    def test_nobody_delivers_results_without_one(self):
        none = self.told(GOOD_WORTH | {"results": 0.0}, principle="deliver-results")
        assert "deliver-results" not in demonstrated(none)

    def test_a_sentence_that_names_a_principle_has_no_words_for_it(self):
        said = ["I traced every single order by hand, which is dive deep."]
        at = slugs().index("dive-deep")
        assert words_for(said, "A", {})[0, at] == 1
        assert words_for(said, "A", {"dive-deep": (0,)})[0, at] == 0

    def test_what_belongs_to_no_story_has_no_words(self):
        assert not words_for(["Nobody asked me to, it was on me."], "O", {}).any()

    def test_worth_counts_what_a_story_has_to_show(self):
        acts = worth_of(["I rang them.", "We built it.", "I learned to ask."], "AAL", 5, 1, direct=True)
        assert acts == {"results": 3.0, "vague": 1.0, "own_acts": 0.5, "direct": 1.0, "learned": 1.0}


class TestFrameworks:
    @pytest.mark.parametrize(
        ("round_", "question", "type_", "name"),
        [
            ("behavioral", "", None, None),
            ("product-sense", "", None, "product-sense"),
            ("analytical", "Estimate the number of lifts in Hamburg.", None, "estimation"),
            ("analytical", "How would you test a new button?", None, "ab-test"),
            ("analytical", "Which metrics would you track?", None, "metric-definition"),
            ("analytical", "Which metrics would you track?", "ab-test", "ab-test"),
            ("analytical", "Read this table to me.", "exhibit", "exhibit"),
        ],
    )
    def test_the_framework_of_a_question(self, round_, question, type_, name):
        assert framework_name(round_, question, type_) == name

    def test_an_exhibit_is_read_by_its_words(self):
        said = [
            "The table shows that orders fell in May.",
            "It doesn't show returns.",
            "Next I'd split it by city.",
        ]
        chances = part_probabilities(rows(said), said, "exhibit")
        assert find_framework(chances, said, "exhibit").parts == dict.fromkeys(parts_of("exhibit"), True)

    def test_wrong_sums_cost_an_estimation_its_arithmetic(self):
        said = ["2 million times a third is 900,000.", "So the answer is 900,000."]
        chances = part_probabilities(rows(said), said, "estimation")
        assert not find_framework(chances, said, "estimation", sound_arithmetic=False).parts["arithmetic"]

    def test_log_odds_stay_finite(self):
        assert np.isfinite([log_odds(0.0), log_odds(1.0)]).all()
