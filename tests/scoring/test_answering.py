"""Whether a story answers the question that was asked, its own or another's."""

import pytest

from voicemock.packs.examples import example_files, read_examples
from voicemock.packs.questions import load_questions
from voicemock.packs.reader import shipped_folder
from voicemock.report.exemplar import said_at_leisure
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.checks import CAPS

QUESTIONS = {question.id: question for question in load_questions()}
FILES = [path for path in example_files(shipped_folder()) if path.stem.startswith("behavioral")]
ONE_IN = 5


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


def test_what_is_noticed_caps_the_overall_and_names_the_question(scored):
    noticed = [(one, other) for _, one, other in scored if one.checks]
    assert len(noticed) >= len(scored) / 6
    for one, other in noticed:
        (check,) = one.checks
        assert check.kind == "other-principle" and check.evidence
        assert one.overall <= check.cap == CAPS["other-principle"]
        assert other.principle not in {found.slug for found in one.principles if found.demonstrated}


def test_who_is_asked_for_another_story_is_told_so_first(scored):
    said = [one.fixes[0] for _, one, other in scored if one.checks and other.text in one.checks[0].say]
    assert said and all(fix.line for fix in said)
