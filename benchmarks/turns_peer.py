"""The same answers to voicemock and to RealtimeSTT, both at the pace of speech, one after the other.

`python -m benchmarks.turns --peer PYTHON`, where PYTHON is one of an environment with RealtimeSTT in it:

    apt install portaudio19-dev gcc        # PyAudio is built from source
    python3 -m venv PEER && PEER/bin/pip install 'RealtimeSTT[recommended]'

RealtimeSTT (1.1.2 was tried) runs with its default settings, but for the model: it gets voicemock's, a folder instead
of a name, so that no hub is asked, and as int8, as voicemock loads it (its default on a processor is float32, which
is slower). There is no microphone: `feed_audio` gives it the sound. Its voice activity model lies in the package
silero-vad, which it takes by itself; torchaudio, which its metadata asks for and its code never imports, can be left
out. All its threads are one process on Linux; elsewhere the processor's time would miss the decoder's process.

Silences are found in the sound itself, by loudness, for both alike. RealtimeSTT closes what it records after 0.6 s of
silence; voicemock's turn is closed where the words heard before a silence allow one as short as that.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.listening import Run, listen_in_real_time, percentile
from benchmarks.plain_words import compare

from voicemock.audio.sound import RATE, Samples
from voicemock.speech.whisper import WhisperRecogniser

LISTENER = Path(__file__).parent / "turns_realtimestt.py"
FAINT = 100  # int16 units: the room's noise stays below it, and the ends of words do not
SHORTEST_S = 0.3  # of a silence that is a pause
NEAR_S = 0.3  # between where a detector and the loudness have a pause begin


@dataclass(frozen=True, slots=True)
class Silences:
    """The pauses inside an answer (begin, end), and when its last sample came."""

    pauses: tuple[tuple[float, float], ...]
    over: float

    @property
    def begins(self) -> list[float]:
        return [*(begin for begin, _ in self.pauses), self.over]

    def before(self, at: float) -> int:
        """Which silence was the last to begin before `at`: -1 where there was none."""
        return bisect_right(self.begins, at) - 1


@dataclass(frozen=True, slots=True)
class Listened:
    """What a listener made of an answer: times in seconds of the sound."""

    closed: frozenset[int]  # the silences at which the turn was closed; the last is the answer's end
    waited_s: float  # from the answer's last sample until it was closed
    latencies: tuple[float, ...]  # from an utterance's last sample to its text
    text: str
    cpu_s: float


def silences(sound: Samples) -> Silences:
    loud = np.flatnonzero(np.abs(sound.astype(int)) > FAINT)
    at = np.flatnonzero(np.diff(loud) >= SHORTEST_S * RATE)
    pauses = zip((loud[at] / RATE).tolist(), (loud[at + 1] / RATE).tolist(), strict=True)
    return Silences(tuple(pauses), float(loud[-1]) / RATE)


def ours(run: Run, found: Silences, needed_s: Callable[[str], float]) -> Listened:
    """voicemock's turns: `needed_s` is how long a silence ends the answer, after the words heard before it."""
    heard = [each for each in run.heard if not each.partial and each.utterance.words]
    latencies = [
        each.utterance.end + each.latency_s - last_sample(each.utterance.end, found) for each in heard
    ]
    waits = [
        needed_s(" ".join(each.utterance.text for each in heard if each.utterance.end < begin + NEAR_S))
        for begin in found.begins
    ]
    closed = {n for n, (begin, end) in enumerate(found.pauses) if end - begin > waits[n]}
    return Listened(
        frozenset({*closed, len(found.pauses)}), waits[-1], tuple(latencies), run.final_text, run.cpu_s
    )


def last_sample(end: float, found: Silences) -> float:
    """Where the loudness has the utterance end that a detector has end at `end`; `end`, where it goes on."""
    nearest = min(found.begins, key=lambda begin: abs(begin - end))
    return nearest if abs(nearest - end) < NEAR_S else end


def theirs(
    closed: Sequence[float], texts: Sequence[tuple[float, str]], cpu_s: float, found: Silences
) -> Listened:
    """RealtimeSTT's turns: when each recording was closed, and when its text came."""
    at = [found.before(time_s) for time_s in closed]
    latencies = [
        came - found.begins[n]
        for n, (came, text) in zip(at, texts, strict=True)
        if n >= 0 and any(map(str.isalnum, text))
    ]
    last = len(found.pauses)
    waited = closed[at.index(last)] - found.over
    return Listened(
        frozenset(at) - {-1}, waited, tuple(latencies), " ".join(text for _, text in texts), cpu_s
    )


def listen_with(python: str, model: Path, sound: Samples, found: Silences) -> Listened:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sound")
        sound.tofile(path)
        command = [python, "-P", str(LISTENER), str(model), str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    return theirs(said["closed"], said["texts"], said["cpu_s"], found)


def beside(
    python: str,
    model: Path,
    recogniser: WhisperRecogniser,
    answers: Sequence[tuple[str, Samples]],
    needed_s: Callable[[str], float],
) -> Iterator[str]:
    """The table, again after each answer: the words as they were said, and their sound."""
    said: list[str] = []
    found: list[Silences] = []
    mine: list[Listened] = []
    peers: list[Listened] = []
    for text, sound in answers:
        said.append(text)
        found.append(silences(sound))
        mine.append(ours(listen_in_real_time(recogniser, sound), found[-1], needed_s))
        peers.append(listen_with(python, model, sound, found[-1]))
        pauses = sum(len(each.pauses) for each in found)
        seconds = sum(len(each[1]) for each in answers[: len(said)]) / RATE
        yield f"\n{seconds:.0f} s, {len(said)} answers, {pauses} pauses of {SHORTEST_S} s and more"
        yield f"{'':42} voicemock   RealtimeSTT    ratio"
        both = zip(figures(mine, said, pauses, seconds), figures(peers, said, pauses, seconds), strict=True)
        for (name, unit, one), (_, _, other) in both:
            ratio = f"{other / one:6.2f}" if one else "     -"
            yield f"{name:42} {one:7.2f} {unit:3} {other:9.2f} {unit:3}  {ratio}"


def figures(
    heard: Sequence[Listened], said: Sequence[str], pauses: int, seconds: float
) -> Iterator[tuple[str, str, float]]:
    """Each figure's name, unit and value."""
    latencies = [latency for each in heard for latency in each.latencies]
    closed = sum(len(each.closed) - 1 for each in heard)  # the answer's end is none of its pauses
    yield "pauses at which the turn was closed", "%", 100 * closed / pauses
    yield "closed after the answer's last sample", "s", statistics.mean(each.waited_s for each in heard)
    yield "text after an utterance's last, median", "s", statistics.median(latencies)
    yield "text after an utterance's last, 95 %", "s", percentile(latencies, 0.95)
    yield "words wrong", "%", compare(said, [each.text for each in heard]).rate
    yield "processor per second of sound", "s", sum(each.cpu_s for each in heard) / seconds
