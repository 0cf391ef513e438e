"""A long answer to "design something" that never gets to a thing to build is told so, and nobody else is."""

from __future__ import annotations

from tests.scoring.annotations import proposal
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.feedback.fixes import drafts_of
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.model import Answer
from voicemock.transcript import Sentence

ROUND_THE_SUBJECT = (
    "Okay, allotments, where do I begin.",
    "My grandfather had one by the railway and he was there every evening.",
    "There's the soil, there's the water, there's the shed.",
    "In the city nobody has a garden any more.",
    "You see pots on every balcony in June.",
    "By September most of them are dry.",
    "I think of the old lady on the third floor.",
    "She has tomatoes on the stairs and the landlord hates it.",
    "Then there are the students with their one basil.",
    "And the families who wait nine years for a plot.",
    "The lists at the town hall are closed.",
    "People are lonely too, that's a part of it.",
    "It's quiet out there, you hear the trains.",
    "The seasons are short in the north.",
    "Some years the frost comes in May.",
    "There's a whole trade in seedlings on Saturdays.",
    "Prices went up after the war.",
    "My neighbour pays four euros for a salad.",
    "It's a big subject, honestly.",
    "Frost, water, lists, neighbours, all of it hangs together.",
    "And every street is different.",
    "So yes, that's how it looks from here.",
)
DESIGNED = "Design something that helps people in cities to grow vegetables."


def said(sentences: tuple[str, ...], question: str = DESIGNED) -> str:
    answer = Answer(tuple(Sentence(text) for text in sentences), "product-sense", question=question)
    return " ".join(fix.say for fix in score_answer(answer).fixes)


def test_who_never_gets_to_a_thing_is_told_that_first() -> None:
    assert "The first thing I'd build is" in said(ROUND_THE_SUBJECT)


def test_one_who_has_chosen_something_is_not() -> None:
    chosen = (
        *ROUND_THE_SUBJECT,
        "I'd build a shared shelf by the window first, because water is what kills them.",
        "The shelf costs the house its light, and I'd accept that.",
        "I'd measure how many plants are alive after eight weeks, from 20% to 60% by autumn.",
    )
    assert "The first thing I'd build is" not in said(chosen)


def test_a_question_about_measures_asks_for_nothing_to_build() -> None:
    question = "How would you measure the success of an app for allotments?"
    assert "The first thing I'd build is" not in said(ROUND_THE_SUBJECT, question)


def test_a_choice_that_is_misread_is_no_idea() -> None:
    rivals = (
        *ROUND_THE_SUBJECT,
        "The first thing people compare is the price, and they choose the cheapest.",
    )
    assert "The first thing I'd build is" in said(rivals)


def test_a_short_answer_without_an_idea_is_told_so_and_one_with_an_idea_is_not() -> None:
    market = ("user", "It's for night nurses."), ("", "They sleep by day.")
    for more, there in ((("", "Days are loud."), True), (("ideas", "I'd build them a lamp."), False)):
        told = Material(proposal("product-sense", *market, more))
        kinds = {draft.kind for draft in drafts_of(told)}
        assert ("no-idea" in kinds) is there
