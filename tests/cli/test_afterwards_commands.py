"""`correct`, `search`, `stories`, `progress`, `retry --compare`, `writing`, `verify`, `recover`, as a
user types them.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.stored import BAKERY, add_answer, metric, score, shows, spoken, write_wav
from tests.stored import heard as listened
from voicemock.cli import main
from voicemock.cli.desk import RunOptions
from voicemock.cli.run import Outcome
from voicemock.files import Scratch
from voicemock.interview.session import Plan
from voicemock.packs.questions import load_questions
from voicemock.store.names import hints
from voicemock.store.rescoring import question_of
from voicemock.store.store import RECOGNISED, Store

ASKED = "Tell me about a time you owned it."  # what every stored answer here answers
Run = Callable[..., tuple[int, str, str]]
LONG = BAKERY + " I called 14 of her customers myself, because the tickets said nothing about the oven."


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """`voicemock ARGUMENTS`: the exit code, standard output and standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in err
        return ended.value.code, out, err

    return command


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Two tellings of one story, the second better."""
    folder = tmp_path / "recordings"
    fix = {"dimension": "metrics", "sentence": 0, "say": "From what to what?"}
    lost = metric("lost orders fell from 12 to 3", before=12, after=3)
    now = metric("lost orders fell from 12 to 2", before=12, after=2)
    with Store(folder) as store:
        add_answer(
            store, "s1/1", LONG, scored=score(2.5, fixes=[fix], metrics=[lost], principles=shows("ownership"))
        )
        add_answer(store, "s02/1", LONG, scored=score(3.5, metrics=[now]))
        for answer in ("s1/1", "s02/1"):
            write_wav(folder / f"{answer}.wav", 60.0)
    return folder


class TestNothingRecorded:
    """What is asked for one thing that is not there says what to do, and makes no folder."""

    @pytest.mark.parametrize(
        "command",
        [
            "stories show 1",
            "export last",
            "correct",
            "verify",
            "recover",
            "retry last",
        ],
    )
    def test_it_is_said_in_one_line(self, run: Run, tmp_path: Path, command: str) -> None:
        code, out, err = run(*command.split())
        assert (code, out) == (1, "")
        assert "voicemock practice" in err
        assert not (tmp_path / "recordings").exists()


class TestSearch:
    """Full text."""

    def test_a_hit_has_its_answer_and_times(self, run: Run, recordings: Path) -> None:
        code, out, _ = run("search", "oven", "calendar")
        assert code == 0
        assert "s1/1" in out and "at 0:04, 0:07, 0:22" in out

    def test_json_is_a_list(self, run: Run, recordings: Path) -> None:
        hits = json.loads(run("search", "oven", "--json")[1])
        assert {hit["answer_id"] for hit in hits} == {"s1/1", "s02/1"}

    def test_nothing_found_is_said(self, run: Run, recordings: Path) -> None:
        assert run("search", "unicorn")[1] == "Nothing found.\n"
        assert run("search", "unicorn", "--json")[1] == "[]\n"

    def test_no_word_is_wrong_usage(self, run: Run, recordings: Path) -> None:
        assert run("search", "?")[0] == 2


def editor(change: Callable[[str], str], seen: list[Path] | None = None) -> Callable[..., None]:
    """What `click.edit` does, with somebody who changes the text so and saves it."""

    def edit(filename: str) -> None:
        path = Path(filename)
        if seen is not None:
            seen.append(path)
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return edit


class TestCorrect:
    """Fix, score again, keep."""

    def test_the_text_lies_beside_the_recordings_private_and_goes(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        modes: list[int] = []

        def look(text: str) -> str:
            modes.extend(path.stat().st_mode & 0o777 for path in (seen[0].parent, seen[0]))
            return text

        seen: list[Path] = []
        monkeypatch.setattr(click, "edit", editor(look, seen))
        assert run("correct", "s1/1")[0] == 0
        assert seen[0].parent.parent == recordings
        assert modes == [0o700, 0o600]
        assert not seen[0].parent.exists()

    def test_what_a_killed_one_left_goes_at_the_next_start_and_what_is_in_use_stays(
        self, run: Run, recordings: Path
    ) -> None:
        left, new = recordings / ".editing-left", recordings / ".editing-new"
        left.mkdir()
        new.mkdir()
        used = Scratch(recordings, ".editing-")
        for folder in (left, used.path):
            (folder / "answer.txt").write_text("What I said.")
            os.utime(folder, (1e9, 1e9))
        run("review")
        assert not left.exists()
        assert (used.path / "answer.txt").exists()
        assert new.exists()  # it may be about to be locked
        used.close()
        assert not used.path.exists()

    def test_a_replacement_is_scored_and_remembered(self, run: Run, recordings: Path) -> None:
        code, out, _ = run("correct", "s1/1", "--replace", "Leeds=York", "--json")
        assert code == 0
        found = json.loads(out)
        assert found["names"] == ["York"]
        assert found["before"]["overall"] == 2.5
        assert found["after"] != found["before"]  # made up for the test; after it comes the real scorer
        with Store(recordings) as store:
            assert "Leeds" in [word.text for word in store.words("s1/1", RECOGNISED)]
            assert hints(store) == ("York",)

    def test_the_editor_opens_on_the_transcript(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(click, "edit", editor(lambda text: text.replace("Leeds", "York")))
        code, out, _ = run("correct", "s1/1", "--plain")
        assert code == 0
        assert "overall" in out and "York" in out

    def test_an_editor_left_without_saving_changes_nothing(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(click, "edit", lambda filename: None)
        assert run("correct", "s1/1") == (0, "Nothing changed.\n", "")

    def test_undo_says_what_it_did(self, run: Run, recordings: Path) -> None:
        assert run("correct", "s1/1", "--undo")[0] == 1
        run("correct", "s1/1", "--replace", "Leeds=York")
        assert run("correct", "s1/1", "--undo")[1] == "s1/1 is back to what the recogniser heard.\n"

    @pytest.mark.parametrize(("pair", "code"), [("Leeds", 2), ("=York", 2), ("Paris=York", 1)])
    def test_a_pair_that_does_not_fit_is_refused(
        self, run: Run, recordings: Path, pair: str, code: int
    ) -> None:
        assert run("correct", "s1/1", "--replace", pair)[0] == code


class TestStories:
    """The bank and the user's say."""

    def test_the_list_shows_what_to_look_at(self, run: Run, recordings: Path) -> None:
        code, out, _ = run("stories", "--plain")
        assert code == 0
        assert "a number drifts: “lost orders fell from 12 to 3” (s1/1)" in out
        assert "voicemock practice --principle customer-obsession" in out

    def test_a_story_is_shown_renamed_and_confirmed(self, run: Run, recordings: Path) -> None:
        run("stories")
        run("stories", "rename", "1", "The bakery")
        assert "voicemock stories confirm 1" in run("stories", "show", "1")[1]
        run("stories", "confirm", "1")
        out = run("stories", "show", "1")[1]
        assert "The bakery" in out and "confirm" not in out

    def test_an_answer_is_assigned_and_stories_are_merged(self, run: Run, recordings: Path) -> None:
        run("stories")
        assert run("stories", "assign", "s1/1", "new")[1] == "s1/1 tells story 2.\n"
        assert len(json.loads(run("stories", "--json")[1])["stories"]) == 2
        run("stories", "merge", "2", "1")
        (story,) = json.loads(run("stories", "--json")[1])["stories"]
        assert [answer["answer_id"] for answer in story["answers"]] == ["s1/1", "s02/1"]

    def test_what_is_no_story_is_refused(self, run: Run, recordings: Path) -> None:
        assert run("stories", "assign", "s1/1", "mine")[0] == 2
        assert run("stories", "show", "9")[0] == 1


