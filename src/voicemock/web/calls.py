"""What a page asks to be done: each by its name, over the WebSocket, which no other page can open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from voicemock.coaching import correct, drafts, numbers
from voicemock.coaching.plan import kept
from voicemock.coaching.stories import assign
from voicemock.errors import CorrectionError, UsageProblem
from voicemock.limits import WORD_CHARACTERS
from voicemock.packs.questions import load_questions
from voicemock.speech.batch import transcribe_file
from voicemock.speech.live import Transcript
from voicemock.speech.which_number import settled
from voicemock.store import stories
from voicemock.store.erase import erase_session
from voicemock.store.names import hints
from voicemock.store.recover import find_lost, recover
from voicemock.store.store import Store
from voicemock.web import checking, days, drafting, planning, preparing
from voicemock.web.interviews import Services
from voicemock.web.room import Room

TITLE_CHARACTERS = 200
SAME_S = 0.02  # between a word's time in the page and in the store
END_S = 10.0  # for an answer to be written down, scored and kept
Given = Mapping[str, Any]


class Calls:
    """Carries out calls, each in a thread of its own. Raises VoicemockError."""

    def __init__(self, services: Services, room: Room) -> None:
        self._services = services
        self._room = room
        self._known: Mapping[str, Callable[[Given], Any]] = {
            "look": lambda _: {"busy": room.busy},
            "begin": self._begin,
            "end": self._end,
            "delete": self._delete,
            "correct": self._correct,
            "undo": self._undo,
            "settle": self._settle,
            "bring_back": self._bring_back,
            "confirm": self._confirm,
            "rename": self._rename,
            "merge": self._merge,
            "assign": self._assign,
            "draft": self._draft,
            "remove_draft": self._remove_draft,
            "examine": self._examine,
            "verify": self._verify,
            "writing": self._writing,
            "plan": self._plan,
            "forget_plan": self._forget_plan,
            **{
                name: self._kept(change) for name, change in (*preparing.CHANGES, ("forget_day", days.forget))
            },
            "day": self._day,
        }

    def __call__(self, name: str, given: Given) -> Any:
        call = self._known.get(name)
        if call is None:
            raise UsageProblem(f"nothing is called {name[:40]!r}", "load the page again")
        return call(given)

    def _store(self) -> Store:
        return Store(self._services.recordings)

    # --- interviews -----------------------------------------------------------------------------------------

    def _begin(self, given: Given) -> None:
        self._room.begin(given)

    def _end(self, _: Given) -> None:
        """End the interview that is going on; what was said is kept."""
        self._room.stop()
        self._room.wait(END_S)

    def _bring_back(self, _: Given) -> dict[str, Any]:
        """What a crash left, transcribed and scored: how many answers, and why others were left."""
        if self._room.busy:
            raise UsageProblem("an interview is going on", "bring it back afterwards")
        with self._store() as store:

            def transcribe(recording: Path) -> Transcript:
                return transcribe_file(recording, self._services.model, hints=hints(store))

            results = [recover(store, lost, transcribe) for lost in find_lost(store)]
        return {
            "back": sum(1 for result in results if result.left is None),
            "left": [
                f"{result.answer_id}: {result.left}"
                for result in results
                if result.left and not result.in_use
            ],
        }

    # --- what is stored -------------------------------------------------------------------------------------

    def _delete(self, given: Given) -> None:
        with self._store() as store:
            erase_session(store, text(given, "session"))

    def _correct(self, given: Given) -> dict[str, Any]:
        """Put `new` in place of the word `old` that begins at `at`; the score before and after."""
        new = text(given, "new", WORD_CHARACTERS)
        with self._store() as store:
            row = store.answer(text(given, "answer"))
            words = store.words(row.id)
            at, old = float(given.get("at") or 0.0), text(given, "old", WORD_CHARACTERS)
            place = next(
                (i for i, word in enumerate(words) if abs(word.start - at) < SAME_S and word.text == old),
                None,
            )
            if place is None:
                raise CorrectionError(f"“{old}” is not there any more", "load the page again")
            wanted = " ".join([*(w.text for w in words[:place]), new, *(w.text for w in words[place + 1 :])])
            done = correct.correct(store, row, correct.edited(row, words, wanted))
        return before_and_after(done)

    def _settle(self, given: Given) -> dict[str, Any]:
        """Take one of the readings of a number in doubt; the score before and after."""
        heard, number = text(given, "heard", WORD_CHARACTERS), text(given, "number", WORD_CHARACTERS)
        with self._store() as store:
            row = store.answer(text(given, "answer"))
            words, score = store.words(row.id), store.score(row.id)
            open_ = [doubt for doubt, _ in numbers.open_doubts(row, words, score)] if score else []
            found = [
                doubt
                for doubt in open_
                if abs(doubt.start - float(given.get("at") or 0.0)) < SAME_S
                and doubt.heard == heard
                and number in (heard, *doubt.readings)
            ]
            if not found:
                raise CorrectionError(f"“{heard}” is not in doubt any more", "load the page again")
            done = correct.correct(store, row, settled(words, found[0], number))
        return before_and_after(done)

    def _undo(self, given: Given) -> None:
        with self._store() as store:
            correct.undo(store, store.answer(text(given, "answer")))

    # --- checks ---------------------------------------------------------------------------------------------

    def _quiet(self) -> None:
        """Raises UsageProblem while an interview goes on, which these would make late."""
        if self._room.busy:
            raise UsageProblem("an interview is going on", "look at it afterwards")

    def _examine(self, given: Given) -> list[dict[str, Any]]:
        self._quiet()
        return checking.look_at_machine(self._services, latency=bool(given.get("latency")))

    def _verify(self, _: Given) -> dict[str, Any]:
        self._quiet()
        with self._store() as store:
            return checking.look_at_stored(store)

    def _writing(self, given: Given) -> dict[str, Any]:
        """The review of the writing sample, noted in the plan where there is one."""
        review = checking.review_sample(text(given, "text", checking.SAMPLE_CHARACTERS))
        with self._store() as store:
            if kept.kept_settings(store) is not None:
                kept.note_writing(store, bool(review["good"]))
        return review

    # --- the plan -------------------------------------------------------------------------------------------

    def _plan(self, given: Given) -> None:
        with self._store() as store:
            planning.change_plan(store, given)

    def _forget_plan(self, _: Given) -> None:
        with self._store() as store:
            kept.forget(store)

    def _kept(self, change: Callable[[Store, Given], Any]) -> Callable[[Given], Any]:
        """A call that changes what is kept, and needs no more than that."""

        def call(given: Given) -> Any:
            with self._store() as store:
                return change(store, given)

        return call

    def _day(self, given: Given) -> None:
        with self._store() as store:
            days.change_day(store, lambda: load_questions(self._services.prompts), given)

    # --- stories --------------------------------------------------------------------------------------------

    def _confirm(self, given: Given) -> None:
        with self._store() as store:
            stories.confirm(store, number(given, "story"))

    def _rename(self, given: Given) -> None:
        with self._store() as store:
            stories.rename(store, number(given, "story"), text(given, "title", TITLE_CHARACTERS))

    def _merge(self, given: Given) -> None:
        with self._store() as store:
            stories.merge(store, number(given, "story"), number(given, "into"))

    def _assign(self, given: Given) -> int:
        """An answer to a story; without one, to a new one."""
        with self._store() as store:
            story = None if given.get("story") is None else number(given, "story")
            return assign(store, text(given, "answer"), story)

    def _draft(self, given: Given) -> dict[str, Any]:
        """What was typed of a draft, kept and read."""
        with self._store() as store:
            return drafting.keep_and_read(store, given)

    def _remove_draft(self, given: Given) -> None:
        with self._store() as store:
            drafts.remove(store, text(given, "id"))


def before_and_after(done: correct.Correction) -> dict[str, Any]:
    return {"before": done.before.overall if done.before else None, "after": done.after.overall}


def text(given: Given, name: str, most: int = 100) -> str:
    """A text that was given. Raises UsageProblem for one that is empty or too long."""
    value = given.get(name)
    if not isinstance(value, str) or not value.strip():
        raise UsageProblem(f"the {name} is empty", "write something")
    if len(value) > most:
        raise UsageProblem(f"the {name} is too long", f"use {most} characters at most")
    return value.strip()


def number(given: Given, name: str) -> int:
    value = given.get(name)
    if not isinstance(value, int) or not 0 < value < 10**9:
        raise UsageProblem(f"{value!r} is no number of a {name}", "load the page again")
    return value
