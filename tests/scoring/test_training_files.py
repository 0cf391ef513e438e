"""The training answers are read strictly: a fault is named with its file and line, and no label is lost."""

import json
from pathlib import Path

import pytest

from voicemock.scoring.models.lexicon import pattern

TRAINING = Path(__file__).parents[2] / "training"
HEADER = """=== a-1
round: behavioral
principle: ownership
question: Why?
duration: 60
overall: 3.0
customer: none
named:
demonstrated: ownership
"""


@pytest.fixture
def parse(monkeypatch):
    monkeypatch.syspath_prepend(str(TRAINING))
    import parse

    return parse


@pytest.fixture
def read(parse, tmp_path):
    def read(text):
        path = tmp_path / "some.txt"
        path.write_text(text)
        return list(parse.parse_file(path))

    return read


def test_a_sentence_keeps_all_its_labels(read):
    (answer,) = read(
        HEADER
        + "R ownership | It fell {result rate ~: to about 9%}, {vague: they loved it}. !hedged !so-what\n"
    )
    (line,) = answer.lines
    assert line.text == "It fell to about 9%, they loved it."
    assert line.metrics == [{"text": "to about 9%", "role": "result", "kind": "rate", "hedged": True}]
    assert (line.vague, line.cuts, line.tags) == (["they loved it"], ["hedged", "so-what"], ["ownership"])


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("X | What?", "one of STARLO"),
        ("A no bar", "one of STARLO"),
        ("A nonsense | What?", "unknown tag nonsense"),
        ("A | What? !nonsense", "unknown cut nonsense"),
        ("A | {outcome rate: 9%}", "unknown role"),
        ("A | {result size: 9%}", "unknown kind"),
        ("A | {result rate: 9%", "without its }"),
        ("A | 9%}", "without its {"),
    ],
)
def test_a_fault_names_file_and_line(parse, read, line, cause):
    with pytest.raises(parse.BadAnswerError, match=r"some\.txt:10") as error:
        read(HEADER + line)
    assert cause in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("round: behavioral", "round: chess", "unknown round"),
        ("overall: 3.0", "overall: 3.2", "steps of 0.5"),
        ("customer: none", "customer: some", "unknown customer"),
        ("principle: ownership", "principle: kindness", "unknown principle"),
        ("duration: 60", "", "lacks duration"),
    ],
)
def test_a_header_that_does_not_fit(parse, read, old, new, cause):
    with pytest.raises(parse.BadAnswerError, match=cause):
        read(HEADER.replace(old, new) + "A | I did it.\n")


def test_every_training_answer_is_read(parse):
    answers = parse.load()
    assert len(answers) >= 200
    assert sum(len(a.lines) for a in answers) >= 2000


def test_those_held_out_exist(parse):
    assert parse.held_out_ids() <= {a.id for a in parse.load()}


def test_the_gold_form_has_every_quote_in_its_sentence(parse):
    for answer in parse.load():
        gold = answer.as_gold()
        for quote in (*gold["labels"]["metrics"], *gold["labels"]["vague"]):
            assert quote["text"] in gold["sentences"][quote["sentence"]]


@pytest.mark.parametrize(("cue", "letter", "share"), [("named_task", "T", 0.95), ("plain_deed", "A", 0.9)])
def test_sentences_that_say_which_part_they_are_are_labelled_so(parse, cue, letter, share):
    """What `star.py` gives such sentences rests on this."""
    texts = [
        (line.letter, line.text)
        for answer in parse.load()
        if answer.round in ("behavioral", "portfolio")
        for line in answer.lines
    ]
    entries = pattern("story", cue)
    reads = (
        entries.match if cue == "plain_deed" else entries.search
    )  # a deed is plain at the head of a sentence
    found = [one for one, text in texts if reads(text.replace("’", "'"))]
    assert len(found) >= 10
    assert found.count(letter) / len(found) >= share


@pytest.mark.parametrize("who", ["writer", "blind-1", "blind-2"])
def test_a_reading_has_a_letter_for_every_sentence_of_its_answer(parse, who):
    folders = (TRAINING / "answers", TRAINING / "validation-twins")
    lines = {
        answer.id: len(answer.lines)
        for folder in folders
        for path in folder.glob("*.txt")
        for answer in parse.parse_file(path)
    }
    rows = readings_of(who)
    assert rows
    assert all(len(row["star"]) == lines[row["id"]] for row in rows)


def test_what_makes_a_story_none_is_said_of_stories_that_exist(parse):
    stories = {answer.id for answer in parse.load() if answer.round in ("behavioral", "portfolio")}
    rows = readings_of("faults")
    assert len(rows) >= 900
    assert {row["id"] for row in rows} <= stories


def test_readers_held_stories_that_exist_against_questions_that_exist(parse):
    folders = (TRAINING / "answers", *TRAINING.glob("validation*"))
    stories = {answer.id for folder in folders for answer in parse.load(folder)}
    questions = (TRAINING / "readings" / "questions.tsv").read_text("utf-8").splitlines()
    rows = readings_of("answers")
    asked = [k for row in rows for how in "ypn" for k in row[how]]
    assert len(asked) >= 10_000
    assert {row["id"] for row in rows} <= stories
    assert 0 <= min(asked) <= max(asked) < len(questions)
    assert all(len(line.split("\t")) == 2 for line in questions)


def readings_of(name):
    lines = (TRAINING / "readings" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]
