"""How the candidate's own marks stand against the scores: the gap over time, and where it leans (pure).

A lean is told only where there are enough answers, and it is clear of chance: twice its standard error from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Literal

from voicemock.rounds import DIMENSIONS, ROUNDS
from voicemock.store.summaries import AnswerSummary
from voicemock.wording import counted, local_day, name_of, round_title

ENOUGH = 5  # marked answers, from which anything is said of them
LEAN = 0.3  # a smaller gap is no habit: marks come in halves
CLEAR = 2.0  # standard errors
MOST_POINTS = 30
APART = 0.5  # points by which a dimension lies lower where the candidate thought better of the answer

Verdict = Literal["too kind", "too hard", "about right", "too few"]


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer with both marks."""

    at: str
    round: str
    mark: float
    overall: float
    dimensions: tuple[float | None, ...]

    @property
    def gap(self) -> float:
        """Above 0 the candidate thought better of it than the score does."""
        return self.mark - self.overall


@dataclass(frozen=True, slots=True)
class Lean:
    """Where the marks of some answers lean; `round` is None for all of them."""

    round: str | None
    answers: int
    gap: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GapPoint:
    """The mean gap of answers that follow each other; `at` is the last's day."""

    at: str
    answers: int
    gap: float


@dataclass(frozen=True, slots=True)
class SelfRatings:
    """All that the marks say. `unseen` is the dimension that pulls an answer down without being noticed, if one does,
    by how many points more than in other answers.
    """

    answers: int
    whole: Lean
    rounds: tuple[Lean, ...]
    points: tuple[GapPoint, ...]
    unseen: tuple[str, float] | None

    def said(self) -> list[str]:
        """What there is to say, a sentence each."""
        if self.answers < ENOUGH:
            return [
                f"You marked {counted(self.answers, 'answer')}: from {ENOUGH} on you see where your marks lean."
            ]
        lines = [f"All rounds: {_sentence(self.whole)}"]
        lines += [f"{round_title(lean.round or '')}: {_sentence(lean)}" for lean in self.rounds]
        if self.unseen:
            name, fall = self.unseen
            lines.append(
                f"Where you mark yourself above the score, {name_of(name)} lies {fall:.1f} lower against the rest of"
                " the answer than elsewhere: look at it first."
            )
        return lines


def marked_answers(answers: Iterable[AnswerSummary], marks: dict[str, float]) -> list[Marked]:
    """Those that have a mark and a score, in the order given."""
    return [
        Marked(answer.started_at, answer.round, marks[answer.answer_id], answer.overall, answer.dimensions)
        for answer in answers
        if answer.answer_id in marks and answer.overall is not None
    ]


def self_ratings(marked: Sequence[Marked]) -> SelfRatings | None:
    """What the marks say, the oldest answer first; None where there are none."""
    if not marked:
        return None
    by_round = {slug: [each for each in marked if each.round == slug] for slug in ROUNDS}
    return SelfRatings(
        answers=len(marked),
        whole=_lean(None, marked),
        rounds=tuple(_lean(slug, some) for slug, some in by_round.items() if some),
        points=tuple(_points(marked)),
        unseen=_unseen(marked),
    )


def _lean(round: str | None, marked: Sequence[Marked]) -> Lean:
    gaps = [each.gap for each in marked]
    return Lean(round, len(gaps), round_1(fmean(gaps)), _verdict(gaps))


def _verdict(gaps: Sequence[float]) -> Verdict:
    if len(gaps) < ENOUGH:
        return "too few"
    mean = fmean(gaps)
    if abs(mean) < LEAN or abs(mean) < CLEAR * stdev(gaps) / sqrt(len(gaps)):
        return "about right"
    return "too kind" if mean > 0 else "too hard"


def _points(marked: Sequence[Marked]) -> Iterable[GapPoint]:
    count = min(MOST_POINTS, len(marked))
    for i in range(count):
        some = marked[len(marked) * i // count : len(marked) * (i + 1) // count]
        yield GapPoint(local_day(some[-1].at), len(some), round_1(fmean(each.gap for each in some)))


def _unseen(marked: Sequence[Marked]) -> tuple[str, float] | None:
    """The dimension that lies lowest, against the rest of its answer, where the candidate thought better of the answer
    than it scored, and does not in the others. One mark an answer says no more than that of a dimension.
    """
    kind = [each for each in marked if each.gap >= LEAN]
    others = [each for each in marked if each.gap < LEAN]
    if min(len(kind), len(others)) < ENOUGH:
        return None
    falls = []
    for at, name in enumerate(DIMENSIONS):
        here, there = _below(kind, at), _below(others, at)
        if min(len(here), len(there)) >= ENOUGH:
            falls.append((fmean(here) - fmean(there), name))
    fall, name = max(falls, default=(0.0, ""))
    return (name, round_1(fall)) if fall >= APART else None


def _below(marked: Sequence[Marked], at: int) -> list[float]:
    """How far the dimension lies under its answer's overall."""
    return [each.overall - value for each in marked if (value := each.dimensions[at]) is not None]


def round_1(value: float) -> float:
    return round(value, 1) + 0.0  # no minus before a nought


def _sentence(lean: Lean) -> str:
    if lean.verdict == "too few":
        return f"{counted(lean.answers, 'answer')} marked, too few to say (from {ENOUGH} on)."
    if lean.verdict == "about right":
        return f"your marks are about right over {counted(lean.answers, 'answer')} (on average {_signed(lean.gap)})."
    where = "above" if lean.gap > 0 else "below"
    what = "you flatter yourself" if lean.verdict == "too kind" else "you are too hard on yourself"
    return f"{what}, {abs(lean.gap):.1f} {where} the score on average over {counted(lean.answers, 'answer')}."


def _signed(gap: float) -> str:
    return f"{gap:+.1f}".replace("-", "−") if gap else "0.0"
