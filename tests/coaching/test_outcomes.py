"""Real interviews beside the mocks before them, and `voicemock outcome` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.stored import add_answer, score
from voicemock.cli import main
from voicemock.coaching.kept_outcomes import add, kept_outcomes, outcomes_seen, remove
from voicemock.coaching.outcomes import Outcome
from voicemock.coaching.progress import as_dict, read_progress
from voicemock.errors import StoreError, UsageProblem
from voicemock.report.progress_html import render_progress
from voicemock.store.store import Store

Run = Callable[..., tuple[int, str, str]]
EVIL = "<script>alert(1)</script>"
BEHAVIORAL = Outcome("", date(2026, 5, 29), "Northwind", "behavioral", "no", "they wanted numbers")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def mock(store: Store, day: str, overall: float | None, round: str = "behavioral") -> None:
    number = len(store.sessions()) + 1
    add_answer(
        store, f"s{number}/1", scored=score(overall), round=round, started_at=f"2026-{day}T12:00:00+00:00"
    )


class TestTheFourWeeksBefore:
    def test_the_mocks_of_its_round_count_from_28_days_before_to_the_day_before(self, store: Store) -> None:
        for day, overall in (("04-30", 1.0), ("05-01", 2.0), ("05-28", 3.0), ("05-29", 4.0)):
            mock(store, day, overall)
        mock(store, "05-20", 4.0, "analytical")
        mock(store, "05-20", None)
        add(store, BEHAVIORAL)
        (seen,) = outcomes_seen(store)
        assert (seen.before.answers, seen.before.overall) == (2, 2.5)

    def test_for_a_whole_loop_every_round_counts(self, store: Store) -> None:
        mock(store, "05-20", 2.0)
        mock(store, "05-21", 3.0, "analytical")
        add(store, Outcome("", date(2026, 5, 29), "Northwind", None, "offer"))
        assert outcomes_seen(store)[0].before.words() == "2.5 over 2 mock answers"

    def test_without_mocks_there_is_no_mean(self, store: Store) -> None:
        add(store, BEHAVIORAL)
        assert outcomes_seen(store)[0].before.words() == "no mock answers"


class TestKeeping:
    def test_each_has_an_id_of_its_own_and_comes_back_as_it_was(self, store: Store) -> None:
        first, second = add(store, BEHAVIORAL), add(store, BEHAVIORAL)
        assert [each.id for each in kept_outcomes(store)] == [first.id, second.id] == ["o1", "o2"]
        assert kept_outcomes(store)[0] == first

    def test_the_latest_interview_comes_first(self, store: Store) -> None:
        add(store, BEHAVIORAL)
        add(store, Outcome("", date(2026, 6, 1), "Contoso", None, "next"))
        assert [each.outcome.company for each in outcomes_seen(store)] == ["Contoso", "Northwind"]

    def test_removing_what_is_not_there_says_where_to_look(self, store: Store) -> None:
        with pytest.raises(UsageProblem, match="o7"):
            remove(store, "o7")

    def test_a_damaged_one_is_told_as_damage(self, store: Store) -> None:
        add(store, BEHAVIORAL)
        with store.transaction() as db:
            db.execute("UPDATE notes SET body = json_set(body, '$.result', 'perhaps')")
        with pytest.raises(StoreError):
            kept_outcomes(store)


class TestInProgress:
    def test_the_page_shows_them_and_none_of_them_is_markup(self, store: Store) -> None:
        add(store, Outcome("", date(2026, 5, 29), EVIL, None, "next", EVIL))
        page = render_progress(read_progress(store))
        assert "on to the next round" in page
        assert EVIL not in page

    def test_they_are_in_the_json(self, store: Store) -> None:
        mock(store, "05-20", 2.0)
        add(store, BEHAVIORAL)
        (told,) = json.loads(json.dumps(as_dict(read_progress(store))))["outcomes"]
        assert told["date"] == "2026-05-29"
        assert told["mocks_before"] == {"answers": 1, "overall": 2.0}


class TestTheCommand:
    @pytest.fixture
    def run(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
        def command(*arguments: str) -> tuple[int, str, str]:
            with pytest.raises(SystemExit) as ended:
                main(["outcome", *arguments, "--recordings", str(tmp_path / "new")])
            out, err = capsys.readouterr()
            assert isinstance(ended.value.code, int)
            return ended.value.code, out, err

        return command

    def test_one_is_kept_listed_and_removed(self, run: Run) -> None:
        assert run("add", "--company", "Northwind", "--result", "next", "--date", "2026-06-15")[0] == 0
        _, out, _ = run("list", "--plain")
        assert "Northwind" in out
        assert "on to the next round" in out
        assert run("remove", "o1")[0] == 0
        assert "No real interview is kept" in run("list")[1]

    def test_one_is_changed_and_keeps_what_was_not_given(self, run: Run) -> None:
        run(
            "add",
            "--company",
            "Northwind",
            "--result",
            "next",
            "--date",
            "2026-06-15",
            "--round",
            "behavioral",
        )
        assert run("change", "o1", "--result", "offer", "--note", "Numbers.")[0] == 0
        changed = json.loads(run("change", "o1", "--all-rounds", "--json")[1])
        assert changed == {
            "id": "o1", "date": "2026-06-15", "company": "Northwind", "round": None, "result": "offer",
            "note": "Numbers.",
        }  # fmt: skip

    @pytest.mark.parametrize(
        "given",
        [
            (),
            ("--company", " "),
            ("--date", "9999-12-31"),
            ("--all-rounds", "--round", "behavioral"),
        ],
    )
    def test_a_change_that_is_none_or_does_not_fit_is_refused(self, run: Run, given: tuple[str, ...]) -> None:
        run("add", "--company", "Northwind", "--result", "next", "--date", "2026-06-15")
        assert run("change", "o1", *given)[0] == 2
        assert run("change", "o7", "--result", "no")[0] == 2

    def test_with_nothing_stored_the_list_says_how_to_begin(self, run: Run) -> None:
        code, out, _ = run("list")
        assert (code, "voicemock outcome add" in out) == (0, True)
        assert json.loads(run("list", "--json")[1]) == []

    def test_an_empty_name_or_a_wrong_date_is_refused(self, run: Run) -> None:
        assert run("add", "--company", " ", "--result", "no")[0] != 0
        assert run("add", "--company", "Northwind", "--result", "no", "--date", "soon")[0] != 0

    def test_one_that_is_still_to_come_is_refused(self, run: Run) -> None:
        code, _, err = run("add", "--company", "Northwind", "--result", "no", "--date", "9999-12-31")
        assert (code, "is still to come" in err) == (2, True)

    def test_what_is_typed_can_t_command_a_terminal(self, run: Run) -> None:
        run("add", "--company", "North\x1b[2Jwind", "--result", "no")
        assert "\x1b" not in run("list")[1]
