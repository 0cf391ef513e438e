"""Classes of claims that no list of phrases covers: each is tried with words that no list was made from."""

import pytest

from voicemock.scoring.claims.find import find_claims
from voicemock.scoring.claims.metrics import find_metrics
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.findings.vague import find_vague
from voicemock.scoring.models.encoder import default_encoder

STORY = ["Drivers kept getting lost on the farm roads.", "I rode along for a week and I redrew the map."]


def vague_of(ending, story=STORY):
    found = annotate([*story, ending], "behavioral", told=True)
    return [one.text for one in found.vague]


class TestAnOutcomeToldVaguely:
    """Is quoted, whichever of the ways of being vague it takes."""

    @pytest.mark.parametrize(
        "ending",
        [
            "In the end there were way fewer angry calls.",
            "And the dispatchers were thrilled with it.",
            "So it was a big success and it really paid off.",
            "After that, the mood in the depot was so much better.",
        ],
    )
    def test_in_a_result(self, ending):
        assert vague_of(ending)

    def test_and_in_a_promise_of_another_round(self):
        found = annotate(
            ["I'd add a shared list.", "And the families would absolutely love it."], "product-sense"
        )
        assert [one.sentence for one in found.vague] == [1]


class TestWhatIsNoVagueOutcome:
    """Is not quoted."""

    @pytest.mark.parametrize(
        "ending",
        ["In the end late calls fell from 40 a day to 11.", "It's been live in all our depots since June."],
    )
    def test_a_number_or_a_plain_fact(self, ending):
        assert vague_of(ending) == []

    def test_a_situation(self):
        told = ["The old app was a huge success.", *STORY]
        assert find_vague(told, (), ["S", "S", "A"], "behavioral", default_encoder()).told == ()


class TestSmallNumbersThatAreClaims:
    """Count where they are printed as digits or told as a frequency."""

    @pytest.mark.parametrize(
        "text",
        [
            "I paid 2 freight brokers to look.",
            "They order twice a month.",
            "There's a drop every 15 minutes.",
            "It can't move by more than half a percent.",
            "That's 600,000 times 24, 14.4 million, plus the rest.",
        ],
    )
    def test_one_claim(self, text):
        assert find_claims(text)

    @pytest.mark.parametrize(
        "text", ["I tried 2 things.", "There's parents with kids under 6.", "At ten past one she called."]
    )
    def test_no_claim(self, text):
        assert not find_claims(text)

    def test_a_value_set_off_by_a_comma_is_the_one_before(self):
        (claim,) = find_claims("57% of trips were same-day, from zero.")
        assert claim.is_pair


def test_a_change_that_was_achieved_is_a_result_in_a_very_short_story():
    found = annotate(
        [
            "Parcels were lost every week.",
            "I followed 40 parcels myself.",
            "I changed the printer, and lost parcels fell from 90 a week to 12 a week.",
        ],
        "behavioral",
        told=True,
    )
    assert [metric.role for metric in found.metrics] == ["context", "result"]


class TestAChangeWithoutItsVerb:
    """What a recogniser loses of "fell" does not lose the result: from one number to another, after an act."""

    def roles(self, *sentences):
        return [m.role for m in annotate([*STORY[:1], *sentences], "behavioral", told=True).metrics]

    @pytest.mark.parametrize(
        "heard",
        [
            "I changed the printer, and lost parcels L from 90 a week to 12 a week.",
            "Then I moved the label, and complaints well from 31% to 9%.",
            "So I wrote a script that finds them and the weight dropped it from 9 days to 2 days.",
        ],
    )
    def test_is_a_result(self, heard):
        assert self.roles("I followed forty of them.", heard)[-1] == "result"

    @pytest.mark.parametrize(
        ("heard", "role"),
        [
            ("I changed the printer, and lost parcels L from 90 a week to 12 a week.", "result"),
            ("I wanted it from 90 a week to 12 a week, so I changed the printer.", "target"),
            ("They moved the depot, which is from 90 kilometres to 12 kilometres away.", "context"),
        ],
    )
    def test_among_the_actions_it_takes_an_act_before_it(self, heard, role):
        (metric,) = find_metrics([heard], ["A"])
        assert (metric.role == "result") == (role == "result")

    def test_is_none_where_it_is_wanted_or_was_the_problem(self):
        assert self.roles("I want to get them from 9% to 3% by June.")[-1] != "result"
        assert (
            self.roles("When I joined, refunds had gone from 3% to 9%.", "I read all of them.")[0] != "result"
        )
