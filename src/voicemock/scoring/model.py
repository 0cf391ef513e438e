"""What the scorer takes and gives: the answer, its annotation, and the score object of the contract."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from voicemock.limits import read_stored
from voicemock.rounds import BAR
from voicemock.transcript import Doubt, Sentence

SCHEMA = 2  # of the score object; an object of schema 1 lacks what was added and still opens

Star = Literal["S", "T", "A", "R", "L", "O"]
Role = Literal["result", "baseline", "target", "context"]
Kind = Literal["time", "rate", "money", "count", "ratio", "score"]
Customer = Literal["direct", "indirect", "none"]
Actor = Literal["I", "we", "other", "none"]  # whose doing a claim is
Mode = Literal["done", "planned", "hypothetical", "negated", "quoted"]
CheckKind = Literal[
    "off-question", "hypothetical", "not-yours", "no-substance", "other-principle", "no-action"
]


@dataclass(frozen=True, slots=True)
class DeliveryFigures:
    """How it sounded. Semitones, decibels and seconds; None where only text was given.

    `fillers` are the hesitations that were written down, `filler_recall` the share of the spoken ones that mostly are.
    """

    fillers: int | None = None
    filler_recall: float | None = None
    pitch_range_st: float | None = None
    loudness_range_db: float | None = None
    voiced_without_words_s: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the scorer meets it.

    `floor_time_s` is None where only text is known; delivery is then left out of the overall. `pauses` are
    (start, end) stretches of silence in seconds from the voice activity detector, never from word times; `unclear`
    those in which somebody spoke and was not understood. The sentences are without hesitations: `delivery` has those.
    """

    sentences: tuple[Sentence, ...]
    round: str
    question: str = ""
    principle: str | None = None
    analytical_type: str | None = None
    floor_time_s: float | None = None
    pauses: tuple[tuple[float, float], ...] | None = None
    unclear: tuple[tuple[float, float], ...] = ()
    source: str = ""
    delivery: DeliveryFigures = DeliveryFigures()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantified claim (rubric section 2). `text` is a verbatim part of sentence number `sentence`.

    `of` is what is measured, `group` of whom or where, `actor` whose doing it is. Only what was `done` can be a
    result. `doubt` are other readings of the number that the recogniser holds possible.
    """

    sentence: int
    text: str
    role: Role
    kind: Kind
    before: float | None = None
    after: float | None = None
    unit: str | None = None
    change_pct: float | None = None
    period: str | None = None
    hedged: bool = False
    of: str | None = None
    group: str | None = None
    actor: Actor = "none"
    mode: Mode = "done"
    doubt: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Stated numbers that contradict each other; `sentence` is where the slip is."""

    sentence: int
    said: str
    computed: str


@dataclass(frozen=True, slots=True)
class Vague:
    """An outcome word with no number in reach; `text` is verbatim."""

    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class PrincipleFinding:
    """A leadership principle that the answer names, demonstrates or both, with evidence sentences."""

    slug: str
    named: bool
    demonstrated: bool
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CutIn:
    """Where an interviewer cuts in, after which sentence, of what kind, and what it asks."""

    after_sentence: int
    kind: str
    question: str


