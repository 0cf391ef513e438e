"""`voicemock questions`, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voicemock.audio.speaker import SilentSpeaker
from voicemock.cli import main
from voicemock.packs.questions import load_questions
from voicemock.packs.reader import shipped_folder
from voicemock.report.play import speak
from voicemock.speech.voice import FakeVoice

SHIPPED = load_questions()


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Return the exit code, standard output and standard error of `voicemock questions ARGUMENTS`."""
    with pytest.raises(SystemExit) as ended:
        main(["questions", *map(str, arguments)])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    text = "round: behavioral\nquestions:\n  - {id: my-1, text: 'Why [red] us?', principle: ownership}\n"
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    return tmp_path


class TestListing:
    """A line a question; filters narrow it down."""

    def test_every_question_has_a_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys)
        assert code == 0
        assert len(out.splitlines()) == len(SHIPPED) + 1  # and the head of the table
        assert all(question.text in out for question in SHIPPED)

    @pytest.mark.parametrize(
        ("filters", "field", "value"),
        [
            (["--round", "portfolio"], "round", "portfolio"),
            (["--principle", "dive-deep"], "principle", "dive-deep"),
            (["--type", "estimation"], "type", "estimation"),
            (["--difficulty", "3"], "difficulty", 3),
        ],
    )
    def test_a_filter_leaves_only_what_meets_it(
        self, capsys: pytest.CaptureFixture[str], filters: list[str], field: str, value: object
    ) -> None:
        found = json.loads(run(capsys, *filters, "--json")[1])
        assert found
        assert {question[field] for question in found} == {value}

    def test_a_tag_filters_too(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = json.loads(run(capsys, "--tag", "trade-off", "--json")[1])
        assert found
        assert all("trade-off" in question["tags"] for question in found)

    def test_nothing_left_is_said_and_is_no_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "--tag", "zzz") == (0, "No question meets all of these filters.\n", "")
        assert run(capsys, "--tag", "zzz", "--json")[1] == "[]\n"

    def test_an_unknown_round_is_wrong_usage_that_names_the_right_ones(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, _, err = run(capsys, "--round", "behavioural")
        assert code == 2
        assert "product-sense" in err

    def test_a_folder_of_packs_is_added(self, capsys: pytest.CaptureFixture[str], mine: Path) -> None:
        out = run(capsys, "--prompts", mine)[1]
        assert "Why [red] us?" in out
        assert len(out.splitlines()) == len(SHIPPED) + 2

    def test_help_has_examples(self, capsys: pytest.CaptureFixture[str]) -> None:
        for arguments in (["--help"], ["show", "--help"], ["check", "--help"]):
            assert "Examples:" in run(capsys, *arguments)[1]


class TestShowing:
    """One question with all that belongs to it."""

    def test_an_exhibit_is_shown_as_a_table(self, capsys: pytest.CaptureFixture[str]) -> None:
        question = next(question for question in SHIPPED if question.exhibit)
        out = run(capsys, "show", question.id)[1]
        assert question.text in out
        assert question.exhibit
        assert all(cell in out for row in question.exhibit.rows for cell in row)

    def test_probes_and_follow_ups_are_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        question = next(question for question in SHIPPED if question.probes)
        out = run(capsys, "show", question.id)[1]
        assert all(f"  - {line}\n" in out for line in (*question.probes, *question.follow_ups))

    def test_json_before_or_after_show_means_the_same(self, capsys: pytest.CaptureFixture[str]) -> None:
        shown = run(capsys, "show", "own-01", "--json")
        assert json.loads(shown[1])["principle"] == "ownership"
        assert shown == run(capsys, "--json", "show", "own-01")

    def test_prompts_before_or_after_show_mean_the_same(
        self, capsys: pytest.CaptureFixture[str], mine: Path
    ) -> None:
        shown = run(capsys, "show", "my-1", "--prompts", mine)
        assert "Why [red] us?" in shown[1]
        assert shown == run(capsys, "--prompts", mine, "show", "my-1")

    def test_an_unknown_id_is_one_line_and_exit_code_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, err = run(capsys, "show", "own-99")
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        assert "own-99" in err


class TestChecking:
    """A pack is counted or refused."""

    def test_a_good_pack_is_counted(self, capsys: pytest.CaptureFixture[str], mine: Path) -> None:
        path = mine / "mine.yaml"
        assert run(capsys, "check", path) == (0, f"{path}: 1 question\n", "")

    def test_a_folder_stands_for_what_is_in_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        code, out, _ = run(capsys, "check", shipped_folder())
        assert code == 0
        assert sum(int(line.split()[-2]) for line in out.splitlines() if "questions" in line) == len(SHIPPED)
        assert "follow-ups.yaml: " in out.splitlines()[-1]

    def test_a_broken_pack_is_one_line_and_exit_code_1(
        self, capsys: pytest.CaptureFixture[str], mine: Path
    ) -> None:
        broken = mine / "broken.yaml"
        broken.write_text(
            "round: behavioral\nquestions:\n  - {id: a, principle: ownership}\n", encoding="utf-8"
        )
        code, out, err = run(capsys, "check", mine / "mine.yaml", broken)
        assert (code, out) == (1, "")
        assert err == f"voicemock: {broken}, question a (line 3): text is missing\n"

    def test_an_id_used_in_two_of_the_packs_is_refused(
        self, capsys: pytest.CaptureFixture[str], mine: Path
    ) -> None:
        (mine / "copy.yaml").write_bytes((mine / "mine.yaml").read_bytes())
        code, _, err = run(capsys, "check", mine / "mine.yaml", mine / "copy.yaml")
        assert code == 1
        assert "duplicate id my-1" in err

    def test_follow_up_wordings_are_checked_too(self, capsys: pytest.CaptureFixture[str], mine: Path) -> None:
        wordings = mine / "follow-ups.yaml"
        wordings.write_text("phrases: {thanks: [Ta.]}", encoding="utf-8")
        assert run(capsys, "check", wordings)[:2] == (0, f"{wordings}: 1 wording\n")
        wordings.write_text("phrases: {thank: [Ta.]}", encoding="utf-8")
        assert run(capsys, "check", wordings)[0] == 1

    def test_a_file_that_is_not_there_is_refused(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        code, _, err = run(capsys, "check", tmp_path / "none.yaml")
        assert code == 1
        assert "none.yaml" in err


class TestWhatGoodSoundsLike:
    """`questions show ID --good`: both answers, marked up, and spoken on demand."""

    @pytest.fixture
    def answered(self, mine: Path) -> Path:
        (mine / "answers").mkdir()
        text = (
            "answers:\n  - {question: my-1, good: I cut the wait from 9 to 3 days., fair: It got better.}\n"
        )
        (mine / "answers" / "mine.yaml").write_text(text, encoding="utf-8")
        return mine

    def test_both_answers_are_shown_with_their_scores_and_times(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        code, out, _ = run(capsys, "show", "own-01", "--good", "--plain")
        assert code == 0
        good, fair = (line for line in out.splitlines() if "at 150 words a minute" in line)
        assert good.startswith("What good sounds like: ")
        assert fair.startswith("The same, told vaguely: ")
        assert "  Missing: " in out

    def test_as_json_they_have_their_scores(self, capsys: pytest.CaptureFixture[str]) -> None:
        found = json.loads(run(capsys, "show", "own-01", "--good", "--json")[1])
        assert found["good"]["score"]["overall"] > found["fair"]["score"]["overall"]

    def test_ones_own_folder_may_hold_answers(
        self, capsys: pytest.CaptureFixture[str], answered: Path
    ) -> None:
        out = run(capsys, "show", "my-1", "--good", "--plain", "--prompts", answered)[1]
        assert "I cut the wait from 9 to 3 days." in out

    def test_showing_a_question_says_where_its_answers_are(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert "voicemock questions show own-01 --good" in run(capsys, "show", "own-01")[1]

    def test_a_question_without_them_is_said(self, capsys: pytest.CaptureFixture[str], mine: Path) -> None:
        code, _, err = run(capsys, "show", "my-1", "--good", "--prompts", mine)
        assert code
        assert "there is no example of an answer to my-1: write one" in err

    def test_to_say_nothing_is_wrong_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(capsys, "show", "own-01", "--say")[2].endswith("add --good\n")

    def test_they_are_said_sentence_by_sentence(
        self, capsys: pytest.CaptureFixture[str], answered: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        voice = FakeVoice()
        monkeypatch.setattr("voicemock.speech.voice_engines.open_voice", lambda _: voice)
        monkeypatch.setitem(speak.__kwdefaults__, "open_speaker", SilentSpeaker)
        assert run(capsys, "show", "my-1", "--good", "--say", "--prompts", answered)[0] == 0
        assert voice.said == ["I cut the wait from 9 to 3 days."]

    def test_a_check_covers_them(self, capsys: pytest.CaptureFixture[str], answered: Path) -> None:
        file = answered / "answers" / "mine.yaml"
        assert f"{file}: 1 answer" in run(capsys, "check", answered)[1]
        file.write_text("answers:\n  - {question: my-2, good: A., fair: B.}\n", encoding="utf-8")
        code, _, err = run(capsys, "check", answered)
        assert code
        assert "unknown question my-2: did you mean my-1?" in err
        assert "unknown question my-2" in run(capsys, "check", file)[2]
