""" "Nineteen or ninety?": how many spoken "-teen" and "-ty" numbers are asked about, and right afterwards.

    python -m benchmarks.which_number [--each N] [--voices joe us] [--noise none 8] [--model NAME-or-DIR] [--decode]

Whole interviews from files: an answer with one such number, a silence, and the number alone in reply to the question.
Who isn't asked has said it again unasked, after the answer was over; what counts is the number in the answer itself.
With --decode only the sentence with the number is heard, carefully, and what is counted is which numbers are doubted.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.spoken import in_a_room, silence
from click.testing import CliRunner

from voicemock.audio.sound import RATE, Samples, resample
from voicemock.cli import cli
from voicemock.scoring.gaps.policy import WHICH_NUMBER
from voicemock.speech import models
from voicemock.speech.recogniser import CarefulResult
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.which_number import ALIKE, TEENS, TYS, which_number
from voicemock.speech.whisper import WhisperRecogniser

START = "When I led checkout, customers dropped out on the last page. I rebuilt that page myself."
RESULTS = (
    "As a result, refunds fell by {} percent within a month.",
    "As a result, conversion rose by {} percent for new visitors.",
    "In the end the page took {} seconds instead of two minutes.",
    "In the end we saved {} thousand dollars a month.",
)
REPLY_AFTER_S = 8.0  # of silence: the question comes after five at the latest
END_S = 14.0
LOUD = 200  # int16 units; what is above it is voice
NUMBERS = dict(zip((*TEENS, *TYS), (*range(13, 20), *range(30, 100, 10)), strict=True))


@dataclass(slots=True)
class Count:
    spoken: int = 0
    twins: int = 0  # heard as the other of the two
    right_before: int = 0
    asked_wrong: int = 0
    asked_right: int = 0
    right: int = 0


def answers(voice_name: str, each: int, noise_db: float | None) -> Iterator[tuple[int, Samples]]:
    choose, voice = random.Random(7), open_voice(voice_name, 165)
    try:
        for word, value in NUMBERS.items():
            for result in choose.sample(RESULTS, each):
                said = resample(voice.say(f"{START} {result.format(word)}")).samples
                reply = resample(voice.say(f"{word.capitalize()}.")).samples
                parts = (silence(0.5), said, silence(REPLY_AFTER_S), reply, silence(END_S))
                yield value, _noisy(in_a_room(np.concatenate(parts)), noise_db)
    finally:
        voice.close()


def _noisy(sound: Samples, below_db: float | None) -> Samples:
    """With noise of a falling spectrum, so many decibels below the voice."""
    if below_db is None:
        return sound
    count = len(sound)
    spectrum = np.fft.rfft(np.random.default_rng(1).normal(size=count))
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(np.fft.rfftfreq(count), 1e-3)), count)
    voice = sound[np.abs(sound) > LOUD].astype(float)
    level = np.sqrt(np.mean(voice**2)) / 10 ** (below_db / 20) / noise.std()
    return np.clip(sound + level * noise, -32768, 32767).astype(np.int16)


def measure(sounds: Sequence[tuple[int, Samples]], model: str) -> Count:
    with tempfile.TemporaryDirectory() as folder:
        files = [_written(Path(folder) / f"{n}.wav", sound) for n, (_, sound) in enumerate(sounds)]
        told = Path(folder) / "events"
        command = [
            "practice",
            "--count",
            str(len(files)),
            "--round",
            "behavioral",
            "--pace",
            "fast",
            "--silent",
        ]
        command += ["--style", "polite", "--model", model, "--plain", "--seed", "3"]
        command += ["--recordings", str(Path(folder) / "recordings"), "--events", str(told)]
        for file in files:
            command += ["--candidate", str(file)]
        done = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        events = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    count = Count()
    for (value, _), heard in zip(sounds, _by_answer(events), strict=True):
        _add(count, value, heard)
    return count


def decoded(voice_name: str, each: int, noise_db: float | None, recogniser: WhisperRecogniser) -> Count:
    """The numbers that a careful decode doubts, of those that are the other of the two and of those that are right."""
    choose, voice, count = random.Random(7), open_voice(voice_name, 165), Count()
    try:
        for word, value in NUMBERS.items():
            for result in choose.sample(RESULTS, each):
                said = resample(voice.say(result.format(word))).samples
                sound = in_a_room(np.concatenate((silence(0.3), said, silence(0.5))))
                heard = recogniser.careful(_noisy(sound, noise_db), 0.0)
                _add_decoded(count, value, heard)
    finally:
        voice.close()
    return count


def _add_decoded(count: Count, value: int, heard: CarefulResult) -> None:
    doubted = any(which_number(doubt) is not None for doubt in heard.doubts)
    count.spoken += 1
    if _says(heard.text, value):
        count.right += 1
        count.asked_right += doubted
    elif any(_says(heard.text, NUMBERS[b]) for a, b in ALIKE if NUMBERS[a] == value):
        count.asked_wrong += doubted
        count.twins += 1


def _written(path: Path, sound: Samples) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound.tobytes())
    return path


def _by_answer(events: Sequence[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    found: list[dict[str, object]] = []
    for event in events:
        if event["type"] == "question_started":
            found = []
        found.append(event)
        if event["type"] == "question_ended":
            yield found


def _add(count: Count, value: int, events: Sequence[dict[str, object]]) -> None:
    asked = any(e["type"] == "interrupt" and e["kind"] == WHICH_NUMBER for e in events)
    [text] = [str(e["text"]) for e in events if e["type"] == "transcript"]
    settled = next((e for e in events if e["type"] == "number_settled"), None)
    is_right = _says(text, value)
    was_right = is_right if settled is None else _says(str(settled["heard"]), value)
    count.spoken += 1
    count.right_before += was_right
    count.asked_wrong += asked and not was_right
    count.asked_right += asked and was_right
    count.right += is_right
    print(value, asked, settled and (settled["heard"], settled["reply"], settled["number"]), "|", text[-90:])


def _says(text: str, value: int) -> bool:
    """Whether the first number of such a kind is this one: a reply that was not asked for comes after it."""
    words = "|".join(NUMBERS)
    found = re.search(rf"\b(?:1[3-9]|[3-9]0)(?:,000)?\b|\b(?:{words})\b", text, re.IGNORECASE)
    if found is None:
        return False
    heard = found[0].lower().removesuffix(",000")
    return (int(heard) if heard.isdecimal() else NUMBERS[heard]) == value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=1, help="sentences for each of the 14 numbers")
    parser.add_argument("--voices", nargs="+", default=["joe", "us"])
    parser.add_argument("--noise", nargs="+", default=["none", "8"], help="decibels below the voice, or none")
    parser.add_argument("--model", default=models.DEFAULT_MODEL)
    parser.add_argument("--decode", action="store_true", help="no interviews: which numbers are doubted")
    options = parser.parse_args()
    if options.decode:
        _show_decoded(options)
        return
    print("voice  noise     right before   wrong, asked   right, asked   right after")
    for voice in options.voices:
        for noise in options.noise:
            sounds = list(answers(voice, options.each, None if noise == "none" else float(noise)))
            c = measure(sounds, options.model)
            print(
                f"{voice:6} {noise:>5}   {c.right_before:3} of {c.spoken:3}     {c.asked_wrong:3} of "
                f"{c.spoken - c.right_before:3}     {c.asked_right:3} of {c.right_before:3}     "
                f"{c.right:3} of {c.spoken:3}",
                flush=True,
            )


def _show_decoded(options: argparse.Namespace) -> None:
    recogniser = WhisperRecogniser(models.load(models.resolve_model(options.model), workers=1))
    print("voice  noise   spoken   the other of the two, doubted   right, doubted")
    for voice in options.voices:
        for noise in options.noise:
            c = decoded(voice, options.each, None if noise == "none" else float(noise), recogniser)
            print(
                f"{voice:6} {noise:>5}   {c.spoken:6}   {c.asked_wrong:12} of {c.twins:<3}     "
                f"{c.asked_right:15} of {c.right}",
                flush=True,
            )


if __name__ == "__main__":
    main()
