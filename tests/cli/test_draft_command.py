"""`voicemock stories draft`, as a user types it."""

from __future__ import annotations

import io
import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.coaching.told import DRAFT, TOLD, score_of
from tests.stored import add_answer
from voicemock.cli import main
from voicemock.cli.draft import draft
from voicemock.coaching.draft import Draft
from voicemock.coaching.drafts import keep, kept_draft, kept_drafts, remove
from voicemock.errors import NotAsWritten
from voicemock.interview.session import Plan
from voicemock.report.as_json import session_json
from voicemock.report.build import review_session
from voicemock.report.html import render_page
from voicemock.report.markdown import session_markdown
from voicemock.report.plain import session_text
from voicemock.store.store import Store

Run = Callable[..., tuple[int, str, str]]
MARKDOWN = """# Ward printer
Principle: Customer Obsession

## Hook
A nurse in Hull told me that she lost forty minutes of every shift to a printer.

## Result
Walks fell from 31 to 4 a shift within three weeks.
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`voicemock stories draft ARGUMENTS` with what is typed: exit code, standard output and standard error."""

    def command(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        with pytest.raises(SystemExit) as ended:
            main(["stories", "draft", *arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return command


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "ward.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    return path


class TestFromAFile:
    """`--from FILE` keeps the draft and shows what is read in it."""

    def test_it_is_kept_and_checked(self, run: Run, written: Path) -> None:
        code, out, _ = run("--from", str(written))
        assert code == 0
        assert "d1  Ward printer" in out
        assert "✓ A number in the result: Walks fell from 31 to 4 a shift" in out
        assert "Task: What you had to reach" in out
        with Store(Path("recordings")) as store:
            assert kept_draft(store, "d1").draft.principle == "customer-obsession"

    def test_yaml_does_as_well(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "ward.yaml"
        path.write_text("title: Ward\nhook: A nurse waited.\nactions: [I asked her.]\n", encoding="utf-8")
        code, out, _ = run("--from", str(path), "--json")
        assert code == 0
        assert json.loads(out)["parts"][2]["text"] == "I asked her."

    def test_it_may_come_from_standard_input(self, run: Run) -> None:
        code, out, _ = run("--from", "-", typed=MARKDOWN)
        assert code == 0
        assert "Ward printer" in out

    def test_with_an_id_it_takes_the_place_of_that_draft(self, run: Run, written: Path) -> None:
        run("--from", str(written))
        code, out, _ = run("--from", str(written), "--edit", "d1", "--title", "The printer")
        assert code == 0
        assert "d1  The printer" in out
        with Store(Path("recordings")) as store:
            assert [kept.draft.id for kept in kept_drafts(store)] == ["d1"]

    def test_one_with_a_title_alone_is_written_next_and_not_told(self, run: Run) -> None:
        with Store(Path("recordings")) as store:
            keep(store, Draft("", "The printer", "dive-deep", "", {}))
        assert "Next: voicemock stories draft --edit d1" in run("list")[1]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"## Hok\nA nurse.", "“Hok”, which is no part of a story"),
            (b"\xff\xfe", "is not UTF-8 text"),
            (b"# only a title", "no part of a story in it"),
        ],
    )
    def test_what_is_no_draft_is_one_line_and_keeps_nothing(
        self, run: Run, tmp_path: Path, content: bytes, said: str
    ) -> None:
        path = tmp_path / "wrong.md"
        path.write_bytes(content)
        code, out, err = run("--from", str(path))
        assert (code, out) == (1, "")
        assert said in err
        assert not (tmp_path / "recordings" / "voicemock.db").exists()


class TestLineByLine:
    """Without a terminal each part is asked for in a line."""

    def test_what_was_typed_is_kept(self, run: Run) -> None:
        code, out, err = run(typed="Ward\nearn-trust\nA nurse told me she waits 12 minutes.\n\n")
        assert code == 0
        assert "d1  Ward" in out
        assert "0:03, 8 words" in err
        with Store(Path("recordings")) as store:
            kept = kept_draft(store, "d1").draft
        assert kept == Draft(
            "d1", "Ward", "earn-trust", "", {"hook": "A nurse told me she waits 12 minutes."}
        )

    def test_what_there_was_stays_where_nothing_is_typed(self, run: Run, written: Path) -> None:
        run("--from", str(written))
        run("--edit", "d1", typed="\n\n\nI had two months.\n")
        with Store(Path("recordings")) as store:
            kept = kept_draft(store, "d1").draft
        assert kept.text("task") == "I had two months."
        assert kept.text("hook").startswith("A nurse in Hull")
        assert kept.title == "Ward printer"

    def test_nothing_typed_is_no_draft(self, run: Run) -> None:
        code, _, err = run(typed="")
        assert code == 2
        assert "nothing was typed" in err
        with Store(Path("recordings")) as store:
            assert kept_drafts(store) == []

    def test_an_unknown_principle_is_told_and_the_rest_is_kept(self, run: Run) -> None:
        code, _, err = run(typed="Ward\nkindness\nA nurse.\n")
        assert code == 0
        assert "kindness is no principle" in err


class TestWhatIsKept:
    """`list`, `show`, `export`, `remove`."""

    def test_without_any_it_says_how_to_begin(self, run: Run) -> None:
        with Store(Path("recordings")):
            pass
        code, out, _ = run("list")
        assert code == 0
        assert "voicemock stories draft" in out

    def test_without_any_recordings_it_says_the_same(self, run: Run) -> None:
        assert run("list")[0] == 0
        for arguments in (
            ["show", "d1"],
            ["compare", "d1", "last"],
            ["export", "d1"],
            ["remove", "d1"],
        ):
            code, out, err = run(*arguments)
            assert (code, out) == (1, "")
            assert "`voicemock stories draft` begins the first" in err

    def test_the_list_says_which_were_never_told(self, run: Run, written: Path) -> None:
        run("--from", str(written))
        with Store(Path("recordings")) as store:
            add_answer(store, "s1/1", details={"draft": {"id": "d1"}})
            keep(store, Draft(title="Oven", parts={"hook": "A baker."}))
        _, out, _ = run("list")
        rows = {line.split()[0]: line for line in out.splitlines() if line.startswith("d")}
        assert "1 time" in rows["d1"]
        assert "never" in rows["d2"]
        assert "voicemock practice --draft d2" in out
        listed = json.loads(run("list", "--json")[1])
        assert [each["answers"] for each in listed] == [["s1/1"], []]

    def test_times_are_at_the_pace_of_the_stored_answers(self, run: Run, written: Path) -> None:
        run("--from", str(written))
        with Store(Path("recordings")) as store:
            add_answer(store, "s1/1")
        assert "130 words a minute, your own pace: the median of 1 stored answer" in run("show", "d1")[1]

    def test_what_is_exported_is_read_again(self, run: Run, written: Path, tmp_path: Path) -> None:
        run("--from", str(written))
        again = tmp_path / "again.md"
        again.write_text(run("export", "d1")[1], encoding="utf-8")
        run("--from", str(again))
        with Store(Path("recordings")) as store:
            one, other = (kept.draft.as_dict() for kept in kept_drafts(store))
        assert one == other

    def test_a_removed_draft_is_gone_and_its_number_is_not_used_while_a_later_one_stands(
        self, run: Run, written: Path
    ) -> None:
        for _ in range(2):
            run("--from", str(written))
        assert run("remove", "d1")[0] == 0
        run("--from", str(written))
        with Store(Path("recordings")) as store:
            assert [kept.draft.id for kept in kept_drafts(store)] == ["d2", "d3"]
        code, _, err = run("show", "d1")
        assert code == 1
        assert "there is no draft “d1”" in err


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A draft, and an answer that was told from it."""
    with Store(tmp_path / "recordings") as store:
        drafted = keep(store, replace(DRAFT, id=""))
        add_answer(
            store,
            "s1/1",
            " ".join(TOLD),
            scored=score_of(),
            details={"draft": {"id": drafted.id, **drafted.as_dict()}},
        )
        add_answer(store, "s02/1", " ".join(TOLD), scored=score_of())
    return tmp_path / "recordings"


class TestToldAloud:
    """Against an answer: `compare`, and the review of what was practised from a draft."""

    def test_any_answer_can_be_held_against_a_draft(self, run: Run, told: Path) -> None:
        code, out, _ = run("compare", "d1", "s02/1")
        assert code == 0
        assert "Against draft d1, Ward printer" in out
        assert "Task: “I owned the labels" in out
        assert "62%" in out.partition("Numbers left out")[2].partition("Numbers that changed")[0]
        assert "The whole: 0:" in out

    def test_json_has_every_sentence_with_what_became_of_it(self, run: Run, told: Path) -> None:
        body = json.loads(run("compare", "d1", "last", "--json")[1])
        assert body["answer"] == "s02/1"
        assert {line["state"] for line in body["lines"]} == {"said", "left out"}

    def test_an_answer_that_is_not_there_is_one_line(self, run: Run, told: Path) -> None:
        code, out, err = run("compare", "d1", "s9/1")
        assert (code, out) == (1, "")
        assert "no session is called" in err

    def test_the_review_shows_it_where_the_answer_was_told_from_a_draft(self, told: Path) -> None:
        with Store(told) as store:
            drafted, free = (review_session(store, name) for name in ("s1", "s02"))
        for shown in (session_text, session_markdown, render_page):
            assert "Against draft d1" in shown(drafted)
            assert "Against draft" not in shown(free)
        assert session_json(drafted)["answers"][0]["draft"]["draft_id"] == "d1"
        assert "draft" not in session_json(free)["answers"][0]

    def test_the_review_holds_it_against_the_draft_as_it_was(self, told: Path) -> None:
        with Store(told) as store:
            remove(store, "d1")
            drafted = review_session(store, "s1").answers[0].drafted
        assert drafted is not None
        assert [line.part for line in drafted.of("left out")] == ["task"]

    def test_a_damaged_note_of_the_draft_is_told_as_damage(self, told: Path) -> None:
        with Store(told) as store:
            store.change_details("s1/1", {"draft": {"id": "d1", "parts": 3}})
            with pytest.raises(NotAsWritten):
                review_session(store, "s1")


def examples() -> list[str]:
    """What the help of the command and of its own commands shows, the one that removes last."""
    texts = [draft.help or "", *(command.help or "" for command in draft.commands.values())]
    lines = {line.strip().partition(" >")[0] for text in texts for line in text.splitlines()}
    found = {line for line in lines if line.startswith("voicemock stories draft")}
    return sorted(found, key=lambda line: ("remove" in line, line))


def test_every_example_of_the_help_runs_as_written(run: Run, told: Path, tmp_path: Path) -> None:
    (tmp_path / "oven.md").write_text(MARKDOWN, encoding="utf-8")
    with Store(told) as store:
        for number in (1, 2):
            add_answer(store, f"20260401-093000/{number}", " ".join(TOLD), scored=score_of())
    assert len(examples()) > len(draft.commands)
    for line in examples():
        code, _, err = run(*shlex.split(line)[3:], typed="Ward\nearn-trust\nA nurse waited.\n")
        assert code == 0, (line, err)


class TestStoryBank:
    """`voicemock stories` shows drafts that were never told, and the gaps that they fill."""

    def bank(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
        with pytest.raises(SystemExit):
            main(["stories", *arguments])
        return capsys.readouterr().out

    def test_a_draft_that_was_told_is_no_longer_listed(
        self, told: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with Store(told) as store:
            keep(store, Draft(title="Oven", principle="frugality", parts={"hook": "A baker."}))
            keep(store, Draft(title="Ward", principle="customer-obsession", parts={"hook": "A nurse."}))
        out = self.bank(capsys)
        drafted = out.partition("Drafted, never told")[2]
        assert "d2  Oven: Frugality, which no story shows yet" in drafted
        assert "d3  Ward: Customer Obsession\n" in drafted  # a story shows that one
        assert "d1" not in drafted
        assert "voicemock practice --draft d2" in drafted
        listed = json.loads(self.bank(capsys, "--json"))["untold_drafts"]
        assert [(each["id"], each["fills_a_gap"]) for each in listed] == [("d2", True), ("d3", False)]

    def test_a_draft_alone_is_shown_before_any_story(self, capsys: pytest.CaptureFixture[str]) -> None:
        with Store(Path("recordings")) as store:
            keep(store, Draft(title="Oven", parts={"hook": "A baker."}))
        assert "d1  Oven: no principle chosen" in self.bank(capsys)


class TestPractising:
    """`voicemock practice --draft ID` asks the draft's question and keeps the draft with the answer."""

    def practice(self, *arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            main(["practice", *arguments])
        assert isinstance(ended.value.code, int)
        return ended.value.code

    def test_its_own_question_is_asked(self, told: Path, plans: list[Plan]) -> None:
        assert self.practice("--draft", "d1") == 0
        (question,) = plans[0].questions
        assert (question.text, question.principle) == (DRAFT.question, "customer-obsession")
        assert plans[0].notes["draft"]["id"] == "d1"
        assert plans[0].notes["draft"]["parts"] == DRAFT.parts

    def test_another_question_can_be_given(self, told: Path, plans: list[Plan]) -> None:
        self.practice("--draft", "d1", "--question", "Tell me about a time you simplified something.")
        assert plans[0].questions[0].text == "Tell me about a time you simplified something."

    def test_without_a_question_one_of_its_principle_is_asked(self, told: Path, plans: list[Plan]) -> None:
        with Store(told) as store:
            keep(store, Draft("d1", "Ward", "frugality", "", {"hook": "A nurse."}))
        self.practice("--draft", "d1")
        assert plans[0].questions[0].principle == "frugality"

    def test_the_same_question_again_is_held_against_the_draft_too(
        self, told: Path, plans: list[Plan]
    ) -> None:
        with Store(told) as store:
            held = store.answer("s1/1").id
        with pytest.raises(SystemExit):
            main(["retry", held])
        assert plans[0].notes["retry_of"] == held
        assert plans[0].notes["draft"]["id"] == "d1"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [(["--draft", "d9"], "no draft “d9”"), (["--draft", "d1", "--count", "2"], "told once")],
    )
    def test_what_does_not_fit_is_one_line(
        self,
        told: Path,
        plans: list[Plan],
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        said: str,
    ) -> None:
        assert self.practice(*arguments) != 0
        assert said in capsys.readouterr().err
        assert plans == []
