"""What can be counted or quoted in a story is said as it is, and only where it is so."""

import re
from dataclasses import replace

import pytest

from tests.scoring.annotations import proposal, story
from voicemock.scoring.feedback import fixes
from voicemock.scoring.feedback.closed import closes_fix
from voicemock.scoring.feedback.draft import Draft
from voicemock.scoring.feedback.fixes import best_fixes, drafts_of, worded
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.moved import moved
from voicemock.scoring.feedback.next_question import RAISES, STORY, next_questions
from voicemock.scoring.feedback.nobody_drafts import nobody_drafts
from voicemock.scoring.feedback.plain_drafts import end_told, own_act, result_told
from voicemock.scoring.feedback.vague_drafts import claims_outcome
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.model import Inconsistency, Vague
from voicemock.scoring.rubric.delivery import delivery_of
from voicemock.scoring.rubric.judge import judge

LONG = (
    "S The post room of that hospital was on the other side of the yard, and everybody had a story about it."
)


def drafted(kind, *lines, question="", principle=None):
    told = Material(story(*lines, principle=principle), question)
    found = next((draft for draft in drafts_of(told) if draft.kind == kind), None)
    return None if found is None else worded(found, told)


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("R Whether it worked, ask me in autumn.", "unknown-yet"),
        ("R I've no way to tell, nobody writes it on a form.", "unknown-yet"),
        ("R The queue got shorter, I don't have the final number.", "number-unknown"),
    ],
)
def test_what_is_not_known_is_not_asked_for_and_how_to_know_is(last, kind):
    fix = drafted(kind, "S The post room was far away.", "A I wrote the routes on a wall.", last)
    assert fix is not None and "'" in fix.why


def test_what_is_known_is_no_matter_of_waiting():
    assert drafted("unknown-yet", "S I asked them in spring.", "A I moved the shelf.", "R It worked.") is None


@pytest.mark.parametrize("words", ["a lot of complaints", "hundreds of patients", "loads of mistakes"])
def test_many_of_what_can_be_counted_is_asked_how_many(words):
    fix = drafted("size-word", "S The post room was far.", "A I moved it.", f"R And we had {words} less.")
    assert fix is not None and words in fix.why and words.split()[-1] in fix.line


@pytest.mark.parametrize("words", ["a lot of fun", "lots of love", "a handful of ideas"])
def test_many_of_what_nobody_counts_is_not(words):
    assert drafted("size-word", "S The post room was far.", "A I moved it.", f"R And it was {words}.") is None


def test_we_is_counted_as_a_listener_would():
    lines = (
        "S We had a post room.",
        "A We moved it.",
        "A We painted it, and we moved back.",
        "R I think it held.",
    )
    assert drafted("says-we", *lines) is None  # four of them are no habit
    lines = ("A We swept it, and we shut it, and we left it, and we came back.", *lines)
    fix = drafted("says-we", *lines)
    assert fix is not None and "'we' 8 times and 'I' once" in fix.why
    assert drafted("says-we", *(line.replace("We ", "I ") for line in lines)) is None


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("R It went much better after that.", True),
        ("R It stood in the hall after that.", False),
        ("R Four of them came back.", False),
        ("R Half came back.", False),
    ],
)
def test_no_number_is_said_only_of_an_answer_without_one(sentence, there):
    lines = [
        "S The post room was far.",
        "S It rained in.",
        "A I moved the shelf.",
        "A I painted the door.",
        sentence,
    ]
    assert (drafted("no-number", *lines) is not None) is there


def test_a_setting_is_no_result():
    told = Material(story(LONG, "A I moved the shelf.", "R We tried it with 40 days and also 20 days."))
    assert result_told(told) is None


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("A So I built a shelf for the porters.", "built a shelf for the porters"),
        ("A I can't say I ever built a shelf for them.", None),
        ("A What I built the shelf for nobody knew.", None),
        ("A I stood at the ramp for two days.", "stood at the ramp for two days"),
        ("A I gave to the porters to choose the colour.", None),
    ],
)
def test_a_deed_is_one_that_was_done(sentence, said):
    act = own_act(Material(story("S The post room was far.", sentence)))
    assert (act.said if act else None) == said


def test_whatever_was_told_can_begin_with_itself_in_one_sentence():
    lines = ("S The post room was far.", "A So I built a shelf for the porters in my yard.")
    long_one = (*lines, *["S And the corridor was cold all the way down to the gate."] * 10)
    fix = drafted("headline", *long_one)
    # which of the deeds brought it about can't be told
    assert fix is not None and "I ___" in fix.line and "shelf" not in fix.line
    assert drafted("headline", *lines) is None  # over before anybody wonders where it goes


