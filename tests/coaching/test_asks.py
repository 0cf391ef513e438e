"""What to ask the interviewers: which for whom, what counts as asked, and `voicemock asks` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from voicemock.cli import main
from voicemock.coaching.asks import Ask, asked_in, for_interviewer
from voicemock.coaching.kept_asks import add, change, kept_asks, move, remove
from voicemock.errors import StoreError, UsageProblem
from voicemock.interview.events import Event
from voicemock.interview.loop.asks import prepared_for
from voicemock.interview.loop.plan import plan_loop
from voicemock.packs.asks import load_asks
from voicemock.packs.questions import load_questions
from voicemock.rounds import CANDIDATE_QUESTIONS, ROUNDS
from voicemock.scoring.models.encoder import default_encoder
from voicemock.scoring.rubric.own_questions import PREPARED, asks
from voicemock.store.store import Store
from voicemock.ui.reminder import Reminder

Run = Callable[..., tuple[int, str, str]]
SUGGESTED = {"behavioral": ("One?", "Two?", "Three?", "Four?"), "product-sense": ("Five?",)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


class TestSuggestions:
    def test_every_round_has_enough_and_each_is_a_question(self) -> None:
        found = load_asks()
        assert found.keys() == ROUNDS.keys()
        assert all(len(texts) > PREPARED for texts in found.values())
        assert [text for texts in found.values() for text in texts if not asks(text)] == []


class TestForWhom:
    def test_ones_own_come_first_then_those_for_anybody_then_suggestions(self) -> None:
        kept = [Ask("a1", "Anybody?"), Ask("a2", "Mine?", "behavioral"), Ask("a3", "Other?", "analytical")]
        assert for_interviewer(("behavioral",), kept, SUGGESTED) == ("Mine?", "Anybody?", "One?")

    def test_three_are_enough(self) -> None:
        kept = [Ask(f"a{n}", f"Mine {n}?", "behavioral") for n in range(5)]
        assert for_interviewer(("behavioral",), kept, SUGGESTED) == ("Mine 0?", "Mine 1?", "Mine 2?")

    def test_two_interviewers_of_a_round_get_other_suggestions(self) -> None:
        assert for_interviewer(("behavioral",), (), SUGGESTED, 1) == ("Two?", "Three?", "Four?")

    def test_each_interviewer_of_a_loop_gets_three(self, store: Store) -> None:
        plan = plan_loop(load_questions(), "senior", 1, {})
        add(store, "What surprised you when you joined?", None)
        prepared = prepared_for(store, plan)
        assert [len(texts) for texts in prepared] == [PREPARED] * len(plan.interviews)
        assert all("What surprised you when you joined?" in texts for texts in prepared)


class TestAsked:
    PREPARED = (
        "Which customers tried the product once and left?",
        "Which number does the team look at first?",
    )

    @pytest.mark.parametrize(
        ("said", "which"),
        [
            ("Who are the customers that tried the product one time and left again?", 0),
            ("What's the first number that the team looks at?", 1),
            ("When will I hear back from you?", None),
            ("", None),
        ],
    )
    def test_a_question_is_known_by_what_it_means(self, said: str, which: int | None) -> None:
        assert asked_in(said, self.PREPARED, default_encoder()) == which

    def test_without_a_list_nothing_is_asked_of_it(self) -> None:
        assert asked_in("What now?", (), default_encoder()) is None


class TestOnTheScreen:
    def told(self, *events: tuple[str, dict[str, Any]]) -> list[Event]:
        shown: list[Event] = []
        reminder = Reminder(shown.append, (("Not this one?",), TestAsked.PREPARED))
        for type, fields in events:
            reminder(Event(type, 0.0, 0.0, fields))
        return shown

    def test_the_list_is_shown_when_it_is_the_candidates_turn_and_ticked_when_asked(self) -> None:
        first, ticked = self.told(
            ("round_started", {"number": 2}),
            ("question_started", {"question_id": f"{CANDIDATE_QUESTIONS}-2"}),
            ("utterance", {"text": "What's the first number that the team looks at?"}),
            ("utterance", {"text": "I see. And what's the first number the team looks at, again?"}),
        )
        assert [each["asked"] for each in first.fields["asks"]] == [False, False]
        assert [each["asked"] for each in ticked.fields["asks"]] == [False, True]
        assert ticked.fields["new"] == [TestAsked.PREPARED[1]]

    def test_in_an_answer_nothing_is_shown(self) -> None:
        assert self.told(
            ("question_started", {"question_id": "own-01"}),
            ("utterance", {"text": "Which number does the team look at first?"}),
        ) == []  # fmt: skip


class TestKeeping:
    def test_ids_are_not_used_twice_at_a_time_and_the_tenth_comes_after_the_ninth(self, store: Store) -> None:
        for number in range(11):
            add(store, f"Question {number}?", None)
        assert [ask.id for ask in kept_asks(store)] == [f"a{n}" for n in range(1, 12)]

    def test_the_same_one_twice_is_refused(self, store: Store) -> None:
        add(store, "Why?", "behavioral")
        with pytest.raises(UsageProblem, match="a1 already"):
            add(store, "Why?", "behavioral")

    def test_one_that_is_moved_stays_there_and_a_new_one_comes_last(self, store: Store) -> None:
        for number in range(1, 4):
            add(store, f"Question {number}?", None)
        assert [ask.id for ask in move(store, "a3", 1)] == ["a3", "a1", "a2"]
        remove(store, "a2")
        remove(store, "a1")
        add(store, "Question 4?", None)
        assert [ask.text for ask in kept_asks(store)] == ["Question 3?", "Question 4?"]

    def test_those_kept_before_there_was_an_order_stand_as_they_were_written_down(self, store: Store) -> None:
        for number in range(1, 4):
            add(store, f"Question {number}?", None)
        with store.transaction() as db:
            db.execute("UPDATE notes SET body = json_remove(body, '$.place')")
        assert [ask.id for ask in kept_asks(store)] == ["a1", "a2", "a3"]
        assert [ask.id for ask in move(store, "a1", 99)] == ["a2", "a3", "a1"]

    def test_a_change_to_what_is_there_already_is_refused(self, store: Store) -> None:
        add(store, "Why?", None)
        add(store, "When?", None)
        with pytest.raises(UsageProblem, match="a1 already"):
            change(store, "a2", "Why?", None)
        assert change(store, "a2", "When?", "behavioral").round == "behavioral"

    def test_removing_what_is_not_there_says_where_to_look(self, store: Store) -> None:
        with pytest.raises(UsageProblem, match="a7"):
            remove(store, "a7")

    def test_a_damaged_one_is_told_as_damage(self, store: Store) -> None:
        add(store, "Why?", None)
        with store.transaction() as db:
            db.execute("UPDATE notes SET body = json_set(body, '$.round', 'poetry')")
        with pytest.raises(StoreError):
            kept_asks(store)


class TestTheCommand:
    @pytest.fixture
    def run(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
        def command(*arguments: str, kept: bool = True) -> tuple[int, str, str]:
            where = ["--recordings", str(tmp_path / "new")] if kept else []
            with pytest.raises(SystemExit) as ended:
                main(["asks", *arguments, *where])
            out, err = capsys.readouterr()
            assert isinstance(ended.value.code, int)
            return ended.value.code, out, err

        return command

    def test_one_is_kept_listed_and_removed(self, run: Run) -> None:
        assert run("add", "Which  number first?", "--round", "analytical")[0] == 0
        assert json.loads(run("list", "--json")[1]) == [
            {"id": "a1", "text": "Which number first?", "round": "analytical"}
        ]
        assert "Fewer than 3 for" in run("list", "--plain")[1]
        assert run("remove", "a1")[0] == 0
        assert json.loads(run("list", "--json")[1]) == []

    def test_one_is_edited_and_moved(self, run: Run) -> None:
        run("add", "Why?", "--round", "analytical")
        run("add", "When?")
        assert run("edit", "a1", "Why  so?")[0] == run("edit", "a2", "--round", "behavioral")[0] == 0
        assert run("move", "a2", "1")[1] == "The order is now a2, a1.\n"
        assert json.loads(run("list", "--json")[1]) == [
            {"id": "a2", "text": "When?", "round": "behavioral"},
            {"id": "a1", "text": "Why so?", "round": "analytical"},
        ]
        assert json.loads(run("edit", "a1", "--anybody", "--json")[1])["round"] is None

    @pytest.mark.parametrize(
        "given",
        [
            ("edit", "a1"),
            ("edit", "a1", " "),
            ("edit", "a1", "--anybody", "--round", "behavioral"),
            ("edit", "a9", "Why?"),
            ("move", "a9", "1"),
            ("move", "a1", "0"),
        ],
    )
    def test_a_change_that_is_none_is_refused(self, run: Run, given: tuple[str, ...]) -> None:
        run("add", "Why?")
        assert run(*given)[0] == 2

    def test_with_nothing_kept_it_says_how_to_begin(self, run: Run) -> None:
        code, out, _ = run("list")
        assert (code, "voicemock asks suggest" in out) == (0, True)

    def test_suggestions_are_those_of_the_round(self, run: Run) -> None:
        found = json.loads(run("suggest", "--round", "analytical", "--json", kept=False)[1])
        assert found == {"analytical": list(load_asks()["analytical"])}

    @pytest.mark.parametrize("text", ["", " ", "why " * 200])
    def test_what_is_no_question_to_ask_is_refused(self, run: Run, text: str) -> None:
        assert run("add", text)[0] == 2
