"""The plan that is kept, as a note, and what is stored of the practice that it is held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from voicemock.coaching.drafts import kept_drafts
from voicemock.coaching.plan.model import WEEKDAYS, Answered, Day, History, Plan, Settings
from voicemock.coaching.plan.schedule import make_plan
from voicemock.coaching.plan.ticks import Against, Seen, against, ticked
from voicemock.coaching.stories import match_new
from voicemock.errors import UsageProblem
from voicemock.packs.questions import Question
from voicemock.rounds import STORY_ROUNDS
from voicemock.store.database import read_as_written
from voicemock.store.notebook import note, notes, remove_note, write_note
from voicemock.store.store import Store
from voicemock.store.stories import story_answers
from voicemock.store.summaries import answer_summaries, demonstrated_principles, session_summaries

KIND = "plan"
KEY = "plan"
REST_FROM = 7  # days from which on a plan rests on Sundays unless told otherwise
WRITING = "writing"  # before the time at which a writing sample was reviewed


@dataclass(frozen=True, slots=True)
class Standing:
    """A plan as it stands on one day: what is ticked of that day, the days before against the plan as made, and drafts
    that were never told, by their principle.
    """

    plan: Plan
    today: Seen | None  # None once the interview is over
    behind: Against
    drafts: Mapping[str, str] = field(default_factory=dict)

    @property
    def ahead(self) -> tuple[Day, ...]:
        return self.plan.days[1:]


def local_today() -> date:
    """The day it is where the user is."""
    return datetime.now().astimezone().date()


def kept_settings(store: Store) -> Settings | None:
    """What the plan was made with, None where there is none. Raises NotAsWritten where it is damaged."""
    found = note(store, KIND, KEY)
    if found is None:
        return None
    with read_as_written("the plan"):
        return Settings.from_dict(found.body)


def keep(store: Store, settings: Settings) -> None:
    """Keep the plan in place of the one there was."""
    write_note(store, KIND, KEY, settings.as_dict(), _now())


def change(store: Store, changes: Mapping[str, Any]) -> None:
    """Make the plan, or change it. It is held against what is done from today on. Raises UsageProblem."""
    today = local_today()
    before = kept_settings(store)
    if before is None:
        if "until" not in changes:
            raise nothing_to_change()
        long = (changes["until"] - today).days >= REST_FROM
        before = Settings(changes["until"], today, rest=(WEEKDAYS.index("sun"),) if long else ())
    changed = replace(before, **{**changes, "made_on": today})
    if changed.until < today:
        raise UsageProblem(
            f"the interview was on {changed.until}", "give the day of the next one: --date YYYY-MM-DD"
        )
    keep(store, changed)


def nothing_to_change() -> UsageProblem:
    return UsageProblem("there is no plan to change", "make one with --date YYYY-MM-DD")


def forget(store: Store) -> bool:
    """Remove the plan, and with it what is known of the writing sample; whether there was one."""
    removed = [remove_note(store, KIND, each.key) for each in notes(store, KIND)]
    return any(removed)


def note_writing(store: Store, good: bool) -> None:
    """Note that a writing sample was reviewed, and whether it passed; its text is not kept."""
    at = _now()
    write_note(store, KIND, f"{WRITING} {at}", {"good": good}, at)


def standing(
    store: Store, settings: Settings, questions: Sequence[Question], today: date | None = None
) -> Standing:
    """The plan as it stands."""
    today = today or local_today()
    history = read_history(store)
    made = make_plan(settings, questions, history, settings.made_on)
    plan = make_plan(settings, questions, history, today)
    seen = ticked(plan.days[0], history) if plan.days else None
    drafts = {
        each.draft.principle: each.draft.id
        for each in kept_drafts(store)
        if each.draft.principle and not each.answers
    }
    return Standing(plan, seen, against(made, history, today), drafts)


def standing_if_any(store: Store, questions: Callable[[], Sequence[Question]]) -> Standing | None:
    """The same, None where there is no plan; the questions are read only for one."""
    settings = kept_settings(store)
    return None if settings is None else standing(store, settings, questions())


def read_history(store: Store) -> History:
    """What is stored of the user's practice; new answers are put into the story bank first."""
    match_new(store)
    shown = demonstrated_principles(store)
    sessions = session_summaries(store)
    mocks = {session.session_id for session in sessions if session.mock}
    first_told: dict[int, str] = {}
    for told in story_answers(store):
        first_told[told.story_id] = min(first_told.get(told.story_id, told.started_at), told.started_at)
    return History(
        answers=tuple(
            Answered(
                _day(answer.started_at),
                answer.question_id,
                answer.round,
                answer.principle,
                answer.overall,
                shown.get(answer.answer_id, frozenset()) if answer.round in STORY_ROUNDS else frozenset(),
                answer.session_id in mocks,
            )
            for answer in answer_summaries(store)
            if answer.overall is not None  # one broken off after a few words is no practice
        ),
        mocks=tuple(_day(session.ended_at or session.started_at) for session in sessions if session.finished),
        stories=tuple(sorted(map(_day, first_told.values()))),
        seconds=tuple((_day(session.started_at), session.seconds) for session in sessions),
        writing=tuple(
            (_day(each.written_at), bool(each.body["good"]))
            for each in notes(store, KIND)
            if each.key.startswith(WRITING)
        ),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _day(stored: str) -> date:
    """The day where the reader is."""
    return datetime.fromisoformat(stored).astimezone().date()
