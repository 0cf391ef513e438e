"""What the candidate reads: one strength and at most three fixes, true of what was said and fit to act on."""

import re
from dataclasses import replace

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback.asked_for import to_me
from voicemock.scoring.feedback.fixes import best_fixes, drafts_of, worded
from voicemock.scoring.feedback.gate import passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.shapes import filled, shapes
from voicemock.scoring.feedback.spoken_figures import figure, hole
from voicemock.scoring.feedback.strength import strength
from voicemock.scoring.gaps.story import customer_impact, exact_number
from voicemock.scoring.model import Fix, Inconsistency, Metric
from voicemock.scoring.models.lexicon import lexicon
from voicemock.scoring.rubric.delivery import delivery_of
from voicemock.scoring.rubric.judge import judge

UNTIMED = delivery_of(["word"], None, None, "behavioral")
PARCELS = story(
    "S Parcel losses were at 9.5% of deliveries, and the couriers were blamed for it.",
    "T My mandate was to find out why by the summer.",
    "A I followed forty parcels from the shelf to the door.",
    "A I replaced the label printer because the ink came off in the rain.",
    "R It got much better for everyone.",
)


def kinds(annotation):
    return [draft.kind for draft in drafts_of(Material(annotation))]


def best(annotation, spoken=UNTIMED):
    return best_fixes(Material(annotation), spoken, judge(annotation, spoken))


def praise(annotation, fixes=(), spoken=UNTIMED):
    return strength(Material(annotation), judge(annotation, spoken), fixes)


class TestShapes:
    """Each keeps the rules: short, with two blanks at most, and a line or a question."""

    @pytest.mark.parametrize("kind", sorted(lexicon("fixes")))
    def test_a_why_is_under_twenty_words_and_a_line_has_two_holes_at_most(self, kind):
        for shape in lexicon("fixes")[kind]:
            line = shape.get("line", "")
            assert len(shape["why"].split()) < 20
            assert line.count("___") <= 2
            assert not line or "___" in line or "{" in line

    @pytest.mark.parametrize("kind", sorted(lexicon("fixes")))
    def test_every_shape_is_a_sentence_once_it_is_filled(self, kind):
        words = {
            name: "the label printer"
            for shape in lexicon("fixes")[kind]
            for name in re.findall(r"\{(\w+)\}", shape["why"] + shape.get("line", ""))
        }
        verbs = {
            "act": "replaced the printer",
            "act_to_you": "replaced the printer",
            "shown": "replaced the printer",
        }
        plain = {
            "to_do": "replace the printer",
            "deed": "your team replaced it",
            "quote": "it went well",
            "of": "churn",
        }
        numbers = {"count": "Three", "pace": "110", "fillers": "2", "start": "2%", "end": "___%", "is": "was"}
        numbers |= {
            "sentences": "14",
            "lead": "120",
            "we": "9",
            "i": "2",
            "number": "640",
            "gone": "18",
            "back": "16",
            "worst": "27%",
            "start_true": "35%",
        }
        figures = dict.fromkeys(("now", "before", "after", "goal", "said", "true", "hole"), "2%")
        deeds = {
            "you_did": "you replaced it",
            "i_did": "I replaced it",
            "ending": "churn fell",
            "counted": "errors",
            "lesson": "less is more",
        }
        people = {"customers": "couriers", "many": "couriers", "customer": "a courier", "who": "the board"}
        clauses = dict.fromkeys(("ended", "trouble", "against", "hurts", "guess_said"), "it went well")
        clauses |= dict.fromkeys(("rule", "lesson_said", "price"), "it went well")
        clauses |= dict.fromkeys(("chose", "pick", "mine", "erred"), "we replaced it")
        clauses |= {"i_do": "replaced it", "we_do": "replaced it", "whom": "couriers"}
        clauses |= {"came": "it went well", "came_of_it": "churn fell", "my_deed": "I replaced it"}
        words |= clauses
        words["source"] = "tickets"
        quoted = {
            "hedge": "we",
            "asked": "you moved fast",
            "asked_i": "I moved fast",
            "closing": "less is more",
        }
        words |= (
            deeds
            | quoted
            | {
                "pain": "complaints",
                "pain_bare": "complaints",
                "Pain": "Complaints",
                "hole_below": "2%",
            }
        )
        words |= {
            "pain_hole": "___",
            "goal_hole": "2%",
            "multiple": "a cut of 2%",
            "multiple_only": "a cut of 2%",
        }
        words |= {
            "person": "nurse",
            "did": "replaced it",
            "word": "close",
            "counted": "errors",
            "lesson": "less is more",
            "other": "maybe",
            "doing": "replacing it",
            "topic": "tipping",
            "minutes": "minutes",
            "Quote": "We replaced it",
            "name": "Ruth",
            "we_did": "We replaced it",
            "mine_not": "it went well",
            "pain": "complaints",
            "per": "a week",
            "made": "the bell",
            "Made": "The bell",
            "alternative": "the clock",
        }
        known = {**words, **verbs, **plain, **numbers, **figures, **people, "way": "down", "Of": "Churn"}
        told = Material(story("S It went well.", "A We replaced it."))
        for shape in lexicon("fixes")[kind]:
            for text in filter(None, (shape["why"], shape.get("line"))):
                said = filled(text, known)
                assert passes(said, told, line=True).why in ("", "a figure from nowhere"), said

    def test_the_shape_that_holds_most_is_taken_and_a_plain_one_is_left(self):
        known = {
            "of": "churn",
            "Of": "Churn",
            "your": "churn",
            "Your": "Churn",
            "now": "5%",
            "hole": "___%",
            "before": "8%",
        }
        found = list(shapes("no-period", known, "seed"))
        assert "churn" in found[0][0]
        assert "churn" not in found[-1][0]


