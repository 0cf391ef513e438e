"""What of a draft was said, what was left out, and what came in, when the story was told (pure).

Numbers first: a claim of the draft that was made again, or with another number, has been said. Then the meaning: a
sentence of the draft is held against everything that was told, in whole sentences, in two that follow each other, and
in clauses, by the sentence encoder and by the rare words that both have. `benchmarks/left_out.py` measures the
bounds: of 665 sentences of training answers, each held against the rest of its own story, 3 % look said and 5 % perhaps
said; of 37 drafted sentences told again in other words 36 are found, and of 17 more that were written afterwards all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from voicemock.coaching.draft import KEYS, PARTS, Draft, Pace, length_s, score_draft, sentences_of
from voicemock.coaching.metric_pairs import MetricChanges, MetricPair, metric_changes
from voicemock.coaching.story_matching import terms
from voicemock.scoring.model import Metric, Role, Score
from voicemock.scoring.models.encoder import Encoder, default_encoder
from voicemock.transcript import Sentence

SAID_FROM, PERHAPS_FROM = 0.6, 0.5  # likeness of two vectors: a sentence was said, or perhaps
SHARED_WORDS, SHARED_SHARE = 2, 0.6  # so many rare words, and so much of all of them: said, however unlike
SAME_CLAIM, CHANGED_CLAIM = 0.35, 0.5  # likeness of two claims of the same number, and of different ones
SAME_WORDS = 0.8  # likeness of two claims that differ in little but a number
NO_WORSE = 0.03  # of two stretches as like as that the shorter one counts
CLAUSE_WORDS = 4  # fewer say nothing on their own
_CLAUSES = re.compile(
    r",\s+(?=(?:and|but|so|which|because|since|instead)\b)|\s+(?=(?:and|but|so) (?:I|we|she|he|they|it)\b)"
)

WEIGHTIEST: tuple[Role, ...] = ("result", "baseline", "target", "context")  # of numbers that were left out
State = Literal["said", "perhaps", "left out"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of what was told: the numbers of its sentences."""

    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DraftedLine:
    """A sentence of the draft and what became of it. `told` are the sentences that say it, `likeness` how near they
    are, `lost` its figures that were not said, `changed` those that were said otherwise: (drafted, said).
    """

    part: str
    text: str
    state: State
    told: tuple[int, ...] = ()
    likeness: float = 0.0
    lost: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AddedLine:
    """A sentence that was told and is not in the draft; `start` is None where no times are known."""

    text: str
    start: float | None


@dataclass(frozen=True, slots=True)
class PartTime:
    """How long a part would take by the draft, and took; None where no times are known."""

    key: str
    title: str
    drafted_s: float
    told_s: float | None


@dataclass(frozen=True, slots=True)
class DraftComparison:
    """A draft beside an answer that was told from it; `added_s` is the time of what is not in the draft."""

    draft_id: str
    title: str
    lines: tuple[DraftedLine, ...]
    added: tuple[AddedLine, ...]
    kept: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    parts: tuple[PartTime, ...]
    added_s: float | None
    drafted_s: float
    told_s: float | None
    drafted_overall: float | None
    told_overall: float | None

    def of(self, state: State) -> tuple[DraftedLine, ...]:
        return tuple(line for line in self.lines if line.state == state)


def compare_with_draft(
    draft: Draft, pace: Pace, score: Score, encoder: Encoder | None = None
) -> DraftComparison:
    """What became of the draft in the answer of that score. Raises ModelError where the encoder is missing."""
    encoder = encoder or default_encoder()
    drafted = sentences_of(draft, pace)
    planned = score_draft(draft, pace, encoder)
    numbers = sound_pairs(metric_changes(planned.metrics, score.metrics), score.metrics, encoder)
    lines = _lines(drafted, [sentence.text for sentence, _ in score.sentences], numbers, encoder)
    places = _places(lines, len(score.sentences))
    seconds = _seconds(score)
    spent = _spent(places, seconds)
    return DraftComparison(
        draft_id=draft.id,
        title=draft.title,
        lines=lines,
        added=tuple(
            AddedLine(sentence.text, sentence.start)
            for (sentence, _), place in zip(score.sentences, places, strict=True)
            if place is None
        ),
        kept=tuple(pair.second.text for pair in numbers.kept),
        changed=tuple((pair.first.text, pair.second.text) for pair in numbers.changed),
        lost=tuple(
            metric.text for metric in sorted(numbers.lost, key=lambda each: WEIGHTIEST.index(each.role))
        ),
        gained=tuple(metric.text for metric in numbers.gained),
        parts=tuple(
            PartTime(
                part.key,
                part.title,
                sum(_length(sentence) for key, sentence in drafted if key == part.key),
                None if spent is None else spent[part.key],
            )
            for part in PARTS
            if draft.text(part.key)
        ),
        added_s=None if spent is None else spent[None],
        drafted_s=length_s(draft, pace),
        told_s=score.floor_time_s,
        drafted_overall=planned.overall,
        told_overall=score.overall,
    )


