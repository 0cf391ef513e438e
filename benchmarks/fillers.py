"""How many spoken fillers are written down, how many are invented, and what that does to the other words.

    python -m benchmarks.fillers [--sentences N] [--real DIR] [--without]

Sentences of training/answers are said by two voices with "um" and "uh" where people put them, and without; then in
white noise 15 dB under the voice; then noise alone. `--without` adds the same with a prompt that has no fillers in it.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from benchmarks import non_speech
from benchmarks.listening_speech import Answer, in_noise, recorded_answers, texts
from benchmarks.plain_words import compare
from benchmarks.spoken import in_a_room, silence

from voicemock.audio.sound import Samples, resample
from voicemock.speech import domain, models
from voicemock.speech.batch import transcribe
from voicemock.speech.fillers import is_filler
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.transcript import join_words

VOICES = ("joe", "us")
EVERY = 9  # words, on average, between two fillers: a hesitant speaker's 15 a minute
AFTER = re.compile(r"\b(?:and|so|but|because|that|then|the|was|with|to)\b", re.IGNORECASE)
NOISE_DB = 15.0
NOISE_KINDS = ("white noise", "fan", "keyboard", "breath", "cough", "traffic")


def hesitating(sentence: str, chance: random.Random) -> tuple[str, int]:
    """The sentence with fillers after words where people look for the next one, and how many."""
    words, added = [], 0
    for word in sentence.split():
        words.append(word)
        if AFTER.fullmatch(word) and chance.random() < 3 / EVERY:
            words[-1] += ","
            words.append(chance.choice(("um,", "uh,")))
            added += 1
    return " ".join(words), added


def said(name: str, sentences: Sequence[str]) -> Answer:
    voice = open_voice(name, 160)
    try:
        parts = [part for text in sentences for part in (resample(voice.say(text)).samples, silence(0.5))]
    finally:
        voice.close()
    return Answer(name, in_a_room(np.concatenate([silence(0.4), *parts])), tuple(sentences))


def heard(recogniser: WhisperRecogniser, sound: Samples) -> tuple[str, int]:
    """The text, and how many fillers are in it."""
    words = transcribe(sound, recogniser).words
    return join_words(words), sum(is_filler(word.text) for word in words)


def rows(sentences: list[str], real: Path | None) -> Iterator[tuple[str, Answer, int]]:
    """(what, its sound and words, the fillers in it)"""
    chance = random.Random(1)
    hesitant = [hesitating(sentence, chance) for sentence in sentences]
    count = sum(added for _, added in hesitant)
    for name in VOICES:
        with_them = said(name, [text for text, _ in hesitant])
        yield f"{name}, hesitant", with_them, count
        yield f"{name}, hesitant, {NOISE_DB:.0f} dB", in_noise(with_them, NOISE_DB), count
        yield f"{name}, fluent", said(name, sentences), 0
    if real is not None:
        for answer in recorded_answers(real):
            yield "real people, fluent", answer, 0


def measure(recogniser: WhisperRecogniser, sentences: list[str], real: Path | None) -> None:
    print("                          speech   fillers said   written   other words wrong   numbers right")
    for what, answer, count in rows(sentences, real):
        text, found = heard(recogniser, answer.samples)
        errors = compare([answer.text], [text])
        print(
            f"{what:24} {answer.duration_s:6.0f} s   {count:12}   {found:7}   {errors.rate:15.1f} %   "
            f"{errors.numbers_right} of {errors.numbers}",
            flush=True,
        )
    invented = {kind: heard(recogniser, non_speech.make(kind, 20.0, seed=3)) for kind in NOISE_KINDS}
    print(f"in {len(NOISE_KINDS) * 20} s of noise: {sum(found for _, found in invented.values())} fillers, "
          f"{sum(len(text.split()) for text, _ in invented.values())} words")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sentences", type=int, default=28)
    parser.add_argument("--real", type=Path, help="a folder of clips of real people with their words")
    parser.add_argument("--without", action="store_true", help="also with a prompt that has no fillers")
    options = parser.parse_args()
    sentences = [sentence for answer in texts(4) for sentence in answer][: options.sentences]
    recogniser = WhisperRecogniser(models.load(models.resolve_model(), workers=1))
    measure(recogniser, sentences, options.real)
    if options.without:
        print("\nwithout fillers in the prompt")
        plain = [word for word in domain.DOMAIN_PROMPT.split() if not is_filler(word)]
        domain.DOMAIN_PROMPT = " ".join(plain)
        measure(recogniser, sentences, options.real)


if __name__ == "__main__":
    main()
