"""How quickly this machine understands speech, model by model, and which one keeps up with a talker."""

from __future__ import annotations

import mmap
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from voicemock.audio.sound import RATE, Samples
from voicemock.audio.vad import SpeechDetector, SpeechEnded, SpeechSplit
from voicemock.doctor.finding import Finding
from voicemock.errors import VoicemockError
from voicemock.interview.candidate import load_scripts, read_aloud
from voicemock.speech.models import KNOWN, find_cached, find_packaged, load, pair_of, resolve_model
from voicemock.speech.recogniser import Recogniser
from voicemock.speech.voice import candidate_voice
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser

SAMPLE_SENTENCES = 6  # of the built-in candidate: some 40 s of speech
QUICK_ENOUGH_S = 0.7  # of decoding: with the 0.3 s that end an utterance, text is there within a second
BUSY_SHARE = 0.5  # of real time for both passes together; beyond it a talker is not kept up with on two cores


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of decoding for an utterance (median), and of each pass for a second of speech; megabytes where known."""

    quick_s: float
    quick_share: float
    careful_share: float
    megabytes: int | None = None

    @property
    def keeps_up(self) -> bool:
        return keep_up(self, self)


def keep_up(quick: Measured, careful: Measured) -> bool:
    """Whether the two passes, each with its model, keep up with a talker."""
    return quick.quick_s <= QUICK_ENOUGH_S and quick.quick_share + careful.careful_share <= BUSY_SHARE


def best_pair(measured: Mapping[str, Measured]) -> tuple[str, str] | None:
    """The quick and the careful model to use: the largest careful one that keeps up, alone if it can be.

    `measured` goes from small to large; None where nothing keeps up.
    """
    for careful in reversed(list(measured)):
        if measured[careful].keeps_up:
            return careful, careful
        fitting = [quick for quick in measured if keep_up(measured[quick], measured[careful])]
        if fitting:
            return fitting[-1], careful
    return None


def examine_latency(model: str | None = None) -> Iterator[Finding]:
    """Measure `model`, or all models that are on this machine; the last finding says which to use."""
    speech = _speech()
    found: dict[str, Measured] = {}
    for name in dict.fromkeys(pair_of(model)) if model else _models_here():
        try:
            found[name] = _measured(name, speech)
        except VoicemockError as error:
            yield Finding("latency", "broken", error.problem, error.next_step)
            continue
        yield _told(name, found[name])
    if (best := best_pair(found)) is None:
        return
    name = best[0] if best[0] == best[1] else "+".join(best)
    memory = [found[each].megabytes for each in dict.fromkeys(best)]
    held = f", some {sum(m for m in memory if m)} MB" if all(memory) else ""
    if len(found) > 1:
        what = "the largest that keeps up is" if best[0] == best[1] else "the best pair that keeps up is"
        yield Finding("latency", "ok", f"{what} {name}{held}", f"voicemock practice --model {name}")


def _told(name: str, measured: Measured) -> Finding:
    what = f"{name}: text {measured.quick_s:.2f} s after the decode begins, "
    what += f"{measured.quick_share + measured.careful_share:.2f} s of work for a second of speech"
    if measured.keeps_up:
        return Finding("latency", "ok", f"{what}: keeps up")
    return Finding("latency", "warning", f"{what}: too slow by itself", "a smaller one, or QUICK+CAREFUL")


def _measured(name: str, speech: Samples) -> Measured:
    before = _resident_mb()
    recogniser = WhisperRecogniser(load(resolve_model(name)))
    found = measure(recogniser, speech)
    after = _resident_mb()
    return replace(found, megabytes=after - before) if before and after and after > before else found


def _resident_mb() -> int | None:
    """What this process holds in memory, where the system says so in a file."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * mmap.PAGESIZE // 1_000_000


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
    spoken_s = len(speech) / RATE
    return Measured(statistics.median(quick), sum(quick) / spoken_s, (now() - began) / spoken_s)


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
