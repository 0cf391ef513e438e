"""The documentation, checked by machine: every command is there, and what it tells people to type exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from voicemock.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TYPED = re.compile(r"`(voicemock [^`…]*)`|^(voicemock .*?)(?:  +#.*)?$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def typed_commands() -> list[str]:
    """The `voicemock …` lines of all pages that stand for themselves (no placeholder in them)."""
    found = {a or b for page in PAGES for a, b in TYPED.findall(page.read_text(encoding="utf-8"))}
    return sorted(line for line in found if not re.search(r"\b[A-Z]{4,}\b", line))


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert f"`voicemock {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert f"voicemock {name}" in text


@pytest.mark.parametrize("line", typed_commands())
def test_what_a_page_tells_people_to_type_is_understood(line: str) -> None:
    _, name, *arguments = shlex.split(line.split(" && ")[0])
    command = cli.get_command(click.Context(cli), name)
    assert command is not None, line
    if "--help" not in arguments:
        command.make_context(name, arguments, resilient_parsing=False)


def test_the_pages_link_to_files_that_exist() -> None:
    for page in PAGES:
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_the_test_line_of_the_readme_is_the_one_that_ci_runs() -> None:
    lines = [
        x for x in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if x.endswith("&& pytest")
    ]
    assert len(lines) == 1
    assert "&& pytest$' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
