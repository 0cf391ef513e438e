"""What must hold for any answer, whatever the models have learned: tried on the validation answers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from voicemock.rounds import PRINCIPLES
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer, Score
from voicemock.transcript import Sentence

TRAINING = Path(__file__).parents[2] / "training"
SMALL_TALK = ("Yeah, so.", "Um, let me see.", "You know how it is.", "Right.", "So, yeah.")
STRONG = 3.5


def _load(folder: str) -> list[Answer]:
    sys.path.insert(0, str(TRAINING))
    try:
        from parse import load

        labelled = [each.as_gold() for each in load(TRAINING / folder)]
    finally:
        sys.path.remove(str(TRAINING))
    return [
        Answer(
            tuple(Sentence(text) for text in each["sentences"]), each["round"], question=each["question"],
            principle=each["principle"],
        )
        for each in labelled
    ]  # fmt: skip


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    return [*_load("validation")[::3], *_load("validation-real")[::3], *_load("validation-twins")[::4]]


@pytest.fixture(scope="module")
def scored(answers: list[Answer]) -> list[tuple[Answer, Score]]:
    return [(answer, score_answer(answer)) for answer in answers]


def overall(answer: Answer) -> float:
    return score_answer(answer).overall or 0.0


def test_small_talk_changes_no_answer(scored: list[tuple[Answer, Score]]) -> None:
    for answer, score in scored:
        padded = tuple(
            part
            for i, sentence in enumerate(answer.sentences)
            for part in (sentence, *([Sentence(SMALL_TALK[i % len(SMALL_TALK)])] if i % 3 == 1 else []))
        )
        after = score_answer(replace(answer, sentences=padded))
        assert (after.overall, after.dimensions, after.customer) == (
            score.overall,
            score.dimensions,
            score.customer,
        )
        quoted = [padded[m.sentence].text for m in after.metrics]
        assert all(m.text in text for m, text in zip(after.metrics, quoted, strict=True))
        assert [m.text for m in after.metrics] == [m.text for m in score.metrics]
        assert [padded[f.sentence].text for f in after.fixes if f.sentence is not None] == [
            answer.sentences[f.sentence].text for f in score.fixes if f.sentence is not None
        ]


def test_small_talk_alone_is_still_shown_and_belongs_to_no_part() -> None:
    said = ("I moved the depot to the river.", "Um, let me see.", "Losses fell from 9% to 4% in a month.")
    score = score_answer(Answer(tuple(map(Sentence, said)), "behavioral"))
    assert [sentence.text for sentence, _ in score.sentences] == list(said)
    assert score.sentences[1][1] == "O"
    assert [m.sentence for m in score.metrics] == [2]


def test_a_strong_story_asked_for_another_principle_is_not_as_strong(
    scored: list[tuple[Answer, Score]],
) -> None:
    unmoved = []
    for answer, score in scored:
        if answer.round != "behavioral" or not answer.principle or (score.overall or 0.0) < STRONG:
            continue
        shown = {found.slug for found in score.principles if found.demonstrated}
        other = next(slug for slug in reversed(PRINCIPLES) if slug not in shown | {answer.principle})
        asked = f"Tell me about a time you showed {PRINCIPLES[other].title}."
        after = overall(replace(answer, principle=other, question=asked))
        if after >= (score.overall or 0.0):
            unmoved.append((answer.question, other, score.overall, after))
    assert unmoved == []


def test_the_order_of_two_sentences_in_the_middle_does_not_change_the_numbers_found(
    answers: list[Answer],
) -> None:
    for answer in answers:
        middle = len(answer.sentences) // 2
        first, second = answer.sentences[middle - 1 : middle + 1]
        if any(char.isdigit() for char in first.text + second.text):
            continue  # a pair of numbers may run over two sentences
        swapped = (*answer.sentences[: middle - 1], second, first, *answer.sentences[middle + 1 :])
        before, after = score_answer(answer), score_answer(replace(answer, sentences=swapped))
        assert sorted(m.text for m in before.metrics) == sorted(m.text for m in after.metrics)
        assert before.customer == after.customer
