"""Bad inputs on the command line: a result or one line that names the file, nothing written elsewhere, nothing that a
terminal or a page would obey. A sample of each kind; `python -m benchmarks.bad_inputs` tries them all.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.hostile import files, stores
from tests.hostile.texts import ESCAPES, HOSTILE
from tests.hostile.trial import STORE, Case, Outcome, acts, judged, markup, try_it
from voicemock.speech import models

KINDS: dict[str, tuple[Callable[[], Iterator[Case]], int]] = {  # and one of how many is tried here
    "transcript": (lambda: files.transcripts(200), 13),
    "labelled answer": (lambda: files.labelled(150), 17),
    "pack": (lambda: files.packs(200), 17),
    "wordings": (lambda: files.wordings(100), 11),
    "sound": (lambda: files.sounds(300), 67),
    "model": (lambda: files.models(20), 107),
    "database": (lambda: stores.databases(300), 23),
    "rows": (lambda: stores.rows(3), 29),
    "recording": (lambda: stores.recordings(100), 41),
    "argument": (stores.arguments, 43),
}


@pytest.fixture(autouse=True)
def _one_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loaded once for all sounds."""
    monkeypatch.setattr(models, "load", load_once)


load_once = cache(models.load)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_of_each_kind_of_bad_input_does_no_harm(kind: str, tmp_path: Path) -> None:
    cases, every = KINDS[kind]
    found = [
        problem
        for number, case in enumerate(itertools.islice(cases(), 0, None, every))
        for problem in try_it(case, tmp_path / str(number))
    ]
    assert found == []


@pytest.mark.parametrize(
    "name", ["laughs", "merged laughs", "50000 deep in brackets", "50000 deep in dashes"]
)
def test_a_pack_that_grows_when_it_is_loaded_is_refused_before(name: str, tmp_path: Path) -> None:
    bomb = dict(files.yaml_bombs())[name]
    for command in (("questions", "check"), ("questions", "--prompts")):
        case = Case(
            "pack", name, (*command, "p.yaml"), files.lay("p.yaml", bomb), names="p.yaml", own_process=True
        )
        assert list(try_it(case, tmp_path / command[1])) == []


@pytest.mark.parametrize("command", stores.COMMANDS, ids=" ".join)
def test_a_store_in_which_every_text_is_hostile_is_only_shown(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    case = Case("rows", "all", command, lambda work: stores.fill(work / STORE, " ".join(HOSTILE)))
    assert list(try_it(case, tmp_path / "all")) == []


@pytest.mark.parametrize(
    "command", ["review last --html", "review last --delete --yes", "export last", "loop --resume last"]
)
def test_a_session_whose_name_leads_elsewhere_is_left_alone(command: str, tmp_path: Path) -> None:
    case = Case("rows", "../up", tuple(command.split()), stores.copied(stores.moved("../up")))
    assert list(try_it(case, tmp_path / "moved")) == []


class TestTheJudge:
    """The checks above can fail."""

    @pytest.mark.parametrize(
        ("outcome", "column"),
        [
            (Outcome(1, "", "Traceback (most recent call last):\n", 0.1), "tracebacks"),
            (Outcome(-11, "", "", 0.1), "tracebacks"),
            (Outcome(0, "\x1b[31m", "", 0.1), "escapes"),
            (Outcome(1, "", "voicemock: a.txt\nvoicemock: b\n", 0.1), "manners"),
            (Outcome(1, "", "voicemock: something is wrong\n", 0.1), "manners"),
            (Outcome(0, "", "", 1e9), "manners"),
        ],
    )
    def test_a_bad_outcome_is_found(self, outcome: Outcome, column: str, tmp_path: Path) -> None:
        found = judged(Case("a", "b", (), names="a.txt"), outcome, {}, {}, tmp_path)
        assert getattr(found, column)

    def test_a_file_elsewhere_is_found_and_one_in_the_store_is_none(self, tmp_path: Path) -> None:
        after = {"work/recordings/s1/1.wav": "1", "work/up": "1"}
        found = judged(Case("a", "b", ()), Outcome(0, "", "", 0.1), {}, after, tmp_path)
        assert len(found.outside) == 1

    @pytest.mark.parametrize("text", ESCAPES)
    def test_whatever_a_terminal_obeys_is_found(self, text: str) -> None:
        assert acts(text)

    def test_markup_in_a_page_is_found(self) -> None:
        assert markup("<p><script>alert(1)</script>")
        assert not markup("<p>&lt;script&gt;alert(1)")
