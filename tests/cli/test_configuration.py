"""The configuration file: read, never written, and wrong words in it are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicemock.cli.configuration import Configuration, path_of_configuration, read_configuration
from voicemock.cli.mind import MindOptions, is_wanted
from voicemock.errors import UsageProblem

MIND = "http://localhost:11434/v1#qwen2.5:7b"


@pytest.fixture
def file() -> Path:
    path = path_of_configuration()
    path.parent.mkdir(parents=True)
    return path


def test_none_is_needed() -> None:
    assert read_configuration() == Configuration()
    assert not path_of_configuration().exists()


def test_it_names_a_mind(file: Path) -> None:
    file.write_text(f'mind = "{MIND}"\nmind_may_leave_this_machine = true\n')
    assert read_configuration() == Configuration(MIND, True)
    assert is_wanted(MindOptions()) and not is_wanted(MindOptions(mind="off"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mind = 5", "mind is 5"),
        ('mnd = "x"', "unknown setting mnd"),
        ('key = "sk-1"', "unknown setting key"),
        ("mind", "can't be read"),
        ('mind_may_leave_this_machine = "yes"', "true or false"),
    ],
)
def test_what_is_wrong_with_it_is_named(text: str, why: str, file: Path) -> None:
    file.write_text(text)
    with pytest.raises(UsageProblem, match=why):
        read_configuration()


def test_one_that_is_named_has_to_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICEMOCK_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(UsageProblem, match="does not exist"):
        read_configuration()
