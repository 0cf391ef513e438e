"""Going through a loop: interviewer after interviewer, until the debrief or until the candidate stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from voicemock.errors import VoiceError, VoicemockError
from voicemock.interview.loop.asks import Prepared
from voicemock.interview.loop.plan import Interview, LoopPlan
from voicemock.interview.loop.steps import SETTING, Step, answers_by_step, as_stored, steps
from voicemock.interview.loop.stored import debrief_of
from voicemock.interview.session import Manner, Plan, Session
from voicemock.rounds import PRINCIPLES
from voicemock.scoring.gaps.policy import Style
from voicemock.speech.voice import ShownVoice, Voice
from voicemock.store.store import Store

OpenVoice = Callable[[str], Voice]


class Loop:
    """A loop in a session. `come_in` is told the number of each interview, from 0, before it: whether to go on.

    `open_voice` gives each interviewer a voice by its name, or is None where all share the desk's. `prepared` is what
    the candidate wants to ask each of them.
    """

    def __init__(
        self,
        session: Session,
        store: Store,
        plan: LoopPlan,
        *,
        open_voice: OpenVoice | None = None,
        come_in: Callable[[int], bool] = lambda _: True,
        stop: Callable[[], bool] = lambda: False,
        today: Callable[[], datetime] = lambda: datetime.now(UTC),
        prepared: Prepared = (),
    ) -> None:
        self._prepared = prepared
        self._session = session
        self._store = store
        self._plan = plan
        self._open_voice = open_voice
        self._come_in = come_in
        self._stop = stop
        self._today = today

    def run(self) -> dict[str, Any] | None:
        """Do what is left. The debrief, which is stored too; None where the candidate stopped before it."""
        began = self._today()
        with self._session.opened():
            try:
                for number, some in groupby(self.left(), key=lambda step: step.interview):
                    if self._stop() or not self._interview(number, list(some)):
                        break
            except BaseException:
                with suppress(VoicemockError):  # what broke first is what the user must hear of
                    self._count_time(began)
                raise
            self._count_time(began)
            if self.left():
                return None
            self._session.say_goodbye()
            return self._conclude()

    def left(self) -> list[Step]:
        """The steps that have no whole answer yet."""
        done = answers_by_step(self._store.answers(self._session.id))
        return [step for step in self._steps() if step.place not in done]

    def _steps(self) -> Sequence[Step]:
        return steps(self._plan, self._session.desk.phrases)

    def _interview(self, number: int, todo: Sequence[Step]) -> bool:
        """One interview; False where the candidate stopped before its end."""
        interview = self._plan.interviews[number]
        if not self._come_in(number):
            return False
        who = interview.interviewer
        self._session.desk.emit(
            "round_started", 0.0, number=number + 1, count=len(self._plan.interviews), round=interview.kind,
            interviewer=who.name, bar_raiser=who.bar_raiser, focus=list(who.focus),
        )  # fmt: skip
        with ExitStack() as stack:
            if self._open_voice is not None:
                self._session.speak_with(stack.enter_context(closing(self._voice_of(who.name, who.voice))))
            for place, step in enumerate(todo):
                if self._stop():
                    return False
                manner = self._manner(interview, step, first=place == 0)
                self._session.ask(step.question, step.place, manner).go_on()
        return not self._stop()

    def _voice_of(self, name: str, voice: str) -> Voice:
        """The interviewer's own voice; where it can't be opened the lines are shown, which is said."""
        assert self._open_voice is not None
        try:
            return self._open_voice(voice)
        except VoiceError as error:
            self._session.desk.emit(
                "notice", 0.0, about="voice", text=f"{error.problem}: {name}'s lines are shown"
            )
            return ShownVoice()

    def _manner(self, interview: Interview, step: Step, *, first: bool) -> Manner:
        """An interviewer says who they are; nobody cuts in on the candidate's own questions."""
        who = interview.interviewer
        notes = {**step.notes, "interviewer": who.name}
        if step.closes and self._prepared:
            notes["asks"] = list(self._prepared[step.interview])
        style: Style = "none" if step.closes else interview.style
        wording = self._session.desk.phrases.wording
        if not first:
            return Manner(style, notes, "" if step.closes else wording("next", step.place))
        if step.place > min(each.place for each in self._steps() if each.interview == step.interview):
            return Manner(style, notes, wording("welcome-back", interviewer=who.name))
        focus = spoken_list([PRINCIPLES[slug].title for slug in who.focus])
        opening = wording("introduction", step.interview, interviewer=who.name, focus=focus)
        return Manner(style, notes, opening)

    def _count_time(self, began: datetime) -> None:
        """A loop may take several sittings: the time between them is not practice."""
        before = self._store.session(self._session.id).settings.get("spent_s", 0.0)
        spent = (self._today() - began).total_seconds()
        self._store.change_settings(self._session.id, {"spent_s": round(before + spent, 1)})

    def _conclude(self) -> dict[str, Any]:
        found = debrief_of(self._store, self._session.id, self._plan)
        self._store.change_settings(self._session.id, {"debrief": found})
        return found


def session_plan(plan: LoopPlan) -> Plan:
    """What the session keeps of the loop."""
    styles = " and ".join(sorted({interview.style for interview in plan.interviews}))
    settings = {"style": styles, "seed": plan.seed, "level": plan.level, SETTING: as_stored(plan)}
    return Plan((), mode="loop", settings=settings)


def who_comes_in(plan: LoopPlan, number: int) -> str:
    """Interview 2 of 5, Behavioral: Noor (bar raiser) listens for Ownership, Dive Deep and Earn Trust."""
    interview = plan.interviews[number]
    who = interview.interviewer
    focus = spoken_list([PRINCIPLES[slug].title for slug in who.focus])
    name = f"{who.name} (bar raiser)" if who.bar_raiser else who.name
    return f"Interview {number + 1} of {len(plan.interviews)}, {interview.title}: {name} listens for {focus}."


def spoken_list(names: Sequence[str]) -> str:
    """ "Ownership, Dive Deep and Earn Trust"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
