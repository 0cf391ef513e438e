"""The question packs: what ships, what a user may add, and the line they get when a pack is broken."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import voicemock
from voicemock.errors import PackError, UnknownQuestion
from voicemock.packs import reader as packs
from voicemock.packs.exhibits import Exhibit
from voicemock.packs.questions import (
    Question,
    filter_questions,
    find_question,
    load_questions,
    read_packs,
    stored_question,
)
from voicemock.packs.schema import pack_schema
from voicemock.rounds import PRINCIPLES, PROBES, ROUNDS

SCHEMA_FILE = Path(voicemock.__file__).parent / "data" / "pack.schema.json"
SHIPPED = load_questions()
SPOKEN = re.compile(r"[A-Z][A-Za-z ,.?'-]*[.?]")  # nothing a voice would stumble over: no digit, no symbol
SHOUTED = re.compile(r"\b[A-Z]{2,}\b")
LONGEST_QUESTION = 40  # words, some 15 seconds of speech
LONGEST_FOLLOW_UP = 20


def write(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def pack(questions: str, round: str = "behavioral") -> str:
    return f"round: {round}\nquestions:\n{questions}"


class TestWhatShips:
    """The packs cover every round and principle, and can be said aloud."""

    def test_there_are_enough_questions_in_every_round(self) -> None:
        counts = Counter(question.round for question in SHIPPED)
        assert sum(counts.values()) >= 170
        wanted = {
            "behavioral": 96,
            "product-sense": 30,
            "analytical": 20,
            "system-design": 12,
            "portfolio": 8,
        }
        assert all(counts[slug] >= number for slug, number in wanted.items())

    @pytest.mark.parametrize("principle", PRINCIPLES)
    def test_every_principle_has_six_questions(self, principle: str) -> None:
        assert len(filter_questions(SHIPPED, principle=principle)) >= 6

    def test_every_type_has_questions(self) -> None:
        for each in ROUNDS.values():
            for type in each.types:
                assert len(filter_questions(SHIPPED, round=each.slug, type=type)) >= 2

    def test_at_least_six_analytical_questions_come_with_an_exhibit(self) -> None:
        assert sum(question.exhibit is not None for question in SHIPPED) >= 6

    def test_no_id_and_no_text_is_used_twice(self) -> None:
        assert len({question.id for question in SHIPPED}) == len(SHIPPED)
        assert len({question.text for question in SHIPPED}) == len(SHIPPED)

    def test_every_round_has_easy_and_hard_questions(self) -> None:
        for slug in ROUNDS:
            assert {question.difficulty for question in filter_questions(SHIPPED, round=slug)} == {1, 2, 3}

    def test_only_portfolio_questions_have_probes_and_they_have_all_six(self) -> None:
        for question in SHIPPED:
            assert len(question.probes) == (len(PROBES) if question.round == "portfolio" else 0)

    @pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.id)
    def test_a_question_can_be_said_aloud(self, question: Question) -> None:
        assert 2 <= len(question.follow_ups) <= 3
        assert question.tags
        assert len(question.text.split()) <= LONGEST_QUESTION
        assert len(re.findall(r"[.?](?= |$)", question.text)) <= 2
        for text in (question.text, *question.follow_ups, *question.probes):
            assert SPOKEN.fullmatch(text)
            assert not SHOUTED.search(text)
        for text in (*question.follow_ups, *question.probes):
            assert len(text.split()) <= LONGEST_FOLLOW_UP

    def test_hardly_any_question_names_the_company_but_those_about_its_products(self) -> None:
        general = [question for question in SHIPPED if not question.id.startswith("amz-")]
        assert sum("amazon" in question.text.lower() for question in general) <= 3


class TestAddingYourOwn:
    """A folder of packs adds to the shipped ones, and replaces a question of the same id."""

    def test_a_new_question_needs_only_an_id_a_text_and_its_principle(self, tmp_path: Path) -> None:
        write(tmp_path, pack("  - {id: my-1, text: Why us?, principle: ownership}"))
        mine = find_question(load_questions(tmp_path), "my-1")
        assert mine == Question("my-1", "behavioral", "Why us?", principle="ownership", difficulty=2)
        assert len(load_questions(tmp_path)) == len(SHIPPED) + 1

    def test_the_same_id_replaces_the_shipped_question_in_its_place(self, tmp_path: Path) -> None:
        write(tmp_path, pack("  - {id: own-01, text: Mine., principle: ownership}"))
        loaded = load_questions(tmp_path)
        assert [question.id for question in loaded] == [question.id for question in SHIPPED]
        assert find_question(loaded, "own-01").text == "Mine."

    def test_a_single_file_does_as_well_as_a_folder(self, tmp_path: Path) -> None:
        path = write(tmp_path, pack("  - {id: my-1, text: Why us?, principle: ownership}"))
        assert load_questions(path) == load_questions(tmp_path)

    def test_text_over_several_lines_becomes_one_line(self, tmp_path: Path) -> None:
        path = write(
            tmp_path, pack("  - id: my-1\n    text: |\n      Why\n      us?\n    principle: ownership")
        )
        assert read_packs([path])[0].text == "Why us?"

    def test_an_exhibit_has_its_chart_and_its_query_line_by_line(self, tmp_path: Path) -> None:
        text = pack(
            """  - id: my-1
    text: Read.
    type: exhibit
    exhibit:
      title: T
      chart: line
      query: |
        SELECT a,
               b
        FROM c
      columns: [A, B]
      rows: [[x, 3], [y, 4]]