def sound_pairs(numbers: MetricChanges, told: Sequence[Metric], encoder: Encoder) -> MetricChanges:
    """Only the pairs that are about one thing. Of two attempts at a question every claim finds its like; what was left
    out of a draft would find another, such as the figure from before for the one after.
    """
    kept, kept_apart = _parted(numbers.kept, SAME_CLAIM, encoder)
    changed, changed_apart = _parted(numbers.changed, CHANGED_CLAIM, encoder)
    apart = [*kept_apart, *changed_apart]
    lost = [*numbers.lost, *(pair.first for pair in apart)]
    gained = [*numbers.gained, *(pair.second for pair in apart)]
    paired = [pair.second for pair in (*kept, *changed)]
    again = _worded_alike(lost, [each for each in told if each not in paired], encoder)
    return MetricChanges(
        (*kept, *(pair for pair in again if not pair.differs)),
        (*changed, *(pair for pair in again if pair.differs)),
        lost=tuple(metric for metric in lost if all(metric is not pair.first for pair in again)),
        gained=tuple(metric for metric in gained if all(metric is not pair.second for pair in again)),
    )


def _worded_alike(lost: Sequence[Metric], told: Sequence[Metric], encoder: Encoder) -> list[MetricPair]:
    """Claims in nearly the same words, the likest first, although their numbers were read as of different kinds: what
    was heard is not always what was said.
    """
    near = _nearness([metric.text for metric in lost], [metric.text for metric in told], encoder)
    likely = sorted(
        ((value, i, j) for i, row in enumerate(near) for j, value in enumerate(row) if value >= SAME_WORDS),
        key=lambda each: (-each[0], each[1:]),
    )
    pairs, taken = list[MetricPair](), set[tuple[str, int]]()
    for _, i, j in likely:
        if lost[i].role == told[j].role and not taken & {("lost", i), ("told", j)}:
            taken |= {("lost", i), ("told", j)}
            pairs.append(MetricPair(lost[i], told[j], _differing(lost[i], told[j])))
    return pairs


def _differing(one: Metric, other: Metric) -> tuple[str, ...]:
    """The fields in which both have a number, and not the same."""
    values = {name: (getattr(one, name), getattr(other, name)) for name in ("before", "after", "change_pct")}
    return tuple(name for name, (mine, its) in values.items() if None not in (mine, its) and mine != its)


def _parted(
    pairs: Sequence[MetricPair], least: float, encoder: Encoder
) -> tuple[list[MetricPair], list[MetricPair]]:
    """The pairs that are alike enough, and the others; what differs in its role is not the same claim changed."""
    alike, apart = list[MetricPair](), list[MetricPair]()
    for pair in pairs:
        near = _nearness([pair.first.text], [pair.second.text], encoder)[0][0]
        same_role = not pair.differs or pair.first.role == pair.second.role
        (alike if near >= least and same_role else apart).append(pair)
    return alike, apart


def _lines(
    drafted: Sequence[tuple[str, Sentence]], told: Sequence[str], numbers: MetricChanges, encoder: Encoder
) -> tuple[DraftedLine, ...]:
    texts = [sentence.text for _, sentence in drafted]
    stretches = stretches_of(told)
    near = _nearness(texts, [stretch.text for stretch in stretches], encoder)
    pairs = (*numbers.kept, *numbers.changed)
    found = []
    for number, (part, sentence) in enumerate(drafted):
        claimed = tuple(sorted({pair.second.sentence for pair in pairs if pair.first.sentence == number}))
        state, at, likeness = _state(sentence.text, stretches, near[number], bool(claimed))
        found.append(
            DraftedLine(
                part=part,
                text=sentence.text,
                state=state,
                told=tuple(sorted({*at, *claimed})),
                likeness=likeness,
                lost=_texts(numbers.lost, number),
                changed=tuple(
                    (pair.first.text, pair.second.text)
                    for pair in numbers.changed
                    if pair.first.sentence == number
                ),
            )
        )
    return tuple(found)


