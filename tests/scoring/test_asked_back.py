"""The candidate's own questions are answered in a sentence, honestly, and told which were worth asking."""

import pytest

from tests.scoring.annotations import story
from voicemock.packs.questions import Question
from voicemock.scoring.feedback.own_questions import asked_back, what_they_were_worth
from voicemock.scoring.gaps.follow_up import follow_up
from voicemock.scoring.models.lexicon import lexicon


class TestTheBank:
    @pytest.mark.parametrize(
        ("question", "topic"),
        [
            ("What would success look like after the first ninety days?", "first-months"),
            ("How does the team decide what to build?", "mechanisms"),
            ("What is on the roadmap for next year?", "roadmap"),
            ("Who would I report to?", "team"),
            ("So what's the biggest challenge right now?", "challenge"),
            ("How many holidays do I get?", "terms"),
            ("How did I do?", "outcome"),
            ("Is the moon full tonight?", "other"),
        ],
    )
    def test_a_question_finds_its_topic(self, question, topic):
        (found,) = asked_back([question])
        assert found.topic == topic
        assert found.reply in [
            *[r for t in lexicon("own_questions")["topic"] for r in t["reply"]],
            *lexicon("own_questions")["other"]["reply"],
        ]

    def test_what_is_no_question_is_not_answered(self):
        assert asked_back(["Thank you for your time.", "I enjoyed it."]) == ()

    def test_two_of_one_topic_are_answered_differently(self):
        replies = [
            each.reply for each in asked_back(["What is on the roadmap?", "And what's the strategy then?"])
        ]
        assert len(set(replies)) == 2

    def test_what_fits_nothing_would_have_to_be_found_out(self):
        (found,) = asked_back(["Is the moon full tonight?"])
        assert found.worth is None
        assert "find out" in found.reply or "somebody who knows" in found.reply

    def test_every_reply_is_short_enough_to_be_spoken(self):
        for topic in lexicon("own_questions")["topic"]:
            assert all(len(reply.split()) <= 30 for reply in topic["reply"])


class TestWhatTheyWereWorth:
    def test_the_good_one_and_the_one_to_leave_out(self):
        said = what_they_were_worth(asked_back(["How does the team decide?", "What is the salary?"]))
        assert said.startswith('Worth asking: "How does the team decide?", since')
        assert 'Leave out "What is the salary?":' in said

    def test_nothing_asked_says_nothing(self):
        assert what_they_were_worth(()) == ""


def test_the_interviewer_answers_once_the_candidate_has_asked():
    heard = story("O What is on the roadmap for next year?", round="candidate-questions")
    found = follow_up(heard, Question("q", "candidate-questions", "Your turn."))
    assert found.kind == "reply"
    assert found.question.endswith("What else?")
    silent = story("O Thank you, I have none.", round="candidate-questions")
    assert follow_up(silent, Question("q", "candidate-questions", "Your turn.")) is None
