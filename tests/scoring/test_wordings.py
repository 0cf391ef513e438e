"""Every wording of a fix can be said: it asks for nothing that no draft of its kind has; and every cue can be heard."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import voicemock.scoring.feedback as feedback
from voicemock.scoring.models.lexicon import lexicon

FIXES = lexicon("fixes")
# Where a kind's name is put together, the function that drafts it.
PUT_TOGETHER = {
    "asked-": "_principle", "asked.": "asked_gaps", "check-": "drafts_of",
    "proposal-": "drafts_of", "vague": "vague_drafts", "opened-on": "vague_drafts", "pace-": "_delivery",
}  # fmt: skip
A_PART = "framework_drafts"  # a kind that is called as a part of a framework is


@cache
def functions() -> dict[str, list[ast.FunctionDef]]:
    """The functions of the room by their names."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for path in sorted(Path(feedback.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def drafts(function: ast.FunctionDef) -> bool:
    """Whether it hands drafts on: what it gives them is no field of another's."""
    return function.returns is not None and "Draft" in ast.unparse(function.returns)


def fields(function: ast.FunctionDef, seen: frozenset[str] = frozenset()) -> set[str]:
    """The names under which a function, or one that it calls, gives a draft its words."""
    handed = {"_fields"} if any(each.arg == "shared" for each in function.args.args) else set()
    names = handed | {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
    names |= {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            found |= {name for key in node.keys if key for name in strings(key)}
        elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            found |= strings(node.slice)
    for name in names - seen:
        for called in functions().get(name, ()):
            if not drafts(called):
                found |= fields(called, seen | names)
    return found


def drafts_this(function: ast.FunctionDef, kind: str) -> bool:
    calls = (n for n in ast.walk(function) if isinstance(n, ast.Call) and ast.unparse(n.func) == "Draft")
    return any(kind in strings(call.args[0]) for call in calls)


def drafted_by(kind: str) -> list[ast.FunctionDef]:
    """The functions that draft this kind."""
    named = [one for every in functions().values() for one in every if drafts_this(one, kind)]
    family = next((name for start, name in PUT_TOGETHER.items() if kind.startswith(start)), A_PART)
    return named or functions()[family]


def test_a_function_gives_the_fields_that_it_and_its_helpers_name():
    shared = next(each for each in functions()["_fields"] if "kpi" in fields(each))
    assert {"idea_opened", "only", "answer_opened", "ratio", "size"} <= fields(shared)
    assert "Idea" not in fields(shared)


@pytest.mark.parametrize("kind", FIXES)
def test_a_wording_asks_for_no_words_that_no_draft_of_its_kind_has(kind):
    any_story = fields(*functions()["own_words"])
    given = any_story.union(*(fields(function) for function in drafted_by(kind)))
    for shape in FIXES[kind]:
        asked = set(re.findall(r"\{(\w+)\}", shape["why"] + shape.get("line", "")))
        assert asked <= given, shape["why"]


@pytest.mark.parametrize("key", lexicon("wordcues"))
def test_a_cue_does_not_end_where_a_word_has_to_go_on(key):
    """A cue is looked for as whole words: behind a blank or in the middle of a number it is never found."""
    for entry in lexicon("wordcues")[key]:
        shortest = re.sub(r"\(\?:[^()]*\)\?$", "", entry)
        assert not re.search(r"(?:\s|\\d)$", shortest) and not entry.endswith(" "), entry
