"""What could hardly be understood is not scored, and says so."""

from __future__ import annotations

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer
from voicemock.scoring.rubric.scorable import NOT_UNDERSTOOD, understood
from voicemock.transcript import Sentence, Word, sentences_from_words

SAID = "I asked every customer what they needed and then we rebuilt it."


def spoken(text: str, start: float, end: float) -> tuple[Sentence, ...]:
    tokens = text.split()
    step = (end - start) / len(tokens)
    return sentences_from_words(
        [Word(token, start + i * step, start + (i + 1) * step) for i, token in enumerate(tokens)]
    )


def test_an_answer_that_is_mostly_unclear_is_not_scored() -> None:
    answer = Answer(spoken(SAID, 0.0, 6.0), "behavioral", unclear=((6.5, 14.0),))
    assert score_answer(answer).not_scored == NOT_UNDERSTOOD


def test_one_without_any_word_was_not_silent() -> None:
    assert score_answer(Answer((), "behavioral", unclear=((0.0, 4.0),))).not_scored == NOT_UNDERSTOOD


def test_an_unclear_sentence_in_an_answer_leaves_it_scored() -> None:
    answer = Answer(spoken(SAID, 0.0, 6.0), "behavioral", unclear=((6.5, 8.0),))
    assert score_answer(answer).not_scored is None


def test_what_was_corrected_by_hand_is_understood() -> None:
    assert understood(spoken(SAID, 0.0, 6.0), [(0.0, 6.0), (7.0, 7.0)]) == 1.0
    assert understood(spoken(SAID, 0.0, 6.0), [(6.0, 12.0)]) == 0.5
