"""What was asked is kept beside each recording, and can be told from what the disk made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from voicemock.packs.questions import Question
from voicemock.store.sidecar import asked_fault, asked_path, keep_asked, read_asked

QUESTION = Question("own-01", "behavioral", "Why “ownership”, café or not?", principle="ownership")


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    audio = tmp_path / "1.wav"
    keep_asked(audio, QUESTION, "2026-04-01T09:30:00+00:00", {"retry_of": "s1/1"})
    return audio


def test_it_is_read_as_it_was_kept(audio: Path) -> None:
    body = read_asked(audio)
    assert body["question"]["text"] == QUESTION.text
    assert (body["started_at"], body["notes"]) == ("2026-04-01T09:30:00+00:00", {"retry_of": "s1/1"})
    assert asked_fault(audio) is None


class TestDamage:
    """Every bit counts; what an older voicemock wrote, without a digest, is no damage."""

    def test_a_flip_of_a_bit_in_any_byte_is_found(self, audio: Path) -> None:
        content = asked_path(audio).read_bytes()
        for at in range(len(content)):
            flipped = bytearray(content)
            flipped[at] ^= 1 << at % 8
            asked_path(audio).write_bytes(flipped)
            assert asked_fault(audio) == "1.json is damaged", at

    @pytest.mark.parametrize("length", [0, 1, 100])
    def test_a_part_of_it_is_found(self, audio: Path, length: int) -> None:
        asked_path(audio).write_bytes(asked_path(audio).read_bytes()[:length])
        assert asked_fault(audio) == "1.json is damaged"

    def test_one_that_is_gone_is_found(self, audio: Path) -> None:
        asked_path(audio).unlink()
        assert asked_fault(audio) == "1.json can't be read (No such file or directory)"

    def test_an_older_one_has_no_digest(self, audio: Path) -> None:
        body = {key: value for key, value in read_asked(audio).items() if key != "sha256"}
        asked_path(audio).write_text(json.dumps(body))
        assert asked_fault(audio) is None
