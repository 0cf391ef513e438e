"""Numbers: how many are right in the final transcript, and how many of the wrong ones are doubted.

    python -m benchmarks.numbers_doubted [--sentences N] [--voices joe us] [--model NAME-or-DIR]

Sentences of training/answers that have a number, decoded with care in windows of some 22 s, as live.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from benchmarks.listening_speech import ANSWERS, CUTS, MARKUP
from benchmarks.spoken import in_a_room, silence

from voicemock.audio.sound import RATE, Samples, resample
from voicemock.scoring.numbers.numerals import number_at
from voicemock.scoring.numbers.tokens import tokens_of
from voicemock.speech import models
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser

WINDOW_S = 22.0
BETWEEN_S = 0.5
SENTENCE = re.compile(r" \| (.*)")


@dataclass(slots=True)
class Count:
    said: int = 0
    right: int = 0
    wrong: int = 0
    wrong_doubted: int = 0
    right_doubted: int = 0


def sentences(count: int) -> list[str]:
    found = []
    for path in sorted(ANSWERS.glob("*.txt")):
        lines = SENTENCE.findall(path.read_text(encoding="utf-8"))
        said = (MARKUP.sub(r"\1", CUTS.sub("", line)) for line in lines)
        found += [line for line in said if any(numbers_in(line)) and 6 <= len(line.split()) <= 26]
    random.Random(5).shuffle(found)
    return found[:count]


def numbers_in(text: str) -> Iterator[tuple[str, str]]:
    """(the value, how it is written) of each number, read alike in what was said and in what was heard.

    "One" alone is hardly ever a number.
    """
    tokens, at = tokens_of(text), 0
    while at < len(tokens):
        number = number_at(tokens, at)
        if number is not None:
            written = text[tokens[at].start : tokens[number.last - 1].end]
            if written.lower() != "one":
                yield f"{number.value:.10g}", written
        at = number.last if number else at + 1


def windows(texts: Sequence[str], name: str) -> Iterator[tuple[str, Samples]]:
    voice = open_voice(name, 165)
    said: list[str] = []
    parts = [silence(0.2)]
    try:
        for text in texts:
            sound = resample(voice.say(text)).samples
            if said and sum(map(len, parts)) + len(sound) > WINDOW_S * RATE:
                yield " ".join(said), in_a_room(np.concatenate(parts))
                said, parts = [], [silence(0.2)]
            said.append(text)
            parts += [sound, silence(BETWEEN_S)]
    finally:
        voice.close()
    yield " ".join(said), in_a_room(np.concatenate(parts))


def measure(recogniser: WhisperRecogniser, texts: Sequence[str], voice: str) -> Count:
    count = Count()
    for said, sound in windows(texts, voice):
        heard = recogniser.careful(sound, 0.0)
        doubted = [doubt.heard for doubt in heard.doubts]
        wanted, found = [value for value, _ in numbers_in(said)], list(numbers_in(heard.text))
        matcher = SequenceMatcher(None, wanted, [value for value, _ in found], autojunk=False)
        right = {block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)}
        count.said += len(wanted)
        count.right += len(right)
        for n, (_, written) in enumerate(found):
            is_doubted = written in doubted
            count.wrong += n not in right
            count.wrong_doubted += is_doubted and n not in right
            count.right_doubted += is_doubted and n in right
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sentences", type=int, default=60)
    parser.add_argument("--voices", nargs="+", default=["joe", "us"])
    parser.add_argument("--model", default=models.DEFAULT_MODEL)
    options = parser.parse_args()
    recogniser = WhisperRecogniser(models.load(models.resolve_model(options.model), workers=1))
    texts = sentences(options.sentences)
    print("voice   numbers right        wrong ones doubted   right ones doubted")
    for voice in options.voices:
        c = measure(recogniser, texts, voice)
        share, false = 100 * c.right / max(1, c.said), 100 * c.right_doubted / max(1, c.right)
        print(
            f"{voice:7} {c.right:4} of {c.said} {share:5.1f} %   {c.wrong_doubted:4} of {c.wrong:10}     "
            f"{c.right_doubted:4} of {c.right} ({false:.1f} %)",
            flush=True,
        )


if __name__ == "__main__":
    main()
