"""How well and how soon voicemock understands, each figure beside a batch pass of faster-whisper in the same run.

    python -m benchmarks.listening [--quick] [--answers N] [--real DIR] [--model NAME-or-DIR] [--real-time]

Latency comes from virtual feeding: the sound moves a virtual clock, each decode is run and measured, and two
workers are kept as live (see virtual_workers.py); `--real-time` adds a run that really waits. DIR holds clips of
real people, each with its words in NAME.txt. Times depend on what else the machine does: compare the columns of one
run, not two runs.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import non_speech
from benchmarks.listening_speech import Answer, as_long_as, in_noise, recorded_answers, spoken_answers
from benchmarks.plain_words import compare, normalise
from benchmarks.virtual_workers import VirtualWorkers

from voicemock.audio.sound import BLOCK_S, BLOCK_SAMPLES, RATE, Samples, as_floats
from voicemock.speech import models
from voicemock.speech.live import LiveTranscriber, Transcript, UtteranceHeard
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.transcript import join_words

NOISES_DB: tuple[float | None, ...] = (None, 20.0, 10.0)
DROPPED_SHARE = 1 / 3  # a sentence of which fewer of its words came out was dropped
LENGTHS_S = (30.0, 180.0, 1200.0)
KILOBYTE = 1024


@dataclass(slots=True)
class Run:
    """One answer listened to, as live."""

    heard: list[UtteranceHeard] = field(default_factory=list)
    transcript: Transcript = field(default_factory=lambda: Transcript(()))
    final_s: float = 0.0  # from the last sample to the final transcript
    cpu_s: float = 0.0
    duration_s: float = 0.0

    @property
    def latencies(self) -> list[float]:
        return [each.latency_s for each in self.heard if not each.partial and each.utterance.words]

    @property
    def quick_text(self) -> str:
        return " ".join(each.utterance.text for each in self.heard if not each.partial)

    @property
    def final_text(self) -> str:
        return join_words(self.transcript.words)


def listen(recogniser: WhisperRecogniser, sound: Samples) -> Run:
    """Feed the sound on a virtual clock."""
    workers = VirtualWorkers()
    live = LiveTranscriber(recogniser, workers=workers, clock=workers.clock)
    run = Run(duration_s=len(sound) / RATE)
    began = time.process_time()
    for first in range(0, len(sound), BLOCK_SAMPLES):
        workers.now = first / RATE + BLOCK_S
        live.feed(sound[first : first + BLOCK_SAMPLES])
        run.heard.extend(live.results())
    run.transcript = live.finish()
    run.final_s = workers.now - run.duration_s
    run.heard.extend(live.results())
    run.cpu_s = time.process_time() - began
    return run


def listen_in_real_time(recogniser: WhisperRecogniser, sound: Samples) -> Run:
    """Feed the sound at the pace of a microphone, with the real threads."""
    live = LiveTranscriber(recogniser)
    run = Run(duration_s=len(sound) / RATE)
    began, cpu = time.monotonic(), time.process_time()
    for first in range(0, len(sound), BLOCK_SAMPLES):
        time.sleep(max(0.0, began + first / RATE + BLOCK_S - time.monotonic()))
        live.feed(sound[first : first + BLOCK_SAMPLES])
        run.heard.extend(live.results())
    last = time.monotonic()
    run.transcript = live.finish()
    run.final_s = time.monotonic() - last
    run.heard.extend(live.results())
    run.cpu_s = time.process_time() - cpu
    live.close()
    return run


def batch(model: Any, sound: Samples) -> tuple[str, float]:
    """faster-whisper as it comes, beam 5; the text and the wall seconds it took."""
    began = time.perf_counter()
    segments, _ = model.transcribe(as_floats(sound), language="en", beam_size=5)
    text = " ".join(segment.text.strip() for segment in segments)
    return text, time.perf_counter() - began


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def dropped(sentences: Sequence[str], final: str) -> int:
    """Sentences of which hardly a word came out."""
    heard = set(normalise(final).split())
    shares = [[word in heard for word in normalise(sentence).split()] for sentence in sentences]
    return sum(1 for share in shares if share and sum(share) / len(share) < DROPPED_SHARE)


def words_and_latency(recogniser: WhisperRecogniser, model: Any, answers: list[Answer]) -> list[Run]:
    """The table of voices and noises."""
    print(
        "\n                             text after last sample      word errors, %         numbers right, %"
    )
    print(
        "voice     noise      speech     median    95 %       quick  final  batch     quick  final  batch   dropped"
    )
    runs: list[Run] = []
    for noise in NOISES_DB:
        for voice in dict.fromkeys(answer.voice for answer in answers):
            same = [in_noise(answer, noise) for answer in answers if answer.voice == voice]
            found = [listen(recogniser, answer.samples) for answer in same]
            said = [answer.text for answer in same]
            latencies = [latency for run in found for latency in run.latencies]
            scores = [
                compare(said, texts)
                for texts in (
                    [run.quick_text for run in found],
                    [run.final_text for run in found],
                    [batch(model, answer.samples)[0] for answer in same],
                )
            ]
            lost = sum(dropped(a.sentences, r.final_text) for a, r in zip(same, found, strict=True))
            print(
                f"{voice:9} {'clean' if noise is None else f'{noise:.0f} dB':8} "
                f"{sum(answer.duration_s for answer in same):6.0f} s    {statistics.median(latencies):5.2f} s "
                f"{percentile(latencies, 0.95):5.2f} s       "
                + "  ".join(f"{score.rate:5.1f}" for score in scores)
                + "     "
                + "  ".join(f"{score.numbers_share:5.1f}" for score in scores)
                + f"     {lost} of {sum(len(answer.sentences) for answer in same)}",
                flush=True,
            )
            runs.extend(found)
    return runs


def false_words(recogniser: WhisperRecogniser, model: Any, seconds: float) -> None:
    print(f"\nfalse words per 10 minutes, {len(non_speech.KINDS)} kinds of non-speech, {seconds:.0f} s each")
    totals = [0, 0, 0]
    for kind in non_speech.KINDS:
        sound = non_speech.make(kind, seconds, seed=7)
        run = listen(recogniser, sound)
        counts = [len(run.quick_text.split()), len(run.transcript.words), len(batch(model, sound)[0].split())]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        print(f"  {kind:12} quick {counts[0]:3}  final {counts[1]:3}  batch {counts[2]:3}", flush=True)
    rate = 600 / (seconds * len(non_speech.KINDS))
    quick, final, batched = (total * rate for total in totals)
    print(f"  per 10 min   quick {quick:.1f}  final {final:.1f}  batch {batched:.1f}")


def growth(recogniser: WhisperRecogniser, model: Any, answer: Answer, lengths_s: Sequence[float]) -> None:
    print("\ncut off in mid-speech")
    print("length    text median / 95 %    final after last sample    batch pass    processor")
    for length in lengths_s:
        sound = as_long_as(answer, length)
        run = listen(recogniser, sound)
        took = batch(model, sound)[1]
        print(
            f"{length:6.0f} s   {statistics.median(run.latencies):.2f} / {percentile(run.latencies, 0.95):.2f} s"
            f"         {run.final_s:.2f} s                 {took:6.1f} s     {run.cpu_s / run.duration_s:.2f} core",
            flush=True,
        )


def memory(model: str, seconds: float) -> None:
    """The most memory of a process that does nothing but listen: a process of its own, without the batch pass."""
    command = [sys.executable, "-m", "benchmarks.listening", "--model", model, "--memory-of", str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    print(f"\nresident memory, {seconds:.0f} s of listening: {done.stdout.strip()}")


def memory_of(recogniser: WhisperRecogniser, seconds: float) -> None:
    (answer,) = spoken_answers("espeak", 1)
    listen(recogniser, as_long_as(answer, seconds))
    print(f"{most_memory_mib():.0f} MiB at the most")


def most_memory_mib() -> float:
    """The most this process ever had resident. Linux's own `ru_maxrss` would include the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / KILOBYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE**2  # macOS counts bytes


