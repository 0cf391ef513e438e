"""`practice --rate-yourself` as a person meets it: asked aloud, answered aloud, before the score is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.desk.conftest import HEARD_RATE, VirtualDesk
from tests.desk.test_practice_at_a_desk import QUESTION, answer_wav
from tests.sounds import write_wav
from voicemock.audio.sound import resample
from voicemock.speech.voice_engines import open_voice
from voicemock.store.store import Store

__all__ = ["answer_wav"]  # the fixture is used by its name
# The question for the mark takes as long as the machine lets it: who spoke too soon says it again.
WAIT_S, TRIES = 6, 4
pytestmark = pytest.mark.desk


def test_a_mark_that_is_said_is_heard_and_kept(desk: VirtualDesk, answer_wav: Path, tmp_path: Path) -> None:
    voice = open_voice("gb", 150)
    wait = np.zeros(WAIT_S * HEARD_RATE, dtype=np.int16)
    mark_wav = [wait, resample(voice.say("Two and a half.")).samples] * TRIES
    line = write_wav(tmp_path / "mark.wav", np.concatenate(mark_wav))
    voice.close()
    run = desk.voicemock(
        "practice", "--question", QUESTION, "--style", "none", "--rate-yourself", "--half-duplex", "--events", "-",
        "--recordings", str(tmp_path / "r"),
    )  # fmt: skip
    events = []
    assert run.stdout is not None
    for told in run.stdout:
        events.append(json.loads(told))
        if events[-1]["type"] == "answer_started":
            desk.speak(answer_wav)
        if events[-1]["type"] == "says" and events[-1]["line"] == "rate":
            desk.speak(line)
    _, problems = run.communicate(timeout=60)
    assert run.returncode == 0, problems
    kinds = [event["type"] for event in events]
    assert kinds.index("self_rating") < kinds.index("score")
    by_type = {event["type"]: event for event in events}
    heard = [event["text"] for event in events if event.get("about") == "rating"]
    assert (by_type["self_rating"]["rating"], by_type["self_rating"]["by"]) == (2.5, "voice"), heard
    with Store(tmp_path / "r", reads=True) as store:
        assert store.answer(by_type["answer_started"]["answer"]).details["self_rating"] == 2.5
