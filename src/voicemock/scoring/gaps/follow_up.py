"""What the interviewer asks once an answer is over (rubric section 7). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Protocol

from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.scoring.feedback.material import Material
from voicemock.scoring.feedback.own_questions import asked_back
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.gaps.policy import Interruption, Wording, open_gaps, plain_wording, question_for

WORTH_PRESSING_WORDS = 40  # who said less has been asked enough by the question itself
COVERED = 0.6  # of a prepared question's own words are in the answer: it has been answered
SHORT_WORDS = 4  # letters; "what", "did", "you" say nothing of a question's subject
MOST_REPLIES = 3  # answers in one breath
NOT_AFTER = frozenset({"result-now"})  # a matter of the clock


class Asking(Protocol):
    """A question, as far as a follow-up depends on it."""

    @property
    def text(self) -> str: ...

    @property
    def follow_ups(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked; `kind` is that of the gap, or "prepared" where it is the question's own."""

    kind: str
    question: str


def follow_up(
    annotation: Annotation,
    question: Asking,
    asked: Sequence[Interruption] = (),
    wording: Wording = plain_wording,
    said: Sequence[str] = (),
) -> FollowUp | None:
    """The biggest gap that is still open, else the first prepared question that the answer has not covered; to the
    candidate's own questions what there is to answer.
    """
    if annotation.round == CANDIDATE_QUESTIONS:
        return _reply(annotation, len(said))
    if sum(len(text.split()) for text in annotation.sentences) < WORTH_PRESSING_WORDS:
        return None
    told = Material(annotation, annotation.question)
    before = (*said, *(past.question for past in asked))
    kinds = NOT_AFTER | {past.kind for past in asked}
    for gap in open_gaps(annotation, annotation.round, -inf, told):
        text = None if gap.kind in kinds else question_for(gap, told, wording, before)
        if text:
            return FollowUp(gap.kind, text)
    heard = frozenset(_subject(" ".join(annotation.sentences)))
    for text in question.follow_ups:
        subject = frozenset(_subject(text))
        if text not in before and len(subject & heard) < COVERED * len(subject):
            return FollowUp("prepared", text)
    return None


def _reply(annotation: Annotation, turn: int) -> FollowUp | None:
    """The candidate's questions answered in turn, and the floor given back."""
    replies = [each.reply for each in asked_back(annotation.sentences, turn)][:MOST_REPLIES]
    return FollowUp("reply", " ".join([*replies, "What else?"])) if replies else None


def _subject(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z']+", text.lower()) if len(word) > SHORT_WORDS]
