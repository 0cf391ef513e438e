"""What `practice` asks when nothing else is asked for: what the plan has next for today (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicemock.coaching.plan.model import INTERVIEW, LIGHT, MOCK, REST, WORK
from voicemock.coaching.plan.ticks import Seen
from voicemock.packs.questions import Question

LEAVE = "`--any` leaves the plan"


@dataclass(frozen=True, slots=True)
class Next:
    """The questions that come next, none where today has none left, and the line that says so."""

    questions: tuple[Question, ...]
    line: str


def follow(seen: Seen, questions: Sequence[Question], count: int) -> Next:
    """At most `count` of today's open questions, in their order."""
    by_id = {question.id: question for question in questions}
    asked = [task for task in seen.left if task.question_id in by_id][:count]
    if not asked:
        return Next((), f"{_why_none(seen)}; this is picked without it")
    of = f"{sum(seen.done)} of {len(seen.done)} done"
    return Next(
        tuple(by_id[task.question_id] for task in asked if task.question_id),
        f"Following your plan for today ({of}; {asked[0].why}): {LEAVE}",
    )


def _why_none(seen: Seen) -> str:
    kind = seen.day.kind
    if kind in (REST, INTERVIEW):
        return f"Your plan has {'a rest' if kind == REST else 'the interview'} today"
    if seen.left and kind in (WORK, LIGHT):
        what = "the full mock" if seen.left[0].kind == MOCK else "the writing sample"
        return f"Your plan has {what} left for today: `{seen.left[0].command}`"
    return "Today's part of your plan is done"
