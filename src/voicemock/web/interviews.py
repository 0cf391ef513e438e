"""From what a page asks for to an interview at a desk, and back to what it came to."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicemock.errors import UsageProblem
from voicemock.interview.session import AnswerDone, Plan, Session
from voicemock.packs.questions import Question, stored_question
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.store.store import Store
from voicemock.ui.screen import attached
from voicemock.web.room import Room

STYLES = ("none", "polite", "bar-raiser", "debrief")
MOST_QUESTIONS = 50
SEEDS = 2**32
OWN_QUESTION_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Services:
    """What the command line lends: its options, and its ways to open a desk and to choose questions.

    `open_desk(style, store, progress, source_for, speaker)` gives a desk whose ends are the page's, and lets the
    candidate talk over the interviewer: the browser takes the interviewer's voice out of what it hears.
    """

    recordings: Path
    prompts: Path | None
    open_desk: Callable[..., AbstractContextManager[Any]]
    choose: Callable[..., tuple[Question, ...]]


class Interviews:
    """Holds the interviews of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, room: Room, wanted: Mapping[str, Any]) -> None:
        with Store(self._services.recordings) as store:
            plan = self._plan(store, wanted)
            opened = self._services.open_desk(
                plan.style, store, room.screen.progress, lambda _: room.source(), room.speaker
            )
            with opened as desk:
                seated = attached(room.screen, desk, plan.questions)
                if room.screen.wait("ready", questions=len(plan.questions)):
                    self._hold(room, Session(seated, plan, store, stop=room.screen.stopping), plan, wanted)
                else:
                    room.wire.turn("idle")

    def _hold(self, room: Room, session: Session, plan: Plan, wanted: Mapping[str, Any]) -> None:
        last = plan.questions[-1]

        def show(done: AnswerDone) -> None:
            if done.question is not last and not done.take.failure:
                room.screen.wait("scored", answer=done.answer_id)

        answers = session.run(show)
        done = [answer.answer_id for answer in answers]
        room.wire.turn("over", session=session.id, answers=done, retry_of=wanted.get("retry"))

    def _plan(self, store: Store, wanted: Mapping[str, Any]) -> Plan:
        """Raises VoicemockError where it does not fit together."""
        style = one_of(wanted, "style", STYLES) or "polite"
        if (first := wanted.get("retry")) is not None:
            row = store.answer(str(first))
            stored = row.details.get("question")
            question = (
                stored_question(stored)
                if stored
                else Question(row.question_id, row.round, row.question, principle=row.principle)
            )
            return Plan([question], style, mode="retry", notes={"retry_of": row.id})  # type: ignore[arg-type] # checked
        count = wanted.get("count", 1)
        if not isinstance(count, int) or not 1 <= count <= MOST_QUESTIONS:
            raise UsageProblem(f"{count!r} is no number of questions", f"choose 1 to {MOST_QUESTIONS}")
        text = str(wanted.get("question") or "").strip()[:OWN_QUESTION_CHARACTERS] or None
        seed = random.randrange(SEEDS)
        chosen = self._services.choose(
            store,
            self._services.prompts,
            one_of(wanted, "round", tuple(ROUNDS)),
            one_of(wanted, "principle", tuple(PRINCIPLES)),
            text,
            count,
            seed,
        )
        return Plan(chosen, style, settings={"seed": seed})  # type: ignore[arg-type] # checked


def one_of(wanted: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str | None:
    """What the page chose, None where it left it open. Raises UsageProblem."""
    given = wanted.get(name) or None
    if given is not None and given not in known:
        raise UsageProblem(f"{given!r} is no {name}", f"choose one of {', '.join(known)}")
    return given
