"""What is praised was done, by the candidate, on purpose and in this story; and it can be understood alone."""

from dataclasses import replace

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback.deeds import sure_deeds
from voicemock.scoring.feedback.gate import passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.shapes import shapes
from voicemock.scoring.feedback.strength import deed_and_reason, framework_parts, own_work, strength
from voicemock.scoring.language.clauses import clauses_of, to_you
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.rubric.delivery import delivery_of
from voicemock.scoring.rubric.judge import judge


def deeds(*lines, question=""):
    return [deed.did for deed in sure_deeds(Material(story(*lines), question))]


def praise(*lines):
    told = story(*lines)
    spoken = delivery_of(["word"], None, None, "behavioral")
    return strength(Material(told), judge(told, spoken))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("I don't think I checked all forty cables.", "denied"),
        ("I doubt that I read the whole contract.", "in doubt"),
        ("It was never as though I rebuilt the whole engine.", "denied"),
        ("If I moved the shelf to the window, they'd buy more.", "imagined"),
        ("I put my heart into the new menu.", "a figure of speech"),
        ("I swallowed hard and put my foot down with the vendor.", "a figure of speech"),
        ("I stood up for the cleaners in the meeting.", "a figure of speech"),
        ("I built a second shed like a madman.", "a joke at their own cost"),
        ("I wrote a letter to the mayor and I'm not proud of it.", "regretted"),
        ("I wrote a long letter to the mayor for nothing.", "of no use"),
        ("I glued a brass label on it.", "on what?"),
        ("I talked the baker into lending me theirs.", "their what?"),
        ("I took the dog to the vet on Sunday.", "private"),
        ("Did I count all forty boxes?", "a question"),
        ("That's thirty euros I spent on a new lamp.", "its object stands before it"),
        ("I wrote an advert for the shop and nobody came.", "what others did not do"),
        ("I filled in the form beside the person who had sent it.", "which person?"),
    ],
)
def test_what_was_not_done_or_says_nothing_alone_is_no_deed(said, why):
    assert deeds("S The shop lost money.", f"A {said}") == [], why


@pytest.mark.parametrize(
    ("said", "did"),
    [
        ("I sat behind the counter for two days.", "sat behind the counter for two days"),
        ("And so I counted every parcel on my own phone.", "counted every parcel on your own phone"),
        ("I read all 90 letters of the year before, by hand.", "read all 90 letters of the year before"),
        ("I called the 30 others that same week.", "called the 30 others that same week"),
    ],
)
def test_a_deed_is_told_to_its_end_and_turned_to_the_candidate(said, did):
    assert deeds("S The shop lost money.", f"A {said}") == [did]


def test_what_is_regretted_in_the_next_sentence_is_no_deed():
    assert deeds("A I built my own price list.", "L I should have asked the cashiers.") == []


def test_in_a_story_of_a_failure_only_what_put_it_right_is_a_deed():
    told = (
        "A I sent a new price list to every shop.",
        "R It was my fault.",
        "A I called all forty shops myself.",
    )
    assert deeds(*told, question="Tell me about a mistake you made.") == ["called all forty shops yourself"]


def test_a_deed_and_a_figure_of_another_employer_are_not_joined():
    said = praise(
        "S The couriers lost parcels every week.",
        "A I rode along with four couriers for a week.",
        "S Another example was at a bakery.",
        "R Burnt loaves fell from 9% to 2%.",
    )
    assert said is not None
    assert "rode along" in said
    assert "9%" not in said


@pytest.mark.parametrize("name", sorted(lexicon("framework_strengths")))
def test_each_pair_of_a_framework_can_be_looked_for(name):
    for row in lexicon("framework_strengths")[name]:
        told = proposal(name, *((part, "That's what I'd look at first.") for part in row["parts"]))
        assert [text for text in framework_parts(Material(told)) if not text.startswith("You ")] == []


