"""Which of the questions that cut in were answered, and how soon."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from voicemock.interview.take import Asked, Take
from voicemock.packs.answer import analytical_type
from voicemock.packs.questions import Question
from voicemock.scoring.findings.annotate import Annotation, annotate
from voicemock.scoring.gaps.policy import WHICH_NUMBER
from voicemock.scoring.gaps.supplied import answered
from voicemock.transcript import Sentence, Word, sentences_from_words

REPLY_S = 30.0  # of floor time; what is mentioned later was not said in reply


def judged(question: Question, take: Take) -> list[dict[str, Any]]:
    """Each interruption with whether the missing thing was supplied, and how soon; nobody answers the unheard."""
    rows = []
    for asked in take.asked:
        supplied_at = _supplied_at(question, take, asked)
        rows.append(
            {
                "kind": asked.interruption.kind,
                "t": asked.at,
                "question": asked.wording,
                "after": asked.after,
                "answered": None if asked.unheard and supplied_at is None else supplied_at is not None,
                "answered_after_s": None if supplied_at is None else round(supplied_at - asked.at, 1),
            }
        )
    return rows


def _supplied_at(question: Question, take: Take, asked: Asked) -> float | None:
    if asked.interruption.kind != WHICH_NUMBER:
        return supplied(question, take.words, asked.at, asked.interruption.kind)
    settled = take.settled
    return None if settled is None or settled.number is None else settled.end


def supplied(question: Question, words: Sequence[Word], asked_at: float, kind: str) -> float | None:
    """When, within `REPLY_S` after `asked_at`, the thing that `kind` asks for was said; None if it was not."""
    said = sentences_from_words([word for word in words if word.end <= asked_at])
    reply = sentences_from_words([word for word in words if asked_at < word.end <= asked_at + REPLY_S])
    before = annotate_for(question, said)
    for i, sentence in enumerate(reply):
        if answered(before, annotate_for(question, (*said, *reply[: i + 1])), kind):
            return _end(sentence)
    return None


def annotate_for(question: Question, sentences: tuple[Sentence, ...]) -> Annotation:
    """The annotation of an answer to `question` as heard so far."""
    return annotate(
        sentences,
        question.round,
        analytical_type(question),
        question=question.text,
        principle=question.principle,
    )


def _end(sentence: Sentence) -> float:
    return sentence.end if sentence.end is not None else 0.0
