"""Fixes for numbers: missing, vague, hedged, without a before, or at odds with each other."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.annotate import Annotation
from voicemock.scoring.candidate_fix import Candidate
from voicemock.scoring.model import Fix, Metric
from voicemock.scoring.quotes import first_words, quoted

ENOUGH = 2  # result metrics in a story (rubric section 2)


def number_fixes(annotation: Annotation) -> Iterator[Candidate]:
    for slip in annotation.inconsistencies:
        say = f"You said {quoted(slip.said)}, your numbers make {slip.computed}: settle on one, learn it."
        yield Candidate(Fix("metrics", slip.sentence, say), 4.0, "inconsistent")
    for vague in annotation.vague:
        say = f"You said {quoted(vague.text)}: say from what to what, over how long."
        yield Candidate(Fix("metrics", vague.sentence, say), _with_one_more(annotation), "vague")
    if annotation.is_story:
        for metric in annotation.results:
            yield from _firmer(metric, len(annotation.results))
        if len(annotation.results) < ENOUGH:
            yield _another(annotation)


def _with_one_more(annotation: Annotation) -> float:
    """What the metrics would be worth with another result."""
    return min(2.0 + len(annotation.results), 4.0)


def _firmer(metric: Metric, results: int) -> Iterator[Candidate]:
    value = 4.0 if results >= ENOUGH else 2.5
    if metric.hedged:
        say = f"You said {quoted(metric.text)}: say whether it was measured, and give the exact figure."
        yield Candidate(Fix("metrics", metric.sentence, say), value)
    elif metric.before is None and metric.period is None:
        say = f"You said {quoted(metric.text)}: add what it was before, and over how long it changed."
        yield Candidate(Fix("metrics", metric.sentence, say), value)


def _another(annotation: Annotation) -> Candidate:
    letters = annotation.star or ()
    ending = max((i for i, letter in enumerate(letters) if letter == "R"), default=None)
    where = "At the end" if ending is None else f"After {first_words(annotation.sentences[ending])}"
    count = "a second number" if annotation.results else "two numbers"
    say = f"{where}, give {count}: what changed for customers or the business, from what to what."
    return Candidate(Fix("metrics", ending, say), 3.0 + 0.5 * len(annotation.results))
