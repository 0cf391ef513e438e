"""Whatever is said to a candidate passes the gate and keeps its form: over the training answers, and over the same
answers perturbed as recognisers and people perturb them.

`VOICEMOCK_PERTURBED=1000 pytest tests/scoring/test_everything_said.py` tries a thousand; a run of all tests fewer.
"""

import os
import random
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from voicemock.packs.phrases import load_phrases
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.feedback.gate import passes
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.model import Answer
from voicemock.scoring.models.lexicon import pattern
from voicemock.transcript import Sentence

TRAINING = Path(__file__).parents[2] / "training"
PERTURBED = int(os.environ.get("VOICEMOCK_PERTURBED", "24"))
LONGEST = 20  # words of an interruption
QUESTIONS = load_phrases().questions
SWEARING = ("damn", "fucking", "shit")


@dataclass(frozen=True)
class Told:
    sentences: tuple[str, ...]
    round: str
    question: str
    principle: str | None


@cache
def answers():
    sys.path.insert(0, str(TRAINING))
    from parse import load

    return tuple(
        Told(
            tuple(line.text for line in each.lines),
            each.round,
            each.header["question"],
            each.header["principle"] or None,
        )
        for each in load()
    )


def perturbed(texts, rng):
    """Words dropped, doubled, lower-cased, sworn between; sentences dropped, merged, moved; figures changed."""
    out = [text for text in texts if rng.random() > 0.15] or list(texts)
    if rng.random() < 0.3:
        rng.shuffle(out)
    if rng.random() < 0.2:
        return [" ".join(out).lower().replace(".", "").replace(",", "")]
    return [" ".join(_words(text.split(), rng)) for text in out]


def _words(words, rng):
    for word in words:
        chance = rng.random()
        if chance < 0.03:
            continue
        if chance < 0.05:
            yield rng.choice(SWEARING)
        if chance > 0.97:
            yield word
        changed = re.sub(r"\d+", lambda found: str(int(found[0]) + rng.choice((0, 7, 100))), word)
        yield changed.lower() if 0.05 < chance < 0.1 else changed


def check(texts, labelled):
    sentences = tuple(Sentence(text) for text in texts)
    answer = Answer(sentences, labelled.round, labelled.question, labelled.principle, floor_time_s=120.0)
    score = score_answer(answer, wording=QUESTIONS)
    told = Material(
        annotate(
            sentences, labelled.round, question=labelled.question, principle=labelled.principle, told=True
        ),
        labelled.question,
    )
    for fix in score.fixes:
        assert passes(fix.why, told), (fix.why, passes(fix.why, told))
        assert not fix.line or passes(fix.line, told, line=True), (
            fix.line,
            passes(fix.line, told, line=True),
        )
        assert len(fix.why.split()) < 30
    questions = [cut.question for cut in score.interrupts]
    assert len(set(questions)) == len(questions)
    for question in questions:
        assert len(question.split()) <= LONGEST + 10
        assert question[0].isupper() or question[0] in "$£€0123456789"
        assert question[-1] in ".?"
        assert "{" not in question and "___" not in question
    said = " ".join([*questions, *(fix.say for fix in score.fixes), score.strength or ""])
    assert not pattern("gate", "foul").search(said)


@pytest.mark.parametrize("part", range(2))
def test_training_answers_are_told_only_what_passes(part):
    for labelled in answers()[part::32]:
        check(labelled.sentences, labelled)


def test_perturbed_answers_are_told_only_what_passes():
    rng = random.Random(7)
    for _ in range(PERTURBED):
        labelled = rng.choice(answers())
        check(perturbed(labelled.sentences, rng), labelled)
