"""Turn-taking in the terms that others publish: answers closed too early against the wait, barge-in, text latency.

    python -m benchmarks.turns [--answers N] [--voice NAME] [--peer PYTHON]

Answers of training/answers are spoken with pauses as people make them: between sentences and within, lognormal with a
median of 0.6 s and 95 % under 2.5 s (as measured on calls), and one in 25 is a pause for thought of 3 to 7 s. At each
pause the words that the quick pass has heard by then decide how long a silence would end the answer. "Fixed" is the
rule of most voice agents: a silence of that length ends the turn. The machine's load is in the latencies: compare them
with the batch pass of the same run. With `--peer` the answers go to voicemock and to RealtimeSTT, in real time, and
nothing else is measured: see turns_peer.py.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from benchmarks import non_speech
from benchmarks.listening import batch, percentile
from benchmarks.listening_speech import texts
from benchmarks.spoken import in_a_room, silence
from benchmarks.turns_peer import beside
from benchmarks.virtual_workers import VirtualWorkers

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, index, resample
from voicemock.audio.vad import SpeechStarted
from voicemock.interview.desk import quick_detector
from voicemock.interview.endpointing import silence_needed_s
from voicemock.speech import models
from voicemock.speech.live import LiveTranscriber
from voicemock.speech.voice import best_voice
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser

WAITS_S = (0.5, 0.7, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
MEDIAN_S, SPREAD = 0.6, 0.867  # of the pauses' lognormal distribution: 95 % are under 2.5 s
THOUGHT = 1 / 25
WITHIN = 0.3  # of the sentences have a pause in their middle
BARGE_INS = 20
NOISE_S = 30.0
NOISES = ("keyboard", "cough", "breath", "fan", "traffic", "music")
LOUD = 300  # int16 units: where a spoken line begins


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence, and what had been heard before it; `last` is the one after the answer's end."""

    length_s: float
    said: str
    last: bool


def pause_s(chance: random.Random) -> float:
    return (
        chance.uniform(3, 7) if chance.random() < THOUGHT else chance.lognormvariate(np.log(MEDIAN_S), SPREAD)
    )


def spoken(sentences: Sequence[str], name: str, chance: random.Random) -> Samples:
    """The answer with its pauses; those within a sentence lie at its quietest place."""
    parts = [silence(0.5)]
    voice = open_voice(name, 165)
    try:
        for sentence in sentences:
            sound = resample(voice.say(sentence)).samples
            if chance.random() < WITHIN:
                at = quietest(sound)
                parts += [sound[:at], silence(pause_s(chance))]
                sound = sound[at:]
            parts += [sound, silence(pause_s(chance))]
    finally:
        voice.close()
    return in_a_room(np.concatenate([*parts[:-1], silence(9.0)]))


def quietest(sound: Samples) -> int:
    """The sample in the middle of the sound's quietest 60 ms, of its second and third quarter."""
    step = index(0.02)
    first, last = len(sound) // 4 // step, 3 * len(sound) // 4 // step
    power = [float(np.mean(sound[n * step : (n + 3) * step].astype(float) ** 2)) for n in range(first, last)]
    return (first + int(np.argmin(power))) * step + step


def listened(recogniser: WhisperRecogniser, sound: Samples) -> tuple[list[Pause], list[float]]:
    """The pauses with what the quick pass had heard before each, and its latencies."""
    workers = VirtualWorkers()
    live = LiveTranscriber(recogniser, workers=workers, clock=workers.clock)
    heard = []
    for first in range(0, len(sound), BLOCK_SAMPLES):
        workers.now = first / RATE + BLOCK_S
        live.feed(sound[first : first + BLOCK_SAMPLES])
        heard.extend(live.results())
    live.finish()
    heard.extend(live.results())
    whole = [each for each in heard if not each.partial and each.utterance.words]
    ends = [*(each.utterance.start for each in whole), len(sound) / RATE][1:]
    said, pauses = "", []
    for n, (each, following) in enumerate(zip(whole, ends, strict=True)):
        said = f"{said} {each.utterance.text}".strip()
        pauses.append(Pause(following - each.utterance.end, said, n == len(whole) - 1))
    return pauses, [each.latency_s for each in whole]


