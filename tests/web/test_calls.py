"""What a page can have done: each call changes what it says, and tells what is wrong with what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stored import BAKERY, add_answer, score
from tests.web.serving import Listening, no_desk
from voicemock.cli.practice import choose
from voicemock.coaching.bank import read_bank
from voicemock.errors import CorrectionError, UnknownSession, UnknownStory, UsageProblem, VoicemockError
from voicemock.store.rescoring import score_stored
from voicemock.store.store import Store
from voicemock.web.calls import Calls
from voicemock.web.interviews import Services
from voicemock.web.room import Room

OTHER = "At the harbour I moved the night ferry by ten minutes and missed trains fell from 31 to 9 percent."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store(tmp_path) as store:
        add_answer(store, "s1/1", text=BAKERY, scored=score(2.0))
        add_answer(store, "s2/1", text=OTHER, scored=score(3.0))
    return tmp_path


@pytest.fixture
def call(folder: Path) -> Iterator[Any]:
    room = Room(Listening())
    calls = Calls(Services(folder, None, None, None, no_desk, None, choose, no_desk), room)
    yield lambda name, **given: calls(name, given)
    room.stop()
    room.wait(5.0)


class TestWords:
    def test_a_word_is_corrected_in_its_place_and_the_answer_scored_again(
        self, call: Any, folder: Path
    ) -> None:
        done = call("correct", answer="s1/1", at=1.5, old="in", new="near")
        assert done["before"] == 2.0
        with Store(folder) as store:
            assert " ".join(word.text for word in store.words("s1/1")).startswith("A bakery owner near Leeds")
            assert store.words("s1/1")[3].start == 1.5

    def test_and_goes_back_to_what_was_heard(self, call: Any, folder: Path) -> None:
        call("correct", answer="s1/1", at=1.5, old="in", new="near")
        call("undo", answer="s1/1")
        with Store(folder) as store:
            assert " ".join(word.text for word in store.words("s1/1")) == BAKERY

    def test_one_reading_of_a_number_in_doubt_is_taken_and_is_certain_then(
        self, call: Any, folder: Path
    ) -> None:
        told = "I rebuilt the calendar of the ovens. Lost orders fell from 90 to 3 a week."
        doubt = {"start": 5.5, "end": 5.9, "heard": "90", "readings": ["19"]}
        with Store(folder) as store:
            row = add_answer(store, "s3/1", text=told, details={"doubts": [doubt]})
            store.add_score(row.id, score_stored(row, store.words(row.id)))
        given = {"answer": "s3/1", "at": 5.5, "heard": "90"}
        with pytest.raises(CorrectionError, match="“90” is not in doubt any more"):
            call("settle", **given, number="91")
        assert call("settle", **given, number="19")["after"] is not None
        with Store(folder) as store:
            assert store.words("s3/1")[11].text == "19"
            assert store.words("s3/1")[11].probability == 1.0
        with pytest.raises(CorrectionError, match="“90” is not in doubt any more"):
            call("settle", **given, number="90")

    def test_a_word_that_is_not_there_is_told(self, call: Any) -> None:
        with pytest.raises(CorrectionError, match="“Leeds” is not there any more"):
            call("correct", answer="s1/1", at=1.5, old="Leeds", new="York")


class TestSessions:
    def test_deleting_leaves_nothing_of_it(self, call: Any, folder: Path) -> None:
        call("delete", session="s1")
        with Store(folder) as store:
            assert [row.id for row in store.sessions()] == ["s2"]
        assert not (folder / "s1").exists()

    def test_one_that_is_not_there_is_told(self, call: Any) -> None:
        with pytest.raises(UnknownSession):
            call("delete", session="../s1")

    def test_what_a_crash_left_is_not_brought_back_during_an_interview(self, call: Any) -> None:
        call("begin")
        with pytest.raises(UsageProblem, match="an interview is going on"):
            call("bring_back")
        call("end")
        assert call("bring_back") == {"back": 0, "left": []}


class TestStories:
    def test_they_are_confirmed_named_parted_and_joined(self, call: Any, folder: Path) -> None:
        with Store(folder) as store:
            first, second = (story.id for story in read_bank(store).stories)
        call("confirm", story=first)
        call("rename", story=first, title="The oven calendar")
        call("merge", story=second, into=first)
        with Store(folder) as store:
            (story,) = read_bank(store).stories
        assert (story.title, story.proposed, len(story.answers)) == ("The oven calendar", (), 2)
        apart = call("assign", answer="s2/1")
        assert apart != first
        assert call("assign", answer="s2/1", story=first) == first

    def test_one_that_is_not_there_is_told(self, call: Any) -> None:
        with pytest.raises(UnknownStory):
            call("confirm", story=99)


class TestChecks:
    def test_verify_tells_each_fault_with_its_next_step(self, call: Any) -> None:
        found = call("verify")
        assert found["good"] == ""
        missing = next(each for each in found["faults"] if "s1/1.wav is missing" in each["problem"])
        assert (missing["place"], missing["next_step"]) == ("s1/1", "restore it from a backup")

    def test_nothing_that_takes_the_processor_is_done_during_an_interview(self, call: Any) -> None:
        call("begin")
        for name in ("verify", "examine"):
            with pytest.raises(UsageProblem, match="an interview is going on"):
                call(name)
        call("end")

    def test_the_engines_are_looked_at_and_what_a_browser_has_itself_is_not(self, call: Any) -> None:
        assert [each["part"] for each in call("examine")] == ["model", "listening", "scorer", "voice"]

    def test_the_writing_sample_is_reviewed_as_by_the_command(self, call: Any) -> None:
        found = call("writing", text="I cut the wait from 9 to 3 minutes. It was shipped.")
        assert found["words"] == 12
        assert [each["good"] for each in found["checks"] if each["name"] == "length"] == [False]
        with pytest.raises(VoicemockError, match="the sample is no text"):
            call("writing", text="x" * 300)


@pytest.mark.parametrize(
    ("name", "given"),
    [("delete", {}), ("delete", {"session": 7}), ("delete", {"session": "x" * 500}),
     ("correct", {"answer": "s1/1"}), ("undo", {"answer": None}), ("assign", {"answer": []}), ("nothing", {}),
     ("rename", {"story": 1, "title": " "}), ("rename", {"story": "1", "title": "x"}),
     ("merge", {"story": -1, "into": 1}), ("merge", {"story": 1, "into": 10**12})],
)  # fmt: skip
def test_nonsense_is_refused_in_words(call: Any, name: str, given: dict[str, Any]) -> None:
    with pytest.raises(VoicemockError):
        call(name, **given)
