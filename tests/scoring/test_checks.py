"""What caps an answer before anything else counts (rubric section 9): each check and its counterpart."""

from __future__ import annotations

import pytest

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.question import analytical_type
from voicemock.scoring.model import Answer, Score
from voicemock.scoring.models.acts import acts_in
from voicemock.transcript import Sentence

TOLD = (
    "Anglers who bought our day ticket had to queue at a petrol station, and 700 of them a month gave up.",
    "I ran the ticket shop, and I had until May to get that under 100.",
    "I stood at the counter in Killin for two mornings and asked eleven anglers what they were waiting for.",
    "One of them told me the card reader goes down whenever it rains.",
    "So I put the ticket on the phone, because the river has more signal than the shop.",
    "The bailiffs were against it, so I walked the bank with two of them and they read the code off my screen.",
    "I tried it on one river for four weeks and left the other two alone.",
    "People who gave up fell from 700 to 60 a month within eight weeks.",
    "Ticket sales rose by 18 percent, which was 90,000 pounds in the season.",
    "I learned to stand in the queue before I draw a screen.",
)
WOULD = (
    "If anglers had to queue for a ticket I would start at the petrol station.",
    "I would stand at the counter for a morning and ask them what they are waiting for.",
    "Then I would put the ticket on the phone, because the river has signal.",
    "I would walk the bank with the bailiffs and let them read it off my screen.",
    "I would expect the queue to be gone by the summer.",
)
THEIRS = (
    "My colleague Morag ran the ticket shop, and anglers queued at a petrol station.",
    "She stood at the counter for two mornings and counted them.",
    "She put the ticket on the phone, and she walked the bank with the bailiffs.",
    "She tested it on one river for four weeks.",
    "People who gave up fell from 700 to 60 a month.",
    "I was in Spain for most of it, but I thought it was great.",
)
EMPTY = (
    "The situation was that users had an issue, and the rate was 30 percent.",
    "My task was to improve the rate within the quarter.",
    "I analysed the data, evaluated several options and decided on the best one because of its impact.",
    "I convinced the stakeholders and ran an experiment against a control group.",
    "The rate went from 30 percent to 5 percent and we saved a million dollars a year.",
    "I learned that data matters, and that's ownership.",
)
SHOULD = (
    "There was this day ticket for anglers that came out in March, and it flopped.",
    "We should have asked at the river what they carry in their pockets.",
    "We should have started with one river and not with nine.",
    "Nobody had ever stood at that petrol station in the rain.",
    "It was a time when every club wanted an app of its own.",
    "In hindsight it was made for people who sit at desks.",
)
ASKED = "Tell me about a time you went further for a customer."
REFUSED = (
    "I'd rather not talk about that.",
    "It has nothing to do with the job.",
    "Can we take the next question?",
)
READ_BACK = (
    ASKED,
    "So a time I went further for a customer.",
    "A time I went further, let me think, for a customer.",
)


def scored(
    lines: tuple[str, ...], question: str = ASKED, principle: str | None = None, round_: str = "behavioral"
) -> Score:
    return score_answer(Answer(tuple(Sentence(line) for line in lines), round_, question, principle))


def kinds(score: Score) -> set[str]:
    return {check.kind for check in score.checks}