def all_answers(count: int, real: Path | None) -> Iterator[Answer]:
    yield from spoken_answers("espeak", count)
    yield from spoken_answers("joe", count)
    if real is not None:
        yield from recorded_answers(real)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one answer a voice, shorter lengths")
    parser.add_argument("--answers", type=int, default=4, help="of each synthetic voice, some 95 s each")
    parser.add_argument("--real", type=Path, help="a folder of clips of real people with their words")
    parser.add_argument("--model", default=models.DEFAULT_MODEL)
    parser.add_argument("--real-time", action="store_true", help="also listen to one answer in real time")
    parser.add_argument("--memory-of", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    model = models.load(models.resolve_model(options.model))
    recogniser = WhisperRecogniser(model)
    if options.memory_of is not None:
        memory_of(recogniser, options.memory_of)
        return
    answers = list(all_answers(1 if options.quick else options.answers, options.real))
    runs = words_and_latency(recogniser, model, answers)
    cpu = sum(run.cpu_s for run in runs) / sum(run.duration_s for run in runs)
    print(f"\nprocessor while listening: {cpu:.2f} of a core")
    false_words(recogniser, model, 20.0 if options.quick else 60.0)
    growth(recogniser, model, answers[0], (30.0, 90.0) if options.quick else LENGTHS_S)
    memory(options.model, 60.0 if options.quick else 180.0)
    if options.real_time:
        run = listen_in_real_time(recogniser, answers[0].samples)
        print(
            f"\nin real time, {run.duration_s:.0f} s: text {statistics.median(run.latencies):.2f} / "
            f"{percentile(run.latencies, 0.95):.2f} s, final {run.final_s:.2f} s, "
            f"{run.cpu_s / run.duration_s:.2f} of a core"
        )


if __name__ == "__main__":
    main()
