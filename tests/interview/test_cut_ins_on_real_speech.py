"""Cut-ins on answers told as people tell them: nothing is asked that was said, is not due, or has no subject."""

from dataclasses import replace

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.packs.phrases import load_phrases
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.gaps.fared import fared
from voicemock.scoring.gaps.policy import open_gaps, worded
from voicemock.scoring.language.clauses import deeds_said_back

LONG = "with the ledger, the archive, the cabinets, the heating and all of the roof in one very long winter"
WORKED = (
    f"S The bridge had an old gauge {LONG}.",
    f"S It was read once in a month {LONG}.",
    f"A I drew up a plan for another one {LONG}.",
    f"A I wrote the software for it {LONG}.",
    "A I replaced the gauge.",
)


def gaps(annotation, floor_time_s=60.0):
    return {gap.kind: gap for gap in open_gaps(annotation, annotation.round, floor_time_s)}


def asked(annotation, kind, floor_time_s=60.0):
    found = gaps(annotation, floor_time_s).get(kind)
    return (
        worded(found, Material(annotation, annotation.question), load_phrases().questions, ())
        if found
        else None
    )


def test_nobody_outside_came_up_and_it_is_asked_who_was_waiting():
    assert asked(story(*WORKED), "customer-impact") == "Who is the customer in all this?"


@pytest.mark.parametrize(
    "named",
    [
        "It was for the pensioners.",
        "The ferrymen depend on it.",
        "Ask any shopkeeper.",
        "A lady with a pram was stuck there.",
        "The co-ops by the river had asked.",
        "Two anglers watch it on Sundays.",
        "I rang the bargeman.",
    ],
)
def test_whoever_was_named_by_any_noun_is_not_asked_for(named):
    assert "customer-impact" not in gaps(story(*WORKED[:2], f"S {named}", *WORKED[2:]))


@pytest.mark.parametrize(
    "question",
    [
        "Tell me about a time you disagreed with your boss.",
        "When did you have to give a colleague bad news?",
        "How do you deal with stress?",
    ],
)
def test_a_story_about_colleagues_is_not_asked_for_customers(question):
    assert "customer-impact" not in gaps(replace(story(*WORKED), question=question))


@pytest.mark.parametrize(
    "deed", ["I moved to the coast.", "I handed in my notice.", "I wrote it.", "I sold the van."]
)
def test_nobody_outside_waits_for_what_was_done_for_oneself(deed):
    assert "customer-impact" not in gaps(story(*WORKED[:4], f"A {deed}"))


def test_a_story_about_one_person_is_not_asked_for_customers():
    told = [f"{line} He put it back." for line in WORKED]
    assert "customer-impact" not in gaps(story(*told))


def test_a_failure_is_asked_for_whom_it_let_down():
    failed = replace(
        story(*WORKED[:4], "A And then the whole thing failed."), question="Tell me about a failure of yours."
    )
    assert "failure" in asked(failed, "customer-impact")
    hurt = story(*WORKED[:4], "R The neighbours complained for weeks.", "A And then the whole thing failed.")
    assert "customer-impact" not in gaps(replace(hurt, question="Tell me about a failure of yours."))


def test_what_was_everywhere_is_asked_for_how_many_and_who():
    spread = story(*WORKED[:3], "A We posted the drawing.", "R A week later, it was everywhere.")
    assert asked(spread, "customer-impact").startswith("It was everywhere: ")


class TestNoStory:
    """One time was asked for: what one would do is none, nor are words without a world."""

    WOULD = (
        "O So with a case like that there is always a guest at the desk who wants the quick way out of it.",
        "O And there is the house on the other side, which would like it to be done by the book.",
        "A What I would do is stand at the desk for a day.",
        "A I would ask the night porter first, since nobody else sees them come in.",
        "A How I'd approach the rest depends on him.",
    )

    def test_what_one_would_do_is_asked_for_the_day_it_happened(self):
        would = replace(story(*self.WOULD), question="Tell me about a time you helped a guest.")
        assert asked(would, "hypothetical")
        assert "hypothetical" not in gaps(replace(would, question="What would you do for a guest?"))

    def test_how_things_used_to_be_is_no_supposition(self):
        used = (
            "S In those days we'd sit in the same room.",
            "S I'd bring the coffee.",
            "S He'd read the list out.",
        )
        told = replace(story(*used, *WORKED[:2]), question="Tell me about a time you helped a guest.")
        assert "hypothetical" not in gaps(told)

    def test_words_without_a_world_are_asked_for_the_thing(self):
        empty = (
            "My task was to define a bold and actionable vision for the organisation and its key stakeholders.",
            "I identified the key stakeholders and I mapped their needs and expectations in a structured way.",
            "I drove alignment across the functions and I made sure that everyone was on the same page.",
            "I implemented a process with clear criteria and clear ownership to ensure the highest standards.",
            "And I communicated the strategy proactively and transparently to all of the relevant teams.",
        )
        reading = annotate(empty, "behavioral", question="Tell me about a bold vision you set.")
        assert "no-substance" in gaps(reading)
        told = annotate(
            [text[2:] for text in WORKED], "behavioral", question="Tell me about a bold vision you set."
        )
        assert "no-substance" not in gaps(told)


