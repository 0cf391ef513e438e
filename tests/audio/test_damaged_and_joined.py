"""What is damaged in a file costs its own time and no more; what is joined is read whole; what is missing is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.spoken import espeak

from tests.encoders import encode
from voicemock.audio.decode import read_recording
from voicemock.audio.sound import RATE, Samples
from voicemock.audio.source import FileSource

PADDING_S = 0.1  # what encoders add


@pytest.fixture(scope="module")
def first() -> Samples:
    return espeak("I called every customer and asked them what they needed most.").samples


@pytest.fixture(scope="module")
def second() -> Samples:
    return espeak("Then we rebuilt the checkout together, and most of them came back.", "en-gb").samples


def seconds(sound: Samples) -> float:
    return len(sound) / RATE


@pytest.mark.parametrize("ending", ["aac", "m4a", "alac", "flac", "mp3"])
def test_a_changed_byte_cuts_nothing_short(tmp_path: Path, first: Samples, ending: str) -> None:
    whole = encode(tmp_path / f"a.{ending}", [first]).read_bytes()
    for place in np.linspace(0.3, 0.85, 8):
        damaged = bytearray(whole)
        damaged[round(len(whole) * place)] ^= 0x55
        recording = read_recording(bytes(damaged), "a")
        assert seconds(recording.samples) == pytest.approx(seconds(first), abs=PADDING_S + 0.1)


def test_a_packet_that_cannot_be_decoded_is_silent_and_said(tmp_path: Path, first: Samples) -> None:
    whole = bytearray(encode(tmp_path / "a.m4a", [first]).read_bytes())
    at = whole.find(b"mdat") + 5_000
    whole[at : at + 2_000] = bytes(2_000)
    recording = read_recording(bytes(whole), "a")
    assert recording.gaps
    assert any("damaged and treated as silence" in note for note in recording.notes)
    assert seconds(recording.samples) == pytest.approx(seconds(first), abs=PADDING_S)


def test_a_file_that_breaks_off_says_how_much_is_missing(tmp_path: Path, first: Samples) -> None:
    whole = encode(tmp_path / "a.flac", [first]).read_bytes()
    recording = read_recording(whole[: len(whole) // 2], "a")
    [note] = [note for note in recording.notes if "missing at the end" in note]
    assert recording.gaps[-1].length == pytest.approx(seconds(first) - seconds(recording.samples), abs=0.1)
    assert f"{recording.gaps[-1].length:.1f} s" in note


def test_an_undamaged_file_says_nothing(tmp_path: Path, first: Samples) -> None:
    for ending in ("wav", "flac", "mp3", "m4a", "opus"):
        recording = read_recording(encode(tmp_path / f"a.{ending}", [first]))
        assert (recording.gaps, recording.notes) == ((), ())


@pytest.mark.parametrize("ending", ["opus", "mp3", "aac"])
def test_joined_files_of_other_rates_and_channels_are_read_whole(
    tmp_path: Path, first: Samples, second: Samples, ending: str
) -> None:
    one = encode(tmp_path / f"a.{ending}", [first])
    other = encode(tmp_path / f"b.{ending}", [second, second], rate=48_000 if ending == "opus" else 22_050)
    joined = read_recording(one.read_bytes() + other.read_bytes(), "ab")
    assert seconds(joined.samples) == pytest.approx(seconds(first) + seconds(second), abs=2 * PADDING_S)


def test_a_session_is_told_what_its_file_lacks(tmp_path: Path, first: Samples) -> None:
    whole = bytearray(encode(tmp_path / "a.m4a", [first]).read_bytes())
    at = whole.find(b"mdat") + 5_000
    whole[at : at + 2_000] = bytes(2_000)
    recording = read_recording(bytes(whole), "a")
    source = FileSource(recording.samples, real_pace=False, gaps=recording.gaps)
    lost = 0
    while (block := source.read()) is not None:
        lost += block.lost
    assert lost / RATE == pytest.approx(sum(gap.length for gap in recording.gaps), abs=0.01)
