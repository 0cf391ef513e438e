"""`practice` as a person meets it: a real microphone and a real speaker, as far as sounddevice can tell."""

from __future__ import annotations

import json
from pathlib import Path

import jiwer
import numpy as np
import pytest

from tests.desk.conftest import HEARD_RATE, VirtualDesk
from tests.sounds import write_wav
from voicemock.audio.sound import resample
from voicemock.speech.batch import transcribe_file
from voicemock.speech.voice_engines import open_voice

pytestmark = pytest.mark.desk

QUESTION = "Tell me about a time you fixed something that was not your job."
ANSWER = (
    "Parcels in our warehouse were lost every week, and nobody owned the problem.",
    "I followed forty parcels myself, and I found that the labels came off in the rain.",
    # in words that tiny.en hears alike wherever its windows happen to fall
    "I replaced the printer.",
    "After that, lost parcels dropped from ninety a week to twelve a week.",
)
PLAIN = jiwer.Compose(
    [
        jiwer.ToLowerCase(),
        jiwer.RemovePunctuation(),
        jiwer.Strip(),
        jiwer.RemoveMultipleSpaces(),
        jiwer.ReduceToListOfListOfWords(),
    ]
)


def words_found(wanted: str, heard: str) -> float:
    """The share of the words of `wanted` that are in `heard`."""
    there = set(heard.lower().replace(".", "").replace(",", "").split())
    asked = wanted.lower().replace(".", "").replace(",", "").split()
    return sum(word in there for word in asked) / len(asked)


@pytest.fixture(scope="module")
def answer_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    voice = open_voice("us", 150)
    breath = np.zeros(HEARD_RATE // 2, dtype=np.int16)
    parts = [part for line in ANSWER for part in (resample(voice.say(line)).samples, breath)]
    voice.close()
    return write_wav(tmp_path_factory.mktemp("answer") / "answer.wav", np.concatenate(parts))


class TestOneQuestionAtTheDesk:
    """The question is heard on the speaker, the answer is heard, and nothing of the one is in the other."""

    def test_the_question_is_spoken_and_the_answer_is_transcribed_and_scored(
        self, desk: VirtualDesk, answer_wav: Path, tmp_path: Path
    ) -> None:
        speaker = desk.listen(tmp_path / "speaker.raw")
        run = desk.voicemock(
            "practice",
            "--question",
            QUESTION,
            "--style",
            "none",
            "--events",
            "-",
            "--recordings",
            str(tmp_path / "r"),
        )
        events = []
        assert run.stdout is not None
        for line in run.stdout:
            events.append(json.loads(line))
            if events[-1]["type"] == "answer_started":
                mouth = desk.speak(answer_wav)
        _, problems = run.communicate(timeout=60)
        assert run.returncode == 0, problems
        mouth.wait(timeout=60)
        speaker.terminate()
        speaker.wait(timeout=10)

        heard = np.fromfile(tmp_path / "speaker.raw", dtype=np.int16)
        spoken = transcribe_file(write_wav(tmp_path / "speaker.wav", heard))
        assert words_found(QUESTION, " ".join(word.text for word in spoken.words)) >= 0.7

        by_type = {event["type"]: event for event in events}
        transcript = by_type["transcript"]["text"]
        errors = jiwer.wer(
            " ".join(ANSWER), transcript, reference_transform=PLAIN, hypothesis_transform=PLAIN
        )
        assert errors < 0.35, transcript
        assert "not your job" not in transcript.lower()
        assert by_type["answer_ended"]["reason"] == "silence"
        assert by_type["score"]["overall"] is not None
        assert any(metric["role"] == "result" for metric in by_type["score"]["metrics"])
