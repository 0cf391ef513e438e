"""The built-in candidate of the demo: a second voice that reads scripted answers."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from voicemock.audio.sound import RATE, Samples, resample
from voicemock.packs.questions import Question
from voicemock.speech.voice import Voice

BETWEEN_SENTENCES_S = 0.7  # a breath
LONGEST_S = 190.0  # of an answer: past the cap of three minutes nobody listens
FIRST_WORD_S = 0.8  # from the end of the question


@dataclass(frozen=True, slots=True)
class Script:
    """One scripted answer and the question it answers."""

    question: Question
    sentences: tuple[str, ...]


def load_scripts() -> tuple[Script, ...]:
    """The shipped scripts, in the order of the demo."""
    import yaml

    entries = yaml.safe_load(files("voicemock").joinpath("data", "candidate.yaml").read_text("utf-8"))
    return tuple(
        Script(
            Question(f"demo-{i}", entry["round"], entry["question"], principle=entry["principle"]),
            tuple(entry["sentences"]),
        )
        for i, entry in enumerate(entries, start=1)
    )


def read_aloud(script: Script, voice: Voice) -> Samples:
    """The answer as int16 mono 16 kHz, with a breath between sentences."""
    breath = np.zeros(round(BETWEEN_SENTENCES_S * RATE), dtype=np.int16)
    parts = [np.zeros(round(FIRST_WORD_S * RATE), dtype=np.int16)]
    said = 0
    for sentence in script.sentences:
        spoken = resample(voice.say(sentence)).samples
        parts += [spoken, breath]
        said += len(spoken) + len(breath)
        if said > LONGEST_S * RATE:
            break
    return np.concatenate(parts)
