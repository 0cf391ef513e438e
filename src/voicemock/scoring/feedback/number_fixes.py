"""Fixes for numbers: missing, vague, hedged, without a before, or at odds with each other."""

from __future__ import annotations

from collections.abc import Iterator

from voicemock.scoring.feedback.candidate_fix import Candidate
from voicemock.scoring.feedback.quotes import first_words, quoted, telling, whole_clause
from voicemock.scoring.findings.annotate import Annotation
from voicemock.scoring.model import Fix, Metric

ENOUGH = 2  # result metrics in a story (rubric section 2)


def number_fixes(annotation: Annotation) -> Iterator[Candidate]:
    yield from _slips(annotation)
    for vague in annotation.vague:
        said = whole_clause(annotation.sentences[vague.sentence], vague.text)
        ask = "say from what to what, over how long" if annotation.is_story else "put a number on it"
        say = f"You said {said}: {ask}."
        yield Candidate(Fix("metrics", vague.sentence, say), _with_one_more(annotation), "vague")
    if annotation.is_story:
        for metric in annotation.results:
            said = whole_clause(annotation.sentences[metric.sentence], metric.text)
            yield from _firmer(metric, said, len(annotation.results))
        # A vague claim quoted back asks for a first number better than a general wish for two.
        if len(annotation.results) < ENOUGH and (annotation.results or not annotation.vague):
            yield _another(annotation)


def _slips(annotation: Annotation) -> Iterator[Candidate]:
    """Two mentions that differ are told once, and neither is called the right one."""
    told: set[tuple[str, str]] = set()
    for slip in annotation.inconsistencies:
        said, other = quoted(slip.said), slip.computed
        if (other, slip.said) in told:
            continue
        told.add((slip.said, other))
        both = any((i.said, i.computed) == (other, slip.said) for i in annotation.inconsistencies)
        told_as = f"and later {quoted(other)}" if both else f"your numbers make {other}"
        say = f"You said {said}, {told_as}: settle on one, learn it."
        yield Candidate(Fix("metrics", slip.sentence, say), 4.0, "inconsistent")


def _with_one_more(annotation: Annotation) -> float:
    """What the metrics would be worth with another result."""
    return min(2.0 + len(annotation.results), 4.0)


def _firmer(metric: Metric, said: str, results: int) -> Iterator[Candidate]:
    value = 4.0 if results >= ENOUGH else 2.5
    if metric.hedged:
        say = f"You said {said}: say whether it was measured, and give the exact figure."
        yield Candidate(Fix("metrics", metric.sentence, say), value)
    elif metric.before is None and metric.period is None:
        say = f"You said {said}: add what it was before, and over how long it changed."
        yield Candidate(Fix("metrics", metric.sentence, say), value)


def _another(annotation: Annotation) -> Candidate:
    ending = max((m.sentence for m in annotation.results), default=None)
    if ending is None:
        told = [i for i, letter in enumerate(annotation.star or ()) if letter == "R"]
        ending = telling(annotation.sentences, told[::-1])
    where = "At the end" if ending is None else f"After {first_words(annotation.sentences[ending])}"
    count = "a second number" if annotation.results else "two numbers"
    say = f"{where}, give {count}: what changed for customers or the business, from what to what."
    return Candidate(Fix("metrics", ending, say), 3.0 + 0.5 * len(annotation.results))
