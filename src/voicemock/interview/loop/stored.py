"""A loop read back from the store: its plan, and the debrief of what its answers score now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from voicemock.interview.loop.debrief import debrief
from voicemock.interview.loop.heard import Heard
from voicemock.interview.loop.plan import LoopPlan
from voicemock.interview.loop.steps import SETTING, answers_by_step, from_stored
from voicemock.mind.written import read_written, reworded
from voicemock.store.database import read_as_written
from voicemock.store.store import Store


def debrief_of(store: Store, session_id: str, plan: LoopPlan) -> dict[str, Any]:
    """The debrief of what is stored of the session."""
    heard: list[list[Heard]] = [[] for _ in plan.interviews]
    for _, row in sorted(answers_by_step(store.answers(session_id)).items()):
        with read_as_written(row.id):
            written = read_written(row.details.get("mind"))
        score = store.score(row.id)
        if score is not None:
            heard[row.details["interview"]].append(
                Heard(row.id, row.round, row.principle, reworded(score, written), _prepared(row.details))
            )
    return debrief(plan.interviews, heard)


def _prepared(details: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(map(str, details.get("asks") or ()))


def stored_plan(settings: Mapping[str, Any]) -> LoopPlan | None:
    """The plan in a session's settings; None where it was no loop."""
    stored = settings.get(SETTING)
    return from_stored(stored) if stored else None