@pytest.mark.parametrize(
    ("kind", "lines", "holds"),
    [
        (
            "second-story",
            ["S A clock stood still.", "A I wound it.", "O Now the other one, in the yard."],
            "Now the other",
        ),
        (
            "last-words",
            ["S A clock stood still.", "A I wound it.", "O Does that answer it?"],
            "'Does that answer it'",
        ),
        (
            "first-words",
            [*["O Let me think about that one."] * 3, "S The clock stood still for years."],
            "The clock",
        ),
        (
            "hedges",
            ["S I think it was maybe old.", "A I guess I wound it, I think.", "R It maybe ran, maybe."],
            "maybe",
        ),
        ("brief", ["S A clock stood still.", "A I wound it.", "R It ran."], "bout 10 words"),
        (
            "lesson-used",
            ["S It stood.", "A I wound it.", "L I learned that a clock wants company."],
            "wants company",
        ),
    ],
)
def test_what_is_plain_to_see_is_said_as_it_is(kind, lines, holds):
    fix = drafted(kind, *lines)
    assert fix is not None and holds in fix.why and fix.line


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("second-story", ["S The second clock stood still.", "A I wound the other one."]),
        (
            "last-words",
            ["S A clock stood still.", "A I wound it.", "R It has run since, to the minute, in the hall."],
        ),
        ("first-words", ["O Let me think.", "S The clock stood still for years."]),
        ("hedges", ["S I think it was old.", "A I wound it."]),
        (
            "hedges",
            [
                *[LONG] * 20,
                "S I think it was maybe old.",
                "A I guess, I think, I wound it.",
                "R Maybe, maybe.",
            ],
        ),
        ("brief", [*[LONG] * 9, "A I moved the shelf."]),
        (
            "says-we",
            ["A We met, we talked, we ate, we left.", *[f"A I wrote {n} letters." for n in (30, 40, 50, 60)]],
        ),
        (
            "lesson-used",
            ["S It stood.", "A I wound it.", "L I learned a clock wants company, and since then I wind it."],
        ),
    ],
)
def test_what_is_not_so_is_not_said(kind, lines):
    assert drafted(kind, *lines) is None


class TestAnEndThatIsCutOff:
    """Of a story that is too long: what isn't heard any more, with the deed before it in the line."""

    LINES = (
        "O Let me think, there was one at the lending library in the harbour.",
        "S People brought books back to the wrong door, and we carried them over in the rain.",
        "S The librarians had asked the council for a second flap for years.",
        "A I painted the right door yellow and put a lamp over it.",
        "S It was November by then, and dark at four.",
        "R Hardly anybody went to the wrong door after that.",
        "L I learned that people follow a lamp.",
    )

    def told(self) -> Material:
        return Material(annotate([line[2:] for line in self.LINES], "behavioral", told=True), "")

    def test_is_what_came_of_it_and_the_deed_before_it(self) -> None:
        told = self.told()
        end = told.outcome_told
        assert end is not None and end.sentence == 5
        found = end_told(told, 3)
        assert str(found["came"]) in told.sentences[5].lower()
        assert str(found["my_deed"]) in ("None", "I painted the right door yellow")

    def test_a_deed_behind_it_did_not_bring_it_about(self) -> None:
        assert self.told().deed_before(2) is None

    def test_what_is_still_heard_is_none(self) -> None:
        assert end_told(self.told(), 6) == {}

    def test_it_is_told_with_the_length(self) -> None:
        told = self.told()
        known = {"count": "700", "quote": "dark at four", **end_told(told, 3)}
        fix = worded(Draft("long", "structure", None, known), told)
        assert fix is not None and "before 'hardly anybody went to the wrong door" in fix.why

    def test_one_clause_is_not_quoted_by_two_fixes(self) -> None:
        told = self.told()
        draft = Draft(
            "long", "structure", None, {"count": "700", "quote": "dark at four", **end_told(told, 3)}
        )
        first = worded(draft, told)
        assert first is not None
        second = worded(draft, told, (first.why,))
        assert second is None or "wrong door" not in second.why


def test_a_purpose_is_no_measure() -> None:
    lines = [
        ("user", "Callers wait."),
        ("ideas", "I'd draw each call."),
        ("", "I do that so that I see it better."),
    ]
    told = Material(proposal("product-sense", *lines), "")
    assert not any(draft.kind == "kpi-unsized" for draft in drafts_of(told))


def test_my_colleague_is_yours_to_the_coach_and_mine_in_the_line():
    fix = drafted(
        "opposed", "S My head of sales was against it from the start.", "A I moved the shelf.", "R It held."
    )
    assert fix is not None and "our head of sales" in fix.why and fix.line.startswith("My head of sales")