class TestFiguresAreSaidAsPeopleSayThem:
    @pytest.mark.parametrize(
        ("value", "unit", "said"),
        [
            (6.8, "%", "6.8%"),
            (310_000, "$", "$310,000"),
            (1_300_000, "$", "$1.3 million"),
            (12, "s", "12 seconds"),
            (1, "h", "1 hour"),
            (5.2, "bps", "5.2 basis points"),
            (1200, None, "1,200"),
            (None, "%", None),
        ],
    )
    def test_a_figure(self, value, unit, said):
        assert figure(value, unit) == said

    def test_its_hole_has_the_same_unit(self):
        assert (hole("%"), hole("$"), hole("min"), hole(None)) == ("___%", "$___", "___ minutes", "___")


class TestNothingIsAskedForThatWasSaid:
    """A fix that asks for what is there costs the trust in all the others."""

    def test_a_result_is_not_asked_for(self):
        ended = replace(
            PARCELS, vague=(), metrics=(Metric(4, "from 9.5% to 2%", "result", "rate", 9.5, 2, "%"),)
        )
        assert "month-later" not in kinds(ended)
        told = replace(PARCELS, vague=(), metrics=())
        assert "month-later" not in kinds(told)  # what came of it is told
        assert "month-later" in kinds(replace(told, star=tuple("STAAO")))

    def test_honesty_about_not_measuring_is_not_asked_to_measure(self):
        honest = story(
            "S The couriers were late.",
            "A I moved the shelf.",
            "R It helped a lot, but I did not measure it.",
        )
        assert not any(kind.startswith(("vague", "hedged", "no-result")) for kind in kinds(honest))

    def test_a_choice_with_its_alternative_is_not_asked_for_one(self):
        assert "no-choice" in kinds(PARCELS)
        weighed = story(
            *(f"{s} {t}" for s, t in zip("STA", PARCELS.sentences, strict=False)),
            "A I chose ink over stickers.",
        )
        assert "no-choice" not in kinds(weighed)


class TestWhatAFixSays:
    def test_a_wrong_percentage_is_told_with_the_right_one(self):
        slipped = story("S Couriers waited.", "R Waits went from 40 minutes to 10 minutes, a 50% cut.")
        slip = Inconsistency(1, "50%", "75%")
        pair = Metric(1, "Waits went from 40 minutes to 10 minutes", "result", "time", 40, 10, "min", -75.0)
        fix = best(replace(slipped, metrics=(pair,), inconsistencies=(slip,)))[0]
        assert "75%" in fix.why
        assert "down 75%" in fix.line

    def test_two_figures_for_one_thing_are_told_once_and_neither_is_right(self):
        told = story("S It took 20 days.", "R It fell from 26 days to 2.")
        slips = (Inconsistency(0, "20 days", "26 days"), Inconsistency(1, "26 days", "20 days"))
        found = [
            d for d in drafts_of(Material(replace(told, inconsistencies=slips))) if d.mends == "inconsistent"
        ]
        assert [draft.kind for draft in found] == ["two-values"]

    def test_the_first_figure_that_never_comes_back_is_asked_for(self):
        (draft,) = [d for d in drafts_of(Material(PARCELS)) if d.kind == "never-back"]
        fix = worded(draft, Material(PARCELS))
        assert "parcel losses" in f"{fix.why} {fix.line}".lower()
        assert "9.5%" in fix.why

    def test_who_was_against_it_is_named_where_nothing_turned_them(self):
        opposed = story(
            "S Parcels were lost.",
            "A I moved the shelf.",
            "A The depot manager was against it.",
            "R It worked.",
        )
        (draft,) = [d for d in drafts_of(Material(opposed)) if d.kind == "opposed"]
        assert draft.known == {"who": "the depot manager", "Who": "The depot manager"}
        turned = story(
            *("A " + t for t in opposed.sentences[:3]), "A I showed her the forty parcels and she agreed."
        )
        assert "opposed" not in kinds(turned)

    def test_say_holds_both(self):
        for fix in best(PARCELS):
            assert fix.why in fix.say
            assert fix.line in fix.say

    def test_an_answer_without_a_story_is_asked_for_one(self):
        talk = story("O I always ship on time.", "O Deadlines are very important to me in general.")
        assert kinds(talk)[0] == "no-story" or "no-story" in kinds(talk)

    def test_the_parts_of_a_framework_are_asked_for_by_what_decides(self):
        jumped = proposal(
            "product-sense", ("ideas", "I would build a wallet."), ("ideas", "And I'd add streaks.")
        )
        said = {draft.kind for draft in drafts_of(Material(jumped, "Design a wallet for students."))}
        assert {"clarify", "user", "prioritise", "measure"} <= said
        (user,) = [
            d for d in drafts_of(Material(jumped, "Design a wallet for students.")) if d.kind == "user"
        ]
        assert user.known["customers"] == "students"

    def test_a_test_that_randomises_by_one_thing_and_measures_another_is_told_so(self):
        test = proposal(
            "ab-test",
            ("hypothesis", "I expect more people to finish the form."),
            ("primary_metric", "I'd measure finished forms per user."),
            ("sample_size", "I'd randomise by household, 4,000 in each group."),
        )
        (draft,) = [d for d in drafts_of(Material(test)) if d.kind == "unit-mismatch"]
        assert (draft.fields["unit"], draft.fields["per"]) == ("household", "user")

    def test_the_figure_that_hid_the_trouble_is_not_asked_for_again(self):
        hid = story(
            "S On paper all was fine, the wait was at 12%.",
            "A I sat with the callers.",
            "R Complaints went from 9% to 2%.",
        )
        assert "never-back" not in kinds(hid)

    def test_money_that_came_in_is_asked_whose_doing_it_was(self):
        sold = story("S The shop was slow.", "A I rewrote it.", "R We sold $400,000 more in a year.")
        assert "earned" in kinds(sold)
        assert "worth" not in kinds(sold)