def curve(answers: list[list[Pause]]) -> Iterator[str]:
    yield "                     closed too early          answers cut off        waited after the end"
    yield "silence, s      fixed      voicemock      fixed   voicemock      fixed    voicemock, mean"
    inner = [pause for answer in answers for pause in answer if not pause.last]
    for base_s in WAITS_S:
        early = [sum(p.length_s > wait(p, base_s) for p in inner) for wait in (fixed, ours)]
        cut = [
            sum(any(p.length_s > wait(p, base_s) for p in a[:-1]) for a in answers) for wait in (fixed, ours)
        ]
        waited = statistics.mean(ours(answer[-1], base_s) for answer in answers)
        shares = [100 * count / len(inner) for count in early]
        yield (
            f"{base_s:7.1f}       {shares[0]:6.1f} %       {shares[1]:6.1f} %    {cut[0]:3} of {len(answers)}    "
            f"{cut[1]:3} of {len(answers)}    {base_s:6.1f} s        {waited:6.1f} s"
        )
    yield f"of {len(inner)} pauses in {len(answers)} answers; voicemock's own is a silence of 3.0 s"


def fixed(_: Pause, base_s: float) -> float:
    return base_s


def ours(pause: Pause, base_s: float) -> float:
    return silence_needed_s(pause.said, base_s)


def barge_ins(sentences: Sequence[str], name: str) -> Iterator[str]:
    """From the first sound of somebody who speaks up until the interviewer is stopped, and how often for nothing."""
    took = []
    voice = open_voice(name, 165)
    try:
        for n, sentence in enumerate(sentences[:BARGE_INS]):
            sound = in_a_room(
                np.concatenate([silence(1.5 + n % 5 / 50), resample(voice.say(sentence)).samples]), seed=n
            )
            onset = int(np.flatnonzero(np.abs(sound.astype(int)) > LOUD)[0]) / RATE
            took += [at - onset for at in noticed(sound)[:1]]
    finally:
        voice.close()
    yield (
        f"barge-ins noticed: {len(took)} of {min(BARGE_INS, len(sentences))}, median {statistics.median(took):.2f} s, "
        f"95 % {percentile(took, 0.95):.2f} s"
    )
    false = {kind: len(noticed(non_speech.make(kind, NOISE_S, seed=5))) for kind in NOISES}
    yield f"false barge-ins in {NOISE_S * len(NOISES):.0f} s of noise: {sum(false.values())} {false}"


def noticed(sound: Samples) -> list[float]:
    """When a voice is noticed, in seconds of the sound."""
    detector, found = quick_detector(), []
    for n, first in enumerate(range(0, len(sound), BLOCK_SAMPLES), start=1):
        events = detector.push(sound[first : first + BLOCK_SAMPLES])
        found += [n * BLOCK_S for event in events if isinstance(event, SpeechStarted)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--answers", type=int, default=4, help="some 1.5 minutes each")
    parser.add_argument("--voice", default=best_voice())
    parser.add_argument("--peer", metavar="PYTHON", help="compare with RealtimeSTT, which this Python has")
    options = parser.parse_args()
    folder = models.resolve_model()
    model = models.load(folder)
    recogniser = WhisperRecogniser(model)
    chance, found, latencies, seconds = random.Random(2), [], [], 0.0
    answers = texts(options.answers)
    if options.peer is not None:
        heard = [(" ".join(each), spoken(each, options.voice, chance)) for each in answers]
        for line in beside(options.peer, folder.path, recogniser, heard, silence_needed_s):
            print(line, flush=True)
        return
    for sentences in answers:
        sound = spoken(sentences, options.voice, chance)
        pauses, took = listened(recogniser, sound)
        found.append(pauses)
        latencies += took
        seconds += len(sound) / RATE
    took_s = batch(model, sound)[1]
    print(f"{seconds:.0f} s of {options.voice}, pauses median "
          f"{statistics.median(p.length_s for a in found for p in a[:-1]):.2f} s")  # fmt: skip
    print("\n".join(curve(found)))
    late = f"median {statistics.median(latencies):.2f} s, 95 % {percentile(latencies, 0.95):.2f} s"
    print(
        f"text after an utterance's last sample: {late}; a batch pass over the last answer took {took_s:.1f} s"
    )
    print("\n".join(barge_ins([s for answer in answers for s in answer], options.voice)))


if __name__ == "__main__":
    main()