class TestResult:
    """The result is due late, and asked for only where no end has been told and there is one to tell."""

    def test_it_is_tied_to_the_last_deed(self):
        assert "You replaced the gauge" in asked(story(*WORKED), "result-now", 160.0)

    @pytest.mark.parametrize(
        "told",
        [
            "In the end nobody wanted it.",
            "It's not decided yet.",
            "Tomorrow we sit down about it.",
            "There's no way to tell what it did.",
            "It turned out to be the wrong bridge.",
        ],
    )
    def test_an_end_that_was_told_or_is_still_to_come(self, told):
        assert "result-now" not in gaps(story(*WORKED, f"S {told}", "A I painted the frame."), 160.0)

    def test_no_figure_is_asked_of_it(self):
        for text in load_phrases().wordings["result-now"]:
            assert "number" not in text


class TestWhichNumber:
    """A figure is asked of what can have one, by its own words."""

    def result(self, text):
        return story("S Guests queued.", "A I moved the till.", f"R {text}")

    @pytest.mark.parametrize(
        "sigh", ["It was a great time, really.", "The director went mad, a great scene."]
    )
    def test_a_sigh_and_a_colleagues_temper_have_none(self, sigh):
        assert "exact-number" not in gaps(self.result(sigh))

    def test_how_far_it_moved_comes_before_how_anybody_liked_it(self):
        told = self.result(
            "The queue, well, it went right down, guests were really happy as they hate to wait."
        )
        assert asked(told, "exact-number").startswith("It went right down: ")

    @pytest.mark.parametrize(
        "said", ["By June it went through the roof.", "In the end complaints dried up, and that was that."]
    )
    def test_an_outcome_that_ran_away_is_asked_for_its_number_whatever_the_sentence_is(self, said):
        assert "exact-number" in gaps(story(*WORKED[:4], f"A {said}"))

    @pytest.mark.parametrize(
        "said", ["Then I went up to the tower.", "We took off for the coast.", "The boss went mad."]
    )
    def test_whoever_went_somewhere_made_no_claim(self, said):
        assert "exact-number" not in gaps(story(*WORKED[:4], f"A {said}"))

    def test_a_quote_begins_where_its_clause_begins(self):
        told = self.result("The plan was taken together and from that day they've been so much happier.")
        assert not (asked(told, "exact-number") or "").startswith("Day")

    def test_a_figure_that_is_not_at_hand_is_asked_as_the_last_one_seen(self):
        told = self.result("The queues went way down, but I don't have the final number.")
        assert "last" in asked(told, "exact-number")

    def test_what_somebody_else_said_of_it_is_asked_for_what_had_changed(self):
        told = self.result("The chair called the change a huge success.")
        assert "changed" in asked(told, "exact-number")

    def test_a_share_of_what_was_lost_has_no_before(self):
        assert "baseline" not in gaps(story("S Guests left.", "S That was 45% of our budget, gone."))
        assert "baseline" not in gaps(self.result("The consultants had recommended 70% of the volume."))

    def test_a_step_of_an_estimate_is_no_answer_yet(self):
        step = [("assumptions", "Say half of them."), ("breakdown", "Houses times lifts.")] * 4
        assert "sanity-check" not in gaps(
            proposal("estimation", *step, ("", "So in total I take 400 as a start."))
        )

    def test_a_range_is_not_said_back_as_one_figure(self):
        told = self.result("I think it was about six or seven percent fewer complaints.")
        assert "6%" not in (asked(told, "hedged") or "")


