"""Names, folders, patterns and lists become the same files in the same order each time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from voicemock.errors import TranscriptError
from voicemock.many.inputs import expand, is_many


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.WAV", "deep/c.md", ".hidden/d.txt", ".e.txt", "f.exe", "g.jsonl"):
        path = tmp_path / "answers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "answers"


def names(found: tuple[str, ...], folder: Path) -> list[str]:
    return [str(Path(name).relative_to(folder)) for name in found]


def test_a_folder_is_its_answers_by_name_without_hidden_or_other_files(folder: Path) -> None:
    assert names(expand([str(folder)]), folder) == ["a.WAV", "b.txt", "deep/c.md"]


def test_a_pattern_that_the_shell_left_alone(folder: Path) -> None:
    assert names(expand([f"{folder}/*.txt"]), folder) == ["b.txt"]
    assert is_many([f"{folder}/*.txt"])


def test_a_file_named_twice_is_there_once_and_one_that_is_missing_stays(folder: Path) -> None:
    first, missing = str(folder / "b.txt"), str(folder / "no.txt")
    assert expand([first, missing, first, str(folder / "b.txt")]) == (first, missing)
    assert not is_many([first, missing])


def test_a_list_has_a_name_a_line_and_remarks(folder: Path) -> None:
    listing = folder / "list"
    listing.write_text("# mine\n\n  x.txt \nno such.wav\n")
    assert expand([], str(listing)) == ("x.txt", "no such.wav")


def test_a_list_that_can_t_be_read_says_what_it_has_to_be(folder: Path) -> None:
    with pytest.raises(TranscriptError, match="one file a line"):
        expand([], str(folder / "nothing"))


def test_an_address_stays_as_it_is() -> None:
    assert expand(["s3://bucket/a.wav"]) == ("s3://bucket/a.wav",)


def test_the_captions_of_a_call_are_among_a_folder_s_files(folder: Path) -> None:
    for name in ("call.vtt", "call.SRT"):
        (folder / name).touch()
    assert names(expand([str(folder)]), folder)[2:4] == ["call.SRT", "call.vtt"]


def test_a_folder_that_can_t_be_looked_into_stays_and_becomes_a_row(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir()
    look = os.scandir

    def scandir(place: str) -> Any:
        if Path(place) == closed:
            raise PermissionError(13, "Permission denied", str(closed))
        return look(place)

    monkeypatch.setattr(os, "scandir", scandir)
    assert str(closed) in expand([str(folder)])
