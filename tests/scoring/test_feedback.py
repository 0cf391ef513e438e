"""What the candidate reads: one strength and at most three fixes, true of what was said and fit to act on."""

from dataclasses import replace

import numpy as np
import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback.fixes import best_fixes
from voicemock.scoring.feedback.number_fixes import number_fixes
from voicemock.scoring.feedback.quotes import first_words, from_clause, telling, whole_clause
from voicemock.scoring.feedback.story_fixes import evidence_of, story_fixes
from voicemock.scoring.feedback.strength import strength
from voicemock.scoring.model import Inconsistency, Metric, PrincipleFinding
from voicemock.scoring.rubric.delivery import delivery_of
from voicemock.scoring.rubric.judge import judge

UNTIMED = delivery_of(["word"], None, None, "behavioral")


def says(annotation):
    """The texts of every fix that applies to a story, by dimension."""
    return [(each.fix.dimension, each.fix.say) for each in story_fixes(annotation)]


def best(annotation, spoken=UNTIMED):
    return best_fixes(annotation, spoken, judge(annotation, spoken))


def praise(annotation, spoken=UNTIMED):
    return strength(annotation, judge(annotation, spoken), spoken)


class TestQuotes:
    """A quote is the candidate's words, from where they begin to mean something to where a phrase ends."""

    @pytest.mark.parametrize(
        ("said", "quote"),
        [
            ("So, um, I rang the nurse.", '"I rang the nurse"'),
            ("Yeah, so yes.", '"Yeah, so yes"'),
            (
                "I moved the labels under the lid, because the rain took them off in the yard.",
                '"I moved the labels under the lid …"',
            ),
            (
                "The drivers told us that nobody had ever looked at the thing in a year of work.",
                '"The drivers told us that nobody had ever looked …"',
            ),
            (
                "One two three four five six seven of the house that we built.",
                '"One two three four five six seven …"',
            ),
        ],
    )
    def test_the_beginning_of_a_sentence(self, said, quote):
        assert first_words(said) == quote

    def test_the_clause_around_a_word(self):
        text = "So it was late, and we walked the yard, every night."
        assert from_clause(text, text.index("we walked")) == '"we walked the yard, every night"'

    def test_no_quote_stops_a_few_words_before_its_clause_does(self):
        text = "At the old studio it went from 14 minutes to 5, you know."
        assert (
            whole_clause(text, "studio it went from 14 minutes to 5")
            == '"At the old studio it went from 14 minutes to 5"'
        )

    def test_a_sentence_that_says_little_is_not_pointed_at(self):
        said = ["So, yes.", "Um, right.", "We sold furniture on the internet for ten years."]
        assert telling(said, [0, 1, 2]) == 2
        assert telling(said, [0, 1]) == 0
        assert telling(said, []) is None


class TestNothingIsAskedForThatWasSaid:
    """A fix that asks for what is there costs the trust in all the others."""

    TOLD = story(
        "S Parcels were lost every week, and nobody owned the problem.",
        "T My mandate was to find out why by the summer.",
        "A I followed forty parcels myself.",
        "A I changed the printer, and lost parcels fell from 90 a week to 12 a week.",
    )

    def test_a_result_within_an_action_is_not_asked_for(self):
        ended = replace(
            self.TOLD, metrics=(Metric(3, "from 90 a week to 12 a week", "result", "count", 90, 12),)
        )
        assert not any("say how it ended" in say for _, say in says(ended))
        assert any("say how it ended" in say for _, say in says(replace(self.TOLD, metrics=())))

    def test_who_decides_is_not_asked_for_a_decision(self):
        assert not any("say what you decided" in say for _, say in says(self.TOLD))
        idle = story(
            "S Parcels were lost.", "A I looked at the yard with the crew every night.", "R It was over."
        )
        assert any("say what you decided" in say for _, say in says(idle))

    def test_the_principle_that_is_shown_is_not_asked_for(self):
        assert any(
            "the moment that shows Ownership" in say
            for _, say in says(replace(self.TOLD, principle="ownership"))
        )
        shown = replace(self.TOLD, principle="ownership")
        shown.__dict__["principles"] = (PrincipleFinding("ownership", False, True, (2,)),)
        assert any("shows Ownership: say so" in say for _, say in says(shown))
        assert not any("the moment that shows Ownership" in say for _, say in says(shown))