class TestWhoseDoing:
    """Whose call it was is asked of what was just done, in a whole clause."""

    BEGAN = ("S Guests queued.", "S The hall was full.", "T It had to end.", "A We built a fence.")

    def test_a_deed_with_a_pronoun_can_be_said_back_at_once(self):
        assert asked(story(*self.BEGAN, "A So we shut it down."), "your-part").startswith(
            "Your team shut it down: "
        )

    def test_what_one_did_was_one_did_it(self):
        told = story(*self.BEGAN, "A What we did was we split the hall into halves.")
        assert asked(told, "your-part").startswith("Your team split the hall into halves: ")

    @pytest.mark.parametrize(
        "said",
        [
            "That left open which towns we put them in.",
            "The spare tents we left with the firm over the road.",
            "We talked about the queue.",
            "We fell on our feet.",
            "We moved the fence, that was the mayor's idea.",
        ],
    )
    def test_half_a_clause_no_choice_or_one_whose_owner_was_named(self, said):
        assert "your-part" not in gaps(story(*self.BEGAN, f"A {said}"))

    def test_what_only_others_did_is_asked_for_the_candidates_part(self):
        theirs = story(
            "S The hall was full.",
            "S It was the summer fair.",
            "A She moved the till.",
            "A He built a fence.",
            "A She sent the band home.",
        )
        assert "others" in asked(theirs, "your-part")

    @pytest.mark.parametrize("deed", ["I cancelled the band", "I put in a second till"])
    def test_undoing_and_putting_in_are_choices_too(self, deed):
        assert "why-this" in gaps(story(*self.BEGAN, f"A {deed}."))

    def test_a_look_at_the_figures_is_no_choice(self):
        assert "why-this" not in gaps(story(*self.BEGAN, "A I pulled the gate's log."))

    def test_a_choice_whose_other_way_was_just_told_is_not_asked_for_it(self):
        assert "why-this" in gaps(story(*self.BEGAN, "A I decided to open."))
        other = "S We had the money, we could've waited another week."
        assert "why-this" not in gaps(story(*self.BEGAN, other, "A I decided to open."))

    def test_how_somebody_took_it_has_no_number(self):
        assert "exact-number" not in gaps(
            story(*self.BEGAN, "R They put it up again, they were great about it.")
        )

    def test_no_question_opens_with_a_verb_phrase(self):
        texts = [text for kind in ("your-part", "why-this") for text in load_phrases().wordings[kind]]
        assert not any("{Doing}" in text for text in texts)


def test_undoing_something_without_a_reason_is_asked_why():
    told = story(*TestWhoseDoing.BEGAN, "A I scrapped the whole fence.")
    assert asked(told, "why-this").startswith("You scrapped the whole fence: ")


def test_a_setting_is_no_difference_that_anybody_noticed():
    told = story(
        "S Servers were slow.", "A I ran a test.", "R Builds began at 20 minutes as a default, from 40."
    )
    assert "so-what" not in gaps(told)


class TestDesigns:
    """A design is asked for the part that is due, once there is something to ask it of."""

    MARKET = [("", "The market is large."), ("", "Rivals are many."), ("", "The industry has trends.")] * 5

    def test_a_market_without_anybody_in_it(self):
        assert "market" in asked(proposal("product-sense", *self.MARKET), "customer-impact")

    def test_who_was_picked_is_not_asked_for(self):
        picked = [*self.MARKET, ("user", "I'd focus on night nurses."), ("", "The market is large.")]
        assert "customer-impact" not in gaps(proposal("product-sense", *picked))

    LISTED = (
        ("user", "It's for night nurses."),
        ("", "They sleep by day."),
        ("ideas", "We could build a light that wakes them slowly."),
        ("ideas", "Another idea would be a map of quiet rooms."),
        ("ideas", "Or we could build a shared rota."),
        *[("", "Wards are quiet at four.")] * 3,
    )

    @pytest.mark.parametrize(
        ("after", "asked_for"),
        [
            ("Nurses told me so.", True),
            ("The first shift is the hardest.", True),
            ("Let me compare the three.", False),
        ],
    )
    def test_a_choice_is_asked_for_unless_one_is_being_made(self, after, asked_for):
        told = proposal("product-sense", *self.LISTED, ("", after))
        assert ("prioritise" in gaps(told)) is asked_for

    def test_no_measure_is_asked_of_nothing(self):
        talk = [*self.MARKET, ("", "That's pretty much what everybody does.")]
        assert "kpi" not in gaps(proposal("product-sense", *talk))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("R And then it just took off.", "It just took off: "),
        ("R It's gone really well, the whole winter.", "It's gone really well: "),
        ("R So it bombed.", "It bombed: "),
        ("R That was a lot quicker for the lot of us.", "That was a lot quicker: "),
        ("R And we lost some of them.", "Your team lost some of them: "),
        ("R Most of them came back.", "Most of them came back: "),
        ("R Moving the gauge was a huge improvement.", "A huge improvement: "),
        ("S We were just way short.", "Your team were just way short: "),
        ("R Some of the crews kept the old sheet.", "Some of the crews kept the old sheet: "),
        ("R By then it weighed well under the old limit.", "Well under the old limit: "),
        ("R We were way behind the plan when winter came.", "Your team were way behind the plan: "),
        ("R We were well under the old price of oak.", "Your team were well under the old price of oak: "),
        ("R We lost some divers over it.", "Your team lost some divers: "),
        ("R It was a lot more reliable.", "It was a lot more reliable: "),
    ],
)
def test_how_it_went_is_asked_a_figure_of_and_said_back(told, expected):
    text = asked(story("S The bridge had an old gauge.", "A I replaced it.", told), "exact-number")
    assert text is not None
    assert text.startswith(expected)