""",
            "analytical",
        )
        (question,) = read_packs([write(tmp_path, text)])
        assert question.exhibit == Exhibit(
            "T", ("A", "B"), (("x", "3"), ("y", "4")), "line", "SELECT a,\n       b\nFROM c"
        )
        assert stored_question(json.loads(json.dumps(asdict(question)))) == question

    def test_numbers_in_an_exhibit_are_kept_as_they_are_written(self, tmp_path: Path) -> None:
        exhibit = "{title: T, columns: [A, B], rows: [[x, 3], ['1,000', 4.5]]}"
        text = pack(f"  - {{id: my-1, text: Read., type: exhibit, exhibit: {exhibit}}}", "analytical")
        question = read_packs([write(tmp_path, text)])[0]
        assert question.exhibit == Exhibit("T", ("A", "B"), (("x", "3"), ("1,000", "4.5")))

    def test_follow_up_wordings_in_the_folder_are_no_question_pack(self, tmp_path: Path) -> None:
        write(tmp_path, "phrases: {thanks: [Ta.]}", "follow-ups.yaml")
        assert load_questions(tmp_path) == SHIPPED

    def test_the_wheel_s_own_prompts_come_before_the_checkout_s(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(packs, "__file__", str(tmp_path / "voicemock" / "packs" / "reader.py"))
        (tmp_path / "voicemock" / "prompts").mkdir(parents=True)
        assert packs.shipped_folder() == tmp_path / "voicemock" / "prompts"


# What is wrong, the pack, and what the line must hold. The loader and the schema both refuse these.
CHARTED = "  - {{id: my-1, text: A., type: exhibit, exhibit: {{title: T, {}}}}}"
BROKEN = {
    "unknown round": (
        "round: behavioural\nquestions: [{id: a, text: A.}]",
        "unknown round behavioural: did you mean",
    ),
    "no round": ("questions: [{id: a, text: A.}]", "round is missing"),
    "no questions": ("round: behavioral", "questions is missing or empty"),
    "questions not a list": ("round: behavioral\nquestions: {id: a}", "questions must be a list"),
    "unknown key at the top": (
        "round: behavioral\nquestion: []",
        "unknown key question: did you mean questions?",
    ),
    "unknown key": (
        pack("  - {id: my-1, text: A., principle: ownership, follow_up: [B.]}"),
        "question my-1 (line 3): unknown key follow_up: did you mean follow_ups?",
    ),
    "entry not a mapping": (pack("  - A."), "question 1: must be a mapping"),
    "missing id": (pack("  - {text: A., principle: ownership}"), "question 1 (line 3): id is missing"),
    "id in capitals": (pack("  - {id: My_1, text: A., principle: ownership}"), "id must be lower-case words"),
    "missing text": (pack("  - {id: my-1, principle: ownership}"), "question my-1 (line 3): text is missing"),
    "blank text": (pack("  - {id: my-1, text: ' ', principle: ownership}"), "text has an empty text"),
    "text a number": (pack("  - {id: my-1, text: 7, principle: ownership}"), "text must be text, not 7"),
    "missing principle": (pack("  - {id: my-1, text: A.}"), "principle is missing"),
    "unknown principle": (
        pack("  - {id: my-1, text: A., principle: owner-ship}"),
        "unknown principle owner-ship: did you mean ownership?",
    ),
    "principle elsewhere": (
        pack("  - {id: my-1, text: A., type: design, principle: ownership}", "product-sense"),
        "unknown key principle",
    ),
    "unknown type": (
        pack("  - {id: my-1, text: A., type: abtest}", "analytical"),
        "unknown type abtest: did you mean ab-test?",
    ),
    "difficulty too high": (
        pack("  - {id: my-1, text: A., principle: ownership, difficulty: 4}"),
        "difficulty must be a whole number from 1 to 3",
    ),
    "difficulty a word": (
        pack("  - {id: my-1, text: A., principle: ownership, difficulty: hard}"),
        "difficulty must be a whole number",
    ),
    "tags not a list": (
        pack("  - {id: my-1, text: A., principle: ownership, tags: a}"),
        "tags must be a list",
    ),
    "follow-up not text": (
        pack("  - {id: my-1, text: A., principle: ownership, follow_ups: [yes]}"),
        "follow_ups must be text, not True: put it in quotes",
    ),
    "no probes": (pack("  - {id: my-1, text: A.}", "portfolio"), "probes is missing"),
    "five probes": (
        pack(
            "  - {id: my-1, text: A., probes: {customer-problem: A., validation: A., alternatives: A.,\n"
            "     data: A., outcome: A.}}",
            "portfolio",
        ),
        "probes of my-1 (line 3): learning is missing",
    ),
    "no exhibit": (pack("  - {id: my-1, text: A., type: exhibit}", "analytical"), "exhibit is missing"),
    "exhibit without rows": (
        pack("  - {id: my-1, text: A., type: exhibit, exhibit: {title: T, columns: [A]}}", "analytical"),
        "exhibit of my-1 (line 3): columns and rows are needed",
    ),
    "chart unknown": (
        pack(CHARTED.format("chart: pie, columns: [A, B], rows: [[x, 1], [y, 2]]"), "analytical"),
        "unknown chart pie",
    ),
    "query empty": (
        pack(CHARTED.format("query: ' ', columns: [A, B], rows: [[x, 1]]"), "analytical"),
        "query has an empty text",
    ),
    "exhibit cell a date": (
        pack(
            "  - {id: my-1, text: A., type: exhibit, exhibit: {title: T, columns: [A], rows: [[no]]}}",
            "analytical",
        ),
        "a cell must be text or a number, not False: put it in quotes",
    ),
}

# What no schema can say, or what is no YAML at all.
BROKEN_FOR_THE_LOADER_ONLY = {
    "duplicate id": (
        pack(
            "  - {id: my-1, text: A., principle: ownership}\n  - {id: my-1, text: B., principle: ownership}"
        ),
        "question 2: duplicate id my-1: this pack has it already",
    ),
    "row too short": (
        pack(
            "  - {id: my-1, text: A., type: exhibit, exhibit: {title: T, columns: [A, B], rows: [[1]]}}",
            "analytical",
        ),
        "each row must be a list of 2 cells",
    ),
    "chart of words": (
        pack(CHARTED.format("chart: bars, columns: [A, B], rows: [[x, many], [y, few]]"), "analytical"),
        "column B has too few numbers for a chart",
    ),
    "chart of one column": (
        pack(CHARTED.format("chart: bars, columns: [A], rows: [[1], [2]]"), "analytical"),
        "a chart has 2 to 7 columns",
    ),
    "chart of one row": (
        pack(CHARTED.format("chart: line, columns: [A, B], rows: [[x, 1]]"), "analytical"),
        "a line needs two rows or more",
    ),
    "chart of two units": (
        pack(CHARTED.format("chart: line, columns: [A, B], rows: [[x, 1%], [y, $2]]"), "analytical"),
        "column B mixes units, which no axis can show",
    ),
    "query with a tab": (
        pack(CHARTED.format('query: "a\\tb", columns: [A, B], rows: [[x, 1]]'), "analytical"),
        "query has a tab or a control character",
    ),
    "syntax": ("round: behavioral\nquestions:\n  - id: 'a", "line 3: not YAML"),
    "tab": ("round: behavioral\n\tquestions: []", "line 2: not YAML"),
    "key twice": (
        pack("  - {id: my-1, text: A., text: B., principle: ownership}"),
        "line 3: not YAML: text is given twice",
    ),
    "two documents": ("round: behavioral\n---\nround: portfolio", "not YAML"),
    "impossible date": ("round: 2024-99-99", "not YAML"),
    "empty file": ("", "empty, or not a mapping"),
    "a list": ("- a", "empty, or not a mapping"),
}


class TestBrokenPacks:
    """A broken pack is refused in one line that names the file, the entry and the cause."""

    @pytest.mark.parametrize("fault", BROKEN | BROKEN_FOR_THE_LOADER_ONLY)
    def test_the_line_names_file_and_cause(self, fault: str, tmp_path: Path) -> None:
        text, line = (BROKEN | BROKEN_FOR_THE_LOADER_ONLY)[fault]
        path = write(tmp_path, text)
        with pytest.raises(PackError) as caught:
            load_questions(tmp_path)
        assert str(caught.value).startswith(str(path))
        assert line in str(caught.value)
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 1

    def test_an_id_used_in_two_packs_names_both(self, tmp_path: Path) -> None:
        first = write(tmp_path, pack("  - {id: my-1, text: A., principle: ownership}"), "a.yaml")
        second = write(tmp_path, pack("  - {id: my-1, text: B., principle: ownership}"), "b.yml")
        with pytest.raises(PackError, match="duplicate id my-1") as caught:
            load_questions(tmp_path)
        assert str(first) in str(caught.value)
        assert str(second) in str(caught.value)

    def test_bytes_that_are_no_text_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").write_bytes(b"round: \xff\xfe")
        with pytest.raises(PackError, match="not UTF-8 text"):
            load_questions(tmp_path)

    def test_a_folder_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match="no such folder"):
            load_questions(tmp_path / "nowhere")

    def test_a_folder_without_packs_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match="no question packs in it"):
            load_questions(tmp_path)


class TestTheSchema:
    """Editors learn from the schema what the loader will say."""

    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)

    def test_the_schema_is_one(self) -> None:
        jsonschema.Draft202012Validator.check_schema(self.schema)

    @pytest.mark.parametrize("path", packs.pack_files(packs.shipped_folder()), ids=lambda path: path.name)
    def test_a_shipped_pack_satisfies_it_and_points_to_it(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self.validator.validate(yaml.safe_load(text))
        place = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert place
        assert Path(place[1]).name == SCHEMA_FILE.name
        if path.parent.parent == SCHEMA_FILE.parents[3]:  # in a checkout; the wheel has another layout
            assert (path.parent / place[1]).resolve() == SCHEMA_FILE.resolve()

    @pytest.mark.parametrize("fault", BROKEN)
    def test_it_rejects_what_the_loader_rejects(self, fault: str) -> None:
        assert not self.validator.is_valid(yaml.safe_load(BROKEN[fault][0]))

    def test_the_file_is_what_the_code_makes(self) -> None:
        made = json.dumps(pack_schema(), indent=2) + "\n"
        assert SCHEMA_FILE.read_text(encoding="utf-8") == made, "python -m voicemock.packs.schema"


class TestFinding:
    """A question is found by its id, its text, or words that only it has."""

    def test_by_id_in_any_case(self) -> None:
        assert find_question(SHIPPED, "OWN-01").id == "own-01"

    def test_by_its_text_without_the_full_stop(self) -> None:
        wanted = SHIPPED[0]
        assert find_question(SHIPPED, f"  {wanted.text.upper().rstrip('.?')} ") == wanted

    def test_by_words_that_only_it_has(self) -> None:
        assert "cups of coffee" in find_question(SHIPPED, "cups of coffee").text

    def test_words_that_many_have_name_some_of_them(self) -> None:
        with pytest.raises(UnknownQuestion, match=r"questions contain .*, …\): give an id or more words"):
            find_question(SHIPPED, "tell me about")

    @pytest.mark.parametrize("nothing", ["own-99", "", "?"])
    def test_nothing_found_says_where_to_look(self, nothing: str) -> None:
        with pytest.raises(UnknownQuestion, match="voicemock questions"):
            find_question(SHIPPED, nothing)


class TestFiltering:
    """Every condition given must hold; none gives everything."""

    def test_no_condition_gives_all_in_order(self) -> None:
        assert filter_questions(SHIPPED) == SHIPPED

    def test_conditions_add_up(self) -> None:
        found = filter_questions(SHIPPED, round="analytical", type="exhibit", difficulty=3)
        assert found
        assert all((each.round, each.type, each.difficulty) == ("analytical", "exhibit", 3) for each in found)

    def test_by_tag(self) -> None:
        found = filter_questions(SHIPPED, tag="trade-off")
        assert found
        assert all("trade-off" in each.tags for each in found)


class TestRounds:
    """The figures of rubric section 1."""

    def test_caps_targets_and_shares_are_those_of_the_rubric(self) -> None:
        assert [each.cap_s for each in ROUNDS.values()] == [180, 300, 300, 300, 1200]
        assert ROUNDS["behavioral"].target_s == (90, 130)
        assert ROUNDS["portfolio"].target_s is None  # 15 to 20 minutes of probing are no length of an answer
        assert sum(each.share or 0 for each in ROUNDS.values()) == pytest.approx(1.0)

    def test_there_are_sixteen_principles(self) -> None:
        assert len(PRINCIPLES) == 16
