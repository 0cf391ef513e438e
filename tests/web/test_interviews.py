"""What a page asks for becomes the interview that it means, at a desk with nothing real at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from tests.interview.screenplay import Room as Staged
from tests.interview.screenplay import room as staged
from tests.interview.test_loop import STORY
from tests.web.serving import no_desk
from voicemock.audio.source import FileSource, Source
from voicemock.cli.practice import choose
from voicemock.interview.desk import Policy
from voicemock.interview.loop.kept_days import kept_day
from voicemock.interview.loop.planned_day import Wishes, day_as_wished
from voicemock.interview.loop.steps import SETTING
from voicemock.packs.questions import load_questions
from voicemock.speech.scripted import ScriptedRecogniser
from voicemock.web.interviews import Interviews, Services, policy_of
from voicemock.web.room import Room

QUESTION = "Tell me about a time you fixed it."
PATIENCE_S = 60.0
ON = date(2027, 1, 15)


class Page:
    """A page that says go on whenever it is asked, until it has been asked `most` times."""

    def __init__(self, room: Room, most: int = 1000) -> None:
        self.room = room
        self.states: list[dict[str, Any]] = []
        self._most = most

    def put(self, message: str | bytes) -> None:
        told = json.loads(message) if isinstance(message, str) else {}
        if told.get("is") != "state":
            return
        self.states.append(told)
        if told["state"] in ("ready", "scored", "next_round"):
            self._most -= 1
            (self.room.screen.go if self._most >= 0 else self.room.stop)()

    @property
    def names(self) -> list[str]:
        return [told["state"] for told in self.states]


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Staged]:
    with staged(tmp_path / "recordings") as made:

        def source(_: int) -> Source:
            made.heard_by.current = ScriptedRecogniser(STORY.words)
            return FileSource(STORY.samples, real_pace=False)

        made.change(source_for=source)
        yield made


def held(at: Staged, most: int = 1000, **wanted: object) -> Page:
    """The page after an interview."""
    styles: list[str] = []

    def desk(style: str, *_: object) -> Any:
        styles.append(style)
        return nullcontext(at.desk)

    services = Services(at.store.folder, None, None, None, desk, None, choose, no_desk)
    room = Room(Interviews(services))
    page = Page(room, most)
    room.enter(page, take_over=False)
    room.begin(wanted)
    assert room.wait(PATIENCE_S)
    return page


class TestQuestions:
    def test_one_is_asked_and_kept(self, at: Staged) -> None:
        page = held(at, question=QUESTION, style="none")
        assert page.names == ["idle", "preparing", "ready", "asking", "over"]
        row = at.store.answer("last")
        assert (row.question, row.details["style"], row.complete) == (QUESTION, "none", True)
        assert page.states[-1]["answers"] == [row.id]

    def test_between_two_the_first_score_is_shown(self, at: Staged) -> None:
        page = held(at, round="behavioral", count=2)
        assert page.names == ["idle", "preparing", "ready", "asking", "scored", "asking", "over"]
        assert page.states[4]["answer"].endswith("/1")
        assert {row.round for row in at.store.answers()} == {"behavioral"}

    def test_the_same_one_again_knows_what_it_repeats(self, at: Staged) -> None:
        held(at, question=QUESTION)
        first = at.store.answer("last").id
        page = held(at, retry=first)
        assert page.states[-1]["retry_of"] == first
        again = at.store.answer(page.states[-1]["answers"][0])
        assert (again.question, again.details["retry_of"]) == (QUESTION, first)
        assert at.store.session("last").mode == "retry"

    def test_a_mark_is_asked_for_where_the_page_wishes_it(self, at: Staged) -> None:
        held(at, question=QUESTION, style="none", rate_yourself=True)
        assert [event.fields["rating"] for event in at.told("self_rating")] == [None]

    def test_time_to_think_and_warnings_are_those_of_the_page(self) -> None:
        policy = policy_of(Policy(), {"think": 30, "warn": "150, 90", "rate_yourself": True})
        assert (policy.think_s, policy.warn_at_s, policy.self_rating) == (30.0, (90.0, 150.0), True)
        assert policy_of(Policy(), {"think": "", "warn": ""}) == Policy()

    def test_leaving_before_the_first_question_records_nothing(self, at: Staged) -> None:
        assert held(at, most=0, question=QUESTION).names == ["idle", "preparing", "ready", "idle"]
        assert at.store.sessions() == []

    @pytest.mark.parametrize(
        "wanted",
        [{"round": "poetry"}, {"principle": "sloth"}, {"style": "rude"}, {"count": 0}, {"count": "many"},
         {"question": "no-such-id"}, {"round": "analytical", "principle": "ownership"}, {"retry": "nothing/1"},
         {"resume": "nothing"}, {"loop": "royal"}, {"day": "soon"}, {"day": "2027-01-15"},
         {"question": QUESTION, "think": "long"},
         {"question": QUESTION, "warn": "90,-1"}, {"question": QUESTION, "think": "601"}],
    )  # fmt: skip
    def test_what_does_not_fit_together_is_told(self, at: Staged, wanted: dict[str, object]) -> None:
        failed = held(at, **wanted).states[-1]
        assert failed["state"] == "failed"
        assert failed["problem"] and "unexpected error" not in failed["problem"]


class TestLoops:
    def test_each_interviewer_comes_in_and_a_debrief_ends_it(self, at: Staged) -> None:
        page = held(at, loop="pm")
        came_in = [told["text"] for told in page.states if told["state"] == "next_round"]
        assert [text.partition(",")[0] for text in came_in] == [f"Interview {n} of 4" for n in (1, 2, 3, 4)]
        assert page.states[-1]["loop"] is True
        settings = at.store.session("last").settings
        assert settings["debrief"] and settings[SETTING]

    def test_a_day_is_held_by_its_plan_stopped_and_gone_on_with(self, at: Staged) -> None:
        wishes = Wishes(start=time(10, 0), rounds=2, minutes=45, pause=15, level="pm")
        planned = day_as_wished(at.store, load_questions, ON, wishes)
        first = held(at, most=2, day=ON.isoformat())  # ready, and the first interviewer
        page = held(at, day=ON.isoformat())
        came_in = [
            told["text"][:5] for told in (*first.states, *page.states) if told["state"] == "next_round"
        ]
        assert came_in[0] == "10:00" and came_in[-1] == "11:00"
        kept = kept_day(at.store, ON)
        assert kept is not None and (kept.plan, kept.session) == (planned.plan, at.store.session("last").id)
        assert page.states[-1]["loop"] is True
        assert len(at.store.sessions()) == 1
        assert held(at, day=ON.isoformat()).states[-1]["state"] == "failed"  # it is over

    def test_one_that_was_stopped_is_gone_on_with(self, at: Staged) -> None:
        page = held(at, most=2, loop="pm")  # ready, and the first interviewer
        assert page.states[-1]["loop"] is False
        session = at.store.session("last").id
        page = held(at, resume=session)
        assert page.states[-1]["loop"] is True
        assert [row.id for row in at.store.sessions()] == [session]
        assert held(at, resume=session).states[-1]["state"] == "failed"  # it is over