class TestStrength:
    MET = story(
        "S The couriers lost parcels every week.",
        "T I had to stop that by the summer.",
        "A I rode along with four couriers for a week.",
        "A I replaced the label printer because the ink came off in the rain.",
        "R Lost parcels went from 9% to 2%.",
    )

    def test_two_facts_and_why_they_count(self):
        assert praise(self.MET).startswith(
            "You rode along with four couriers for a week, and lost parcels went from 9% to 2%."
        )

    def test_what_a_fix_attacks_is_not_praised(self):
        said = praise(self.MET, [Fix("customer", 2, "")])
        assert "rode along" not in said

    def test_a_slip_is_not_praised(self):
        slipped = replace(self.MET, inconsistencies=(Inconsistency(4, "9%", "8%"),))
        assert "9%" not in (praise(slipped, [Fix("customer", 2, ""), Fix("ownership", 3, "")]) or "")

    def test_a_figure_without_a_name_is_no_proof(self):
        lines = [f"{letter} {text}" for letter, text in zip("STAA", self.MET.sentences, strict=False)]
        said = praise(story(*lines, "R It went from 9% to 2%."))
        assert said is not None
        assert "9%" not in said

    def test_parts_that_are_named_and_hardly_done_are_not_praised(self):
        recited = proposal(
            "ab-test", ("hypothesis", "First you need a hypothesis."), ("", "Then you test it.")
        )
        assert praise(recited) is None

    def test_a_change_for_the_worse_is_not_praised(self):
        worse = story(
            "S Guests came.", "A The team waited.", "R Churn went from 3% to 9%, and we lost the contract."
        )
        assert "9%" not in (praise(worse) or "")


@pytest.mark.parametrize(
    ("set_up", "odds"),
    [
        ("S Nobody had asked me to look at the couriers' bags.", "Nobody had asked you to, and you"),
        ("S We had no budget for scanners that year.", "With no budget, you"),
        ("T We had two weeks before the season.", "With two weeks to do it, you"),
    ],
)
def test_what_made_it_hard_goes_before_the_deed(set_up, odds):
    told = story(set_up, "A I replaced the label printer by a stamp.", "R Lost parcels went from 9% to 2%.")
    assert praise(told).startswith(f"{odds} replaced the label printer")


def test_one_persons_delight_is_asked_for_no_number():
    lines = ("S The label was unclear.", "A I redrew it with the pharmacist.")
    assert exact_number(Material(story(*lines, "R The nurses were thrilled."))) is not None
    assert exact_number(Material(story(*lines, "R She was thrilled."))) is None


def test_no_customer_is_asked_for_before_anything_was_done():
    long = (
        " and then there was the ledger, the archive, the old cabinets, the heating and the roof of the hall"
        * 2
    )
    stood = [f"S The building had a mess of reports{long}."] * 4
    assert customer_impact(Material(story(*stood))) is None
    assert customer_impact(Material(story(*stood, "A I wrote a timetable."))) is not None


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("work that nobody had told you to do", "work that nobody had told me to do"),
        ("you went further than you had to", "I went further than I had to"),
        ("you were asked to cut what you built", "I was asked to cut what I built"),
    ],
)
def test_what_was_asked_is_said_back_as_the_candidate_would(asked, answered):
    assert to_me(asked) == answered
