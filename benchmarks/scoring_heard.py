"""What the recogniser does to a score: answers scored as they were written, and as they were heard.

    python -m benchmarks.scoring_heard [--answers 30] [--voices us joe] [--keep FOLDER] [--show]

The labelled answers of training/validation are spoken by voices of voicemock, a pause after each sentence, recognised
by the default model, and scored again. The floor time is the spoken one in both, so that only the words differ.
`--keep` keeps what was heard in a folder, and a second run then only scores. `--show` prints each number that got lost.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from benchmarks.spoken import in_a_room, silence
from training.parse import load

from voicemock.audio.sound import Samples, resample
from voicemock.scoring.assemble import score_answer
from voicemock.scoring.model import Answer, Metric, Score
from voicemock.speech import models
from voicemock.speech.batch import transcribe
from voicemock.speech.recogniser import Recogniser
from voicemock.speech.spoken import spoken as answer_in
from voicemock.speech.voice import Voice
from voicemock.speech.voice_engines import open_voice
from voicemock.speech.whisper import WhisperRecogniser
from voicemock.transcript import Sentence, Word, sentences_from_words

TRAINING = Path(__file__).parents[1] / "training"
PAUSES_S = (
    0.4,
    0.7,
    0.3,
    1.1,
)  # after one sentence and the next, again and again; in talk 95 % are under 1.4 s


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser made of an answer: [text, start, end] a word, and its floor time in seconds."""

    words: list[tuple[str, float, float]]
    floor_time_s: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer scored as written and as heard, and its labelled overall."""

    name: str
    label: float
    written: Score
    heard: Score


def labelled(count: int) -> list[dict]:
    """The first `count` validation answers, as labelled answers."""
    return [answer.as_gold() for answer in load(TRAINING / "validation")][:count]


def pairs(answers: list[dict], voice: str, keep: Path | None) -> Iterator[Pair]:
    recogniser = WhisperRecogniser(models.load(models.resolve_model(models.DEFAULT_MODEL), workers=1))
    engine = open_voice(voice)
    try:
        for each in answers:
            heard = kept(keep and keep / f"{each['id']}.{voice}.json", each["sentences"], engine, recogniser)
            words = [Word(text, start, end) for text, start, end in heard.words]
            written = answer_of(each, tuple(Sentence(s) for s in each["sentences"]), heard.floor_time_s)
            again = replace(written, sentences=sentences_from_words(words))
            yield Pair(each["id"], each["labels"]["overall"], score_answer(written), score_answer(again))
    finally:
        engine.close()


def kept(path: Path | None, sentences: list[str], engine: Voice, recogniser: Recogniser) -> Heard:
    """What was heard, from `path` where it is there already."""
    if path and path.exists():
        return Heard(**json.loads(path.read_text(encoding="utf-8")))
    found = answer_in(transcribe(spoken(sentences, engine), recogniser))
    heard = Heard([(w.text, w.start, w.end) for w in found.words], found.floor_time_s)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            json.dumps({"words": heard.words, "floor_time_s": heard.floor_time_s}), encoding="utf-8"
        )
    return heard


def spoken(sentences: list[str], engine: Voice) -> Samples:
    parts = [silence(0.6)]
    for number, sentence in enumerate(sentences):
        parts += [resample(engine.say(sentence)).samples, silence(PAUSES_S[number % len(PAUSES_S)])]
    return in_a_room(np.concatenate([*parts, silence(1.0)]))


def answer_of(each: dict, sentences: tuple[Sentence, ...], floor_time_s: float) -> Answer:
    return Answer(
        sentences,
        each["round"],
        question=each["question"],
        principle=each["principle"],
        analytical_type=each.get("type"),
        floor_time_s=floor_time_s,
    )


def values(metrics: tuple[Metric, ...]) -> Counter:
    """The numbers that are claimed, whatever the words around them."""
    return Counter((m.kind, m.before, m.after) for m in metrics)


def results(score: Score) -> tuple[Metric, ...]:
    return tuple(m for m in score.metrics if m.role == "result")


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def overall(score: Score) -> float:
    assert score.overall is not None, "no validation answer goes without a score"
    return score.overall


def table(found: list[Pair]) -> dict[str, str]:
    drift = [overall(p.heard) - overall(p.written) for p in found]
    claims = [(values(p.written.metrics), values(p.heard.metrics)) for p in found]
    roles = [(values(results(p.written)), values(results(p.heard))) for p in found]
    shown = [
        tuple({x.slug for x in s.principles if x.demonstrated} for s in (p.written, p.heard)) for p in found
    ]
    cut = [len(p.heard.sentences) / len(p.written.sentences) for p in found]
    return {
        "answers": str(len(found)),
        "overall moves by, on average": f"{np.mean(np.abs(drift)):.2f} (upwards {np.mean(drift):+.2f})",
        "by 0.5 or more": share(sum(abs(d) >= 0.5 for d in drift), len(drift)),
        "error against the label, written": f"{np.mean([abs(overall(p.written) - p.label) for p in found]):.2f}",
        "error against the label, heard": f"{np.mean([abs(overall(p.heard) - p.label) for p in found]):.2f}",
        "numbers kept": share(sum((a & b).total() for a, b in claims), sum(a.total() for a, _ in claims)),
        "numbers that were never said": share(
            sum((b - a).total() for a, b in claims), sum(b.total() for _, b in claims)
        ),
        "results kept as results": share(
            sum((a & b).total() for a, b in roles), sum(a.total() for a, _ in roles)
        ),
        "same customer signal": share(sum(p.written.customer == p.heard.customer for p in found), len(found)),
        "principles kept": share(sum(len(a & b) for a, b in shown), sum(len(a) for a, _ in shown)),
        "sentences heard for each written": f"{np.mean(cut):.2f}",
    }


def lost(pair: Pair) -> Iterator[str]:
    """The results that are none as heard, with what was heard."""
    missing = values(results(pair.written)) - values(results(pair.heard))
    for metric in results(pair.written):
        if missing[metric.kind, metric.before, metric.after] > 0:
            said = pair.written.sentences[metric.sentence][0].text
            near = max(pair.heard.sentences, key=lambda s: len(set(s[0].text.split()) & set(said.split())))
            yield f"  {pair.name}: {metric.text!r}\n      heard ({near[1]}) {near[0].text}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--answers", type=int, default=30)
    parser.add_argument("--voices", nargs="+", default=["us", "joe"])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    for voice in args.voices:
        found = list(pairs(labelled(args.answers), voice, args.keep))
        print(f"voice {voice}")
        for name, figure in table(found).items():
            print(f"  {name:36}{figure}")
        if args.show:
            print(*(line for pair in found for line in lost(pair)), sep="\n")


if __name__ == "__main__":
    main()
