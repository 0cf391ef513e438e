"""`voicemock cohort`: a trainer sees what to teach next, and nobody's words unless asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voicemock.cli import main
from voicemock.coaching.cohort import by_candidate, candidate_keys, cohort
from voicemock.rounds import DIMENSIONS

SECRET = "the dentist's assistant cried"


def row(source: str, overall: float | None, question: str = "Q1", **more: object) -> dict[str, object]:
    return {
        "source": source, "overall": overall, "round": "behavioral", "question": question,
        "dimensions": dict.fromkeys(DIMENSIONS, overall), "sentences": [{"text": SECRET}],
        "interrupts": [{"after_sentence": 0, "kind": "baseline", "question": "From what?"}], "checks": [], **more,
    }  # fmt: skip


ROWS = [
    row("class/ana/1.wav", 2.0), row("class/ana/2.wav", 3.0), row("class/ben/1.wav", 3.5),
    row("class/ben/2.wav", None), {"source": "class/cleo/1.wav", "overall": None, "error": "damaged"},
    row("class/dan/1.wav", 1.5, "Q2", checks=[{"kind": "off-question"}]),
]  # fmt: skip


def voicemock(*arguments: str) -> int:
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in ROWS))
    return path


class TestFigures:
    def test_they_count_what_was_scored_and_tell_of_the_rest(self) -> None:
        found = cohort(ROWS)
        assert (found.answers, found.failed, found.unscored) == (6, 1, 1)
        assert (found.overall.count, found.overall.mean, found.overall.at_bar) == (4, 2.5, 1)
        assert sum(found.overall.counts) == 4
        assert [(check.name, check.count) for check in found.checks] == [("off-question", 1)]
        assert [spread.name for spread in found.questions] == ["Q2", "Q1"]

    def test_who_tried_again_shows_how_far_they_came(self) -> None:
        ana, ben, dan = cohort(ROWS).candidates
        assert (ana.change, ben.change, dan.change) == (1.0, None, None)

    def test_nothing_scored_is_no_figure(self) -> None:
        found = cohort(ROWS[3:5])
        assert found.overall.mean is None
        assert found.weakest is None

    @pytest.mark.parametrize(
        ("sources", "keys"),
        [
            (["a/1.wav", "b/1.wav"], ["a", "b"]),
            (["ana-1.wav", "ana-2.wav", "ben.wav"], ["ana", "ana", "ben"]),
            (["1.wav", "2.wav"], ["1", "2"]),
            (
                ["x/class-a/ravi/1.wav", "x/class-b/ravi/1.wav", "x/class-b/ana/1.wav"],
                ["class-a/ravi", "class-b/ravi", "ana"],
            ),
            (["ravi/1.wav", "b/ravi/1.wav"], ["ravi", "b/ravi"]),
        ],
    )
    def test_a_candidate_is_a_folder_or_a_name_without_its_number(
        self, sources: list[str], keys: list[str]
    ) -> None:
        assert candidate_keys(sources) == keys

    def test_files_beside_the_folders_of_others_are_told_apart_by_their_names(self) -> None:
        sources = ["class/bela-1.txt", "class/cem-1.txt", "class/bela-2.txt", "class/anna/3.txt"]
        assert candidate_keys(sources) == ["bela", "cem", "bela", "anna"]

    def test_folders_that_share_a_name_are_two_candidates(self) -> None:
        assert len(cohort([row("class-a/ravi/1.wav", 2.0), row("class-b/ravi/1.wav", 3.0)]).candidates) == 2

    @pytest.mark.parametrize(
        ("given", "sources", "key"),
        [
            ("ana", ["ana-1.wav", "ana-2.wav"], "ana"),
            ("ana-2.wav", ["ana-1.wav", "ana-2.wav"], "ana"),
            ("answers/ana-2.wav", ["answers/ana-1.wav", "answers/ana-2.wav"], "ana"),
            ("class-1", ["class-1/1.wav", "class-2/1.wav"], "class-1"),
            ("x/ana/", ["x/ana/1.wav", "x/ben/1.wav"], "ana"),
            ("x/ana/1.wav", ["x/ana/1.wav", "x/ben/1.wav"], "ana"),
            ("b/ravi", ["a/ravi/1.wav", "b/ravi/1.wav"], "b/ravi"),
        ],
    )
    def test_a_name_may_be_given_for_a_folder_or_a_file(
        self, given: str, sources: list[str], key: str
    ) -> None:
        assert by_candidate({given: "Ana Ruiz"}, sources) == ({key: "Ana Ruiz"}, [])

    @pytest.mark.parametrize(
        ("given", "sources"), [("zoe", ["a/1.wav", "b/1.wav"]), ("zoe.wav", ["ana.wav"])]
    )
    def test_a_name_that_is_nobody_s_is_told_apart(self, given: str, sources: list[str]) -> None:
        assert by_candidate({given: "Zoe"}, sources) == ({}, [given])


class TestCommand:
    def test_what_to_teach_next_comes_first(self, results: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert voicemock("cohort", str(results), "--plain") == 0
        out = capsys.readouterr().out
        assert out.splitlines()[2].startswith("Teach next: structure (2.5 on average), and baseline")
        assert "1 not scored, 1 unreadable" in out

    @pytest.mark.parametrize("form", [[], ["--json"], ["--html", "page.html"]])
    def test_nobody_s_words_or_name_unless_asked_for(
        self, results: Path, form: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        def shown(*more: str) -> str:
            assert voicemock("cohort", str(results), *form, *more) == 0
            page = Path("page.html")
            return capsys.readouterr().out + (page.read_text() if page.exists() else "")

        plain = shown()
        assert SECRET not in plain.replace("&#39;", "'")
        assert "ana" not in plain.replace("unanalysed", "") or not form
        names = Path("names.csv")
        names.write_text("ana,Ana Ruiz\n")
        told = shown("--names", str(names), "--with-words").replace("&#39;", "'")
        assert "Ana Ruiz" in told
        assert SECRET in told

    def test_a_name_for_nobody_is_told_in_one_line(
        self, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        names = tmp_path / "names.csv"
        names.write_text("ana,Ana Ruiz\ncleo,Cleo Day\nzoe,Zoe\nyan,Yan\n")  # all that cleo said is damaged
        assert voicemock("cohort", str(results), "--names", str(names)) == 0
        (line,) = capsys.readouterr().err.splitlines()
        assert "no candidate is called zoe, yan" in line

    def test_the_first_and_the_last_try_are_compared_alike_everywhere(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "two.jsonl"
        tries = [row("a/1.wav", 3.0), row("a/2.wav", 2.5), row("b/1.wav", 2.0), row("b/2.wav", 2.0)]
        path.write_text("".join(json.dumps(one) + "\n" for one in tries))
        assert voicemock("cohort", str(path), "--plain") == 0
        last = [
            line.split()[-1] for line in capsys.readouterr().out.splitlines() if line.startswith("Candidate ")
        ]
        assert last[-2:] == ["−0.5", "0.0"]
        assert voicemock("cohort", str(path), "--html", "two.html") == 0
        page = Path("two.html").read_text()
        assert '<td class="n">−0.5</td>' in page and '<td class="n">0.0</td>' in page

    def test_the_page_asks_for_nothing_and_runs_nothing(self, results: Path) -> None:
        assert voicemock("cohort", str(results), "--html", "page.html") == 0
        page = Path("page.html").read_text()
        assert "default-src &#39;none&#39;" in page
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")

    @pytest.mark.parametrize(
        "line",
        [
            "nonsense", "[]", '{"source": "a"}', '{"source": "a", "overall": 9}', '{"source": "a", "overall": 2.0}',
            json.dumps(row("a", 2.0, dimensions={"structure": "good"})), json.dumps(row("a", 2.0, dimensions=None)),
            json.dumps(row("a", 2.0, interrupts=[{}])), json.dumps(row("a", 2.0, checks=["off-question"])),
            json.dumps(row("a", 2.0, sentences=[SECRET])),
        ],
    )  # fmt: skip
    def test_a_line_that_is_no_score_is_named(
        self, tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "bad.jsonl"
        path.write_text(json.dumps(ROWS[0]) + "\n" + line + "\n")
        assert voicemock("cohort", str(path)) == 1
        assert "line 2 is not a score" in capsys.readouterr().err
