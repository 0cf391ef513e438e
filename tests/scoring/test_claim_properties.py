"""What must hold for any claim: pairs for any thing and any numbers, denied results, the same bytes, time."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.claims.find import find_claims
from voicemock.scoring.claims.located import locate_claims
from voicemock.scoring.claims.parts import parts_of
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.model import Answer
from voicemock.scoring.numbers.quantities import find_quantities
from voicemock.transcript import Sentence

THINGS = ("Spoilage", "Missed refills", "Broken lockers", "Late ferries", "Absences", "Unread letters")
PAIRS = (
    "{thing} went from {a} to {b} percent.",
    "{thing} used to be {a} percent, now it's {b}.",
    "{thing} fell to {b} percent, down from {a}.",
    "{thing} were at {a} percent when I came and at {b} percent when I left.",
    "We started at {a} percent and ended up at {b} percent.",
    "{thing} are at {b} percent instead of {a}.",
    "It was {a} percent before, and now it is {b} percent.",
)
HOPES = (
    "{thing} did not fall from {a} to {b} percent.",
    "{thing} would have fallen from {a} to {b} percent.",
    "I hoped to bring it from {a} to {b} percent.",
    "My competitor brought it from {a} to {b} percent.",
)
MOST_SECONDS = 0.03
numbers = st.integers(min_value=13, max_value=98)
STORY = (
    "Drivers kept getting lost on the farm roads.",
    "I was asked to mend the map before the harvest.",
    "I rode along for a week and then I redrew the roads with them, because the old map had no gates.",
    "Lost deliveries fell from 31 to 9 a week.",
    "It saved us 40,000 dollars a year.",
    "I learned to ride along first.",
)
DENIED = (
    *STORY[:3],
    "Lost deliveries did not fall from 31 to 9 a week.",
    "It did not save us 40,000 dollars a year.",
    STORY[5],
)


@given(st.sampled_from(THINGS), st.sampled_from(PAIRS), numbers, numbers)
def test_any_before_and_after_is_one_pair(thing, form, a, b):
    (claim,) = find_claims(form.format(thing=thing, a=a, b=b))
    assert claim.before is not None
    assert claim.after is not None
    assert (claim.before.value, claim.after.value) == (a, b)


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(THINGS), st.sampled_from(HOPES), numbers, numbers)
def test_what_did_not_happen_is_no_result(thing, form, a, b):
    told = [*STORY[:3], form.format(thing=thing, a=a, b=b), STORY[5]]
    assert not annotate(told, "behavioral", told=True).results


def scored(sentences):
    told = tuple(Sentence(text, 4.0 * i, 4.0 * i + 4) for i, text in enumerate(sentences))
    answer = Answer(
        told, "behavioral", question="Tell me about something you made better.", floor_time_s=90.0
    )
    return score_answer(answer)


def test_denying_the_results_lowers_what_metrics_get():
    assert scored(DENIED).dimensions["metrics"] < scored(STORY).dimensions["metrics"]


def test_a_result_told_three_times_counts_once():
    again = (*STORY[:4], "So it fell to 9 a week.", "Lost deliveries are at 9 a week now.", STORY[5])
    once = annotate([*STORY[:4], STORY[5]], "behavioral", told=True)
    assert len(annotate(again, "behavioral", told=True).results) == len(once.results) == 1


def test_the_same_answer_gives_the_same_bytes():
    first, second = (json.dumps(scored(STORY).as_dict()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("said", "before", "after", "unit"),
    [
        (("It used to take 40 hours to refill one.", "Now it's six."), 40, 6, "h"),
        (("Back then 31 lockers broke in a month.", "Today we're at 4."), 31, 4, None),
        (("Absences were at 22 percent.", "In the end they were at 8 percent."), 22, 8, "%"),
    ],
)
def test_a_pair_may_stand_in_two_sentences(said, before, after, unit):
    one, two = locate_claims(said)
    assert (two.before, two.after) == (before, after)
    assert unit is None or two.unit == unit
    assert one.earlier is None


@pytest.mark.parametrize(
    "said",
    [
        ("It used to take 40 hours to refill one.", "Now we have 6 depots."),
        ("I spoke to 31 tenants.", "Now there are 4 lockers."),
    ],
)
def test_two_things_in_two_sentences_are_no_pair(said):
    assert all(one.earlier is None for one in locate_claims(said))


def test_claims_of_five_hundred_words_take_under_thirty_milliseconds_of_the_processor():
    """About 10 on one core of an idle machine: the limit leaves room for a slower one."""
    forms = [form.format(thing=thing, a=41, b=12) for form in PAIRS for thing in THINGS][:26]
    locate_claims([form.format(thing=THINGS[0], a=9, b=4) for form in PAIRS])  # compiles the patterns
    took = []
    for crew in ("crew", "night shift", "harbour"):  # what else the machine does may fall into one of them
        told = [f"{text} I had talked to the {crew} about that, and nobody knew why." for text in forms]
        assert sum(len(text.split()) for text in told) >= 500
        for (
            text
        ) in told:  # like its vector, what the network makes of a sentence is there once it has been heard
            parts_of(text)
        find_quantities.cache_clear()
        started = time.process_time()
        locate_claims(told)
        took.append(time.process_time() - started)
    assert min(took) < MOST_SECONDS
