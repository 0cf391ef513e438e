"""A whole loop at a desk with nothing real at it: gone through, stopped, gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.interview.screenplay import Room, Spoken, room, sentences, speak
from voicemock.audio.source import FileSource, Source
from voicemock.errors import DeviceError, StoreError, VoiceError
from voicemock.interview.events import Event
from voicemock.interview.loop.plan import plan_loop
from voicemock.interview.loop.run import Loop
from voicemock.interview.loop.steps import SETTING, as_stored, from_stored, steps
from voicemock.interview.session import Plan, Session
from voicemock.packs.phrases import load_phrases
from voicemock.packs.questions import load_questions
from voicemock.report.build import review_session
from voicemock.rounds import CANDIDATE_QUESTIONS
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.speech.voice import FakeVoice
from voicemock.store.store import Store
from voicemock.store.summaries import answer_summaries, full_mocks, practice_seconds

PLAN = plan_loop(load_questions(), "pm", 5, {})
STEPS = steps(PLAN, load_phrases())
STORY = speak(
    *sentences(
        "A bakery owner told me that her orders were lost every morning.",
        "I traced forty orders myself and I found that the oven calendar dropped them.",
        "I rebuilt the calendar, and lost orders fell from 12 a week to 3 a week.",
    )
)
ASKS = speak(*sentences("How do you decide what to build?", "Who talks to customers here?"))
PREPARED = ("How do you decide what it is that you build?", "What broke last?")
BEGAN = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


class Sitting:
    """One time at the desk; `stop_when` sees every event and says when the candidate has had enough."""

    def __init__(self, at: Room, stop_when: Callable[[Event], bool] = lambda _: False, day: int = 0) -> None:
        self.room = at
        self.voices: dict[str, FakeVoice] = {}
        self.came_in: list[int] = []
        self._stop_when = stop_when
        self._stopping = False
        self._times = iter(BEGAN + timedelta(days=day, minutes=n) for n in range(10_000))
        listeners = (*at.desk.audience.listeners, self._watch)
        at.seat.stopping = self.stopping
        at.change(audience=replace(at.desk.audience, listeners=listeners), source_for=self._source)

    def run(self, continues: str | None = None) -> dict[str, Any] | None:
        plan = PLAN
        if continues is not None:
            plan = from_stored(self.room.store.session(continues).settings[SETTING])
        kept = Plan((), mode="loop", settings={SETTING: as_stored(plan)})
        session = Session(
            self.room.desk, kept, self.room.store, today=self._now, stop=self.stopping, continues=continues
        )
        self.loop = Loop(
            session, self.room.store, plan, open_voice=self._voice, come_in=self._come_in,
            stop=self.stopping, today=self._now, prepared=(PREPARED,) * len(plan.interviews),
        )  # fmt: skip
        return self.loop.run()

    def stopping(self) -> bool:
        return self._stopping

    def _watch(self, event: Event) -> None:
        self._stopping = self._stopping or self._stop_when(event)

    def _source(self, place: int) -> Source:
        spoken: Spoken = ASKS if STEPS[place].closes else STORY
        self.room.heard_by.current = ScriptedRecogniser(spoken.words)
        return FileSource(spoken.samples, real_pace=False)

    def _voice(self, name: str) -> FakeVoice:
        return self.voices.setdefault(name, FakeVoice())

    def _come_in(self, number: int) -> bool:
        self.came_in.append(number)
        return True

    def _now(self) -> datetime:
        return next(self._times)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path / "recordings") as made:
        yield made


def after(count: int) -> Callable[[Event], bool]:
    """Once so many answers are stored."""
    seen = iter(range(1, 100))
    return lambda event: event.type == "question_ended" and next(seen) == count


def steps_of(at: Room) -> list[int]:
    return [row.details["step"] for row in at.store.answers()]


@dataclass(frozen=True)
class Done:
    """A loop that was gone through without a stop."""

    sitting: Sitting
    debrief: dict[str, Any]

    @property
    def store(self) -> Store:
        return self.sitting.room.store

    def told(self, kind: str) -> list[Event]:
        return self.sitting.room.told(kind)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    with room(tmp_path_factory.mktemp("loop") / "recordings") as made:
        sitting = Sitting(made)
        found = sitting.run()
        assert found is not None
        yield Done(sitting, found)


class TestWholeLoop:
    """Everybody comes in, asks, is asked, and says in the end what they think."""

    def test_every_interviewer_introduces_themselves_and_asks_in_a_voice_of_their_own(
        self, done: Done
    ) -> None:
        sitting = done.sitting
        assert sitting.came_in == list(range(len(PLAN.interviews)))
        for number, interview in enumerate(PLAN.interviews):
            said = sitting.voices[interview.interviewer.voice].said
            first, closing = (
                interview.questions[0].text,
                [s for s in STEPS if s.interview == number][-1].question.text,
            )
            assert said[0].endswith(first)
            assert interview.interviewer.name in said[0] or "your next interviewer" in said[0]
            assert closing in said

    def test_each_step_is_kept_once_and_what_the_candidate_asked_has_no_score(self, done: Done) -> None:
        rows = done.store.answers()
        assert [row.details["step"] for row in rows] == list(range(len(STEPS)))
        assert all(row.complete for row in rows)
        for step, row in zip(STEPS, rows, strict=True):
            score = done.store.score(row.id)
            assert score is not None
            assert (score.overall is None) == step.closes
            assert (row.details.get("kind") == CANDIDATE_QUESTIONS) == step.closes
            assert row.details["style"] == ("none" if step.closes else PLAN.interviews[step.interview].style)
        assert "2 asked" in str(done.store.score(rows[-1].id).not_scored)

    def test_the_debrief_is_stored_and_shown_in_the_review(self, done: Done) -> None:
        assert [row["questions_asked"] for row in done.debrief["rows"]] == [2] * len(PLAN.interviews)
        session = done.store.session("last")
        assert session.settings["debrief"] == done.debrief
        review = review_session(done.store, session.id)
        assert review.debrief is not None
        assert [row.name for row in review.debrief.rows] == [i.interviewer.name for i in PLAN.interviews]

    def test_a_debrief_follows_a_score_that_a_correction_changed(self, done: Done) -> None:
        row = done.store.answers()[0]
        before = done.store.score(row.id)
        assert before is not None
        done.store.add_score(row.id, replace(before, overall=3.9))
        try:
            debrief = review_session(done.store, "last").debrief
        finally:
            done.store.add_score(row.id, before)
        assert debrief is not None
        scores = [each.score for each in debrief.rows]
        assert scores != [each["score"] for each in done.debrief["rows"]]

    def test_there_is_one_session_in_the_events_and_a_line_for_each_interviewer(self, done: Done) -> None:
        assert len(done.told("session_started")) == len(done.told("session_ended")) == 1
        told = [(event.fields["interviewer"], event.fields["round"]) for event in done.told("round_started")]
        assert told == [(each.interviewer.name, each.kind) for each in PLAN.interviews]

    def test_it_counts_as_a_mock_and_the_candidates_questions_as_no_practice(self, done: Done) -> None:
        assert full_mocks(done.store) == 1
        assert len(answer_summaries(done.store)) == sum(not step.closes for step in STEPS)
        assert len(done.store.outlines()[0].rounds) == sum(not step.closes for step in STEPS)


class TestStopping:
    """Whoever stops keeps everything, and goes on with the same plan."""

    @pytest.mark.parametrize("count", (1, 2, len(STEPS) - 1))
    def test_after_any_answer_the_loop_goes_on_where_it_was(self, at: Room, count: int) -> None:
        assert Sitting(at, after(count)).run() is None
        assert steps_of(at) == list(range(count))
        assert "debrief" not in at.store.session("last").settings
        second = Sitting(at, day=1)
        assert second.run(continues=at.store.session("last").id) is not None
        assert steps_of(at) == list(range(len(STEPS)))
        assert len(at.store.sessions()) == 1
        assert second.came_in[0] == STEPS[count].interview

    def test_in_the_middle_of_an_answer_it_is_kept_and_asked_again(self, at: Room) -> None:
        assert Sitting(at, lambda event: event.type == "utterance").run() is None
        (row,) = at.store.answers()
        assert row.complete
        assert row.details["broken_off"]
        assert at.store.words(row.id)
        assert Sitting(at, day=1).run(continues=row.session_id) is not None
        assert steps_of(at) == [0, *range(len(STEPS))]

    def test_before_an_interviewer_comes_in_nothing_is_asked(self, at: Room) -> None:
        sitting = Sitting(at)
        sitting._come_in = lambda number: number < 1  # type: ignore[method-assign]
        assert sitting.run() is None
        assert {row.details["interview"] for row in at.store.answers()} == {0}
        assert len(sitting.loop.left()) == len(STEPS) - len(at.store.answers())

    def test_after_the_last_answer_the_debrief_is_given_all_the_same(self, at: Room) -> None:
        assert Sitting(at, after(len(STEPS))).run() is not None

    def test_a_loop_whose_debrief_was_lost_is_only_debriefed(self, at: Room) -> None:
        Sitting(at).run()
        session = at.store.session("last")
        at.store.change_settings(session.id, {"debrief": None})
        second = Sitting(at)
        assert second.run(continues=session.id) == session.settings["debrief"]
        assert second.came_in == []

    def test_a_stopped_loop_is_no_mock_and_the_night_between_no_practice(self, at: Room) -> None:
        Sitting(at, after(2)).run()
        assert full_mocks(at.store) == 0
        Sitting(at, day=1).run(continues=at.store.session("last").id)
        assert full_mocks(at.store) == 1
        assert practice_seconds(at.store) < timedelta(hours=12).total_seconds()

    def test_a_recording_that_a_crash_left_is_never_written_over(self, at: Room) -> None:
        Sitting(at, after(1)).run()
        session = at.store.session("last").id
        left = at.store.folder / session / "2.wav"
        left.write_bytes(b"what was said before the crash")
        Sitting(at, day=1).run(continues=session)
        assert left.read_bytes() == b"what was said before the crash"
        assert [row.number for row in at.store.answers()] == [1, *range(3, len(STEPS) + 2)]


def test_what_broke_first_is_told_where_the_time_cannot_be_stored_either(
    at: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full", "free some")

    def gone(_: int) -> bool:
        monkeypatch.setattr(Store, "change_settings", full)
        raise DeviceError("the microphone is gone", "plug it in")

    sitting = Sitting(at)
    sitting._come_in = gone  # type: ignore[method-assign]
    with pytest.raises(DeviceError):
        sitting.run()


def test_an_interviewer_whose_voice_cannot_be_opened_is_read(at: Room) -> None:
    """It is said, and the loop goes on with the next one's voice."""
    first = sum(step.interview == 0 for step in STEPS)
    sitting = Sitting(at, after(first + 1))
    second = PLAN.interviews[1].interviewer
    open_voice = sitting._voice

    def refuse(name: str) -> FakeVoice:
        if name == second.voice:
            raise VoiceError("the voice stopped responding", "install a voice")
        return open_voice(name)

    sitting._voice = refuse  # type: ignore[method-assign]
    sitting.run()
    assert len(steps_of(at)) == first + 1
    [notice] = at.told("notice")
    assert notice.fields["text"] == f"the voice stopped responding: {second.name}'s lines are shown"


class TestWhatIsToldOfTheWhole:
    def test_each_interviewer_says_which_prepared_questions_were_asked(self, done: Done) -> None:
        for row in done.debrief["rows"]:
            assert row["asks"] == [
                {"text": PREPARED[0], "asked": True},
                {"text": PREPARED[1], "asked": False},
            ]

    def test_the_one_story_that_was_told_to_several_is_named(self, done: Done) -> None:
        (again,) = done.debrief["repeated"]
        stories = [row.id for row in done.store.answers() if row.round == "behavioral"]
        assert again["answers"] == stories
        assert len(stories) > 1