@pytest.mark.parametrize(
    "told",
    [
        "R I asked myself what happens if it took off.",
        "R I like to hear of anything that went well.",
        "R It worked, from 40 readings a day to 9.",
        "R When I arrived it was a disaster.",
        "A He hit the gauge with his shoe, and it worked.",
        "R We lost 12 of them.",
        "R It was well under the old.",
        "R It poured in.",
        "R It was much more than a repair.",
        "R It was a lot more paperwork.",
        "R We lost some time over it.",
        "R We got lots of feedback.",
        "R The boiler was old and it blew up.",
        "R It exploded.",
    ],
)
def test_what_is_supposed_counted_or_had_been_before_is_no_such_claim(told):
    annotation = story("S The bridge had an old gauge.", "A I replaced it.", told)
    assert fared(Material(annotation, annotation.question)) is None


@pytest.mark.parametrize(
    "told",
    [
        ("A I asked the keeper for an hour and we talked it through.", "R That went smoothly."),
        ("A I replaced it and had a chat with the keeper.", "R That went well."),
    ],
)
def test_a_talk_that_went_well_is_asked_what_it_led_to_and_no_number(told):
    text = asked(story("S The bridge had an old gauge.", *told), "exact-number")
    assert text is not None
    assert "differently" in text or "agree" in text


BACKGROUND = tuple(f"S The ferry, the mole and the crane had an old book each {LONG}." for _ in range(8))


def test_more_than_a_minute_of_background_is_asked_what_was_done():
    asking = "Tell me about a time you improved something."
    text = asked(replace(story(*BACKGROUND), question=asking), "no-action")
    assert text is not None
    assert "you" in text and "{" not in text
    acted = story(*BACKGROUND[:4], "A I replaced the book.", *BACKGROUND[4:])
    assert "no-action" not in gaps(replace(acted, question=asking))


def test_three_sentences_of_what_we_did_are_asked_for_ones_own_part():
    fog = (
        "A We drew the maps again.",
        "A We wrote to the co-op.",
        "A We tested the crane.",
        "A We cleaned the mole.",
    )
    text = asked(story("S The ferry had an old book.", *fog), "your-part")
    assert text is not None
    assert "your team" in text
    named = story("S The ferry had an old book.", "S What I did there was the maps.", *fog)
    assert "your-part" not in gaps(named)
    mixed = (
        "A I drew the maps again.",
        "A I wrote to the co-op.",
        "A I tested the crane.",
        "A We cleaned the mole.",
    )
    assert "your-part" not in gaps(story("S The ferry had an old book.", *mixed))


def test_a_difference_in_percent_has_no_before_to_ask_for():
    began = ("S The ferry had an old book.", "A I replaced it.")
    assert asked(story(*began, "R Errors are at 12% today."), "baseline") is not None
    assert asked(story(*began, "R Errors were down 12% that winter."), "baseline") is None
    assert asked(story(*began, "R All the gauges came back, all but 12% of them."), "baseline") is None


def test_a_clause_after_a_greeting_is_somebody_elses():
    assert [deed.rest for deed in deeds_said_back("I made a hut.", frozenset({"i"}))] == ["a hut"]
    assert list(deeds_said_back("He put a card up, hi, I'm a guy, I made a hut.", frozenset({"i"}))) == []
