"""The examples of answers: how they are read, what is refused, and that each text is its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import voicemock
from voicemock.errors import PackError, UnknownQuestion
from voicemock.packs.examples import Example, example_files, find_example, load_examples, read_examples
from voicemock.packs.questions import load_questions
from voicemock.packs.reader import shipped_folder
from voicemock.packs.schema import answers_schema

DATA = Path(voicemock.__file__).parent / "data"
TRAINING = Path(__file__).parents[2] / "training"
IDS = {question.id for question in load_questions()}
FILES = example_files(shipped_folder())
SHIPPED = load_examples(IDS)
SHARED_WORDS = 8  # in a row: one more than an idiom has
ONE = "answers:\n  - {question: own-01, good: A b., fair: C.}\n"
BROKEN = {
    "unknown question": ("answers:\n  - {question: own-99, good: A., fair: B.}", "unknown question own-99"),
    "good missing": (
        "answers:\n  - {question: own-01, fair: B.}",
        "answer to own-01 (line 2): good is missing",
    ),
    "fair empty": ("answers:\n  - {question: own-01, good: A., fair: ' '}", "fair has an empty text"),
    "unknown key": ("answers:\n  - {question: own-01, good: A., fair: B., bad: C.}", "unknown key bad"),
    "nothing": ("answers: []", "answers is missing or empty"),
    "no mapping": ("answers:\n  - own-01", "answer 1: must be a mapping"),
}
TWICE = ONE + "  - {question: own-01, good: D., fair: E.}\n"


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    (folder / "answers").mkdir(exist_ok=True)
    path = folder / "answers" / name
    path.write_text(text, encoding="utf-8")
    return path


class TestReading:
    def test_a_text_over_several_lines_becomes_one_line(self, tmp_path: Path) -> None:
        path = written(
            tmp_path,
            "answers:\n  - question: own-01\n    good: |\n      One.\n      Two.\n    fair: T.\n",
        )
        assert read_examples([path], IDS) == {"own-01": Example("own-01", "One. Two.", "T.")}

    def test_those_of_a_folder_of_ones_own_take_the_place_of_ours(self, tmp_path: Path) -> None:
        written(tmp_path, ONE)
        examples = load_examples(IDS, tmp_path)
        assert examples["own-01"].good == "A b."
        assert len(examples) == len(SHIPPED)

    def test_a_folder_of_packs_needs_no_examples(self, tmp_path: Path) -> None:
        assert load_examples(IDS, tmp_path) == SHIPPED

    @pytest.mark.parametrize("fault", BROKEN)
    def test_a_fault_names_the_file_the_entry_and_the_cause(self, tmp_path: Path, fault: str) -> None:
        text, cause = BROKEN[fault]
        path = written(tmp_path, text)
        with pytest.raises(PackError) as error:
            read_examples([path], IDS)
        assert str(path) in str(error.value)
        assert cause in str(error.value)

    def test_a_question_is_answered_once_over_all_files(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match="own-01 is answered twice"):
            read_examples([written(tmp_path, ONE), written(tmp_path, ONE, "other.yaml")], IDS)
        with pytest.raises(PackError, match="own-01 is answered twice"):
            read_examples([written(tmp_path, TWICE)], IDS)

    def test_a_question_without_one_says_how_to_write_it(self) -> None:
        with pytest.raises(UnknownQuestion, match="no example of an answer to q-1"):
            find_example(SHIPPED, "q-1")


class TestTheSchema:
    schema: dict[str, Any] = json.loads((DATA / "answers.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)

    def test_the_file_is_what_the_code_makes(self) -> None:
        assert self.schema == answers_schema(), "python -m voicemock.packs.schema"

    @pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
    def test_a_shipped_file_satisfies_it_and_points_to_it(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self.validator.validate(yaml.safe_load(text))
        assert re.match(r"# yaml-language-server: \$schema=\S+/answers\.schema\.json\n", text)

    @pytest.mark.parametrize("fault", [fault for fault in BROKEN if fault != "unknown question"])
    def test_it_rejects_what_the_loader_rejects(self, fault: str) -> None:
        assert not self.validator.is_valid(yaml.safe_load(BROKEN[fault][0]))


class TestEachTextIsItsOwn:
    """None is training text, nor shares a run of words with another: only both answers to a question tell one story."""

    def test_none_shares_eight_words_in_a_row_with_another_question(self) -> None:
        homes: dict[tuple[str, ...], str] = {}
        shared = {}
        for example in SHIPPED.values():
            for run in {*runs(example.good), *runs(example.fair)}:
                if homes.setdefault(run, example.question) != example.question:
                    shared[" ".join(run)] = (homes[run], example.question)
        assert not shared

    def test_none_shares_eight_words_in_a_row_with_a_training_text(self) -> None:
        trained: set[tuple[str, ...]] = set()
        for path in TRAINING.rglob("*.txt"):
            trained.update(runs(path.read_text(encoding="utf-8", errors="replace")))
        assert len(trained) > 100_000
        shared = {
            example.question: " ".join(run)
            for example in SHIPPED.values()
            for run in {*runs(example.good), *runs(example.fair)} & trained
        }
        assert not shared


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[\w'%$.,]*\w", text.lower().replace("’", "'"))
    return (tuple(words[at : at + SHARED_WORDS]) for at in range(len(words) - SHARED_WORDS + 1))