class TestProgress:
    """Terminal, page, JSON."""

    def test_the_terminal_says_what_is_next_first(self, run: Run, recordings: Path) -> None:
        out = run("progress")[1]
        assert out.startswith("Next\n")
        assert "voicemock retry s1/1" in out

    def test_plain_has_no_drawings(self, run: Run, recordings: Path) -> None:
        assert not set("▁▂▃▄▅▆▇█░●") & set(run("progress", "--plain")[1])

    def test_the_page_is_written_where_it_is_wanted(self, run: Run, recordings: Path, tmp_path: Path) -> None:
        assert run("progress", "--html")[1].strip() == str(recordings / "progress.html")
        run("progress", "--html", str(tmp_path / "mine.html"))
        assert (tmp_path / "mine.html").read_text().startswith("<!doctype html>")
        code, _, err = run("progress", "--html", str(tmp_path / "nowhere" / "mine.html"))
        assert code == 1 and "can't write" in err

    def test_json_names_the_targets(self, run: Run, recordings: Path) -> None:
        found = json.loads(run("progress", "--json")[1])
        assert {"name": "stories", "done": 1, "wanted": 10} in found["targets"]


class TestRetry:
    """Two attempts side by side; asking again is tested with the sessions."""

    def test_two_stored_answers_are_compared_without_speaking(self, run: Run, recordings: Path) -> None:
        code, out, _ = run("retry", "s1/1", "--compare", "s02/1", "--plain")
        assert code == 0
        assert "✓ done: metrics: From what to what?" in out
        assert "“lost orders fell from 12 to 3” became “lost orders fell from 12 to 2”" in out
        assert "+1.0" in out

    def test_json_names_both(self, run: Run, recordings: Path) -> None:
        found = json.loads(run("retry", "s1/1", "--compare", "s02/1", "--json")[1])
        assert (found["first"], found["second"]) == ("s1/1", "s02/1")
        assert found["overall"] == {"name": "overall", "before": 2.5, "after": 3.5}

    def test_the_same_question_is_asked_and_only_the_comparison_is_on_standard_output(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def speak(store: Store, plan: Plan, options: RunOptions) -> Outcome:
            click.echo("what the screen shows")
            (question,) = plan.questions
            assert (plan.mode, plan.notes, question.text) == ("retry", {"retry_of": "s1/1"}, ASKED)
            add_answer(store, "s003/1", LONG, scored=score(3.9), mode="retry", details=dict(plan.notes))
            return Outcome("s003", [], interrupted=False)

        monkeypatch.setattr("voicemock.cli.run.run_session", speak)
        code, out, err = run("retry", "s1/1", "--json")
        assert code == 0
        assert json.loads(out)["second"] == "s003/1"
        assert "what the screen shows" in err

    def test_an_answer_without_a_score_is_refused(self, run: Run, recordings: Path) -> None:
        with Store(recordings) as store, store.transaction() as db:
            db.execute("DELETE FROM scores WHERE answer_id = 's1/1'")
        code, _, err = run("retry", "s1/1", "--compare", "s02/1")
        assert code != 0 and "no score" in err

    def test_every_question_comes_back_as_it_was_asked(self, recordings: Path) -> None:
        from dataclasses import asdict

        with Store(recordings) as store:
            for number, question in enumerate(load_questions()[::20], start=2):
                details = json.loads(json.dumps({"question": asdict(question)}))
                row = add_answer(store, f"s1/{number}", question_id=question.id, details=details)
                assert question_of(row) == question


class TestVerifyAndRecover:
    """Damage is an exit code; what was lost comes back."""

    def test_damage_is_said_and_the_exit_code_tells(self, run: Run, recordings: Path) -> None:
        assert run("verify", "--quick")[:2] == (0, "All is well: 2 answers checked.\n")
        (recordings / "s1/1.wav").unlink()
        code, out, _ = run("verify", "--quick", "--json")
        assert code == 1
        assert [fault["place"] for fault in json.loads(out)] == ["s1/1"]

    def test_scores_are_derived_again_and_brought_in_step(self, run: Run, recordings: Path) -> None:
        code, out, _ = run("verify")
        assert code == 1 and "recover --rescore" in out  # the fixture's scores are made up
        assert run("recover", "--rescore")[0] == 0
        assert run("verify")[0] == 0

    def test_nothing_lost_is_said(self, run: Run, recordings: Path) -> None:
        assert run("recover")[:2] == (0, "Nothing was lost.\n")

    def test_what_came_back_is_said_with_the_command_that_shows_it(
        self, run: Run, recordings: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard = listened(spoken(LONG))
        monkeypatch.setattr("voicemock.speech.batch.transcribe_file", lambda path, model, hints: heard)
        write_wav(recordings / "s3/1.wav", 60.0)
        os.utime(recordings / "s3/1.wav", (1e9, 1e9))  # long ago: nobody is at it any more
        code, out, _ = run("recover", "--round", "behavioral")
        assert code == 0
        assert out.endswith("Next: voicemock review s3\n")
        assert "recovered: it was cut short" in run("review", "s3", "--plain")[1]

    def test_what_can_not_come_back_is_said_with_the_next_step(self, run: Run, recordings: Path) -> None:
        write_wav(recordings / "s3/1.wav", 1.0)
        code, out, _ = run("recover")
        assert code == 1
        assert out.startswith("s3/1: left as it is: what was asked is unknown; say the round")


class TestWriting:
    """The sample, from a file or standard input."""

    def test_a_file_is_reviewed_with_lines(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "sample.md"
        path.write_text("I leveraged it.\n")
        code, out, _ = run("writing", str(path), "--plain")
        assert code == 0
        assert "line 1: “leveraged”" in out

    def test_standard_input_is_read(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"I built it.")))
        found = json.loads(run("writing", "-", "--json")[1])
        assert (found["words"], found["good"]) == (3, False)

    @pytest.mark.parametrize("content", [b"", b"  \n", b"\xff\xfe\x00x"])
    def test_what_is_no_text_is_refused_in_one_line(self, run: Run, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "sample.txt").write_bytes(content)
        code, _, err = run("writing", str(tmp_path / "sample.txt"))
        assert code == 1 and err.count("\n") == 1

    def test_a_missing_file_is_refused(self, run: Run) -> None:
        assert run("writing", "nowhere.md")[0] == 1
