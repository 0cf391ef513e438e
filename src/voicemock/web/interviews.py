"""From what a page asks for to an interview at a desk, and back to what it came to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from voicemock.coaching.drafts import told_from
from voicemock.coaching.plan.wanted import read_day
from voicemock.errors import UsageProblem
from voicemock.interview.desk import Desk, Policy
from voicemock.interview.loop.asks import prepared_for
from voicemock.interview.loop.day import Day
from voicemock.interview.loop.kept_days import begun, kept_day
from voicemock.interview.loop.plan import Level, LoopPlan, plan_loop
from voicemock.interview.loop.planned_day import as_it_stands
from voicemock.interview.loop.run import Loop, OpenVoice, session_plan, who_comes_in
from voicemock.interview.loop.steps import SETTING, from_stored, steps
from voicemock.interview.session import AnswerDone, Plan, Session
from voicemock.limits import SEEDS
from voicemock.packs.questions import Question, load_questions
from voicemock.rounds import PRINCIPLES, ROUNDS
from voicemock.scoring.gaps.policy import Style
from voicemock.speech import voice_engines
from voicemock.speech.voice import Voice, loop_voices
from voicemock.store.history import practised
from voicemock.store.rescoring import question_of
from voicemock.store.store import Store
from voicemock.ui.screen import attached
from voicemock.web.room import Room

if TYPE_CHECKING:
    from voicemock.scoring.model import Score
    from voicemock.store.kept import Told
    from voicemock.web.uploads import Asked

STYLES = ("none", "polite", "bar-raiser", "debrief")
MOST_QUESTIONS = 50
OWN_QUESTION_CHARACTERS = 1_000
LONGEST_THINK_S, LONGEST_WARN_S = 600.0, 3600.0


@dataclass(frozen=True, slots=True)
class Services:
    """What the command line lends: its options, and its ways to open a desk, a voice, and to choose questions.

    `open_desk(style, store, progress, source_for, speaker)` gives a desk whose ends are the page's, and lets the
    candidate talk over the interviewer: the browser takes the interviewer's voice out of what it hears. `open_voice`
    gives each interviewer of a loop a voice, or is None where one was chosen for all. `score(path, asked)` reads what
    is in a file, as `voicemock score` does, and scores it. `read_aloud` opens the voice of that name.
    """

    recordings: Path
    prompts: Path | None
    model: str | None
    voice: str | None
    open_desk: Callable[..., AbstractContextManager[Desk]]
    open_voice: OpenVoice | None
    choose: Callable[..., tuple[Question, ...]]
    score: Callable[[Path, Asked], tuple[tuple[Told, ...], list[Score]]]
    read_aloud: Callable[[str | None], Voice] = voice_engines.open_voice


class Interviews:
    """Holds the interviews of one server: questions, one of them again, or a loop."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, room: Room, wanted: Mapping[str, Any]) -> None:
        with Store(self._services.recordings) as store:
            if any(wanted.get(way) for way in ("loop", "resume", "day")):
                self._hold_loop(room, store, wanted)
            else:
                self._ask(room, store, self._plan(store, wanted), wanted)

    @contextmanager
    def _desk(self, room: Room, store: Store, style: str, wanted: Mapping[str, Any]) -> Iterator[Desk]:
        ends = (store, room.screen.progress, lambda _: room.source(), room.speaker)
        with self._services.open_desk(style, *ends) as desk:
            yield replace(desk, policy=policy_of(desk.policy, wanted))

    # --- questions ------------------------------------------------------------------------------------------

    def _ask(self, room: Room, store: Store, plan: Plan, wanted: Mapping[str, Any]) -> None:
        with self._desk(room, store, plan.style, wanted) as desk:
            seated = attached(room.screen, desk, plan.questions)
            if not room.screen.wait("ready"):
                room.wire.turn("idle")
                return
            session = Session(seated, plan, store, stop=room.screen.stopping)

            def show(done: AnswerDone) -> None:
                if done.question is not plan.questions[-1] and not done.take.failure:
                    room.screen.wait("scored", answer=done.answer_id)

            answers = [answer.answer_id for answer in session.run(show)]
        room.wire.turn("over", session=session.id, answers=answers, retry_of=plan.notes.get("retry_of"))

    def _plan(self, store: Store, wanted: Mapping[str, Any]) -> Plan:
        """Raises VoicemockError where it does not fit together."""
        style = style_of(wanted) or "polite"
        if (first := wanted.get("retry")) is not None:
            row = store.answer(str(first))
            drafted = {"draft": row.details["draft"]} if row.details.get("draft") else {}
            return Plan([question_of(row)], style, mode="retry", notes={"retry_of": row.id, **drafted})
        count = wanted.get("count", 1)
        if not isinstance(count, int) or not 1 <= count <= MOST_QUESTIONS:
            raise UsageProblem(f"{count!r} is no number of questions", f"choose 1 to {MOST_QUESTIONS}")
        text = str(wanted.get("question") or "").strip()[:OWN_QUESTION_CHARACTERS] or None
        round, principle = (
            one_of(wanted, "round", tuple(ROUNDS)),
            one_of(wanted, "principle", tuple(PRINCIPLES)),
        )
        seed, notes = random.randrange(SEEDS), dict[str, Any]()
        if (draft := wanted.get("draft")) is not None:
            round, principle, text, notes = told_from(store, str(draft), round, principle, text, count)
        chosen = self._services.choose(store, self._services.prompts, round, principle, text, count, seed)
        return Plan(chosen, style, notes=notes, settings={"seed": seed})

    # --- a loop ---------------------------------------------------------------------------------------------

    def _hold_loop(self, room: Room, store: Store, wanted: Mapping[str, Any]) -> None:
        day = planned_for(store, wanted)
        day = as_it_stands(store, day) if day else None
        resumed = day.session if day else str(wanted["resume"]) if wanted.get("resume") else None
        plan = day.plan if day and resumed is None else self._loop_plan(store, wanted, resumed)
        with self._desk(room, store, "polite", wanted) as desk:
            prepared = prepared_for(store, plan)
            questions = [step.question for step in steps(plan, desk.phrases)]
            seated = attached(room.screen, desk, questions, prepared)
            if not room.screen.wait("ready"):
                room.wire.turn("idle")
                return
            session = Session(seated, session_plan(plan), store, stop=room.screen.stopping, continues=resumed)

            def come_in(number: int) -> bool:
                if day is None:
                    return room.screen.wait("next_round", text=who_comes_in(plan, number))
                if day.session is None and number == 0:
                    begun(store, day, session.id)
                at = f"{day.slots[number].start:%H:%M}"
                return room.screen.wait("next_round", text=f"{at} by your plan. {who_comes_in(plan, number)}")

            loop = Loop(
                session,
                store,
                plan,
                open_voice=self._services.open_voice,
                come_in=come_in,
                stop=room.screen.stopping,
                prepared=prepared,
            )
            debrief = loop.run()
        answers = [row.id for row in store.answers(session.id)]
        room.wire.turn("over", session=session.id, answers=answers, retry_of=None, loop=debrief is not None)

    def _loop_plan(self, store: Store, wanted: Mapping[str, Any], resumed: str | None) -> LoopPlan:
        """The plan of a loop that was stopped, or a new one."""
        if resumed is not None:
            settings = store.session(resumed).settings
            if SETTING not in settings or "debrief" in settings:
                raise UsageProblem(f"{resumed} is no loop to go on with", "begin a new one")
            return from_stored(settings[SETTING])
        level: Level = "senior" if one_of(wanted, "loop", ("pm", "senior")) == "senior" else "pm"
        questions = load_questions(self._services.prompts)
        return plan_loop(
            questions, level, random.randrange(SEEDS), practised(store), style_of(wanted), loop_voices()
        )


