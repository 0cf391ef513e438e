"""The speech that is listened to: answers in several voices with known words, and the same in noise."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.spoken import espeak, in_a_room, silence

from voicemock.audio.decode import decode
from voicemock.audio.sound import RATE, Samples, resample, rms
from voicemock.errors import VoiceError
from voicemock.speech.voice import Voice
from voicemock.speech.voice_engines import open_voice

ANSWERS = Path(__file__).parent.parent / "training" / "answers"
PAUSES_S = (0.2, 0.4, 0.6, 0.9, 1.4, 2.2)  # between sentences; 95 % of the pauses in talk are under 1.4 s
MARKUP = re.compile(r"\{[^:}]*: ?([^}]*)\}")  # {role kind: what was said}
CUTS = re.compile(r"(\s*![a-z-]+)+\s*$")  # !baseline: an interruption that is fair here, and no speech
CLIP_RMS = 1500.0  # int16 units; a voice close to a microphone
LOUD_RMS = 200.0  # int16 units; a window above it is speech, for the sake of the noise's level


@dataclass(frozen=True, slots=True)
class Answer:
    """Sound (int16 mono 16 kHz) and its sentences as they were said."""

    voice: str
    samples: Samples
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def duration_s(self) -> float:
        return len(self.samples) / RATE


def texts(count: int) -> list[list[str]]:
    """The sentences of `count` answers from different files of the training set, always the same ones."""
    chosen: list[list[str]] = []
    for path in sorted(ANSWERS.glob("*.txt"))[:: max(1, 27 // count)][:count]:
        first = path.read_text(encoding="utf-8").split("\n=== ")[0]
        lines = [line.split(" | ", 1)[1] for line in first.splitlines() if " | " in line]
        chosen.append([MARKUP.sub(r"\1", CUTS.sub("", line)) for line in lines])
    return chosen


def spoken_answers(voice: str, answers: int) -> Iterator[Answer]:
    """`voice` is "espeak", or a voice of voicemock; none where that is not installed."""
    engine: Voice | None = None
    try:
        engine = None if voice == "espeak" else open_voice(voice)
        for number, sentences in enumerate(texts(answers)):
            said = [_say(engine, sentence) for sentence in sentences]
            yield Answer(voice, _joined(said, number), tuple(sentences))
    except VoiceError as error:
        print(f"  ({voice}: {error})")
    finally:
        if engine is not None:
            engine.close()


def recorded_answers(folder: Path) -> Iterator[Answer]:
    """Clips of real people (NAME.txt beside each), as one answer."""
    sounds, sentences = [], []
    for text in sorted(folder.glob("*.txt")):
        clip = next((path for path in folder.glob(f"{text.stem}.*") if path.suffix != ".txt"), None)
        if clip is not None:
            sounds.append(_as_loud(decode(clip)))
            sentences.append(text.read_text(encoding="utf-8").strip())
    if sounds:
        yield Answer("recorded", _joined(sounds, 0), tuple(sentences))


def in_noise(answer: Answer, snr_db: float | None) -> Answer:
    """The answer with white noise `snr_db` under its speech."""
    if snr_db is None:
        return answer
    windows = answer.samples[: len(answer.samples) // 512 * 512].reshape(-1, 512)
    loud = [window for window in windows if rms(window) > LOUD_RMS]
    level = rms(np.concatenate(loud)) / 10 ** (snr_db / 20)
    return Answer(answer.voice, in_a_room(answer.samples, level, seed=1), answer.sentences)


def as_long_as(answer: Answer, duration_s: float) -> Samples:
    """The answer again and again, up to `duration_s`."""
    repeats = int(duration_s / answer.duration_s) + 1
    return np.tile(answer.samples, repeats)[: round(duration_s * RATE)]


def _say(engine: Voice | None, sentence: str) -> Samples:
    return espeak(sentence).samples if engine is None else resample(engine.say(sentence)).samples


def _as_loud(sound: Samples) -> Samples:
    """At `CLIP_RMS`: the clips differ by 50 dB, and the room's noise is laid under all of them."""
    return np.clip(sound * (CLIP_RMS / max(1.0, rms(sound))), -32768, 32767).astype(np.int16)


def _joined(sounds: list[Samples], seed: int) -> Samples:
    pause = random.Random(seed)
    parts = [silence(0.6)]
    for sound in sounds:
        parts.extend((sound, silence(pause.choice(PAUSES_S))))
    return in_a_room(np.concatenate([*parts, silence(3.0)]))
