"""Whether a story answers the question that was asked, its own or another's."""

import pytest

from voicemock.packs.examples import example_files, read_examples
from voicemock.packs.questions import load_questions
from voicemock.packs.reader import shipped_folder
from voicemock.report.exemplar import said_at_leisure
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.findings.checks import CAPS

QUESTIONS = {question.id: question for question in load_questions()}
FILES = [path for path in example_files(shipped_folder()) if path.stem.startswith("behavioral")]
ONE_IN = 4


@pytest.fixture(scope="module")
def scored():
    """Good answers told for their own question and for one about another principle: scores of both, and the latter."""
    told = [(QUESTIONS[name], example.good) for name, example in read_examples(FILES, QUESTIONS).items()][
        ::ONE_IN
    ]
    found = []
    for number, (asked, good) in enumerate(told):
        others = [one for one, _ in told[number + 1 :] + told[:number] if one.principle != asked.principle]
        other = others[len(others) // 2]
        own, swapped = (score_answer(said_at_leisure(question, good)) for question in (asked, other))
        found.append((own, swapped, other))
    return found


def test_a_good_answer_is_not_taken_for_one_to_another_question(scored):
    assert len(scored) >= 20
    assert not [own.checks for own, _, _ in scored if own.checks]


def test_told_for_another_question_a_good_answer_is_worth_less_with_few_exceptions(scored):
    unchanged = [own.overall for own, swapped, _ in scored if swapped.overall >= own.overall]
    assert len(unchanged) <= 0.1 * len(scored)


def test_what_is_noticed_caps_the_overall_and_shows_sentences(scored):
    noticed = [one for _, one, _ in scored if one.checks]
    assert len(noticed) >= 0.1 * len(scored)
    for one in noticed:
        (check,) = one.checks
        assert check.kind == "other-principle" and check.evidence
        assert one.overall <= check.cap == CAPS["other-principle"]


def test_put_to_every_question_a_story_is_told_of_some_that_it_does_not_answer():
    asked, story = next(
        (QUESTIONS[name], example.good) for name, example in read_examples(FILES, QUESTIONS).items()
    )
    texts = [sentence.text for sentence in said_at_leisure(asked, story).sentences]
    others = [
        one for one in QUESTIONS.values() if one.round == "behavioral" and one.principle != asked.principle
    ]
    astray = [one for one in others if annotated(texts, one).elsewhere]
    assert not annotated(texts, asked).elsewhere
    assert 3 <= len(astray) < len(others) / 2
    (check,) = annotated(texts, astray[0]).checks
    assert astray[0].text in check.say
    surest = min(astray, key=lambda one: annotated(texts, one).answering or 0.0)
    fix = score_answer(said_at_leisure(surest, story)).fixes[0]
    assert "A listener may not hear" in fix.why and fix.line


def annotated(texts, asked):
    return annotate(texts, "behavioral", question=asked.text, principle=asked.principle, told=True)
