"""How quickly this machine understands speech, model by model, and which one keeps up with a talker."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voicemock.audio.sound import RATE, Samples
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechSplit
from voicemock.doctor.finding import Finding
from voicemock.errors import VoicemockError
from voicemock.interview.candidate import load_scripts, read_aloud
from voicemock.speech.models import KNOWN, find_cached, find_packaged, load, resolve_model
from voicemock.speech.recogniser import Recogniser
from voicemock.speech.voice import candidate_voice, open_voice
from voicemock.speech.whisper import WhisperRecogniser

SAMPLE_SENTENCES = 6  # of the built-in candidate: some 40 s of speech
QUICK_ENOUGH_S = 0.7  # of decoding: with the 0.3 s that end an utterance, text is there within a second
CAREFUL_SHARE = (
    0.5  # of real time for both passes together; beyond it a talker is not kept up with on two cores
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of decoding for an utterance (median), and for a second of speech in both passes together."""

    quick_s: float
    per_second: float

    @property
    def keeps_up(self) -> bool:
        return self.quick_s <= QUICK_ENOUGH_S and self.per_second <= CAREFUL_SHARE


def examine_latency(model: str | None = None) -> Iterator[Finding]:
    """Measure `model`, or all models that are on this machine; the last finding says which to use."""
    speech = _speech()
    best = ""
    for name in (model,) if model else _models_here():
        try:
            measured = measure(WhisperRecogniser(load(resolve_model(name))), speech)
        except VoicemockError as error:
            yield Finding("latency", "broken", error.problem, error.next_step)
            continue
        what = f"{name}: text {measured.quick_s:.2f} s after the decode begins, {measured.per_second:.2f} s of work "
        what += "for a second of speech"
        if measured.keeps_up:
            best = name
            yield Finding("latency", "ok", f"{what}: keeps up")
        else:
            yield Finding(
                "latency", "warning", f"{what}: too slow to cut in", "use a smaller model with --model"
            )
    if best and not model:
        yield Finding(
            "latency", "ok", f"the largest that keeps up is {best}", f"voicemock practice --model {best}"
        )


def measure(
    recogniser: Recogniser, speech: Samples, now: Callable[[], float] = time.perf_counter
) -> Measured:
    """Decode `speech` as it would be live: each utterance quickly, then all of it with care."""
    detector = SpeechDetector()
    events = [*detector.push(speech), *detector.flush()]
    stretches = [(e.start, e.end) for e in events if isinstance(e, SpeechEnded | SpeechSplit)]
    quick = []
    for start, end in stretches:
        began = now()
        recogniser.quick(speech[round(start * RATE) : round(end * RATE)], start)
        quick.append(now() - began)
    began = now()
    window = 25 * RATE
    for first in range(0, len(speech), window):
        recogniser.careful(speech[first : first + window], first / RATE)
    careful_s = now() - began
    return Measured(statistics.median(quick), (sum(quick) + careful_s) / (len(speech) / RATE))


def _speech() -> Samples:
    voice = open_voice(candidate_voice())
    try:
        script = load_scripts()[0]
        return read_aloud(type(script)(script.question, script.sentences[:SAMPLE_SENTENCES]), voice)
    finally:
        voice.close()


def _models_here() -> list[str]:
    """The known models that need no download, smallest first."""
    packaged = find_packaged()
    return [k.name for k in KNOWN if (packaged and k.name == packaged.name) or find_cached(k) is not None]