@pytest.mark.parametrize("claim", ["It was a good time", "The suppliers were delighted", "It was such fun"])
def test_a_sigh_and_a_bystanders_delight_are_no_outcome(claim):
    lines = (
        "S The patients waited for an hour.",
        "S The patients had no chairs.",
        "A I moved it.",
        f"R {claim}.",
    )
    told = Material(story(*lines))
    assert not claims_outcome(told, Vague(3, claim))


def test_what_a_measure_is_called_is_not_cut_short():
    sentence = "Late first departures from the yard went from 11% to 2% in a month."
    assert moved(sentence, "from 11% to 2%") is None


def test_the_length_is_told_in_words_unless_it_fitted_into_the_time():
    annotation = story(*[LONG] * 28, "A I moved the shelf.")
    told = Material(annotation)
    untimed = delivery_of(annotation.sentences, None, None, "behavioral")
    fitted = delivery_of(annotation.sentences, 170.0, None, "behavioral")
    over = delivery_of(annotation.sentences, 210.0, None, "behavioral")
    said = [
        sum("three minutes end" in fix.why for fix in best_fixes(told, how, judge(annotation, how)))
        for how in (untimed, fitted, over)
    ]
    assert said == [1, 0, 1]


def test_the_pace_says_what_is_being_told_when_the_time_is_up():
    lines = [
        f"A I carried box number {n} from the post room over to the other side of the yard."
        for n in range(1, 41)
    ]
    annotation = story(*lines)
    told = Material(annotation)
    slow = delivery_of(annotation.sentences, 360.0, None, "behavioral")
    fixes = best_fixes(told, slow, judge(annotation, slow))
    assert any("three minutes end at 'I carried box number 20 " in fix.why for fix in fixes), [
        f.why for f in fixes
    ]


def test_what_is_no_sum_of_the_same_things_is_not_said_back():
    slip = Inconsistency(1, "10", "510,000")
    annotation = replace(story("S We had 510,000 letters.", "A I moved 10 shelves."), inconsistencies=(slip,))
    assert "sum" not in {draft.kind for draft in drafts_of(Material(annotation))}


def test_a_floor_is_no_measure_that_could_come_back():
    lines = ("S The floor was at 85% of it.", "A I moved the shelf.", "A I painted it.", "R It held.")
    assert drafted("never-back", *lines) is None


def test_an_analysis_that_is_told_as_a_story_is_called_back():
    told = [
        ("", "My head of growth wanted it public."),
        ("", "We had a row in the kitchen."),
        ("", "He left later."),
    ]
    kinds = {
        draft.kind
        for draft in drafts_of(Material(proposal("metric-definition", *told), "How would you measure it?"))
    }
    assert "proposal-off-question" in kinds and "north_star" not in kinds


@pytest.mark.parametrize("framework", [f"next.{name}" for name in RAISES])
def test_who_told_all_of_it_hears_what_would_be_asked_next(framework, monkeypatch):
    name = framework.removeprefix("next.")
    said = story("A I cut the queue at the kiln from 40 minutes to 5.", "R It holds to this day.")
    told = Material(said if name == STORY else replace(said, framework_name=name))
    spoken = delivery_of(["word"], None, None, "behavioral")
    monkeypatch.setattr(fixes, "drafts_of", lambda told: iter(()))
    (fix,) = best_fixes(told, spoken, judge(told.annotation, spoken))
    assert fix.dimension == RAISES[name]
    assert re.search("[Ee]xpect|next question|Somebody will ask", fix.why)
    assert "___" in fix.line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (STORY, "Next time I'd ask the potters before I touch the kiln."),
        ("product-sense", "The guardrail is broken pots, and that mustn't go up."),
        ("estimation", "The shakiest number is how many people own a kiln."),
        ("metric-definition", "It could look good if people fire half a load."),
        ("root-cause", "That rules it out."),
    ],
)
def test_what_was_answered_already_is_not_asked_next(name: str, said: str) -> None:
    lines = ("A I cut the queue at the kiln from 40 minutes to 5.", f"R {said}")
    told = Material(replace(story(*lines), framework_name=None if name == STORY else name), "")
    left = [draft.kind for draft in next_questions(told) if not closes_fix(draft, told)]
    assert f"next.{name}" not in left and left


@pytest.mark.parametrize(
    ("own", "we", "kinds"),
    [(0.9, 0.9, []), (0.2, 0.9, ["only-we"]), (0.2, 0.1, ["nobody-acts"])],
)
def test_a_story_without_a_deed_of_ones_own_hears_of_that_first(own, we, kinds, monkeypatch):
    seen = {"own": own, "we": we}
    monkeypatch.setattr(Material, "shows", lambda self, what, sentence=None: seen.get(what, 0.0))
    told = Material(story(*["A The crane was moved to the other quay."] * 8))
    assert [draft.kind for draft in nobody_drafts(told)] == kinds