@dataclass(frozen=True, slots=True)
class Check:
    """A fault of substance that caps the overall (rubric section 9), with the sentences it rests on."""

    kind: CheckKind
    cap: float
    evidence: tuple[int, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to say instead: the dimension it raises, the sentence it is about, and the words.

    `why` is the gap in under 20 words, `line` a sentence the candidate could say, with `___` where only they know;
    `say` holds both as one text.
    """

    dimension: str
    sentence: int | None
    say: str
    why: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class _Letter:
    """The part of the story that a stored sentence is."""

    star: Star | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score object of the contract; `as_dict` gives its JSON form and `from_dict` reads it."""

    source: str
    round: str
    principle: str | None
    question: str
    floor_time_s: float | None
    words: int
    pace_wpm: int | None
    fillers_per_min: float | None
    longest_pause_s: float | None
    sentences: tuple[tuple[Sentence, Star | None], ...]
    star_seconds: Mapping[str, float] | None
    metrics: tuple[Metric, ...]
    inconsistencies: tuple[Inconsistency, ...]
    vague: tuple[Vague, ...]
    principles: tuple[PrincipleFinding, ...]
    customer: Customer
    framework: Mapping[str, bool] | None
    metric_depth: int
    interrupts: tuple[CutIn, ...]
    dimensions: Mapping[str, float | None]
    overall: float | None
    verdict: str | None
    strength: str | None
    fixes: tuple[Fix, ...]
    not_scored: str | None = None
    bar: float = BAR
    explanation: tuple[str, ...] = field(default=(), compare=False)
    checks: tuple[Check, ...] = ()
    delivery: DeliveryFigures = DeliveryFigures()
    analytical_type: str | None = None

    @staticmethod
    def from_dict(stored: object) -> Score:
        """The score of a JSON object, of schema 1 too. Raises ValueError that names what is not as it was written."""
        said = stored.get("sentences") if isinstance(stored, dict) else None
        if not isinstance(said, list):
            raise ValueError("score has no sentences")
        sentences = [
            (read_stored(Sentence, each, "sentence", words=()), read_stored(_Letter, each)) for each in said
        ]
        return read_stored(
            Score, stored, sentences=tuple((s, letter.star) for s, letter in sentences), explanation=()
        )

    def as_dict(self) -> dict[str, Any]:
        """The contract's score object, keys in its order, floats rounded; equal scores give equal JSON."""
        return {
            "schema": SCHEMA,
            "source": self.source,
            "round": self.round,
            "principle": self.principle,
            "question": self.question,
            "floor_time_s": tidy(self.floor_time_s, 1),
            "words": self.words,
            "pace_wpm": self.pace_wpm,
            "fillers_per_min": tidy(self.fillers_per_min, 1),
            "longest_pause_s": tidy(self.longest_pause_s, 1),
            "sentences": [
                {"text": s.text, "start": tidy(s.start, 2), "end": tidy(s.end, 2), "star": star}
                for s, star in self.sentences
            ],
            "star_seconds": None
            if self.star_seconds is None
            else {k: tidy(v, 1) for k, v in self.star_seconds.items()},
            "metrics": [_metric_dict(metric) for metric in self.metrics],
            "inconsistencies": [asdict(one) for one in self.inconsistencies],
            "vague": [asdict(one) for one in self.vague],
            "principles": [{**asdict(one), "evidence": list(one.evidence)} for one in self.principles],
            "customer": self.customer,
            "framework": None if self.framework is None else dict(self.framework),
            "metric_depth": self.metric_depth,
            "interrupts": [asdict(one) for one in self.interrupts],
            "dimensions": {name: tidy(value, 1) for name, value in self.dimensions.items()},
            "overall": tidy(self.overall, 1),
            "bar": self.bar,
            "verdict": self.verdict,
            "strength": self.strength,
            "fixes": [asdict(one) for one in self.fixes],
            "not_scored": self.not_scored,
            "checks": [{**asdict(one), "evidence": list(one.evidence)} for one in self.checks],
            "delivery": asdict(self.delivery),
            "analytical_type": self.analytical_type,
        }


def _metric_dict(metric: Metric) -> dict[str, Any]:
    numbers = {name: tidy(getattr(metric, name), 6) for name in ("before", "after", "change_pct")}
    doubt = None if metric.doubt is None else list(metric.doubt)
    return {**asdict(metric), **numbers, "doubt": doubt}


def tidy(value: float | None, digits: int) -> float | int | None:
    """A number as JSON should show it: rounded, whole numbers without a fraction where they are counts."""
    if value is None or not math.isfinite(value):
        return None
    rounded = round(value, digits)
    return int(rounded) if digits >= 6 and rounded == int(rounded) else rounded
