"""Question packs: YAML that a person edits, checked entry by entry and turned into `Question`s.

A pack holds `round:` and `questions:`. A question has an `id`, a `text`, and a `principle` (behavioral) or a
`type` (where the round has types); `difficulty` (1 to 3, 2 if left out), `tags`, `follow_ups`, `probes`
(portfolio, all six), `exhibit` (analytical) and the `source` that it comes from. `schema` makes of it what
an editor is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicemock.errors import PackError, UnknownQuestion
from voicemock.packs.exhibits import Exhibit, read_exhibit, stored_exhibit
from voicemock.packs.reader import Entry, pack_files, read_mapping, shipped_folder
from voicemock.rounds import PRINCIPLES, PROBES, ROUNDS
from voicemock.terminal.printable import excerpt

DIFFICULTIES = range(1, 4)  # 1 is a warm-up, 3 is what a bar raiser asks
DEFAULT_DIFFICULTY = 2
_ENOUGH = 5  # ids named in an error before they stop helping
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEYS = ("id", "text", "difficulty", "tags", "follow_ups", "source")


@dataclass(frozen=True)
class Question:
    """One question as the interviewer asks it. `principle` is a slug; `probes` are six, in order, or none."""

    id: str
    round: str
    text: str
    principle: str | None = None
    type: str | None = None
    difficulty: int = DEFAULT_DIFFICULTY
    tags: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    exhibit: Exhibit | None = None
    source: str = ""  # the line of a CV or of a job description that it comes from


def load_questions(extra: Path | None = None) -> tuple[Question, ...]:
    """Return the shipped questions and those of the folder (or file) `extra`, replacing any of the same id.

    Order is that of the files, by name, then of the entries; a replaced question keeps its place. Raises
    PackError.
    """
    questions = {question.id: question for question in read_packs(pack_files(shipped_folder()))}
    if extra is not None:
        questions |= {question.id: question for question in read_packs(pack_files(extra))}
    return tuple(questions.values())


def read_packs(paths: Iterable[Path]) -> tuple[Question, ...]:
    """Return the questions of these packs in order; raise PackError on a fault or an id used twice."""
    found: dict[str, Question] = {}
    homes: dict[str, Path] = {}
    for path in paths:
        for number, question in enumerate(_read_pack(path), start=1):
            if question.id in found:
                home = "this pack" if homes[question.id] == path else homes[question.id]
                cause = f"{path}, question {number}: duplicate id {question.id}"
                raise PackError(cause, f"{home} has it already")
            found[question.id] = question
            homes[question.id] = path
    return tuple(found.values())


def stored_question(stored: Mapping[str, Any]) -> Question:
    """Return the question that `dataclasses.asdict` and JSON made `stored` of."""
    lists = {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
    return Question(**{**stored, **lists, "exhibit": stored_exhibit(stored.get("exhibit"))})


def find_question(questions: Iterable[Question], id_or_text: str) -> Question:
    """Return the question with this id, or this text, or the only one whose text contains it.

    Capitals, spaces and a last full stop or question mark don't count. Raises UnknownQuestion.
    """
    questions = tuple(questions)
    wanted = _plain(id_or_text)
    for question in questions:
        if wanted in (question.id, _plain(question.text)):
            return question
    holding = [question for question in questions if wanted and wanted in _plain(question.text)]
    if len(holding) == 1:
        return holding[0]
    if holding:
        ids = ", ".join(question.id for question in holding[:_ENOUGH])
        ids += ", …" if len(holding) > _ENOUGH else ""
        found = f"{len(holding)} questions contain “{id_or_text}” ({ids})"
        raise UnknownQuestion(found, "give an id or more words")
    raise UnknownQuestion(f"no question has the id or text “{id_or_text}”", "see `voicemock questions`")


def filter_questions(
    questions: Iterable[Question],
    *,
    round: str | None = None,
    principle: str | None = None,
    type: str | None = None,
    tag: str | None = None,
    difficulty: int | None = None,
) -> tuple[Question, ...]:
    """Return the questions that meet every condition given, in their order."""
    return tuple(
        question
        for question in questions
        if round in (None, question.round)
        and principle in (None, question.principle)
        and type in (None, question.type)
        and (tag is None or tag in question.tags)
        and difficulty in (None, question.difficulty)
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?!")


def _read_pack(path: Path) -> list[Question]:
    pack = Entry(path, "", read_mapping(path))
    pack.only(("round", "questions"))
    round_slug = pack.choice("round", ROUNDS)
    contents = pack.items("questions")
    if not contents:
        pack.fail("questions is missing or empty")
    return [_question(path, number, content, round_slug) for number, content in enumerate(contents, start=1)]


def _question(path: Path, number: int, content: object, round_slug: str) -> Question:
    name = content.get("id") if isinstance(content, dict) else None
    entry = Entry(path, f"question {excerpt(name) if isinstance(name, str) else number}", content)
    types = ROUNDS[round_slug].types
    entry.only(KEYS + keys_of(round_slug))
    if not ID.fullmatch(entry.text("id")):
        entry.fail("id must be lower-case words and digits joined by hyphens", "such as own-01")
    return Question(
        id=entry.text("id"),
        round=round_slug,
        text=entry.text("text"),
        principle=entry.choice("principle", PRINCIPLES) if round_slug == "behavioral" else None,
        type=entry.choice("type", types) if types else None,
        difficulty=entry.number("difficulty", DIFFICULTIES, DEFAULT_DIFFICULTY),
        tags=entry.texts("tags"),
        follow_ups=entry.texts("follow_ups"),
        probes=_probes(path, entry) if round_slug == "portfolio" else (),
        exhibit=_exhibit(path, entry),
        source=entry.text("source") if "source" in entry.content else "",
    )


def keys_of(round_slug: str) -> tuple[str, ...]:
    """Return the keys that only questions of this round have."""
    if round_slug == "behavioral":
        return ("principle",)
    if round_slug == "portfolio":
        return ("probes",)
    return ("type", "exhibit") if round_slug == "analytical" else ("type",)


def _probes(path: Path, question: Entry) -> tuple[str, ...]:
    if "probes" not in question.content:
        question.fail("probes is missing", f"a portfolio question has {', '.join(PROBES)}")
    probes = Entry(path, f"probes of {question.text('id')}", question.content["probes"])
    probes.only(PROBES)
    return tuple(probes.text(name) for name in PROBES)


def _exhibit(path: Path, question: Entry) -> Exhibit | None:
    if "exhibit" not in question.content:
        if question.content.get("type") == "exhibit":
            question.fail("exhibit is missing", "a question of this type needs a title, columns and rows")
        return None
    return read_exhibit(path, question.text("id"), question.content["exhibit"])
