"""A shallow reading of English: words, noun phrases, clauses, and how they inflect."""

import pytest

from voicemock.scoring.language.clauses import acts_told, clauses_of, to_you
from voicemock.scoring.language.clean import clean
from voicemock.scoring.language.dictionary import base_of, ing_of, plural_of, singular_of, with_article
from voicemock.scoring.language.phrases import names_something, noun_phrases, opened, whole
from voicemock.scoring.language.tags import tagged


def tags(text):
    return " ".join(token.tag for token in tagged(text))


class TestWords:
    @pytest.mark.parametrize(
        ("text", "kinds"),
        [
            ("The gate changes twice.", "DET NOUN VERB ADV PUNCT"),
            ("I like the map.", "PRON VERB DET NOUN PUNCT"),
            ("The map shows the road.", "DET NOUN VERB DET NOUN PUNCT"),
            ("We didn't ship it.", "PRON AUX NEG VERB PRON PUNCT"),
            ("Her late parcels were returned.", "POSS ADJ NOUN AUX VERB PUNCT"),
        ],
    )
    def test_kinds(self, text, kinds):
        assert tags(text) == kinds

    def test_places_are_those_of_the_text(self):
        text = "So, we're late."
        assert all(text[token.start : token.end] == token.text for token in tagged(text))


class TestInflection:
    def test_verbs(self):
        assert (base_of("went"), ing_of("shipped"), base_of("table of")) == ("go", "shipping", None)

    def test_nouns(self):
        assert (plural_of("family"), singular_of("nurses"), plural_of("nurses")) == (
            "families",
            "nurse",
            "nurses",
        )

    @pytest.mark.parametrize("noun", ["an hour", "a user", "an owner", "a nurse", "a one-off"])
    def test_articles(self, noun):
        assert with_article(noun.split(" ", 1)[1]) == noun


class TestNounPhrases:
    def test_found_from_left_to_right(self):
        found = [
            phrase.text for phrase in noun_phrases("The night pharmacist moved a draft list of late parcels.")
        ]
        assert found == ["The night pharmacist", "a draft list of late parcels"]

    @pytest.mark.parametrize("text", ["they'd", "the", "basket size can't", "over the map", ""])
    def test_what_is_no_phrase(self, text):
        assert whole(text) is None

    @pytest.mark.parametrize("text", ["the thing", "this map", "a lot", "the damn queue", "its price"])
    def test_what_names_nothing(self, text):
        assert not any(names_something(phrase) for phrase in noun_phrases(text))

    @pytest.mark.parametrize(
        ("said", "inside", "again"),
        [
            ("A default tip", "a default tip", "the default tip"),
            ("My pilot", "my pilot", "your pilot"),
            ("NPS scores", "NPS scores", "NPS scores"),
            ("Late parcels", "late parcels", "late parcels"),
        ],
    )
    def test_a_phrase_stands_inside_a_sentence_and_is_mentioned_again(self, said, inside, again):
        phrase = whole(said)
        assert (phrase.inside, phrase.again) == (inside, again)

    def test_a_phrase_opens_a_sentence_with_a_capital(self):
        assert (opened("the default tip"), opened(None)) == ("The default tip", None)


class TestClauses:
    def told(self, text):
        return [clause.told_to_you for clause in clauses_of(text, frozenset({"i", "we"}))]

    def test_turned_to_the_person_spoken_to(self):
        assert self.told("So we shipped it as a config change that night.") == [
            "your team shipped it as a config change that night"
        ]
        assert self.told("I told my director, and I moved our shelf to the door.") == [
            "you told your director",
            "you moved your shelf to the door",
        ]

    def test_cut_at_a_phrase_s_edge(self):
        (deed,) = clauses_of("I replaced the label printer because the ink ran.", frozenset({"i"}))
        assert (deed.to_do, deed.doing) == ("replace the label printer", "replacing the label printer")

    @pytest.mark.parametrize(
        "text",
        [
            "We had a problem.",
            "I think so.",
            "I put in the.",
            "We were at the depot.",
            "I guess it was fine.",
        ],
    )
    def test_what_is_no_deed(self, text):
        assert self.told(text) == []

    def test_the_first_person_becomes_the_second(self):
        assert to_you("my boss and I'm sure it hit us") == "your boss and you're sure it hit you"
        assert to_you("we'd ask each baker") == "your team would ask each baker"
        assert to_you("we'd never asked a baker") == "your team had never asked a baker"


def test_speech_is_written_down_without_what_only_speech_has():
    assert clean("So, um, you know, the the queue was, like, huge.") == "the queue was huge."


class TestActs:
    def test_what_somebody_else_says_of_themselves_is_no_act_of_the_candidate(self):
        assert not list(acts_told("A baker told me, I taught forty drivers to ignore your list."))

    def test_what_was_done_after_somebody_spoke_is(self):
        (act,) = acts_told("She said no and I moved the heavy shelf to the door.")
        assert act.did == "moved the heavy shelf to the door"
        (act,) = acts_told("When a nurse told me about it, I rewrote the whole guide.")
        assert act.did == "rewrote the whole guide"

    def test_an_act_ends_before_a_clause_about_its_object(self):
        (act,) = acts_told("I wrote the guide for the plain scanner we already had.")
        assert act.did == "wrote the guide for the plain scanner"

    def test_what_is_only_imagined_is_no_deed(self):
        assert not list(clauses_of("It's not that we dropped the old boxes.", frozenset({"we"})))
        assert not list(clauses_of("I asked if we dropped the old boxes.", frozenset({"we"})))