class TestStories:
    @pytest.mark.parametrize(
        ("lines", "kind", "most"),
        [
            (WOULD, "hypothetical", 2.0),
            (THEIRS, "not-yours", 2.0),
            (EMPTY, "no-substance", 2.0),
            (SHOULD, "no-action", 2.0),
            (REFUSED, "off-question", 1.5),
            (READ_BACK, "off-question", 1.5),
        ],
    )
    def test_each_fault_caps_the_overall_and_shows_its_sentences(self, lines, kind, most):
        score = scored(lines)
        assert kind in kinds(score)
        assert score.overall is None or score.overall <= most
        check = next(check for check in score.checks if check.kind == kind)
        assert check.say and check.evidence and all(0 <= i < len(lines) for i in check.evidence)

    def test_a_story_of_ones_own_has_none(self):
        score = scored(TOLD)
        assert not score.checks
        assert score.overall is not None and score.overall > 3.0

    def test_a_deed_told_in_the_present_is_a_deed(self):
        lines = (
            "This is at my old company, a laundry for hotels.",
            "The customer tell us the towels come late.",
            "I go with the driver for one morning and I write down each stop.",
            "Then I change the order of the stops, and I call each hotel.",
            "Now the towels come at seven.",
        )
        assert "no-action" not in kinds(scored(lines))

    def test_deeds_without_a_subject_are_deeds_where_the_letters_say_so(self):
        lines = (
            "So the harbour office, that was forty skippers and one telephone, and it rang from four in the morning.",
            "Nobody could say which berth was free, and they'd go round and round out there in the dark.",
            "And the board on the quay, that was an old hatch cover, and me with a bucket of numbers every evening.",
            "Had to be big, had to be readable from a wheelhouse, so off to the signwriter for a stencil.",
            "And then out with a torch, four nights, with every boat that came in, reading it back.",
            "The harbourmaster, he'd want it in a computer, and it was a long talk over that, with coffee.",
            "Wrote it all down for him on two pages, what a skipper sees and what he doesn't.",
            "And the telephone stopped, more or less, by the second week.",
            "They still paint it white every spring.",
        )
        assert "no-action" not in kinds(scored(lines))

    def test_what_is_done_as_a_rule_is_none(self):
        asked, started = "We always ask", "We always start"
        rules = tuple(
            line.replace("We should have asked", asked).replace("We should have started", started)
            for line in SHOULD
        )
        assert "no-action" in kinds(scored(rules))

    @pytest.mark.parametrize("lines", [WOULD, THEIRS, EMPTY])
    def test_what_was_not_done_shows_no_principle(self, lines):
        assert not [
            found for found in scored(lines, principle="customer-obsession").principles if found.demonstrated
        ]

    def test_another_principle_than_the_one_asked_for_is_at_most_three(self):
        score = scored(TOLD, "Tell me about somebody you hired.", "hire-and-develop-the-best")
        assert score.overall is not None and score.overall <= 3.0
        assert "hire-and-develop-the-best" not in {p.slug for p in score.principles if p.demonstrated}


class TestOtherRounds:
    def test_a_story_is_no_estimate(self):
        score = scored(
            TOLD[1:7], "How many fishing rods are sold in Scotland in a year?", round_="analytical"
        )
        assert kinds(score) == {"off-question"}

    def test_the_frameworks_own_words_are_no_content(self):
        lines = (
            "First I'd clarify the goal, the scope and the constraints.",
            "Then I'd define segments and pick the one with the biggest pain point.",
            "My first idea is idea one, my second idea is idea two, and the third is idea three.",
            "I'd prioritise by impact against effort, and idea one comes first.",
            "The trade-off is that it costs something.",
            "I'd measure success by engagement, retention and satisfaction, all up by 20 percent.",
        )
        score = scored(lines, "Design something for anglers.", round_="product-sense")
        assert "no-substance" in kinds(score) and score.overall is not None and score.overall <= 2.0


class TestActs:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("I pulled the logs and found the cause.", [("I", "pulled", "done"), ("I", "found", "done")]),
            ("We should have asked them.", [("we", "asked", "regretted")]),
            ("I would call ten of them.", [("I", "call", "hypothetical")]),
            ("I did not call anybody.", [("I", "call", "negated")]),
            ("Led the pricing team, shipped new tiers.", [("I", "led", "done"), ("I", "shipped", "done")]),
            ("so i called fourteen of them", [("I", "called", "done")]),
            ("She printed a code.", [("other", "printed", "done")]),
            ("I had to cut that.", [("I", "cut", "done")]),
            ("So I had it repainted.", [("I", "repainted", "done")]),
            ("I had a tenant called Ann.", [("I", "had", "done")]),
            ("Then I went to one of the depots.", [("I", "went", "done")]),
            ("I went to see them.", [("I", "see", "done")]),
        ],
    )
    def test_who_did_what_and_whether_it_happened(self, text, wanted):
        assert [(act.actor, act.verb, act.mode) for act in acts_in(text)] == wanted


class TestAnalyticalTypes:
    @pytest.mark.parametrize(
        ("question", "wanted"),
        [
            ("How would you measure the impact of a new search page?", "ab-test"),
            ("Size the market for cargo bikes in Denmark.", "estimation"),
            ("Bookings fell by 12 percent, why?", "root-cause"),
            ("Which numbers tell you that a museum's app works?", "metric-definition"),
            ("You run a bakery. Which metrics tell you whether it is getting better?", "metric-definition"),
            ("Nurses complain. What would you measure, and would you know it's better?", "metric-definition"),
            ("Which metrics would decide whether you roll it out?", "ab-test"),
            ("Visits are up and sales aren't. How would you find out why?", "root-cause"),
            (
                "Your heater learns when people are home. How would you measure how much gas that saves?",
                "ab-test",
            ),
            ("A library tests a new sign at the door. What do you make of it?", "ab-test"),
            ("How much gas does a town burn in a winter?", "estimation"),
        ],
    )
    def test_a_question_finds_its_framework(self, question, wanted):
        assert analytical_type(question) == wanted