def _state(
    text: str, stretches: Sequence[Stretch], near: Sequence[float], claimed: bool
) -> tuple[State, tuple[int, ...], float]:
    """What became of a sentence, where it was said, and how like that is."""
    if not stretches:
        return "left out", (), 0.0
    best = max(near)
    close = [i for i, value in enumerate(near) if value >= best - NO_WORSE]
    likest = min(close, key=lambda i: (len(stretches[i].sentences), -near[i]))
    at, likeness = stretches[likest].sentences, round(near[likest], 3)
    if best >= SAID_FROM:
        return "said", at, likeness
    by_words = _by_words(text, stretches)
    if by_words is not None:
        return "said", by_words.sentences, likeness
    if claimed:
        return "said", at if best >= PERHAPS_FROM else (), likeness
    return ("perhaps", at, likeness) if best >= PERHAPS_FROM else ("left out", (), likeness)


def _by_words(text: str, stretches: Sequence[Stretch]) -> Stretch | None:
    """The shortest stretch that has most of the sentence's rare words. Names are none: they come up all along."""
    wanted = {term for term, said in terms(text).items() if not said[0].isupper()}
    shared = [len(wanted & set(terms(stretch.text))) for stretch in stretches]
    best = max(shared, default=0)
    if best < SHARED_WORDS or best < SHARED_SHARE * len(wanted):
        return None
    return next(stretch for stretch, count in zip(stretches, shared, strict=True) if count == best)


def stretches_of(told: Sequence[str]) -> list[Stretch]:
    """What a sentence may be said in: a sentence, a clause of one, or two that follow each other."""
    single = [Stretch(text, (i,)) for i, text in enumerate(told)]
    clauses = [
        Stretch(clause, (i,))
        for i, text in enumerate(told)
        for clause in _CLAUSES.split(text)
        if clause != text and len(clause.split()) >= CLAUSE_WORDS
    ]
    double = [Stretch(f"{told[i]} {told[i + 1]}", (i, i + 1)) for i in range(len(told) - 1)]
    return [*single, *clauses, *double]


def _nearness(drafted: Sequence[str], told: Sequence[str], encoder: Encoder) -> list[list[float]]:
    """How like each sentence of the draft is to each stretch, from -1 to 1."""
    if not drafted or not told:
        return [[] for _ in drafted]
    # in double precision and one by one, so that a sentence's likeness does not depend on what stands beside it
    mine, theirs = encoder.encode(drafted).astype(np.float64), encoder.encode(told).astype(np.float64)
    return [[round(float(one @ other), 6) for other in theirs] for one in mine]


def _texts(metrics: Sequence[Metric], sentence: int) -> tuple[str, ...]:
    return tuple(metric.text for metric in metrics if metric.sentence == sentence)


def _places(lines: Sequence[DraftedLine], told: int) -> list[str | None]:
    """The part that each told sentence belongs to: that of the likest sentence of the draft; None where it is new."""
    best: dict[int, DraftedLine] = {}
    for line in lines:
        for number in line.told:
            if number not in best or line.likeness > best[number].likeness:
                best[number] = line
    return [best[number].part if number in best else None for number in range(told)]


def _seconds(score: Score) -> list[float] | None:
    """How long each sentence took, with the pause behind it; None where no times are known."""
    starts = [sentence.start for sentence, _ in score.sentences]
    last = score.sentences[-1][0].end if score.sentences else 0.0
    known = [time for time in (*starts, last) if time is not None]
    if len(known) <= len(starts):
        return None
    return [max(0.0, end - start) for start, end in pairwise(known)]


def _spent(
    places: Sequence[str | None], seconds: Sequence[float] | None
) -> Mapping[str | None, float] | None:
    """The time of each part, and under None that of what is not in the draft."""
    if seconds is None:
        return None
    spent: dict[str | None, float] = dict.fromkeys((*KEYS, None), 0.0)
    for place, length in zip(places, seconds, strict=True):
        spent[place] += length
    return {key: round(value, 3) for key, value in spent.items()}


def _length(sentence: Sentence) -> float:
    return float((sentence.end or 0.0) - (sentence.start or 0.0))
