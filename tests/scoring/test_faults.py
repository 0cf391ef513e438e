"""Whole stories that are none: told as a rule, imagined, somebody else's; and one that is the candidate's."""

from __future__ import annotations

import pytest

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings import faults
from voicemock.scoring.findings.annotate import Annotation, annotate
from voicemock.scoring.findings.checks import AS_A_RULE, WOULD
from voicemock.scoring.model import Answer
from voicemock.transcript import Sentence

QUESTION = "Tell me about a time you took a risk that paid off."
IN_GENERAL = (
    "Risk is what keeps a bakery alive, that's how I see it.",
    "You can't sell the same loaf for twenty years.",
    "A sensible owner tries one new thing every season.",
    "Some of it fails, and failing is fine as long as it is cheap.",
    "People are too careful in this trade.",
    "Customers forgive a bad bun, they don't forgive a boring window.",
    "So I believe in risk, always have.",
)
IMAGINED = (
    "If I had to take a risk there I would first look at the numbers.",
    "I'd call the three largest clinics and ask what they could live with.",
    "Then I would build a small version and give it to one of them.",
    "If that went well I'd give it to the others.",
    "I would keep the old booking page for a month, just in case.",
    "And I'd tell my manager every week how it goes.",
    "That would keep the risk small.",
)
HERS = (
    "Our head of sales, Marta, had a plan for the Porto shop.",
    "She closed it for a week in June, which nobody had ever done.",
    "Marta had the whole floor taken out and put the repair bench in the window.",
    "The owner was furious, and she told him to wait.",
    "She trained the two boys who worked there to repair in front of people.",
    "I was in the Lisbon shop at that time.",
    "By autumn the Porto shop sold twice as many bikes.",
    "Marta got a prize for it at the Christmas party.",
)
OWN = (
    "In March our ferry line lost its booking system for two days.",
    "I decided to sell tickets on paper, on the pier, without asking the head office.",
    "I printed four hundred slips at the copy shop and numbered them by hand.",
    "My two colleagues and I stood at the gangway from six in the morning.",
    "I wrote down every name, because the coast guard needs a list.",
    "We took 380 people over on the first day, and 410 on the second.",
    "The head office was angry for a day, and then they kept the slips for the next time.",
    "I'd ask them first today.",
)


TOLD_BY_YOU = (
    "It was the winter of the burst main in Malmö, and the whole of our street had no water for nine days.",
    "You think you know your neighbours, and then you see them carry buckets past your window at six in the morning.",
    "The council had put one tank at the church, so you queue there for an hour and you lose your morning.",
    "Our laundry had a well in the yard from the old days, and the owner had it opened on the second day.",
    "We carried the water to the houses of those who could not walk, forty cans the first evening.",
    "You learn quickly who needs what, because you stand in their kitchens and you hear them talk.",
    "My list of who takes how much hung on the door, and people wrote their names on it.",
    "You can't charge for water in a week like that, whatever your boss says about it.",
    "Nobody left us when the pipe was mended, and sixty of those houses still send us their sheets.",
    "You don't get a chance like that twice, and you don't see it coming either.",
)


def read(sentences: tuple[str, ...]) -> Annotation:
    return annotate(sentences, "behavioral", question=QUESTION, principle="bias-for-action", told=True)


@pytest.mark.parametrize(
    ("sentences", "kind"), [(IN_GENERAL, "hypothetical"), (IMAGINED, "hypothetical"), (HERS, "not-yours")]
)
def test_a_story_that_is_none_is_told_so_once(sentences: tuple[str, ...], kind: str) -> None:
    [check] = read(sentences).checks
    assert check.kind == kind
    assert check.evidence


@pytest.mark.parametrize("sentences", [IMAGINED, HERS])
def test_whoever_is_asked_for_another_story_hears_of_nothing_else(sentences: tuple[str, ...]) -> None:
    answer = Answer(tuple(map(Sentence, sentences)), "behavioral", QUESTION, "bias-for-action")
    assert len(score_answer(answer).fixes) == 1


def test_what_is_imagined_is_told_otherwise_than_what_is_thought_in_general() -> None:
    assert read(IMAGINED).checks[0].say == WOULD
    assert read(IN_GENERAL).checks[0].say == AS_A_RULE


def test_a_story_of_ones_own_has_none_of_them() -> None:
    annotation = read(OWN)
    assert annotation.checks == ()
    assert max(faults.chances(annotation.reading, annotation.emptiness).values()) < 0.1


def test_the_same_deeds_are_a_story_once_they_are_ones_own() -> None:
    mine = tuple(
        text.replace("Our head of sales, Marta, had", "I had").replace("Marta", "I").replace("She", "I")
        .replace("she", "I").replace("I was in the Lisbon shop at that time.", "The Lisbon shop ran by itself.")
        for text in HERS
    )  # fmt: skip
    assert read(mine).checks == ()


def test_a_long_story_told_by_you_is_an_answer() -> None:
    assert "off-question" not in [check.kind for check in read(TOLD_BY_YOU).checks]


def test_whoever_did_two_things_names_something() -> None:
    """A short tidy story has few things in it, and is one."""
    short = (
        "Readers could not find the evening timetable, and they missed the last boat.",
        "It was my page, and I wanted it fixed by May.",
        "I watched thirty of them look for it.",
        "I put the evening on top and took the rest away.",
        "Missed boats fell from forty a week to five a week in a month.",
        "After that the other page was built the same way.",
    )
    assert read(short).checks == ()
