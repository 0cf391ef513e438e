"""The interrupter asks for what is missing, once, when its style lets it, and never for what was just said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.annotations import proposal, story
from voicemock.packs.phrases import INTERRUPTIONS
from voicemock.scoring.gaps.policy import (
    Interruption,
    cut_ins,
    may_speak,
    next_interruption,
    open_gaps,
    sentence_ends,
)
from voicemock.scoring.model import Answer
from voicemock.transcript import Sentence

NO_CUSTOMER = story(
    "S We had an old service for the schedules.",
    "S It was written in an old language.",
    "T The deadline was in spring.",
    "A I planned the rewrite with the architect, in a room without windows, over most of a very long winter.",
    "A I wrote the tickets and the milestones, each with its date and its colour, and I kept the list on the wall.",
    "A I moved the old tables over at night, one after the other, and I checked every row of them by hand.",
)
VAGUE = story(
    "S Patients waited in the corridor.",
    "T I had to fix that.",
    "A I rang them in the evening.",
    "R It was a huge improvement.",
)


def kinds(annotation, floor_time_s=60.0):
    return [gap.kind for gap in open_gaps(annotation, annotation.round, floor_time_s)]


def ask(annotation, style="bar-raiser", asked=(), floor_time_s=60.0, in_pause=True):
    return next_interruption(annotation, asked, style, annotation.round, floor_time_s, in_pause)


class TestStoryGaps:
    """A kind fires on its gap, and not where something near fills it."""

    def test_no_customer_after_five_sentences(self):
        assert "customer-impact" in kinds(NO_CUSTOMER)

    def test_a_customer_by_word_is_enough(self):
        said = story(*(f"A {t}" for t in NO_CUSTOMER.sentences), "A The drivers hated it.")
        assert "customer-impact" not in kinds(said)

    def test_a_story_about_people_is_not_asked_for_customers(self):
        assert "customer-impact" not in kinds(replace(NO_CUSTOMER, principle="hire-and-develop-the-best"))

    def test_customers_known_from_reports_only(self):
        second_hand = story(*(f"A {t}" for t in NO_CUSTOMER.sentences), indirect=0.9)
        assert "customer-voice" in kinds(second_hand)
        assert "customer-voice" not in kinds(
            replace(second_hand, customer_chances=second_hand.customer_chances * 0 + 0.9)
        )

    def test_a_vague_result_is_asked_for_its_number(self):
        gap = ask(VAGUE)
        assert gap.kind == "exact-number"
        assert gap.question

    def test_a_number_in_reach_is_not_asked_for(self):
        assert "exact-number" not in kinds(story("S Patients waited.", "R Waits fell a lot, by 45%."))

    def test_a_lone_rate_is_asked_for_its_baseline(self):
        lone = story("S The patients waited.", "A I moved the desk.", "R Adoption is 62%.")
        assert "baseline" in kinds(lone)

    @pytest.mark.parametrize(
        "result",
        [
            "Adoption went from 31% to 62%.",
            "Adoption is 62%, it was 31 before.",
            "It rose 62% in three months.",
        ],
    )
    def test_a_before_or_a_period_answers_it_beforehand(self, result):
        assert "baseline" not in kinds(story("S The patients waited.", "A I moved the desk.", f"R {result}"))

    def test_a_baseline_told_earlier_counts(self):
        told = story("S Only 31% of the patients used it.", "A I moved the desk.", "R Adoption is 62%.")
        assert "baseline" not in kinds(told)

    def test_a_hedged_result_is_asked_for_its_source(self):
        assert "hedged" in kinds(
            story("S Guests left.", "A I called.", "R I think it was around 40% fewer complaints.")
        )

    def test_two_we_sentences(self):
        began = ("S Guests left.", "S The hall was full.", "T It had to end.", "A We built a queue.")
        assert "your-part" in kinds(story(*began, "A Then we moved the till to the door."))
        assert "your-part" not in kinds(
            story(*began[:3], "A I built a queue.", "A I moved the till by the door.")
        )

    def test_blame_needs_two_and_no_own_part(self):
        blaming = story("S Engineering was late as usual.", "S And design dropped the ball.")
        assert "blame" in kinds(blaming)
        owning = story(
            "S Engineering was late as usual.", "S My mistake too.", "S And design dropped the ball."
        )
        assert "blame" not in kinds(owning)

    def test_large_money_without_a_comparison(self):
        alone = story("S Guests left.", "A I changed the page.", "R It brought in $2.4 million more.")
        assert "attribution" in kinds(alone)
        compared = story("S Guests left.", "A I kept a holdout.", "R It brought in $2.4 million more.")
        assert "attribution" not in kinds(compared)

    def test_the_result_is_due_thirty_seconds_before_the_cap(self):
        assert "result-now" in kinds(NO_CUSTOMER, floor_time_s=150.0)
        assert "result-now" not in kinds(NO_CUSTOMER, floor_time_s=149.0)
        assert "result-now" not in kinds(VAGUE, floor_time_s=170.0)


class TestProposalGaps:
    """Parts of a framework are asked for when they are due and neither model nor words show them."""

    def test_a_solution_before_the_user(self):
        jumped = proposal(
            "product-sense", ("ideas", "A wallet."), ("ideas", "And streaks."), ("", "It has colours.")
        )
        assert "clarify-first" in kinds(jumped)

    def test_clarified_first_is_not_asked(self):
        opening = ("clarify", "Before I start, is this about the app, and what is the goal?")
        good = proposal("product-sense", opening, ("user", "The user is a nurse."), ("ideas", "A wallet."))
        assert "clarify-first" not in kinds(good)

    @pytest.mark.parametrize(
        ("tried", "asked"), [("I'd split the riders in two.", True), ("I'd look at the rides.", False)]
    )
    def test_only_of_what_is_tried_out_is_it_asked_how_many(self, tried, asked):
        told = [("primary_metric", tried)] + [("duration", "I'd watch it for a month.")] * 6
        assert ("sample-size" in kinds(proposal("ab-test", *told))) is asked

    def test_an_estimate_without_a_check(self):
        steps = [("assumptions", "Say half of them."), ("breakdown", "Houses times lifts.")] * 4
        assert "sanity-check" in kinds(proposal("estimation", *steps, ("", "So in total it is 400.")))

    def test_a_system_without_a_user(self):
        built = proposal("system-design", ("flow", "A queue."), ("flow", "A worker."), ("flow", "A store."))
        assert "scope" in kinds(built)


class TestStyles:
    """Each style keeps its limits (rubric section 7)."""

    def test_none_never_speaks(self):
        assert ask(VAGUE, "none") is None

    def test_nobody_is_cut_off_in_the_first_ten_seconds(self):
        assert ask(VAGUE, floor_time_s=9.9) is None
        assert ask(VAGUE, "polite", floor_time_s=9.9) is None

    def test_polite_waits_for_a_pause_and_asks_twice_at_most(self):
        assert ask(VAGUE, "polite", in_pause=False) is None
        past = tuple(Interruption(kind, 0, "", at=20.0) for kind in ("blame", "hedged"))
        assert ask(VAGUE, "polite", asked=past[:1]) is not None
        assert ask(VAGUE, "polite", asked=past) is None

    def test_the_bar_raiser_keeps_twenty_seconds(self):
        past = (Interruption("blame", 0, "", at=50.0),)
        assert ask(VAGUE, asked=past, floor_time_s=69.9) is None
        assert ask(VAGUE, asked=past, floor_time_s=70.0) is not None

    def test_no_kind_comes_twice_but_in_a_debrief(self):
        past = (Interruption("exact-number", 0, "", at=10.0),)
        assert ask(VAGUE, asked=past) is None
        assert ask(VAGUE, "debrief", asked=past).kind == "exact-number"

    @given(st.floats(0, 2000), st.booleans(), st.integers(0, 3))
    def test_only_debrief_speaks_whenever_it_likes(self, t, in_pause, times):
        past = tuple(Interruption("blame", 0, "", at=0.0) for _ in range(times))
        assert may_speak(past, "debrief", t, in_pause)
        assert not may_speak(past, "none", t, in_pause)


class TestReplay:
    """The score's cut-ins come from the policy that runs live."""

    def test_a_replay_asks_at_the_sentence_that_shows_the_gap(self):
        answer = Answer(tuple(Sentence(t) for t in VAGUE.sentences), "behavioral", floor_time_s=60.0)
        (cut,) = cut_ins(answer, VAGUE)
        assert (cut.after_sentence, cut.kind) == (3, "exact-number")
        assert cut.question.endswith("?")

    def test_times_are_taken_from_the_words_or_from_a_usual_rate(self):
        timed = Answer((Sentence("One two.", 0.0, 4.0), Sentence("Three.", 5.0, 6.0)), "behavioral")
        assert sentence_ends(timed) == [4.0, 6.0]
        untimed = Answer((Sentence("one two three"), Sentence("four")), "behavioral", floor_time_s=8.0)
        assert sentence_ends(untimed) == [6.0, 8.0]

    def test_every_kind_has_a_wording(self):
        asked = set(kinds(NO_CUSTOMER, 150.0)) | set(kinds(VAGUE))
        assert asked <= set(INTERRUPTIONS)

    def test_no_sentence_gives_no_question(self):
        assert ask(VAGUE.until(0)) is None