@pytest.mark.parametrize(
    ("close", "praised"),
    [("So orders per week it is, for the reasons I gave.", True), ("It's hard, the team can decide.", False)],
)
def test_who_commits_to_nothing_is_not_praised_for_committing(close, praised):
    told = proposal(
        "metric-definition",
        ("goal", "The goal is that a market stall sells what it carried there."),
        ("north_star", "My one number is orders per stall a week."),
        ("guardrail", "As a guardrail, refunds must not go above 3%."),
        ("", close),
    )
    judged = judge(told, delivery_of(["word"], None, None, "analytical"))
    said = strength(Material(told), replace(judged, overall=3.5))  # whoever did less is praised for no part
    assert ("commit" in (said or "") or "aim" in (said or "")) is praised


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("what I'd done with my own hands", "what you'd done with your own hands"),
        ("when I was at our depot", "when you were at your depot"),
        ("a list that I've kept for myself", "a list that you've kept for yourself"),
        ("how am I to know", "how are you to know"),
    ],
)
def test_the_first_person_becomes_the_second_with_its_verb(said, turned):
    assert to_you(said) == turned


@pytest.mark.parametrize(
    "said",
    [
        "We ran into a wall that spring.",
        "I don't think we moved the whole shelf.",
        "I put my heart into the new menu.",
    ],
)
def test_no_question_is_built_on_a_deed_that_was_none(said):
    assert list(clauses_of(said, frozenset({"i", "we"}))) == []


def test_what_is_told_to_the_candidate_says_your_and_what_they_say_says_my():
    why, line = next(shapes("opposed", {"who": "my landlord", "Who": "My landlord"}, "seed"))
    assert "your landlord" in why.lower()
    assert line.startswith("My landlord")


def test_a_text_to_the_candidate_with_their_my_in_it_does_not_pass():
    told = Material(story("A I painted my own van."))
    assert not passes("What did my own van cost you?", told)
    assert passes("What did your own van cost you?", told)
    assert passes("You say 'my own van': what did it cost?", told)


def test_a_small_change_and_one_of_nothing_known_prove_no_deed():
    rode = "A I rode along with four drivers."
    small = praise("S The queue was long.", rode, "R The queue fell from 44 to 42 minutes.")
    unknown = praise("S It was slow.", rode, "R It came from 310 to 14.")
    assert "44" not in (small or "")
    assert "310" not in (unknown or "")


def test_somebody_who_speaks_is_a_fact_beside_a_figure():
    said = praise(
        "S A baker told me that she waited all night for the flour.",
        "A We moved the depot.",
        "R Late deliveries fell from 30% to 6%.",
    )
    assert said is not None
    assert said.startswith("A baker speaks in your story, and late deliveries went from 30% to 6%.")


OWN = (
    "S The bakery lost four orders a day.",
    "T I was to stop that by May.",
    "A I moved the till.",
    "A I painted the door.",
    "A I rang the mill.",
    "A I changed the flour.",
    "A I raised the price.",
    "L I'd do it sooner.",
)


def test_deeds_of_ones_own_are_counted_where_nothing_better_is_known():
    weighty = (*OWN, "A I built a shelf for the trays.")
    (text,) = own_work(Material(story(*weighty)))
    assert text.startswith("You built a shelf for the trays. That is one of six sentences")
    assert list(own_work(Material(story(*OWN)))) == []  # none of these weighs enough to be named
    assert list(own_work(Material(story(*weighty, "A We hired a driver.", "A We cleaned the oven.")))) == []


def test_a_deed_with_a_clause_inside_it_is_left_out():
    assert deeds("A I showed the cook the soup met the rule.") == []
    assert deeds("A I walked the ward and tagged what every machine did.") == []


def reasoned(said):
    return list(deed_and_reason(Material(story("S The shop lost money.", f"A {said}"))))


def test_a_deed_is_praised_with_the_reason_that_follows_it():
    (text,) = reasoned("I moved the heavy crates to the front because the old men couldn't reach them.")
    assert text.startswith("You moved the heavy crates to the front, and you say why in the same breath: ")
    assert reasoned("I moved the heavy crates to the front, and the old men laughed.") == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("I drew the whole map of the harbour myself.", "yourself"),
        ("I left the whole crew of the ferry alone.", None),
        ("I went to the analyst of the second floor.", None),
        ("I went to the farms along the river.", "in person"),
    ],
)
def test_a_kind_of_deed_is_what_its_name_says(said, kind):
    found = sure_deeds(Material(story("S The shop lost money.", f"A {said}")))
    assert [deed.kind for deed in found if deed.kind] == ([kind] if kind else [])