def planned_for(store: Store, wanted: Mapping[str, Any]) -> Day | None:
    """The day that is to be held, where it is one. Raises UsageProblem where none is planned for that date."""
    if not wanted.get("day"):
        return None
    on = read_day(written(wanted, "day", 20))
    day = kept_day(store, on)
    if day is None:
        raise UsageProblem(f"no day is planned for {on}", "plan it first")
    return day


def policy_of(usual: Policy, wanted: Mapping[str, Any]) -> Policy:
    """How the interview is run, with what the page chose: time to think, warnings, a mark of one's own."""
    return replace(
        usual,
        self_rating=usual.self_rating or bool(wanted.get("rate_yourself")),
        think_s=seconds_of(wanted, "think", LONGEST_THINK_S)[0] if wanted.get("think") else usual.think_s,
        warn_at_s=seconds_of(wanted, "warn", LONGEST_WARN_S) if wanted.get("warn") else usual.warn_at_s,
    )


def seconds_of(wanted: Mapping[str, Any], name: str, longest: float) -> tuple[float, ...]:
    """The seconds that were typed, "90, 150", in order. Raises UsageProblem."""
    given = str(wanted[name])[:OWN_QUESTION_CHARACTERS]
    try:
        times = sorted(float(each) for each in given.split(","))
    except ValueError:
        times = []
    if not times or not all(0 < each <= longest for each in times):
        raise UsageProblem(f"{given!r} is no time in seconds", f"such as 90, and {longest:.0f} at most")
    return tuple(times)


def style_of(wanted: Mapping[str, Any]) -> Style | None:
    return cast("Style | None", one_of(wanted, "style", STYLES))


def one_of(wanted: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str | None:
    """What the page chose, None where it left it open. Raises UsageProblem."""
    given = wanted.get(name) or None
    if given is not None and given not in known:
        raise UsageProblem(f"{given!r} is no {name}", f"choose one of {', '.join(known)}")
    return given


def written(wanted: Mapping[str, Any], name: str, most: int) -> str:
    """The text that was typed, which may be empty. Raises UsageProblem."""
    value = wanted.get(name) or ""
    if not isinstance(value, str) or len(value) > most:
        raise UsageProblem(f"the {name} is too long", f"use {most} characters at most")
    return value.strip()


def whole_number(wanted: Mapping[str, Any], name: str, low: int, high: int) -> int | None:
    """The number that was chosen, None where it was left open. Raises UsageProblem."""
    value = wanted.get(name)
    if value is not None and (not isinstance(value, int) or not low <= value <= high):
        raise UsageProblem(f"{name} cannot be {value!r}", f"choose {low} to {high}")
    return value