class TestWhereAPartBelongs:
    """What is missing is asked for where the candidate would say it."""

    def test_the_task_stands_between_situation_and_action(self):
        told = story(
            "S We ran the night trains between two cities.",
            "S Every third guest was woken by the border check.",
            "A I chose to collect the papers before the journey.",
            "R That cut the complaints from 30 to 4.",
            "L I learned to ride along before I plan.",
        )
        where = 'After "Every third guest was woken by the border check"'
        assert ("structure", f"{where}, say in one sentence what you had to reach, and by when.") in says(
            told
        )

    def test_an_answer_without_a_story_is_asked_for_one(self):
        talk = story("O I always ship on time.", "O Deadlines are very important to me in general.")
        fixes = [say for dimension, say in says(talk) if dimension == "structure"]
        assert fixes == [
            '"Deadlines are very important to me in general" is no story yet: '
            "pick one time it happened, and say where, what you did, and what came of it."
        ]

    def test_the_group_is_quoted_where_it_acts(self):
        fog = story("A We didn't have a map.", "A So when Friday came, we walked the yard.")
        assert (
            "ownership",
            'You said "we walked the yard": say "I", and what was your own part in it.',
        ) in says(fog)


class TestNumbers:
    def test_two_mentions_are_told_once_and_neither_is_right(self):
        told = story("S It took 20 days.", "R It fell from 26 days to 2.")
        slips = (Inconsistency(0, "20 days", "26 days"), Inconsistency(1, "26 days", "20 days"))
        said = [c.fix.say for c in number_fixes(replace(told, inconsistencies=slips))]
        assert [say for say in said if "settle" in say] == [
            'You said "20 days", and later "26 days": settle on one, learn it.'
        ]

    def test_a_proposal_is_asked_for_a_number_not_for_a_before(self):
        plan = proposal(
            "product-sense", ("", "The response has to be really fast."), ("", "Retention is a lot better.")
        )
        vague = [c.fix.say for c in number_fixes(plan) if c.mends == "vague"]
        assert vague
        assert all("put a number on it" in say for say in vague)


class TestStrength:
    """What stands out, in the candidate's own words; nothing hollow where nothing does."""

    GOOD = story(
        "S The patients waited 5 hours for a bed.",
        "T I had until June to halve that.",
        "A I decided to move the trigger, and I convinced the pharmacy.",
        "R The wait fell from 5 hours to 2 hours, and complaints dropped by 62% in ten weeks.",
        "L I learned to ask the night shift first.",
    )

    def test_a_before_and_after_comes_first(self):
        assert praise(self.GOOD) == 'You say from what to what: "The wait fell from 5 hours to 2 hours".'

    def test_without_numbers_it_is_the_decision(self):
        bare = replace(self.GOOD, metrics=())
        assert praise(bare) == 'The decision is yours: "I decided to move the trigger …".'

    def test_a_pace_is_praised_only_where_it_is_easy_and_nothing_else_is_good(self):
        talk = story("O I always ship on time.", "O Deadlines are important to me.")
        good = delivery_of(["word " * 200], 100.0, None, "behavioral")
        fast = delivery_of(["word " * 300], 100.0, None, "behavioral")
        assert praise(talk, good) == "Your pace is easy to follow: 120 words a minute."
        assert praise(talk, fast) is None

    def test_a_proposal_is_praised_for_its_most_prized_part(self):
        plan = proposal(
            "product-sense",
            ("user", "I'd start with parents of small children."),
            ("tradeoff", "The trade-off is that teenagers get nothing, and I accept that."),
        )
        assert praise(plan).startswith('You say what your choice costs: "The trade-off')

    def test_evidence_of_a_principle_is_an_act_rather_than_a_lesson(self):
        found = PrincipleFinding("ownership", False, True, (1, 3))
        assert evidence_of(found, ("S", "L", "R", "A")) == 3
        assert evidence_of(PrincipleFinding("ownership", False, True, (1,)), ("S", "L")) is None


class TestChoice:
    def test_a_second_fix_for_a_dimension_is_of_another_kind(self):
        found = story(
            "S The patients waited.",
            "A I decided to move the trigger, and I convinced the pharmacy.",
            "R The team was a lot happier.",
            "R Complaints fell from 9 to 4 a week in the spring.",
            "L I learned to ask.",
        )
        chances = found.customer_chances + np.array([0.99, 0.0])
        fixes = best(replace(found, customer_chances=chances))
        metrics = [fix.say for fix in fixes if fix.dimension == "metrics"]
        assert len(metrics) == 2
        assert sum("from what to what, over how long" in say for say in metrics) == 1
