"""A loop's plan as the session keeps it, and what of it is still to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from voicemock.interview.loop.plan import Interview, Interviewer, LoopPlan
from voicemock.packs.phrases import Phrases
from voicemock.packs.questions import Question, stored_question
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.store.store import AnswerRow

SETTING = "loop"  # the key of the session's settings


@dataclass(frozen=True, slots=True)
class Step:
    """One time that the candidate has the floor: step `place` of the loop, both counted from 0."""

    place: int
    interview: int
    question: Question
    closes: bool  # the candidate asks

    @property
    def notes(self) -> dict[str, Any]:
        """What is kept with the answer, so that it is found again."""
        notes = {"step": self.place, "interview": self.interview}
        return {**notes, "kind": CANDIDATE_QUESTIONS} if self.closes else notes


def steps(plan: LoopPlan, phrases: Phrases) -> tuple[Step, ...]:
    """All steps of the loop: each interview's questions, then the candidate's own."""
    found: list[Step] = []
    for number, interview in enumerate(plan.interviews):
        closing = closing_question(number, phrases)
        for question in (*interview.questions, closing):
            found.append(Step(len(found), number, question, question is closing))
    return tuple(found)


def closing_question(interview: int, phrases: Phrases) -> Question:
    """The invitation to ask, a question of its own to whoever counts and keeps questions."""
    wording = phrases.wording("your-questions", interview)
    return Question(f"{CANDIDATE_QUESTIONS}-{interview + 1}", CANDIDATE_QUESTIONS, wording)


def answers_by_step(rows: Iterable[AnswerRow]) -> dict[int, AnswerRow]:
    """The last whole answer of each step; one that was broken off is to be given again."""
    whole = (row for row in rows if row.complete and not row.details.get("broken_off"))
    return {row.details["step"]: row for row in whole if "step" in row.details}


def as_stored(plan: LoopPlan) -> dict[str, Any]:
    return {"level": plan.level, "seed": plan.seed, "interviews": [asdict(each) for each in plan.interviews]}


def from_stored(stored: Mapping[str, Any]) -> LoopPlan:
    return LoopPlan(stored["level"], stored["seed"], tuple(_interviews(stored["interviews"])))


def _interviews(stored: Iterable[Mapping[str, Any]]) -> Iterator[Interview]:
    for each in stored:
        who = each["interviewer"]
        interviewer = Interviewer(who["name"], who["voice"], tuple(who["focus"]), who["bar_raiser"])
        questions = tuple(stored_question(question) for question in each["questions"])
        yield Interview(each["kind"], interviewer, each["style"], questions)
