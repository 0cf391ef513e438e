"""The sound of a call: which recording it is, and the hesitations that its transcript leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicemock.calls.sound import sound_beside, with_fillers
from voicemock.transcript import Word


@pytest.mark.parametrize("filler", ["Um,", "uhh…", "Ummm", "mhm", "ah", "“er”"])
def test_a_hesitation_is_what_it_is_everywhere_else(filler: str) -> None:
    words, heard = (
        [Word("I", 0.0, 0.2), Word("went", 2.0, 2.3)],
        [Word("I", 0.0, 0.2), Word(filler, 1.0, 1.3)],
    )
    assert [word.text for word in with_fillers(words, heard)] == ["I", filler, "went"]


def test_a_word_in_capitals_is_none() -> None:
    assert with_fillers([], [Word("ER", 1.0, 1.3)]) == ()


def test_every_kind_of_recording_is_found_and_the_best_one_first(tmp_path: Path) -> None:
    (tmp_path / "call.wma").touch()
    assert sound_beside(tmp_path / "call.vtt") == tmp_path / "call.wma"
    (tmp_path / "call.wav").touch()
    assert sound_beside(tmp_path / "call.vtt") == tmp_path / "call.wav"
