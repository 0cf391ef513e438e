"""How many everyday requests are understood from their sound, and how many sentences of answers are taken for one.

python -m benchmarks.requests                       the two sets of wordings of tests/speech/said, by two voices
python -m benchmarks.requests --answers FOLDER      and the sentences of labelled answers, as text
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tests.speech.test_requests import SETS, wordings

from voicemock.audio.sound import RATE, resample
from voicemock.cli.desk import open_recogniser
from voicemock.speech.recogniser import Recogniser
from voicemock.speech.requests import Request, heard_request
from voicemock.speech.spoken import apart
from voicemock.speech.voice import Voice, voice_names
from voicemock.speech.voice_engines import open_voice
from voicemock.transcript import Utterance

AROUND_S = 0.2  # of silence, as the detector leaves it


def by_voice(name: str) -> None:
    recogniser, voice = open_recogniser(None, lambda *_: None), open_voice(name)
    for set_of in SETS:
        by_set(name, set_of, recogniser, voice)
    voice.close()


def by_set(name: str, set_of: str, recogniser: Recogniser, voice: Voice) -> None:
    silence = np.zeros(round(AROUND_S * RATE), dtype=np.int16)
    missed = []
    for request, said in wordings(set_of):
        sound = np.concatenate([silence, resample(voice.say(said)).samples, silence])
        quick = recogniser.quick(sound, 0.0)
        heard = Utterance(0.0, len(sound) / RATE, quick.words, quick.readings)
        if apart(heard)[1] is not request:
            missed.append((request.name, said, heard.text))
    count = len(wordings(set_of))
    print(f"{name}, {set_of}: {count - len(missed)} of {count} understood")
    for each in missed:
        print("  missed", *each, sep=" | ")


def sentences(folder: Path) -> Iterator[tuple[str, str]]:
    """Each sentence of the labelled answers, with the one before it."""
    for path in sorted(folder.glob("*.json")):
        before = ""
        for each in json.loads(path.read_text(encoding="utf-8")).get("sentences", ()):
            text = each if isinstance(each, str) else each["text"]
            yield text, before
            before = text


def in_answers(folder: Path) -> None:
    found: list[tuple[Request, str]] = []
    count = 0
    for text, before in sentences(folder):
        count += 1
        request = heard_request(text, before)
        found += [(request, text)] if request else []
    print(f"{folder.name}: {len(found)} of {count} sentences taken for a request")
    for request, text in found:
        print("  false", request.name, text, sep=" | ")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--voice", action="append", default=[], choices=voice_names())
    given = parser.parse_args()
    for folder in given.answers:
        in_answers(folder)
    for voice in given.voice or [name for name in ("joe", "us") if name in voice_names()]:
        by_voice(voice)


if __name__ == "__main__":
    main()
