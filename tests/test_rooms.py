"""The house: which rooms there are, which way imports run between them, and what stands in no room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import voicemock

SOURCES = Path(voicemock.__file__).parent
# From the ground up. What stands in one row may not import its neighbours there, nor anything above.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "rounds", "transcript"),
    ("limits",),
    ("digests", "files"),
    ("terminal",),
    ("scoring/model",),
    ("scoring/models",),
    ("wording", "scoring/numbers"),
    ("scoring/language",),
    ("scoring/claims",),
    ("scoring/findings",),
    ("scoring/rubric",),
    ("scoring/feedback",),
    ("scoring/gaps",),
    ("scoring/assemble", "audio"),
    ("scoring/rehearsal",),
    ("speech", "many"),
    ("packs",),
    ("mind",),
    ("calls", "store"),
    ("coaching", "interview"),
    ("interview/loop",),
    ("doctor", "report"),
    ("ui",),
    ("web",),
    ("cli",),
    ("__main__",),
)
IN_THE_ROOT = {
    "errors",
    "limits",
    "rounds",
    "digests",
    "files",
    "wording",
    "__init__",
    "__main__",
}
SPLIT = {"scoring", "interview"}  # rooms whose inner rooms count on their own


def modules() -> Iterator[tuple[tuple[str, ...], ast.Module]]:
    for path in sorted(SOURCES.rglob("*.py")):
        yield path.relative_to(SOURCES).with_suffix("").parts, ast.parse(path.read_text("utf-8"))


def room_of(parts: tuple[str, ...]) -> str:
    if parts[0] == "scoring" and len(parts) > 1 and parts[1] != "__init__":
        return f"scoring/{parts[1]}"
    if parts[0] == "interview" and len(parts) > 2:
        return f"interview/{parts[1]}"
    return parts[0]


def imported(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Every module of ours that the code names in an import, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "voicemock":
            base = tuple(node.module.split(".")[1:])
            for name in node.names:
                inner = SOURCES.joinpath(*base, name.name)
                is_module = inner.with_suffix(".py").exists() or inner.is_dir()
                if base or is_module:
                    yield (*base, name.name) if is_module else base
        elif isinstance(node, ast.Import):
            yield from (
                tuple(name.name.split(".")[1:]) for name in node.names if name.name.startswith("voicemock.")
            )


def at_run_time(tree: ast.Module) -> ast.Module:
    """The module without what only a type checker reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    return tree


FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


class TestImports:
    """A change in one room can break only the rooms above it."""

    def test_they_run_one_way(self) -> None:
        up = [
            f"{'/'.join(parts)} -> {'/'.join(target)}"
            for parts, tree in modules()
            if parts[0] != "__init__"
            for target in imported(tree)
            if room_of(target) != room_of(parts) and FLOOR[room_of(target)] >= FLOOR[room_of(parts)]
        ]
        assert up == []

    def test_no_module_imports_itself_by_way_of_others(self) -> None:
        trees = {tuple(part for part in parts if part != "__init__"): tree for parts, tree in modules()}
        wanted = {parts: set(imported(at_run_time(tree))) - {parts} for parts, tree in trees.items()}
        TopologicalSorter(wanted).prepare()  # raises CycleError, which names the circle

    def test_a_circle_would_be_found(self) -> None:
        first, second = ast.parse("import voicemock.audio.vad"), ast.parse("from voicemock.audio import wav")
        wanted = {("audio", "wav"): set(imported(first)), ("audio", "vad"): set(imported(second))}
        with pytest.raises(CycleError):
            TopologicalSorter(wanted).prepare()


class TestRooms:
    """Each file stands in a room whose name says what belongs in it."""

    def test_nothing_else_stands_in_the_root(self) -> None:
        assert {path.stem for path in SOURCES.glob("*.py")} == IN_THE_ROOT

    def test_every_room_says_what_it_holds(self) -> None:
        unsaid = [
            "/".join(parts)
            for parts, tree in modules()
            if parts[-1] == "__init__" and not ast.get_docstring(tree)
        ]
        assert unsaid == []

    def test_no_file_is_longer_than_a_reader_can_hold(self) -> None:
        long = {
            str(path.relative_to(SOURCES)): lines
            for path in SOURCES.rglob("*.py")
            if (lines := len(path.read_text("utf-8").splitlines())) > 400
        }
        assert long == {}


SQL = ("SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "CREATE TABLE", "PRAGMA ")


class TestTheDatabase:
    """Only the store knows what its tables are called."""

    def test_no_other_room_speaks_sql(self) -> None:
        speakers = {
            "/".join(parts)
            for parts, tree in modules()
            if parts[0] != "store"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.lstrip().startswith(SQL)
        }
        assert speakers == set()
